"""A section's articles, split by year so that a new issue shifts no old page; the section itself shows its newest year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guodong_site import frame, urls, views
from guodong_site.artifact import Page, PageKind
from guodong_site.config import SectionKind
from guodong_site.model import Issue, Site


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueGroup:
    """The articles one issue has in the section."""

    issue: frame.LinkView
    cards: tuple[views.Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionContext(frame.PageContext):
    """`year` is None only while the section holds nothing at all; `years` is empty while there is but one."""

    name: str
    year: int | None
    groups: tuple[IssueGroup, ...]
    years: tuple[frame.LinkView, ...]


def plan(site: Site) -> Iterator[Page]:
    """Every section, and every year of it."""
    for kind in site.settings.sections:
        years = sorted({issue.date.year for issue in site.issues if _cards(site, kind, issue)}, reverse=True)
        yield _page(site, kind, years, years[0] if years else None, urls.section(kind.key), dated=False)
        for year in years:
            yield _page(site, kind, years, year, urls.section(kind.key, year), dated=True)


def _page(site: Site, kind: SectionKind, years: list[int], year: int | None, address: str, *, dated: bool) -> Page:
    door = frame.LinkView(text=kind.name, href=frame.href(site, urls.section(kind.key)) if dated else "", current=not dated)
    crumbs = (
        frame.LinkView(text="栏目", href=frame.href(site, urls.SECTIONS)),
        door,
        *((frame.LinkView(text=f"{year}年", href="", current=True),) if dated else ()),
    )
    groups = tuple(
        IssueGroup(
            issue=frame.LinkView(text=issue.label, href=frame.href(site, urls.issue(issue.id)), small=f"{len(cards)}篇"),
            cards=cards,
        )
        for issue in site.issues
        if issue.date.year == year and (cards := _cards(site, kind, issue))
    )
    titles = (f"{kind.name} {year}年",) if dated else (kind.name,)
    what = f"{year}年的文章" if dated else "的文章，按年、按期查阅"
    description = f"《{site.settings.name}》“{kind.name}”栏目{what}。"
    context = SectionContext(
        shell=frame.shell(site, address, titles, description, crumbs, current=urls.section(kind.key)),
        name=kind.name,
        year=year,
        groups=groups,
        years=tuple(
            frame.LinkView(text=str(y), href=frame.href(site, urls.section(kind.key, y)), current=y == year) for y in years
        ),
    )
    return Page(path=urls.file_of(address), template=PAGE.template, context=context)


def _cards(site: Site, kind: SectionKind, issue: Issue) -> tuple[views.Card, ...]:
    return tuple(views.card(site, issue, article) for article in issue.articles if article.section.key == kind.key)


PAGE = PageKind(name="section", template="pages/section.html", context=SectionContext, plan=plan)
