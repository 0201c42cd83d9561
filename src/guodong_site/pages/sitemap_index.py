"""sitemap.xml: where the sitemaps are (sitemaps.org; one file may name 50,000 pages at most)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guodong_site import frame, urls
from guodong_site.archive import Archive
from guodong_site.artifact import Context, Page, PageKind, Sheet
from guodong_site.model import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapIndexContext(Context):
    """The complete addresses of the sitemaps."""

    locations: tuple[str, ...]


def plan(archive: Archive) -> Iterator[Sheet]:
    """The one list of sitemaps."""
    yield Sheet(name="", make=_page, facts=(archive.years,))


def _page(site: Site, years: tuple[int, ...]) -> Iterator[Page]:
    paths = (urls.sitemap(), *(urls.sitemap(year) for year in years))
    context = SitemapIndexContext(locations=tuple(frame.absolute(site, path) for path in paths))
    yield Page(path=urls.SITEMAP, template=PAGE.template, context=context)


PAGE = PageKind(name="sitemap_index", template="feeds/sitemap_index.xml", context=SitemapIndexContext, plan=plan)
