"""/statistics/: the archive in numbers, drawn and as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from guodong_site import frame, urls
from guodong_site.archive import Archive
from guodong_site.artifact import Page, PageKind, Sheet
from guodong_site.counts import Length, YearCount, counts_of, lengths, periods
from guodong_site.model import Site
from guodong_site.plots import TONES, Row, Series, Step, bars, columns, heat, steps
from guodong_site.topics import topics

_KEYWORDS = 30

_ARTICLES = Series(name="篇数", unit="篇")
_CHARACTERS = Series(name="字数", unit="字")
_MENTIONS = Series(name="条数", unit="条")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The numbers of a plot; the first column names the rows."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A plot with its table.  `names` stand still beside a picture that scrolls; `key` explains its colours."""

    id: str
    heading: str
    note: str
    svg: str
    table: Table
    names: tuple[str, ...] = ()
    key: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticsContext(frame.PageContext):
    """`figures` are none while the archive is empty."""

    summary: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """All that the page shows, as facts.

    `periods` are years or decades with the articles of each section, in the office's order; `sections` are articles and
    characters of all years; `months` are of the newest year; `average` says that `lengths` are averages.
    """

    totals: tuple[int, int, int]
    span: str
    sections: tuple[tuple[int, int], ...]
    periods: tuple[tuple[str, tuple[int, ...]], ...]
    districts: tuple[int, ...]
    year: int
    months: tuple[tuple[int | None, ...], ...]
    average: bool
    lengths: tuple[Length, ...]
    keywords: tuple[tuple[str, str, int], ...]


def plan(archive: Archive) -> Iterator[Sheet]:
    """The one page."""
    yield Sheet(name="", make=_page, facts=(_numbers(archive) if archive.volumes else None,))


def _numbers(archive: Archive) -> Numbers:
    counted = archive.sums(counts_of)
    kinds = [kind.key for kind in archive.settings.sections]
    slugs = [district.slug for district in archive.settings.districts]
    newest, oldest = next(iter(counted)), list(counted)[-1]
    average, long = lengths(counted)

    def held(key: str, years: Sequence[int], at: int) -> int:
        return sum(counted[year].sections.get(key, (0, 0))[at] for year in years if year in counted)

    frequent = sorted(topics(archive), key=lambda topic: (-topic.count, topic.reading, topic.term))[:_KEYWORDS]
    return Numbers(
        totals=(
            sum(len(year.issues) for year in counted.values()),
            sum(year.articles for year in counted.values()),
            sum(year.characters for year in counted.values()),
        ),
        span=f"{newest}年" if newest == oldest else f"{oldest}—{newest}年",
        sections=tuple((held(key, tuple(counted), 0), held(key, tuple(counted), 1)) for key in kinds),
        periods=tuple((name, tuple(held(key, years, 0) for key in kinds)) for name, years in periods(tuple(counted))),
        districts=tuple(sum(year.districts.get(slug, 0) for year in counted.values()) for slug in slugs),
        year=newest,
        months=tuple(tuple(_months(counted[newest], slug)) for slug in slugs),
        average=average,
        lengths=long,
        keywords=tuple((topic.term, topic.letter, topic.count) for topic in frequent),
    )


def _months(year: YearCount, slug: str) -> Iterator[int | None]:
    """What a district has in each month that holds an issue."""
    for month, count in enumerate(year.months.get(slug, [0] * 12), 1):
        yield count if month in year.held else None


def _page(site: Site, numbers: Numbers | None) -> Iterator[Page]:
    crumbs = (frame.LinkView(text="统计", href="", current=True),)
    summary = "还没有收录任何一期，没有可以统计的。"
    if numbers:
        issues, articles, characters = numbers.totals
        summary = f"数字由本站文章逐条数出，随每期更新。{numbers.span}，共{issues}期、{articles}篇、{characters}字。"
    description = f"《{site.settings.name}》的统计：各栏目、各年、各区市的篇数，各期的字数，常用的主题词。"
    column = frame.listing(site, "统计", description)
    context = StatisticsContext(
        shell=frame.shell(site, urls.STATISTICS, ("统计",), description, crumbs, current=urls.STATISTICS, column=column),
        summary=summary,
        figures=tuple(_figures(site, numbers)) if numbers else (),
    )
    yield Page(path=urls.file_of(urls.STATISTICS), template=PAGE.template, context=context)


def _figures(site: Site, numbers: Numbers) -> Iterator[Figure]:
    kinds, districts = site.settings.sections, site.settings.districts

    rows = tuple(
        Row(name=kind.name, values=values, href=frame.href(site, urls.section(kind.key)))
        for kind, values in zip(kinds, numbers.sections, strict=True)
    )
    note = f"{numbers.span}全部文章；字数是正文的，连标点，不连空格。"
    key: tuple[Step, ...] = (Step(tone="bar", text="篇数"), Step(tone="bar-2", text="字数"))
    yield _figure("sections", "各栏目篇数与字数", note, bars, "栏目", (_ARTICLES, _CHARACTERS), rows, key)

    series = tuple(Series(name=kind.name, unit="篇") for kind in kinds)
    key = tuple(Step(tone=TONES[at % len(TONES)], text=kind.name) for at, kind in enumerate(kinds))
    rows = tuple(Row(name=name, values=values) for name, values in numbers.periods)
    decades = len(rows) > 0 and rows[0].name.endswith("代")
    heading, over = ("各年代各栏目篇数", "年代") if decades else ("各年各栏目篇数", "年份")
    yield _figure("years", heading, "从左到右由远到近。", columns, over, series, rows, key)

    if districts:
        rows = tuple(
            Row(name=district.name, values=(count,), href=frame.href(site, urls.district(district.slug)))
            for district, count in zip(districts, numbers.districts, strict=True)
        )
        note = f"{numbers.span}写到各区市的文章篇数，一篇写到几个的，各算一条；按官方次序。"
        yield _figure("districts", "各区市条数", note, bars, "区市", (_MENTIONS,), rows)
        yield _heat(site, numbers)

    rows = tuple(Row(name=name, axis=axis, values=(long,)) for name, axis, long in numbers.lengths)
    heading, over = ("每期平均字数", "年代" if decades else "年份") if numbers.average else ("各期字数", "期")
    yield _figure("lengths", heading, "正文字数，从左到右由远到近。", columns, over, (_CHARACTERS,), rows)

    if numbers.keywords:
        rows = tuple(
            Row(name=term, values=(count,), href=frame.href(site, urls.topic(term, letter)))
            for term, letter, count in numbers.keywords
        )
        note = f"{numbers.span}文章最多的{len(rows)}个主题词；篇数相同的按拼音。"
        yield _figure("keywords", "常用主题词", note, bars, "主题词", (_ARTICLES,), rows)


def _figure(
    name: str,
    heading: str,
    note: str,
    draw: Callable[[str, str, Sequence[Series], Sequence[Row]], str],
    over: str,
    series: tuple[Series, ...],
    rows: tuple[Row, ...],
    key: tuple[Step, ...] = (),
) -> Figure:
    """A plot and its table, of the same rows; `over` is what a row is."""
    return Figure(
        id=name,
        heading=heading,
        note=note,
        svg=draw(name, heading, series, rows),
        table=Table(caption=heading, head=(over, *(kind.name for kind in series)), rows=rows),
        key=key,
    )


def _heat(site: Site, numbers: Numbers) -> Figure:
    months = tuple(f"{month}月" for month in range(1, 13))
    rows = tuple(
        Row(name=district.name, values=values, href=frame.href(site, urls.district(district.slug)))
        for district, values in zip(site.settings.districts, numbers.months, strict=True)
    )
    heading = f"{numbers.year}年各区市逐月条数"
    summed = tuple(Row(name=row.name, values=(*row.values, sum(row.numbers)), href=row.href) for row in rows)
    return Figure(
        id="months",
        heading=heading,
        note="最近一年里每月写到各区市的文章篇数，月份是刊期的；颜色越深越多，—表示那个月没有收录的期。",
        svg=heat("months", heading, months, rows),
        table=Table(caption=heading, head=("区市", *months, "合计"), rows=summed),
        names=tuple(row.name for row in rows),
        key=steps(max((value for row in rows for value in row.numbers), default=0)),
    )


PAGE = PageKind(name="statistics", template="pages/statistics.html", context=StatisticsContext, plan=plan)
