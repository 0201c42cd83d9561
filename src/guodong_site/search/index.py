"""All files of the index.  Every folder is named by its content, so a browser may keep what it has, and a reader never
meets files of two releases in one folder."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache

from guodong_site import faults, urls
from guodong_site.archive import Archive, Entry
from guodong_site.artifact import Former, Printed
from guodong_site.diagnostics import Diagnostic, Span
from guodong_site.machine import SEARCH_ENGINE, reason
from guodong_site.memory import Memory
from guodong_site.search.bundle import CHARACTERS, WORDS, make_bundle
from guodong_site.search.facets import Placed, facets
from guodong_site.search.pagefind import PAGEFIND_VERSION, IndexBuildError
from guodong_site.search.records import bundles, records
from guodong_site.search.vocabulary import vocabulary
from guodong_site.words import Cutter

_BUNDLES = 64  # kept of the index: a few for every way of building and every branch

Counted = tuple[str, str, str]
"""Of a bundle: its folder, its words, its characters."""


def index(archive: Archive, cutter: Cutter, memory: Memory, former: Former) -> list[Printed] | Diagnostic:
    """The files of the index, or why there is none."""
    printed: list[Printed] = []
    packed: list[Placed] = []
    counted: list[tuple[str, str]] = []
    for entries in bundles(archive):
        try:
            one, (folder, words, characters) = _bundle(entries, archive, cutter, memory, former)
        except (OSError, ImportError, IndexBuildError) as fault:
            return _not_made(fault)
        printed.append(one)
        counted.append((words, characters))
        packed.append(Placed(folder, entries))
    aids = vocabulary(counted, sum(entry.head.articles for entry in archive.entries), archive.reading) if packed else {}
    folder = _named(aids) if packed else ""
    files = {urls.INDEX_FOLDER + folder + path: data for path, data in aids.items()}
    files[urls.INDEX_FOLDER + "facets.json"] = facets(archive, packed, folder)
    memory.save()
    return [*printed, Printed(name="index", identity=b"", paths=tuple(files), files=files)]


def _bundle(
    entries: tuple[Entry, ...], archive: Archive, cutter: Cutter, memory: Memory, former: Former
) -> tuple[Printed, Counted]:
    """A bundle: printed now, if it does not stand already."""
    identity = _identity(entries, cutter)
    name = identity.hex()[:32]

    @cache
    def made() -> dict[str, bytes]:
        def make() -> dict[str, bytes]:
            return make_bundle(tuple(record for entry in entries for record in records(entry.open())), cutter, archive.reading)

        return memory.large("bundles", name, identity, make, most=_BUNDLES)

    def files() -> dict[str, bytes]:
        return {path: data for path, data in made().items() if path not in (WORDS, CHARACTERS)}

    def counts() -> Counted:
        return _named(files()), made()[WORDS].decode(), made()[CHARACTERS].decode()

    counted = memory.small("counts", name, identity, counts)
    paths = former.kept(name, identity)
    if paths is not None:
        return Printed(name=name, identity=identity, paths=paths), counted
    placed = {urls.INDEX_FOLDER + counted[0] + path: data for path, data in files().items()}
    return Printed(name=name, identity=identity, paths=tuple(placed), files=placed), counted


def _not_made(fault: Exception) -> Diagnostic:
    """Why there is no index, and what to install."""
    why = str(fault)
    if isinstance(fault, ImportError):
        why = "没有安装 pagefind-bin"
    elif isinstance(fault, OSError):
        why = f"搜索引擎 pagefind 不能用：{reason(fault, '运行')}"
    hint = f"运行 pip install {SEARCH_ENGINE}；只要网页、不要搜索时用 --no-search"
    return faults.NO_SEARCH_ENGINE.at(Span(path=urls.INDEX_FOLDER), f"搜索索引没有做成：{why}", hint)


def _named(made: Mapping[str, bytes]) -> str:
    """The folder of some files, named by their content."""
    digest = hashlib.sha256()
    for path in sorted(made):
        digest.update(path.encode() + b"\0" + hashlib.sha256(made[path]).digest())
    return digest.hexdigest()[:12] + "/"


def _identity(entries: tuple[Entry, ...], cutter: Cutter) -> bytes:
    """Names all that a bundle is made from besides this program: Pagefind, jieba and its words, the texts."""
    parts = (PAGEFIND_VERSION, cutter.identity, [entry.text for entry in entries])
    return hashlib.sha256(repr(parts).encode()).digest()
