"""sitemap.xml: what search engines read.  lastmod stands only where a publication time is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guodong_site import frame, urls
from guodong_site.artifact import Context, Page, PageKind
from guodong_site.model import Issue, Site
from guodong_site.subjects import topics


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapEntry:
    """An address and when it last changed."""

    location: str
    changed: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapXmlContext(Context):
    """Every page a reader may look for; the 404 page and the search page are not among them."""

    entries: tuple[SitemapEntry, ...]


def plan(site: Site) -> Iterator[Page]:
    """The one sitemap."""
    yield Page(path=urls.SITEMAP, template=PAGE.template, context=SitemapXmlContext(entries=tuple(_entries(site))))


def _entries(site: Site) -> Iterator[SitemapEntry]:
    def entry(address: str, issue: Issue | None = None) -> SitemapEntry:
        changed = issue.published.strftime("%Y-%m-%dT%H:%M:00+08:00") if issue and issue.published else None
        return SitemapEntry(location=frame.absolute(site, address), changed=changed)

    for address in (urls.HOME, urls.SECTIONS, urls.YEARS, urls.DISTRICTS, urls.TOPICS, urls.ABOUT, urls.SITEMAP_PAGE):
        yield entry(address)
    for issue in site.issues:
        yield entry(urls.issue(issue.id), issue)
        for article in issue.articles:
            yield entry(urls.article(issue.id, article.id), issue)
    for kind in site.settings.sections:
        yield entry(urls.section(kind.key))
        years = {issue.date.year for issue, article in site.dated() if article.section.key == kind.key}
        for year in sorted(years, reverse=True):
            yield entry(urls.section(kind.key, year))
    for year in site.years:
        yield entry(urls.year(year))
    for district in site.settings.districts:
        yield entry(urls.district(district.slug))
    for letter in sorted({topic.letter for topic in topics(site)}):
        yield entry(urls.letter(letter))


PAGE = PageKind(name="sitemap_xml", template="feeds/sitemap.xml", context=SitemapXmlContext, plan=plan)
