"""采用统计: how many items of each source, and of each 区市, every month of a year took up; for the office, never on the site.

Units report on it to each other (通报).  Counted is what the public may read: drafts and what was withdrawn are not.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from guodong_site.cells import guarded
from guodong_site.config import Settings
from guodong_site.model import Site

HEAD = ("年份", "类别", "名称", *(f"{month}月" for month in range(1, 13)), "合计")


@dataclass(slots=True, kw_only=True)
class YearUse:
    """A year's items by month: all of them, by source, and by the slug of a district."""

    items: list[int] = field(default_factory=lambda: [0] * 12)
    sources: dict[str, list[int]] = field(default_factory=dict)
    districts: dict[str, list[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One line of the table: `kind` is 全部, 来源 or 区市."""

    year: int
    kind: str
    name: str
    months: tuple[int, ...]

    @property
    def total(self) -> int:
        """Of the whole year."""
        return sum(self.months)

    @property
    def cells(self) -> tuple[str, ...]:
        """The line as the table has it, under HEAD."""
        return (str(self.year), self.kind, self.name, *(str(count) for count in self.months), str(self.total))


def use_of(site: Site) -> YearUse:
    """The issues of a year, counted; an item of several districts counts for each."""
    use = YearUse()
    for issue, article in site.dated():
        if issue.draft or article.draft:
            continue
        at = issue.date.month - 1
        use.items[at] += 1
        use.sources.setdefault(article.source, [0] * 12)[at] += 1
        for slug in article.districts:
            use.districts.setdefault(slug, [0] * 12)[at] += 1
    return use


def table(used: Mapping[int, YearUse], settings: Settings) -> tuple[Use, ...]:
    """All years as lines, in their order: sources by what was taken of them, every district in official order, those without
    an item too."""
    return tuple(line for year, use in used.items() for line in _lines(year, use, settings))


def _lines(year: int, use: YearUse, settings: Settings) -> Iterator[Use]:
    yield Use(year=year, kind="全部", name="全部文章", months=tuple(use.items))
    for name, months in sorted(use.sources.items(), key=lambda pair: (-sum(pair[1]), pair[0])):
        yield Use(year=year, kind="来源", name=name, months=tuple(months))
    for district in settings.districts:
        yield Use(year=year, kind="区市", name=district.name, months=tuple(use.districts.get(district.slug, [0] * 12)))


def as_csv(lines: Iterable[Use]) -> str:
    """The lines as RFC 4180 has them; no cell can be taken for a formula."""
    page = io.StringIO(newline="")
    writer = csv.writer(page)
    writer.writerow(HEAD)
    for line in lines:
        writer.writerow([guarded(cell) for cell in line.cells])
    return page.getvalue()
