"""The page a server shows for an address that does not exist."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guodong_site import frame, urls
from guodong_site.archive import Archive
from guodong_site.artifact import Page, PageKind, Sheet
from guodong_site.model import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundContext(frame.PageContext):
    """The ways on."""

    ways: tuple[frame.LinkView, ...]


def plan(_: Archive) -> Iterator[Sheet]:
    """The one 404 page; it has no canonical address, since it is shown at every wrong one."""
    yield Sheet(name="", make=_page)


def _page(site: Site) -> Iterator[Page]:
    ways = (
        frame.LinkView(text="回首页", href=frame.href(site, urls.HOME)),
        frame.LinkView(text="往期", href=frame.href(site, urls.YEARS)),
        frame.LinkView(text="站点地图", href=frame.href(site, urls.SITEMAP_PAGE)),
    )
    context = NotFoundContext(
        shell=frame.shell(site, None, ("没有这个页面",), "没有这个页面，可以从首页、往期或站点地图再找。"), ways=ways
    )
    yield Page(path=urls.file_of(urls.NOT_FOUND), template=PAGE.template, context=context)


PAGE = PageKind(name="not_found", template="pages/not_found.html", context=NotFoundContext, plan=plan)
