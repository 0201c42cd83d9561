"""What goes into the index: every article, oldest first, and how the years are packed into bundles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from guodong_site import urls
from guodong_site.archive import Archive, Entry
from guodong_site.model import Issue

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

    @property
    def size(self) -> int:
        """Its length in characters."""
        return len(self.title) + sum(map(len, self.units))


def records(issue: Issue) -> tuple[Record, ...]:
    """The articles of an issue in printed order."""
    return tuple(
        Record(
            address=urls.article(issue.id, article.id),
            title=article.title.text,
            breaks=tuple(accumulate(map(len, article.title.joined)))[:-1],
            units=article.prose.units,
        )
        for article in issue.articles
    )


def bundles(archive: Archive) -> tuple[tuple[Entry, ...], ...]:
    """The issues of each bundle, oldest first, all by date, so that date order costs a reader nothing.

    The open year, the newest one, is a bundle of its own: a new issue makes only that one anew.  Closed years are packed
    oldest first and never split, so that what is packed once stays packed so; only a year too large for one bundle is
    divided, between issues.
    """
    years = [[entry for entry in reversed(volume.entries) if entry.head.articles] for volume in reversed(archive.volumes)]
    years = [year for year in years if year]
    packed: list[list[Entry]] = []
    for year in years:
        for part in _divided(year):
            fits = packed and sum(e.characters for e in packed[-1]) + sum(e.characters for e in part) <= LARGEST
            if fits and year is not years[-1]:
                packed[-1].extend(part)
            else:
                packed.append(part)
    return tuple(tuple(bundle) for bundle in packed)


def _divided(year: list[Entry]) -> Iterator[list[Entry]]:
    """A year's issues: one list, or more where the year alone is larger than a bundle may be."""
    part: list[Entry] = []
    for entry in year:
        if part and sum(e.characters for e in part) + entry.characters > LARGEST:
            yield part
            part = []
        part.append(entry)
    yield part
