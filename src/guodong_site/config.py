"""What the office decides: the site's own facts, its sections, its districts.  Pure types; `office` fills them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from urllib.parse import urlsplit

from guodong_site.diagnostics import Severity, Span
from guodong_site.wording import Wording

SITE_FILE, TEMPLATES = "site.yaml", "templates"
"""What makes a folder a project, and where it keeps what its pages and its printed editions look like."""

CHINA = datetime.timezone(datetime.timedelta(hours=8))
"""The office's own time, wherever the computer stands that signs or publishes."""


class SectionStyle(Enum):
    """How a section is written: items under `##`, or one paragraph one item (DESIGN.md §10)."""

    ARTICLES = "articles"
    BRIEFS = "briefs"


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionKind:
    """A section of the bulletin, such as 要闻: its key in addresses, its name in print, how it is written.

    `description` and `keywords` are what the portal's tags tell of the column.
    """

    key: str
    name: str
    style: SectionStyle = SectionStyle.ARTICLES
    description: str = ""
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerName:
    """What a district was called until a month (year and month, that one not included)."""

    name: str
    until: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """One of the 区市, in official order.  `aliases` are the other names a text may call it by, `former` its names of old."""

    slug: str
    name: str
    aliases: tuple[str, ...] = ()
    note: str = ""
    former: tuple[FormerName, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, longest first, so that the longest match wins."""
        every = {self.name, *self.aliases, *(one.name for one in self.former)}
        return tuple(sorted(every, key=lambda n: (-len(n), n)))

    def called(self, year: int, month: int) -> str:
        """Its name at that time."""
        held = [one for one in self.former if (year, month) < one.until]
        return min(held, key=lambda one: one.until).name if held else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Synonym:
    """Other ways to say `terms`: a reader who finds nothing for one of them is answered with `others`.

    `terms` that are the same in both directions stand in both tuples.  `source` says who vouches for it.
    """

    terms: tuple[str, ...]
    others: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """What the office makes of a rule, and where it says so; `severity` is None where it says nothing we know."""

    severity: Severity | None
    where: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """A place to publish to, as `targets:` in site.yaml says it: what kind of target it is, and that kind's own options."""

    name: str
    kind: str
    options: Mapping[str, str] = field(default_factory=dict)
    where: Span
    places: Mapping[str, Span] = field(default_factory=dict)
    """Where site.yaml says an option, by its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """site.yaml and editorial/.  A fact that nobody knows is None and shows nothing.

    `places` are where site.yaml says a fact, by its name there.
    """

    name: str
    issuer: str
    base_url: str
    sections: tuple[SectionKind, ...]
    description: str = ""
    districts: tuple[District, ...] = ()
    words: tuple[str, ...] = ()
    stop_words: tuple[str, ...] = ()
    synonyms: tuple[Synonym, ...] = ()
    wording: Wording = field(default_factory=Wording)
    link_hosts: tuple[str, ...] = ()
    """Hosts that may be linked to besides gov.cn, each with what is below it."""
    site_id_code: str | None = None
    icp: str | None = None
    police: str | None = None
    contact: str | None = None
    party_mark: str | None = None
    """Where the site's 党政机关网站标识 is shown."""
    report_errors: str | None = None
    """The entry 我为政府网站找错 of this site."""
    classification: str = "公开"
    disclosure: str = "主动公开"
    offline: bool = True
    """Whether pages that were read stay readable without a network."""
    print_distribution: bool = False
    """Whether the public printed edition carries the 发： line too; web pages and data never do."""
    reviews: bool = False
    """Whether `check` tells of every issue that is not reviewed to the end; of one whose review has begun it always does."""
    demanded: bool = field(default=True, repr=False)
    """Whether `publish` goes out with reviewed issues only; `reviews: false` alone waives it.  No page shows it."""
    issue_epub: bool = False
    """Whether every issue is offered as a book (EPUB) of its own, besides its year's."""
    weights: dict[str, Weight] = field(default_factory=dict)
    places: dict[str, Span] = field(default_factory=dict)
    destinations: tuple[Destination, ...] = field(default=(), repr=False)
    """Where the site may be published to.  No page shows it, so that a new one makes no page anew."""

    @property
    def base_path(self) -> str:
        """The path all addresses begin with: `/`, or `/bulletin/` for a site below a folder."""
        return "/" + "".join(f"{part}/" for part in urlsplit(self.base_url).path.split("/") if part)

    @property
    def origin(self) -> str:
        """Scheme and host, without a final slash."""
        scheme, host, *_ = urlsplit(self.base_url)
        return f"{scheme}://{host}"


FURNITURE = {
    "site_id_code": "网站标识码",
    "icp": "ICP备案编号",
    "police": "公安机关备案号",
    "contact": "联系方式",
    "party_mark": "党政机关网站标识",
    "report_errors": "“我为政府网站找错”入口",
}
"""What a government site must say at the foot of its pages, by its name among the settings."""
