"""A year as a calendar of issues, each with its contents; and its issues bound as a book (合订本), whose size the page says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, partial

from guodong_site import book, frame, impression, urls, views
from guodong_site.archive import Archive
from guodong_site.artifact import Artifact, Page, PageKind, Sheet
from guodong_site.edition import Edition
from guodong_site.model import Issue, Site
from guodong_site.plates import Prints


@dataclass(frozen=True, slots=True, kw_only=True)
class YearIssue:
    """An issue of the year with its contents; `book` is where its own is, if it has one."""

    link: frame.LinkView
    book: str
    toc: tuple[views.TocSection, ...]
    edition: impression.EditionView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearContext(frame.PageContext):
    """`summary` counts issues and articles in words; `years` are this one and its neighbours, where it has any.

    `book` is None where nothing of the year is published yet.
    """

    year: int
    summary: str
    months: tuple[views.MonthView, ...]
    issues: tuple[YearIssue, ...]
    book: frame.LinkView | None
    years: tuple[frame.LinkView, ...]


def plan(archive: Archive) -> Iterator[Sheet]:
    """One page a year that holds an issue."""
    for volume in archive.volumes:
        near = views.around(volume.year, archive.years) if len(archive.years) > 1 else ()
        editions = {entry.head.id: archive.editions.get(entry.head.id) for entry in volume.entries}
        facts = (volume.year, near, editions)
        yield Sheet(name=str(volume.year), make=partial(_sheet, archive.prints), shows=volume.entries, facts=facts)


Editions = dict[str, Edition | None]
"""The printed edition of each issue, where it has one."""


def _sheet(prints: Prints, site: Site, year: int, near: tuple[int, ...], editions: Editions) -> Iterator[Page | Artifact]:
    """The page and the book together, so that the one can say how large the other is, and no book is made for that alone."""
    if all(issue.draft for issue in site.issues):  # of a preview
        yield _page(site, year, near, editions, None)
        return
    bound = cache(partial(book.year_book, prints, site, year))
    link = frame.LinkView(text="合订本", href=frame.href(site, urls.year_book(year)), small="EPUB")
    with suppress(OSError):  # a picture that cannot be read now: it is said when the book is asked for
        link = replace(link, small=f"EPUB，{impression.size_text(len(bound()))}")
    yield _page(site, year, near, editions, link)
    yield Artifact(path=urls.year_book(year), make=bound)


def _page(site: Site, year: int, near: tuple[int, ...], editions: Editions, bound: frame.LinkView | None) -> Page:
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
                book=_own_book(site, issue),
                toc=views.contents(site, issue),
                edition=impression.edition_view(site, issue.id, editions[issue.id]),
            )
            for issue in site.issues
        ),
        book=bound,
        years=tuple(frame.LinkView(text=str(y), href=frame.href(site, urls.year(y)), current=y == year) for y in near),
    )
    return Page(path=urls.file_of(address), template=PAGE.template, context=context)


def _own_book(site: Site, issue: Issue) -> str:
    address = None if issue.draft else book.of_issue(site.settings, issue.id, issue.pictures)
    return frame.href(site, address) if address else ""


PAGE = PageKind(name="year", template="pages/year.html", context=YearContext, plan=plan)
