"""Former addresses against the finished site: none may be that of a page, nor lead to two places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guodong_site import faults, urls
from guodong_site.archive import Archive
from guodong_site.artifact import Printed
from guodong_site.diagnostics import Diagnostic
from guodong_site.history import Alias

REDIRECTS = "redirect/"
"""How the names of the sheets begin that hold nothing but former addresses."""


def claimed(archive: Archive, printed: Sequence[Printed]) -> Iterator[Diagnostic]:
    """Aliases whose file, or a folder on its way, somebody else has.  Upper and lower case are one: on many disks they are."""
    own = {path.casefold() for one in printed if not one.name.startswith(REDIRECTS) for path in one.paths}
    folders = {folder for path in own for folder in _above(path)}
    first: dict[str, Alias] = {}
    for entry in (*archive.entries, *archive.withdrawn):
        for _, alias in entry.aliases:
            path = urls.file_of(alias.address).casefold()
            if path in own or path in folders or not own.isdisjoint(_above(path)):
                message = f"旧网址“/{alias.address}”是本站现有的网页"
                yield faults.TAKEN_ALIAS.at(alias.where, message, "核对旧网址；现有网页的网址不用写，删去这一条")
            elif path in first:
                other = first[path].where
                message = f"旧网址“/{alias.address}”在 {other.path} 第 {other.line} 行已经写过"
                yield faults.TAKEN_ALIAS.at(alias.where, message, "一个旧网址只能转到一篇，留下对的一处")
            first.setdefault(path, alias)
    for path, alias in first.items():
        inside = next((first[folder] for folder in _above(path) if folder in first), None)
        if inside is not None:
            message = f"旧网址“/{alias.address}”在“/{inside.address}”的下面，而后者是一个网页"
            yield faults.TAKEN_ALIAS.at(alias.where, message, "两个旧网址不能一个是文件、一个在它下面，去掉一个")


def _above(path: str) -> list[str]:
    """The folders a file lies in."""
    parts = path.split("/")
    return ["/".join(parts[:n]) for n in range(1, len(parts))]
