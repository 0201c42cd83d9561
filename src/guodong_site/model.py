"""The nouns of the newsroom, frozen: Site, Issue, Section, Article, Prose.

By convention nothing here reads a file, asks the clock or knows HTML beyond carrying it.  A missing fact is None.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from guodong_site.config import SectionKind, Settings
from guodong_site.diagnostics import Span
from guodong_site.history import UNCHANGED, Gap, History
from guodong_site.plates import Plate
from guodong_site.waiver import Waiver


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueDate:
    """A sign-off date, of which an old issue may know only the month (`day` is None; never invented)."""

    year: int
    month: int
    day: int | None = None

    @property
    def iso(self) -> str:
        """`2023-03-15`, or `2023-03`."""
        return f"{self.year:04}-{self.month:02}" + (f"-{self.day:02}" if self.day else "")

    @property
    def chinese(self) -> str:
        """`2023年3月15日`, or `2023年3月`."""
        return f"{self.year}年{self.month}月" + (f"{self.day}日" if self.day else "")

    @property
    def first_day(self) -> datetime.date:
        """The day it sorts by; for machine fields only where the day is unknown (DESIGN.md §10)."""
        return datetime.date(self.year, self.month, self.day or 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A title with its printed line breaks.  `segments` are the words of each line, between which it may break."""

    lines: tuple[str, ...]
    segments: tuple[tuple[str, ...], ...] = ()

    @property
    def joined(self) -> tuple[str, ...]:
        """The words of all lines for the web title: no blank between lines, except between two Latin words or numbers."""
        words: list[str] = []
        for line in self.segments or tuple((line,) for line in self.lines):
            before, after = (words[-1][-1:] if words else ""), (line[0][:1] if line else "")
            latin = before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
            words += [(" " if latin else "") + line[0], *line[1:]] if line else []
        return tuple(words)

    @property
    def text(self) -> str:
        """The web title."""
        return "".join(self.joined)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link or picture as the editor wrote it (`target`), where it leads on the site (`address`), and where it stands.

    `address` is None for what lies outside the site.
    """

    target: str
    address: str | None
    where: Span
    picture: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One top-level piece of an article: a paragraph, heading, list, table or figure.

    `units` are its texts as a reader sees them: paragraphs, captions, cells; search never matches across two of them.
    `places` are where each unit begins in the file, `more` the further lines it runs over there; `district` is the slug of the district the paragraph begins with.
    """

    html: str
    units: tuple[str, ...]
    heading: int | None = None
    district: str | None = None
    places: tuple[Span, ...] = ()
    more: tuple[tuple[str, ...], ...] = ()

    @property
    def text(self) -> str:
        """The units, one a line."""
        return "\n".join(self.units)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """The body of an article, made by `prose`."""

    blocks: tuple[Block, ...]
    links: tuple[Link, ...] = ()

    @property
    def units(self) -> tuple[str, ...]:
        """Every searchable text of the body, in order."""
        return tuple(unit for block in self.blocks for unit in block.units)

    @property
    def text(self) -> str:
        """The body as plain text, one unit a line."""
        return "\n".join(self.units)


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """An earlier article that another one is near to, as far as it is named there: its address, title and issue's label."""

    issue: str
    item: str
    title: Title
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One item of an issue: a story under `##`, or a brief of one paragraph.

    `id` is the last part of its address; `source` is where a reprint came from, or the issuer.  `keywords` and `related` are
    filled in by `subjects`, once the issues before are read.
    """

    id: str
    issue: str
    section: SectionKind
    title: Title
    prose: Prose
    source: str
    where: Span
    reprint: bool = False
    brief: bool = False
    author: str | None = None
    date: IssueDate | None = None
    districts: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    draft: bool = False
    history: History = UNCHANGED

    @property
    def key(self) -> str:
        """`<issue>/<item>`: unique over the archive."""
        return f"{self.issue}/{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section of one issue with its articles in printed order."""

    kind: SectionKind
    articles: tuple[Article, ...]


def _label(date: IssueDate, number: int | None) -> str:
    """`2024年第7期`, or `2023年3月` where nobody knows the number."""
    return f"{date.year}年第{number}期" if number else f"{date.year}年{date.month}月"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """An issue as lists and neighbours name it: all but its articles, of which only their number, and that of its gaps."""

    id: str
    date: IssueDate
    number: int | None
    draft: bool
    articles: int
    gaps: int = 0
    withdrawn: bool = False
    total: int | None = None

    @property
    def label(self) -> str:
        """As lists name it."""
        return _label(self.date, self.number)

    @property
    def order(self) -> tuple[datetime.date, int, str]:
        """Sorts issues by time: day, then number, then id."""
        return (self.date.first_day, self.number or 0, self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One issue of the bulletin (一期), as its file says it.

    `places` are where it says a field, by the field's name; `pictures` are the names of the files in its folder, `album` those
    pictures that are shown or offered; `gaps` are the articles that were withdrawn: all of them where the issue was.
    """

    id: str
    date: IssueDate
    sections: tuple[Section, ...]
    where: Span
    issuer: str
    number: int | None = None
    total: int | None = None
    published: datetime.datetime | None = None
    distribution: str | None = None
    channels: tuple[str, ...] = ()
    title: str | None = None
    summary: str | None = None
    keywords: tuple[str, ...] = ()
    classification: str = "公开"
    disclosure: str = "主动公开"
    legacy: bool = False
    draft: bool = False
    pictures: tuple[str, ...] = ()
    album: tuple[Plate, ...] = ()
    history: History = UNCHANGED
    gaps: tuple[Gap, ...] = ()
    allow: tuple[Waiver, ...] = ()
    places: Mapping[str, Span] = field(default_factory=dict)

    def place(self, name: str) -> Span:
        """Where a field is said, or the file as such."""
        return self.places.get(name, self.where)

    @property
    def head(self) -> Head:
        """What is named of it elsewhere."""
        return Head(
            id=self.id,
            date=self.date,
            number=self.number,
            draft=self.draft,
            articles=len(self.articles),
            gaps=len(self.gaps),
            withdrawn=self.history.withdrawn is not None,
            total=self.total,
        )

    @property
    def label(self) -> str:
        """As lists name it."""
        return _label(self.date, self.number)

    @property
    def articles(self) -> tuple[Article, ...]:
        """Every article in printed order."""
        return tuple(article for section in self.sections for article in section.articles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inference:
    """Something the tool concluded rather than read, shown in `check --format json`: no guess is silent."""

    item: str
    field: str
    value: str
    evidence: str
    where: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A file of the site's own looks or behaviour, with the address that carries its content hash."""

    name: str
    address: str
    data: bytes


Reading = Callable[[str], tuple[str, ...]]
"""How a word is read aloud: its syllables, or its characters where nobody knows better."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What may be shown: all that the office decided, and issues, newest first: the whole archive's or some of them."""

    settings: Settings
    issues: tuple[Issue, ...] = ()
    assets: tuple[Asset, ...] = ()
    reading: Reading = field(default=tuple, repr=False)

    def letter(self, term: str) -> str:
        """The first letter of a term's reading, a to z: where an index lists it."""
        return self.reading(term)[0][0]

    def dated(self) -> Iterator[tuple[Issue, Article]]:
        """Every article with its issue, newest issue first, in printed order within one."""
        for issue in self.issues:
            for article in issue.articles:
                yield issue, article
