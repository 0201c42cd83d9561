"""Finished pages: every link inside the site leads to a file, every anchor to an id.  Bytes in, faults out, before the disk."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from urllib.parse import unquote

from guodong_site import faults, urls
from guodong_site.archive import Archive
from guodong_site.artifact import Former, Printed
from guodong_site.diagnostics import Diagnostic, Span
from guodong_site.press import FRAME

_LINK = re.compile(rb'<[a-z][^<>]*?\s(?:href|src|action)="([^"]*)"')
_ID = re.compile(rb'<[a-z][^<>]*?\sid="([^"]*)"')


def check_links(printed: Sequence[Printed], archive: Archive, former: Former) -> Iterator[Diagnostic]:
    """Dead links of the HTML pages, each target once.

    Pages that still stand from before were examined when they were printed.  They are examined again where an address they
    may lead to is gone (files of the index go at every edit, but only the search asks for them), where program, settings or
    templates are others, and where an editor wrote the links.
    """
    base = archive.settings.base_path
    made = {path: data for one in printed for path, data in one.files.items()}
    paths = {path for one in printed for path in one.paths}
    gone = [path for path in former.paths() if path not in paths and not path.startswith(urls.INDEX_FOLDER)]
    all_again = former.kept(FRAME, _frame(printed)) is None or bool(gone)
    linking = {f"{kind}/{entry.head.id}" for entry in archive.entries if entry.links for kind in ("article", "issue")}
    examined = [path for one in printed for path in (one.paths if all_again or one.name in linking else one.files)]

    def read(path: str) -> bytes:
        return made[path] if path in made else former.read(path)

    @cache
    def ids(path: str) -> frozenset[bytes]:
        return frozenset(_ID.findall(read(path)))

    seen: set[str] = set()
    for path in sorted(path for path in examined if path.endswith(".html")):
        for raw in dict.fromkeys(_LINK.findall(read(path))):
            target = html.unescape(raw.decode())
            place = path + target if target.startswith("#") else target
            if place in seen:
                continue
            seen.add(place)
            problem = _problem(target, path, base, paths, ids)
            if problem is not None:
                yield _fault(path, target, problem, archive)


def _frame(printed: Sequence[Printed]) -> bytes:
    return next(one.identity for one in printed if one.name == FRAME)


def _problem(target: str, path: str, base: str, paths: set[str], ids: Callable[[str], frozenset[bytes]]) -> str | None:
    """What is wrong with a link of the page at `path`; None for a good or a foreign one."""
    address, _, anchor = target.partition("#")
    address = address.partition("?")[0]
    if re.match(r"[a-z][a-z0-9+.-]*:|//", address, re.IGNORECASE):
        return None
    if address:
        if not address.startswith(base):
            return f"不在本站的路径 {base} 下面"
        path = urls.file_of(unquote(address.removeprefix(base)))
        if path not in paths:
            return "页面不存在"
    if anchor and path.endswith(".html") and unquote(anchor).encode() not in ids(path):
        return f"页面里没有位置“{anchor}”"
    return None


def _fault(path: str, target: str, problem: str, archive: Archive) -> Diagnostic:
    """The fault at the editor's line where an editor wrote the link, else at the finished page."""
    written = (link for entry in archive.entries for _, link in entry.links if link.address == target)
    link = next(written, None)
    if link is not None:
        return faults.DEAD_LINK.at(link.where, f"链接“{link.target}”打不开：{problem}", "核对地址；没有的就去掉链接")
    return faults.DEAD_LINK.at(Span(path=path), f"链接“{target}”打不开：{problem}", "检查生成这一页的模板")
