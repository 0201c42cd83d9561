"""What pages show, prepared: titles, cards, contents, years.  Site → plain values; no Jinja.

Page kinds share these and never each other.  Every `href` is complete, base path included.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count

from guodong_site import urls
from guodong_site.album import at_once
from guodong_site.config import District
from guodong_site.frame import LinkView, href
from guodong_site.model import Article, Block, Issue, Related, Site, Title
from guodong_site.prose import shifted

LEAD_LENGTH = 500
"""Characters of the lead story on the front page; about what fills two columns (look.md §6)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleView:
    """A title: as text, and set, so that it breaks only between words: by printed line, and run together.

    <wbr> adds no character, so what is read or copied is the title itself.
    """

    text: str
    lines: tuple[str, ...]
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An article in a list.  `districts` are its districts' own paragraphs."""

    title: TitleView
    href: str
    excerpt: str
    section: str
    date: str
    date_iso: str
    source: str | None
    brief: bool
    districts: tuple[LinkView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Consecutive blocks of an article as HTML; `sign` is the district whose news they are."""

    html: str
    sign: str | None = None
    anchor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TocSection:
    """A section in a table of contents."""

    name: str
    href: str
    items: tuple[TocItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TocItem:
    """An article in a table of contents."""

    title: TitleView
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """An article named in a list of few words: its title, set, and its issue."""

    title: str
    href: str
    issue: str


@lru_cache(maxsize=1 << 16)  # an article's title stands on its neighbours' pages too
def title_view(title: Title) -> TitleView:
    """A title ready to be set."""
    lines = title.segments or tuple((line,) for line in title.lines)
    return TitleView(text=title.text, lines=tuple(map(set_words, lines)), html=set_words(title.joined))


def set_words(words: tuple[str, ...]) -> str:
    """Words as HTML, a line may end between any two."""
    return "<wbr>".join(map(html.escape, words))


def excerpt(article: Article) -> str:
    """Whole sentences from the beginning, 50 to 90 characters, longer only where the first sentence is (look.md §4)."""
    text = next((block.units[0] for block in article.prose.blocks if block.units and block.heading is None), "")
    sentences = re.findall(r"[^。！？]*[。！？][”’）》]*|[^。！？]+$", text)
    taken = ""
    for sentence in sentences:
        if taken and (len(taken) >= 50 or len(taken) + len(sentence) > 90):
            break
        taken += sentence
    return taken


def card(site: Site, issue: Issue, article: Article, district: District | None = None) -> Card:
    """An article as it stands in a list; with `district`, cut down to that district's paragraph."""
    address = urls.article(issue.id, article.id)
    own = [p for p in passages(site, issue, article) if district and p.anchor == district.slug]
    text = excerpt(article)
    if own and district:
        text = next(block.text for block in article.prose.blocks if block.district == district.slug)
    anchor = f"#{own[0].anchor}" if own else ""
    return Card(
        title=title_view(article.title),
        href=href(site, address) + anchor,
        excerpt=text,
        section=article.section.name,
        date=issue.label if issue.number else issue.date.chinese,
        date_iso=issue.date.iso,
        source=article.source if article.reprint else None,
        brief=article.brief,
        districts=tuple(
            LinkView(text=p.sign, href=f"{href(site, address)}#{p.anchor}") for p in passages(site, issue, article) if p.sign
        ),
    )


def passages(
    site: Site, issue: Issue, article: Article, heading_shift: int = -1, *, below: bool = False
) -> tuple[Passage, ...]:
    """The body in pieces: one for each signed paragraph, the rest between them.

    A sign says the district's name of that time.  An article about a single district carries none: its title has said so.  Its first picture is loaded with the page,
    unless it stands `below` another one.
    """
    districts = {block.district for block in article.prose.blocks if block.district}
    then = (issue.date.year, issue.date.month)
    names = {d.slug: d.called(*then) for d in site.settings.districts} if len(districts) > 1 else {}
    pieces: list[tuple[str | None, list[Block]]] = []
    for block in article.prose.blocks:
        slug = block.district if block.district in names else None
        if slug is None and pieces and pieces[-1][0] is None:
            pieces[-1][1].append(block)
        else:
            pieces.append((slug, [block]))
    made: list[Passage] = []
    tables = count(1)
    for slug, blocks in pieces:
        text = "\n".join(_boxed(shifted(block, heading_shift), tables) for block in blocks)
        if not below and "<img" in text:
            text, below = at_once(text), True
        repeat = sum(1 for p in made if slug and p.sign == names[slug])
        anchor = slug + (f"-{repeat + 1}" if repeat else "") if slug else None
        made.append(Passage(html=text, sign=names[slug] if slug else None, anchor=anchor))
    return tuple(made)


def _boxed(block: str, tables: Iterator[int]) -> str:
    """A table in a box of its own that scrolls where the page is too narrow, by the keyboard too (WCAG 2.1.1)."""
    if not block.startswith("<table"):
        return block
    return f'<div class="scrollx" tabindex="0" role="region" aria-label="表格{next(tables)}">{block}</div>'


def contents(site: Site, issue: Issue, *, anchors: bool = False) -> tuple[TocSection, ...]:
    """本期要目: of the issue's own page (`anchors`), or of its articles' pages, which know their own place in it."""
    base = "" if anchors else href(site, urls.issue(issue.id))
    return tuple(
        TocSection(
            name=section.kind.name,
            href=f"{base}#{section.kind.key}",
            items=tuple(
                TocItem(
                    title=title_view(article.title),
                    href=f"#i{article.id}" if anchors else href(site, urls.article(issue.id, article.id)),
                )
                for article in section.articles
            ),
        )
        for section in issue.sections
    )


def sections_of(site: Site) -> dict[str, int]:
    """How many articles each section has, by its key; sections without any are left out."""
    return dict(Counter(article.section.key for _, article in site.dated()))


def districts_of(site: Site) -> dict[str, int]:
    """How many articles each district has, by its slug; districts without any are left out."""
    return dict(Counter(slug for _, article in site.dated() for slug in article.districts))


def district_band(site: Site, current: str = "", newest: Mapping[str, int] | None = None) -> tuple[LinkView, ...]:
    """All districts, so that absence is visible too; with `newest`, their share of the newest issue."""

    def share(slug: str) -> str:
        if newest is None:
            return ""
        return f"最新一期{newest[slug]}条" if slug in newest else "最新一期无"

    return tuple(
        LinkView(
            text=district.name,
            href=href(site, urls.district(district.slug)),
            current=district.slug == current,
            small=share(district.slug),
        )
        for district in site.settings.districts
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class YearView:
    """A year in the ledger; `ticks` is an SVG path on a 96 × 8 grid, one tick an issue."""

    number: int
    href: str
    small: str
    ticks: str


YearRow = tuple[int, str]
"""How many issues a year holds and the ticks that show when, as a fact for the ledger."""


def year_row(site: Site) -> YearRow:
    """The row of a year's issues in the ledger."""
    places = sorted(issue.date.first_day.timetuple().tm_yday for issue in site.issues)
    return len(places), "".join(f"M{round((day - 1) / 366 * 93, 1):g} 0h3v8h-3z" for day in places)


def ledger(site: Site, rows: Mapping[int, YearRow]) -> tuple[YearView, ...]:
    """The years that hold an issue, newest first."""
    return tuple(
        YearView(number=number, href=href(site, urls.year(number)), small=f"{issues}期", ticks=ticks)
        for number, (issues, ticks) in rows.items()
    )


def around(year: int, years: Sequence[int]) -> tuple[int, ...]:
    """Of years, newest first: this one and its neighbours.  A year's page names no others, so that a new year shifts only one."""
    at = years.index(year)
    return tuple(years[max(0, at - 1) : at + 2])


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthView:
    """A month of a year and the issues in it."""

    name: str
    issues: tuple[LinkView, ...]


def months(site: Site) -> tuple[MonthView, ...]:
    """The twelve months of the year whose issues `site` holds, with these, oldest first."""
    return tuple(
        MonthView(
            name=f"{month}月",
            issues=tuple(
                LinkView(
                    text=f"第{issue.number}期" if issue.number else "一期",
                    href=href(site, urls.issue(issue.id)),
                    small=f"{len(issue.articles)}篇",
                )
                for issue in reversed(site.issues)
                if issue.date.month == month
            ),
        )
        for month in range(1, 13)
    )


def mention(site: Site, article: Related) -> Mention:
    """An article named elsewhere."""
    address = urls.article(article.issue, article.item)
    return Mention(title=title_view(article.title).html, href=href(site, address), issue=article.label)


def keyword_link(site: Site, term: str) -> LinkView:
    """A keyword of an article, leading to its place in the index."""
    return LinkView(text=term, href=href(site, urls.topic(term, site.letter(term))))


def alphabet(letters: Mapping[str, str], current: str = "") -> tuple[LinkView, ...]:
    """The letters a reading can begin with (no I, U, V), with the addresses of those that have keywords."""
    return tuple(
        LinkView(text=name.upper(), href=letters.get(name, ""), current=name == current) for name in "abcdefghjklmnopqrstwxyz"
    )
