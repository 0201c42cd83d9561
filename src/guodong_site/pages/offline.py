"""What the service worker shows where there is no network and the page was not read before; and where readers switch it off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guodong_site import frame, urls
from guodong_site.archive import Archive
from guodong_site.artifact import Page, PageKind, Sheet
from guodong_site.model import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class OfflineContext(frame.PageContext):
    """Nothing but the frame."""


def plan(_: Archive) -> Iterator[Sheet]:
    """The one page; it has no canonical address, since it is shown at others."""
    yield Sheet(name="", make=_page)


def _page(site: Site) -> Iterator[Page]:
    shell = frame.shell(site, None, ("没有连上网络",), "没有连上网络时的说明；可以在这里设置是否保留读过的页面。")
    yield Page(path=urls.file_of(urls.OFFLINE), template=PAGE.template, context=OfflineContext(shell=shell))


PAGE = PageKind(name="offline", template="pages/offline.html", context=OfflineContext, plan=plan)
