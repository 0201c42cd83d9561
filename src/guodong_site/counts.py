"""The archive in numbers, counted year by year, so that a new issue recounts its own year only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from guodong_site.model import Article, Site

MOST = 40
"""Marks on an axis of time: more issues are taken together by years, more years by decades."""


@dataclass(slots=True, kw_only=True)
class YearCount:
    """A year in numbers; its issues are oldest first.

    `sections` are articles and characters by section, `districts` articles by district, `months` those of each month.
    """

    articles: int = 0
    characters: int = 0
    sections: dict[str, tuple[int, int]] = field(default_factory=dict)
    districts: dict[str, int] = field(default_factory=dict)
    months: dict[str, list[int]] = field(default_factory=dict)
    held: set[int] = field(default_factory=set)
    """The months that hold an issue."""
    issues: list[tuple[str, str, int]] = field(default_factory=list)
    """Label, place on an axis and characters of each issue."""


def characters(article: Article) -> int:
    """The length of an article: what its body shows, marks included, blanks not."""
    return len("".join(article.prose.text.split()))


def counts_of(site: Site) -> YearCount:
    """The issues of a year in numbers."""
    year = YearCount()
    for issue in reversed(site.issues):
        length = 0
        year.held.add(issue.date.month)
        for article in issue.articles:
            long = characters(article)
            articles, before = year.sections.get(article.section.key, (0, 0))
            year.sections[article.section.key] = (articles + 1, before + long)
            for slug in article.districts:
                year.districts[slug] = year.districts.get(slug, 0) + 1
                year.months.setdefault(slug, [0] * 12)[issue.date.month - 1] += 1
            length += long
            year.articles += 1
        year.characters += length
        year.issues.append((issue.label, f"{issue.date.year}.{issue.date.month}", length))
    return year


def periods(years: Sequence[int]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Every year from the first to the last, those without an issue too, oldest first; by decades where they are too many."""
    if not years:
        return ()
    span = range(min(years), max(years) + 1)
    if len(span) <= MOST:
        return tuple((str(year), (year,)) for year in span)
    decades = sorted({year // 10 * 10 for year in span})
    return tuple((f"{decade}年代", tuple(range(decade, decade + 10))) for decade in decades)


Length = tuple[str, str, int | None]
"""What an issue, or a period, is called, how an axis calls it, and how long it is, or its issues are on average, if it has any."""


def lengths(counted: Mapping[int, YearCount]) -> tuple[bool, tuple[Length, ...]]:
    """The length of issues over time, oldest first: of each one, or (True) the average of years or decades."""
    issues = [issue for year in sorted(counted) for issue in counted[year].issues]
    if len(issues) <= MOST:
        return False, (*issues,)
    found: list[Length] = []
    for name, years in periods(tuple(counted)):
        held = [length for year in years if year in counted for _, _, length in counted[year].issues]
        found.append((name, name, round(sum(held) / len(held)) if held else None))
    return True, tuple(found)
