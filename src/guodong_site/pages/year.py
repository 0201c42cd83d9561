"""A year as a calendar of issues, each with its contents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guodong_site import frame, impression, urls, views
from guodong_site.archive import Archive
from guodong_site.artifact import Page, PageKind, Sheet
from guodong_site.edition import Edition
from guodong_site.model import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class YearIssue:
    """An issue of the year with its contents."""

    link: frame.LinkView
    toc: tuple[views.TocSection, ...]
    edition: impression.EditionView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearContext(frame.PageContext):
    """`summary` counts issues and articles in words; `years` are this one and its neighbours, where it has any."""

    year: int
    summary: str
    months: tuple[views.MonthView, ...]
    issues: tuple[YearIssue, ...]
    years: tuple[frame.LinkView, ...]


def plan(archive: Archive) -> Iterator[Sheet]:
    """One page a year that holds an issue."""
    for volume in archive.volumes:
        near = views.around(volume.year, archive.years) if len(archive.years) > 1 else ()
        editions = {entry.head.id: archive.editions.get(entry.head.id) for entry in volume.entries}
        yield Sheet(name=str(volume.year), make=_page, shows=volume.entries, facts=(volume.year, near, editions))


def _page(site: Site, year: int, near: tuple[int, ...], editions: dict[str, Edition | None]) -> Iterator[Page]:
    address = urls.year(year)
    crumbs = (
        frame.LinkView(text="往期", href=frame.href(site, urls.YEARS)),
        frame.LinkView(text=f"{year}年", href="", current=True),
    )
    summary = f"{len(site.issues)}期，{sum(len(issue.articles) for issue in site.issues)}篇"
    description = f"《{site.settings.name}》{year}年各期的目录：{summary}。"
    column = frame.listing(site, "往期", description)
    context = YearContext(
        shell=frame.shell(site, address, (f"{year}年",), description, crumbs, current=urls.YEARS, column=column),
        year=year,
        summary=summary,
        months=views.months(site),
        issues=tuple(
            YearIssue(
                link=frame.LinkView(
                    text=issue.label, href=frame.href(site, urls.issue(issue.id)), small=f"{len(issue.articles)}篇"
                ),
                toc=views.contents(site, issue),
                edition=impression.edition_view(site, issue.id, editions[issue.id]),
            )
            for issue in site.issues
        ),
        years=tuple(frame.LinkView(text=str(y), href=frame.href(site, urls.year(y)), current=y == year) for y in near),
    )
    yield Page(path=urls.file_of(address), template=PAGE.template, context=context)


PAGE = PageKind(name="year", template="pages/year.html", context=YearContext, plan=plan)
