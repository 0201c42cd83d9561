"""What pages show, prepared: titles, cards, contents, years.  Site → plain values; no Jinja.

Page kinds share these and never each other.  Every `href` is complete, base path included.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from guodong_site import urls
from guodong_site.config import District
from guodong_site.frame import LinkView, href
from guodong_site.model import Article, Block, Issue, Site, Title
from guodong_site.prose import shifted
from guodong_site.subjects import Topic, letter_of

LEAD_LENGTH = 500
"""Characters of the lead story on the front page; about what fills two columns (look.md §6)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleView:
    """A title as words, between which it may break: by printed line, and run together."""

    text: str
    lines: tuple[tuple[str, ...], ...]
    words: tuple[str, ...]


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
    """An article named in a list of few words: its title and its issue."""

    title: TitleView
    href: str
    issue: str


@lru_cache(maxsize=1 << 16)  # an article's title stands on its neighbours' pages too
def title_view(title: Title) -> TitleView:
    """A title ready to be set."""
    lines = title.segments or tuple((line,) for line in title.lines)
    return TitleView(text=title.text, lines=lines, words=title.joined)


def visible_date(issue: Issue) -> str:
    """The date a reader sees: never one that nobody wrote."""
    return issue.published.strftime("%Y-%m-%d %H:%M") if issue.published else issue.date.chinese


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
    own = [p for p in passages(site, article) if district and p.anchor == district.slug]
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
            LinkView(text=p.sign, href=f"{href(site, address)}#{p.anchor}") for p in passages(site, article) if p.sign
        ),
    )


def passages(site: Site, article: Article, heading_shift: int = -1) -> tuple[Passage, ...]:
    """The body in pieces: one for each signed paragraph, the rest between them.

    An article about a single district carries no sign: its title has said so.
    """
    districts = {block.district for block in article.prose.blocks if block.district}
    names = {d.slug: d.name for d in site.settings.districts} if len(districts) > 1 else {}
    pieces: list[tuple[str | None, list[Block]]] = []
    for block in article.prose.blocks:
        slug = block.district if block.district in names else None
        if slug is None and pieces and pieces[-1][0] is None:
            pieces[-1][1].append(block)
        else:
            pieces.append((slug, [block]))
    made: list[Passage] = []
    for slug, blocks in pieces:
        text = "\n".join(shifted(block, heading_shift) for block in blocks)
        repeat = sum(1 for p in made if slug and p.sign == names[slug])
        anchor = slug + (f"-{repeat + 1}" if repeat else "") if slug else None
        made.append(Passage(html=text, sign=names[slug] if slug else None, anchor=anchor))
    return tuple(made)


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


def district_counts(site: Site, issues: tuple[Issue, ...]) -> dict[str, int]:
    """How many articles each district has in these issues; all districts, in official order."""
    counts = {district.slug: 0 for district in site.settings.districts}
    for issue in issues:
        for article in issue.articles:
            for slug in article.districts:
                counts[slug] += 1
    return counts


def district_band(site: Site, current: str = "") -> tuple[LinkView, ...]:
    """All districts, so that absence is visible too, with their share of the newest issue."""
    counts = district_counts(site, site.issues[:1])
    return tuple(
        LinkView(
            text=district.name,
            href=href(site, urls.district(district.slug)),
            current=district.slug == current,
            small=f"最新一期{counts[district.slug]}条" if counts[district.slug] else "最新一期无",
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
    current: bool = False


def ledger(site: Site, current: int | None = None) -> tuple[YearView, ...]:
    """The years that hold an issue, newest first."""
    views = []
    for number in site.years:
        issues = [issue for issue in site.issues if issue.date.year == number]
        places = sorted(issue.date.first_day.timetuple().tm_yday for issue in issues)
        ticks = "".join(f"M{round((day - 1) / 366 * 93, 1):g} 0h3v8h-3z" for day in places)
        view = YearView(
            number=number,
            href=href(site, urls.year(number)),
            small=f"{len(issues)}期",
            ticks=ticks,
            current=number == current,
        )
        views.append(view)
    return tuple(views)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthView:
    """A month of a year and the issues in it."""

    name: str
    issues: tuple[LinkView, ...]


def months(site: Site, year: int) -> tuple[MonthView, ...]:
    """The twelve months of a year with their issues, oldest first."""
    issues = [issue for issue in reversed(site.issues) if issue.date.year == year]
    return tuple(
        MonthView(
            name=f"{month}月",
            issues=tuple(
                LinkView(
                    text=f"第{issue.number}期" if issue.number else "一期",
                    href=href(site, urls.issue(issue.id)),
                    small=f"{len(issue.articles)}篇",
                )
                for issue in issues
                if issue.date.month == month
            ),
        )
        for month in range(1, 13)
    )


def mention(site: Site, issue: Issue, article: Article) -> Mention:
    """An article named elsewhere."""
    return Mention(title=title_view(article.title), href=href(site, urls.article(issue.id, article.id)), issue=issue.label)


def keyword_link(site: Site, term: str) -> LinkView:
    """A keyword of an article, leading to its place in the index."""
    return LinkView(text=term, href=href(site, urls.topic(term, letter_of(term))))


def topic_link(site: Site, topic: Topic) -> LinkView:
    """A keyword, its place in the index and how many articles have it."""
    return LinkView(text=topic.term, href=href(site, urls.topic(topic.term, topic.letter)), small=f"{len(topic.articles)}篇")


def alphabet(letters: Mapping[str, str], current: str = "") -> tuple[LinkView, ...]:
    """The letters a reading can begin with (no I, U, V), with the addresses of those that have keywords."""
    return tuple(
        LinkView(text=name.upper(), href=letters.get(name, ""), current=name == current) for name in "abcdefghjklmnopqrstwxyz"
    )
