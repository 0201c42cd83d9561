"""What goes into the index: every article, oldest first, and how the years are packed into bundles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from guodong_site import urls
from guodong_site.model import Article, Issue, Site

LARGEST = 1_900_000
"""Characters of a bundle of closed years.  Fewer bundles cost readers less; Pagefind needs about 0.7 GB for every million,
and never more than 1.5 GB may be asked of a builder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One article as search sees it.  Pages of the index are numbered in the order of the records.

    `breaks` are the places in the title, in characters, where a line may end.
    """

    address: str
    title: str
    breaks: tuple[int, ...]
    units: tuple[str, ...]
    issue: Issue
    article: Article

    @property
    def size(self) -> int:
        """Its length in characters."""
        return len(self.title) + sum(map(len, self.units))


def bundles(site: Site) -> tuple[tuple[Record, ...], ...]:
    """The records of each bundle, oldest first, all by date, so that date order costs a reader nothing.

    The open year, the newest one, is a bundle of its own: a new issue makes only that one anew.  Closed years are packed
    oldest first and never split, so that what is packed once stays packed so; only a year too large for one bundle is
    divided, between issues.
    """
    years: dict[int, list[Issue]] = {}
    for issue in reversed(site.issues):
        if issue.articles:
            years.setdefault(issue.date.year, []).append(issue)
    parts = [part for year in sorted(years) for part in _divided(years[year])]
    packed: list[list[Record]] = []
    for part in parts:
        is_open = part[0].issue.date.year == max(years)
        fits = packed and sum(r.size for r in packed[-1]) + sum(r.size for r in part) <= LARGEST
        if fits and not is_open:
            packed[-1].extend(part)
        else:
            packed.append(part)
    return tuple(tuple(bundle) for bundle in packed)


def _divided(issues: list[Issue]) -> Iterator[list[Record]]:
    """A year's records: one list, or more where the year alone is larger than a bundle may be."""
    part: list[Record] = []
    size = 0
    for issue in issues:
        records = [_record(issue, article) for article in issue.articles]
        more = sum(record.size for record in records)
        if part and size + more > LARGEST:
            yield part
            part, size = [], 0
        part += records
        size += more
    yield part


def _record(issue: Issue, article: Article) -> Record:
    return Record(
        address=urls.article(issue.id, article.id),
        title=article.title.text,
        breaks=tuple(accumulate(map(len, article.title.joined)))[:-1],
        units=article.prose.units,
        issue=issue,
        article=article,
    )
