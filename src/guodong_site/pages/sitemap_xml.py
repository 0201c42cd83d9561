"""The sitemaps search engines read, one a year and one of all else.  lastmod stands only where a publication
time or a later correction is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guodong_site import frame, revisions, urls
from guodong_site.almanac import almanac
from guodong_site.archive import Archive
from guodong_site.artifact import Context, Page, PageKind, Sheet
from guodong_site.model import Article, Issue, Site
from guodong_site.provenance import slug, sources_of
from guodong_site.topics import topics
from guodong_site.views import districts_of, sections_of


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapEntry:
    """An address and when it last changed."""

    location: str
    changed: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapXmlContext(Context):
    """Every page a reader may look for; the 404 page and the search page are not among them."""

    entries: tuple[SitemapEntry, ...]


def plan(archive: Archive) -> Iterator[Sheet]:
    """One a year, for the issues and articles; one for the lists."""
    for volume in archive.volumes:
        yield Sheet(name=str(volume.year), make=_year, shows=volume.entries, facts=(volume.year,))
    yield Sheet(name="", make=_lists, facts=(tuple(_addresses(archive)),))


def _addresses(archive: Archive) -> Iterator[str]:
    yield from (urls.HOME, urls.SECTIONS, urls.YEARS, urls.DISTRICTS, urls.TOPICS, urls.STATISTICS, urls.SOURCES, urls.TODAY)
    yield from (urls.FEEDS, urls.API, urls.ABOUT, urls.ACCESSIBILITY, urls.SITEMAP_PAGE)
    in_sections, in_districts = archive.sums(sections_of), archive.sums(districts_of)
    for kind in archive.settings.sections:
        yield urls.section(kind.key)
        yield from (urls.section(kind.key, year) for year, held in in_sections.items() if kind.key in held)
    yield from (urls.year(year) for year in archive.years)
    for district in archive.settings.districts:
        yield urls.district(district.slug)
        yield from (urls.district(district.slug, year) for year, held in in_districts.items() if district.slug in held)
    for year, sources in archive.sums(sources_of).items():
        yield from (urls.source(slug(name, archive.reading), year) for name in sorted(sources))
    for name in sorted({name for sources in archive.sums(sources_of).values() for name in sources}):
        yield urls.source(slug(name, archive.reading))
    yield from (urls.month(month) for month, leaves in almanac(archive).items() if leaves)
    yield from (urls.letter(name) for name in sorted({topic.letter for topic in topics(archive)}))


def _year(site: Site, year: int) -> Iterator[Page]:
    entries: list[SitemapEntry] = []
    for issue in site.issues:
        dated = [(urls.issue(issue.id), _changed(issue))]
        dated += [(urls.article(issue.id, article.id), _changed(issue, article)) for article in issue.articles]
        entries += (SitemapEntry(location=frame.absolute(site, address), changed=changed) for address, changed in dated)
    yield _page(urls.sitemap(year), entries)


def _lists(site: Site, addresses: tuple[str, ...]) -> Iterator[Page]:
    yield _page(urls.sitemap(), [SitemapEntry(location=frame.absolute(site, one), changed=None) for one in addresses])


def _page(path: str, entries: list[SitemapEntry]) -> Page:
    return Page(path=path, template=PAGE.template, context=SitemapXmlContext(entries=tuple(entries)))


def _changed(issue: Issue, article: Article | None = None) -> str | None:
    day = revisions.last_change(issue, article)
    if day and not (issue.published and issue.published.date() > day):
        return day.isoformat()
    return issue.published.strftime("%Y-%m-%dT%H:%M:00+08:00") if issue.published else None


PAGE = PageKind(name="sitemap_xml", template="feeds/sitemap.xml", context=SitemapXmlContext, plan=plan)
