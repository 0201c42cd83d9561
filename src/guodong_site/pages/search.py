"""The search page: a form that works as a link, lists for readers without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from guodong_site import frame, urls, views
from guodong_site.archive import Archive
from guodong_site.artifact import Page, PageKind, Sheet
from guodong_site.model import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchContext(frame.PageContext):
    """The facets' own values come with the index; these are the doors that need no script."""

    script: str
    sections: tuple[frame.LinkView, ...]
    years: tuple[views.YearView, ...]
    districts: tuple[frame.LinkView, ...]


def plan(archive: Archive) -> Iterator[Sheet]:
    """The one search page."""
    yield Sheet(name="", make=_page, facts=(archive.sums(views.year_row),))


def _page(site: Site, rows: Mapping[int, views.YearRow]) -> Iterator[Page]:
    crumbs = (frame.LinkView(text="搜索", href="", current=True),)
    description = f"在《{site.settings.name}》的全部文章里逐字检索，可按栏目、年份、区市缩小范围。"
    scripts = {asset.name: frame.href(site, asset.address) for asset in site.assets}
    context = SearchContext(
        shell=frame.shell(site, urls.SEARCH, ("搜索",), description, crumbs, current=urls.SEARCH),
        script=scripts["search-page.js"],
        sections=tuple(
            frame.LinkView(text=kind.name, href=frame.href(site, urls.section(kind.key))) for kind in site.settings.sections
        ),
        years=views.ledger(site, rows),
        districts=tuple(
            frame.LinkView(text=district.name, href=frame.href(site, urls.district(district.slug)))
            for district in site.settings.districts
        ),
    )
    yield Page(path=urls.file_of(urls.SEARCH), template=PAGE.template, context=context)


PAGE = PageKind(name="search", template="pages/search.html", context=SearchContext, plan=plan)
