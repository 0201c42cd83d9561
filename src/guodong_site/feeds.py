"""What one may subscribe to: the whole bulletin, each section, each district.  One description, for the writers of three formats.

An item says where the article is and how it begins, no more: corrections and withdrawals reach a page, never a copy of it.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import islice

from guodong_site import urls
from guodong_site.archive import Archive
from guodong_site.config import CHINA
from guodong_site.frame import absolute
from guodong_site.model import Site
from guodong_site.revisions import last_change
from guodong_site.views import districts_of, excerpt, sections_of

LENGTH = 50
"""Articles in a feed, the newest."""

_NEVER = datetime.datetime(1970, 1, 1, tzinfo=CHINA)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """An article in a feed.  `published` is None where nobody knows it.

    `updated` is for formats that demand an instant: else the first moment of the day, or month, that is known (DESIGN.md §10).
    """

    title: str
    link: str
    excerpt: str
    section: str
    author: str
    published: datetime.datetime | None
    updated: datetime.datetime
    changed: datetime.date | None = None
    """The day of its last correction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """The newest articles of something; `home` is the complete address of the page that lists them all.

    `rss`, `atom` and `json` are the complete addresses of the feed itself.  Of an empty one `updated` is the epoch, which is
    nobody's date.
    """

    title: str
    description: str
    issuer: str
    home: str
    rss: str
    atom: str
    json: str
    items: tuple[FeedItem, ...]

    @property
    def updated(self) -> datetime.datetime:
        """When the newest item was."""
        return max((item.updated for item in self.items), default=_NEVER)


Row = tuple[str, str, str, str, str, str | None, str, tuple[str, ...], str | None]
"""An article as a fact: address, title, excerpt, section's key, author, time of publication, date, districts, last correction."""

Followed = tuple[str, str, tuple[Row, ...]]
"""What a feed follows, as facts: its address, its name (none: the whole bulletin), and its newest articles."""


def rows_of(site: Site) -> tuple[Row, ...]:
    """The articles of some issues, newest issue first."""
    return tuple(
        (
            urls.article(issue.id, article.id),
            article.title.text,
            excerpt(article),
            article.section.key,
            article.author or article.source,
            issue.published.isoformat() if issue.published else None,
            issue.date.first_day.isoformat(),
            article.districts,
            changed.isoformat() if (changed := last_change(issue, article)) else None,
        )
        for issue, article in site.dated()
    )


@lru_cache(maxsize=1)  # asked for by every format
def followed(archive: Archive) -> tuple[Followed, ...]:
    """Every feed there is.  Only the years that fill them are looked at."""
    settings = archive.settings

    def newest(years: Collection[int], wanted: Callable[[Row], bool]) -> tuple[Row, ...]:
        volumes = (volume for volume in archive.volumes if volume.year in years)
        return tuple(islice((row for v in volumes for row in archive.sum_of(rows_of, v) if wanted(row)), LENGTH))

    found: list[Followed] = [(urls.HOME, "", newest(archive.years, lambda _: True))]
    in_sections, in_districts = archive.sums(sections_of), archive.sums(districts_of)
    for kind in settings.sections:
        years = {year for year, held in in_sections.items() if kind.key in held}
        found.append((urls.section(kind.key), kind.name, newest(years, partial(_in_section, kind.key))))
    for district in settings.districts:
        years = {year for year, held in in_districts.items() if district.slug in held}
        found.append((urls.district(district.slug), district.name, newest(years, partial(_of_district, district.slug))))
    return tuple(found)


def _in_section(key: str, row: Row) -> bool:
    return row[3] == key


def _of_district(slug: str, row: Row) -> bool:
    return slug in row[7]


def feed(site: Site, address: str, name: str, rows: tuple[Row, ...]) -> Feed:
    """A feed from its facts."""
    settings = site.settings
    about = f"《{settings.name}》{name}最新的文章。" if name else settings.description or settings.name
    return Feed(
        title=" - ".join(filter(None, (name, settings.name, settings.issuer))),
        description=about,
        issuer=settings.issuer,
        home=absolute(site, address),
        rss=absolute(site, address + urls.RSS),
        atom=absolute(site, address + urls.ATOM),
        json=absolute(site, address + urls.JSON_FEED),
        items=tuple(_items(site, rows)),
    )


def _items(site: Site, rows: tuple[Row, ...]) -> Iterator[FeedItem]:
    sections = {kind.key: kind.name for kind in site.settings.sections}
    for address, title, begins, section, author, at, day, _, corrected in rows:
        published = datetime.datetime.fromisoformat(at).replace(tzinfo=CHINA) if at else None
        first = datetime.datetime.combine(datetime.date.fromisoformat(day), datetime.time(), CHINA)
        known = published or first
        changed = datetime.date.fromisoformat(corrected) if corrected else None
        again = datetime.datetime.combine(changed, datetime.time(), CHINA) if changed else known
        yield FeedItem(
            title=title,
            link=absolute(site, address),
            excerpt=begins,
            section=sections[section],
            author=author,
            published=published,
            updated=max(known, again),
            changed=changed,
        )
