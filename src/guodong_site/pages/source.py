"""The articles from one source, split by year as sections are; the source itself shows its newest year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guodong_site import frame, urls, views
from guodong_site.archive import Archive
from guodong_site.artifact import Page, PageKind, Sheet
from guodong_site.model import Site
from guodong_site.provenance import slug, sources_of


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceContext(frame.PageContext):
    """`years` are all of the source on its own page, a year's neighbours on the page of a year."""

    name: str
    year: int
    count: str
    articles: tuple[views.Mention, ...]
    years: tuple[frame.LinkView, ...]


Years = tuple[int, ...]


def plan(archive: Archive) -> Iterator[Sheet]:
    """A sheet a year: the pages of all that year's sources, and the own page of each whose newest year it is."""
    held = archive.sums(sources_of)
    years: dict[str, list[int]] = {}
    for year, counts in held.items():
        for name in counts:
            years.setdefault(name, []).append(year)
    for volume in archive.volumes:
        names = sorted(held[volume.year])
        near = tuple((name, views.around(volume.year, years[name])) for name in names)
        newest = tuple((name, tuple(years[name])) for name in names if years[name][0] == volume.year)
        yield Sheet(name=str(volume.year), make=_pages, shows=volume.entries, facts=(volume.year, near, newest))


def _pages(site: Site, year: int, near: tuple[tuple[str, Years], ...], newest: tuple[tuple[str, Years], ...]) -> Iterator[Page]:
    mentions: dict[str, list[views.Mention]] = {}
    for issue, article in site.dated():
        link = frame.href(site, urls.article(issue.id, article.id))
        mention = views.Mention(title=views.title_view(article.title).html, href=link, issue=issue.label)
        mentions.setdefault(article.source, []).append(mention)
    for name, years in newest:
        yield _page(site, name, year, tuple(mentions[name]), years, whole=True)
    for name, years in near:
        yield _page(site, name, year, tuple(mentions[name]), years, whole=False)


def _page(site: Site, name: str, year: int, articles: tuple[views.Mention, ...], years: Years, *, whole: bool) -> Page:
    own = slug(name, site.reading)
    address = urls.source(own) if whole else urls.source(own, year)
    home = frame.LinkView(text="来源", href=frame.href(site, urls.SOURCES))
    door = frame.LinkView(text=name, href="" if whole else frame.href(site, urls.source(own)), current=whole)
    crumbs = (home, door) if whole else (home, door, frame.LinkView(text=f"{year}年", href="", current=True))
    description = f"《{site.settings.name}》里来源为“{name}”的文章" + ("，按年查阅。" if whole else f"，{year}年。")
    titles = (f"来源：{name}",) if whole else (f"来源：{name} {year}年",)
    context = SourceContext(
        shell=frame.shell(site, address, titles, description, crumbs, column=frame.listing(site, "来源", description)),
        name=name,
        year=year,
        count=f"{len(articles)}篇",
        articles=articles,
        years=tuple(frame.LinkView(text=str(y), href=frame.href(site, urls.source(own, y)), current=y == year) for y in years),
    )
    return Page(path=urls.file_of(address), template=PAGE.template, context=context)


PAGE = PageKind(name="source", template="pages/source.html", context=SourceContext, plan=plan)
