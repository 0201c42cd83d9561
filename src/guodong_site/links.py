"""Finished pages: every link inside the site leads to a file, every anchor to an id.  Bytes in, faults out, before the disk."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from urllib.parse import unquote

from guodong_site import faults, urls
from guodong_site.diagnostics import Diagnostic, Span
from guodong_site.model import Link, Site

_LINK = re.compile(rb'<[a-z][^<>]*?\s(?:href|src|action)="([^"]*)"')
_ID = re.compile(rb'<[a-z][^<>]*?\sid="([^"]*)"')


def check_links(made: Mapping[str, bytes], site: Site) -> Iterator[Diagnostic]:
    """Dead links of all HTML pages, each target once."""
    base = site.settings.base_path
    written = {link.address: link for _, article in site.dated() for link in article.prose.links if link.address}

    @cache
    def ids(path: str) -> frozenset[bytes]:
        return frozenset(_ID.findall(made[path]))

    seen: set[str] = set()
    for path in sorted(path for path in made if path.endswith(".html")):
        for raw in dict.fromkeys(_LINK.findall(made[path])):
            target = html.unescape(raw.decode())
            problem = _problem(target, path, base, made, ids)
            place = path + target if target.startswith("#") else target
            if problem is None or place in seen:
                continue
            seen.add(place)
            yield _fault(path, target, problem, written)


def _problem(
    target: str, path: str, base: str, made: Mapping[str, bytes], ids: Callable[[str], frozenset[bytes]]
) -> str | None:
    """What is wrong with a link of the page at `path`; None for a good or a foreign one."""
    address, _, anchor = target.partition("#")
    address = address.partition("?")[0]
    if re.match(r"[a-z][a-z0-9+.-]*:|//", address, re.IGNORECASE):
        return None
    if address:
        if not address.startswith(base):
            return f"不在本站的路径 {base} 下面"
        path = urls.file_of(unquote(address.removeprefix(base)))
        if path not in made:
            return "页面不存在"
    if anchor and path.endswith(".html") and unquote(anchor).encode() not in ids(path):
        return f"页面里没有位置“{anchor}”"
    return None


def _fault(path: str, target: str, problem: str, written: Mapping[str, Link]) -> Diagnostic:
    """The fault at the editor's line where an editor wrote the link, else at the finished page."""
    if target in written:
        link = written[target]
        return faults.DEAD_LINK.at(link.where, f"链接“{link.target}”打不开：{problem}", "核对地址；没有的就去掉链接")
    return faults.DEAD_LINK.at(Span(path=path), f"链接“{target}”打不开：{problem}", "检查生成这一页的模板")
