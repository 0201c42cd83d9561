"""A year as a calendar of issues, each with its contents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guodong_site import frame, urls, views
from guodong_site.artifact import Page, PageKind
from guodong_site.model import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class YearIssue:
    """An issue of the year with its contents."""

    link: frame.LinkView
    toc: tuple[views.TocSection, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearContext(frame.PageContext):
    """`summary` counts issues and articles in words."""

    year: int
    summary: str
    months: tuple[views.MonthView, ...]
    issues: tuple[YearIssue, ...]
    years: tuple[views.YearView, ...]


def plan(site: Site) -> Iterator[Page]:
    """One page a year that holds an issue."""
    for year in site.years:
        issues = [issue for issue in site.issues if issue.date.year == year]
        address = urls.year(year)
        crumbs = (
            frame.LinkView(text="往期", href=frame.href(site, urls.YEARS)),
            frame.LinkView(text=f"{year}年", href="", current=True),
        )
        summary = f"{len(issues)}期，{sum(len(issue.articles) for issue in issues)}篇"
        context = YearContext(
            shell=frame.shell(
                site,
                address,
                (f"{year}年",),
                f"《{site.settings.name}》{year}年各期的目录：{summary}。",
                crumbs,
                current=urls.YEARS,
            ),
            year=year,
            summary=summary,
            months=views.months(site, year),
            issues=tuple(
                YearIssue(
                    link=frame.LinkView(
                        text=issue.label,
                        href=frame.href(site, urls.issue(issue.id)),
                        small=f"{len(issue.articles)}篇",
                    ),
                    toc=views.contents(site, issue),
                )
                for issue in issues
            ),
            years=views.ledger(site, current=year),
        )
        yield Page(path=urls.file_of(address), template=PAGE.template, context=context)


PAGE = PageKind(name="year", template="pages/year.html", context=YearContext, plan=plan)
