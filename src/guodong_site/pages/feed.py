"""feed.xml as RSS 2.0.  An article without a known publication time carries no pubDate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import format_datetime

from guodong_site import feeds, urls
from guodong_site.archive import Archive
from guodong_site.artifact import Context, Page, PageKind, Sheet
from guodong_site.model import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class RssItem:
    """An article in the feed; `published` is an RFC 822 date or None (never invented)."""

    title: str
    link: str
    description: str
    category: str
    published: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RssContext(Context):
    """The channel and its newest items."""

    title: str
    link: str
    self_link: str
    description: str
    items: tuple[RssItem, ...]


def plan(archive: Archive) -> Iterator[Sheet]:
    """One of everything that can be followed."""
    for followed in feeds.followed(archive):
        yield Sheet(name=followed[0], make=_page, facts=followed)


def _page(site: Site, address: str, name: str, rows: tuple[feeds.Row, ...]) -> Iterator[Page]:
    feed = feeds.feed(site, address, name, rows)
    items = tuple(
        RssItem(
            title=item.title,
            link=item.link,
            description=item.excerpt,
            category=item.section,
            published=format_datetime(item.published) if item.published else None,
        )
        for item in feed.items
    )
    context = RssContext(title=feed.title, link=feed.home, self_link=feed.rss, description=feed.description, items=items)
    yield Page(path=address + urls.RSS, template=PAGE.template, context=context)


PAGE = PageKind(name="feed", template="feeds/rss.xml", context=RssContext, plan=plan)
