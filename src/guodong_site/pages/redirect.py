"""Former addresses of issues and articles: each leads on to the address of today, without JavaScript, below any base path."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guodong_site import frame, urls
from guodong_site.archive import Archive
from guodong_site.artifact import Page, PageKind, Sheet
from guodong_site.model import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectContext(frame.PageContext):
    """`target` is the address of today."""

    target: str


def plan(archive: Archive) -> Iterator[Sheet]:
    """A sheet an issue that has former addresses.  It shows nothing of the issue: another text moves no address."""
    for entry in (*archive.entries, *archive.withdrawn):
        if entry.aliases:
            ways = tuple((alias.address, target) for target, alias in entry.aliases)
            yield Sheet(name=entry.head.id, make=_pages, facts=(ways,), gives_way=True)


def _pages(site: Site, ways: tuple[tuple[str, str], ...]) -> Iterator[Page]:
    for address, target in ways:
        context = RedirectContext(shell=frame.shell(site, target, ("网址已更改",)), target=frame.href(site, target))
        yield Page(path=urls.file_of(address), template=PAGE.template, context=context)


PAGE = PageKind(name="redirect", template="pages/redirect.html", context=RedirectContext, plan=plan)
