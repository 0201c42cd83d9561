"""A section's articles, split by year so that a new issue shifts no old page; the section itself shows its newest year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guodong_site import frame, tags, urls, views
from guodong_site.archive import Archive
from guodong_site.artifact import Page, PageKind, Sheet
from guodong_site.config import SectionKind
from guodong_site.model import Issue, Site


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueGroup:
    """The articles one issue has in the section."""

    issue: frame.LinkView
    cards: tuple[views.Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionContext(frame.PageContext):
    """`year` is None only while the section holds nothing at all.

    `years` are all of the section on its own page, a year's neighbours on the page of a year; none while there is but one.
    """

    name: str
    year: int | None
    groups: tuple[IssueGroup, ...]
    years: tuple[frame.LinkView, ...]


def plan(archive: Archive) -> Iterator[Sheet]:
    """Every section, and every year of it."""
    counts = archive.sums(views.sections_of)
    volumes = {volume.year: volume.entries for volume in archive.volumes}
    for kind in archive.settings.sections:
        years = tuple(year for year, held in counts.items() if kind.key in held)
        shown = volumes[years[0]] if years else ()
        yield Sheet(name=kind.key, make=_door, shows=shown, facts=(kind.key, years))
        for year in years:
            facts = (kind.key, year, views.around(year, years))
            yield Sheet(name=f"{kind.key}/{year}", make=_year, shows=volumes[year], facts=facts)


def _door(site: Site, key: str, years: tuple[int, ...]) -> Iterator[Page]:
    kind = _kind(site, key)
    crumbs = (_all_sections(site), frame.LinkView(text=kind.name, href="", current=True))
    description = f"《{site.settings.name}》“{kind.name}”栏目的文章，按年、按期查阅。"
    column = tags.column_of(kind, site.settings)
    shell = frame.shell(
        site,
        urls.section(key),
        (kind.name,),
        description,
        crumbs,
        current=urls.section(key),
        column=column,
        feed=(kind.name, urls.section(key)),
    )
    yield _page(site, kind, shell, years[0] if years else None, years)


def _year(site: Site, key: str, year: int, years: tuple[int, ...]) -> Iterator[Page]:
    kind = _kind(site, key)
    door = frame.LinkView(text=kind.name, href=frame.href(site, urls.section(key)))
    crumbs = (_all_sections(site), door, frame.LinkView(text=f"{year}年", href="", current=True))
    titles, description = (f"{kind.name} {year}年",), f"《{site.settings.name}》“{kind.name}”栏目{year}年的文章。"
    column, here = tags.column_of(kind, site.settings), urls.section(key, year)
    shell = frame.shell(
        site, here, titles, description, crumbs, current=urls.section(key), column=column, feed=(kind.name, urls.section(key))
    )
    yield _page(site, kind, shell, year, years, urls.section(key, year))


def _page(
    site: Site, kind: SectionKind, shell: frame.Shell, year: int | None, years: tuple[int, ...], address: str = ""
) -> Page:
    groups = tuple(
        IssueGroup(
            issue=frame.LinkView(text=issue.label, href=frame.href(site, urls.issue(issue.id)), small=f"{len(cards)}篇"),
            cards=cards,
        )
        for issue in site.issues
        if (cards := _cards(site, kind, issue))
    )
    links = (frame.LinkView(text=str(y), href=frame.href(site, urls.section(kind.key, y)), current=y == year) for y in years)
    context = SectionContext(shell=shell, name=kind.name, year=year, groups=groups, years=tuple(links))
    return Page(path=urls.file_of(address or urls.section(kind.key)), template=PAGE.template, context=context)


def _kind(site: Site, key: str) -> SectionKind:
    return next(kind for kind in site.settings.sections if kind.key == key)


def _all_sections(site: Site) -> frame.LinkView:
    return frame.LinkView(text="栏目", href=frame.href(site, urls.SECTIONS))


def _cards(site: Site, kind: SectionKind, issue: Issue) -> tuple[views.Card, ...]:
    return tuple(views.card(site, issue, article) for article in issue.articles if article.section.key == kind.key)


PAGE = PageKind(name="section", template="pages/section.html", context=SectionContext, plan=plan)
