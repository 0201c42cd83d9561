"""feed.xml: the newest articles as RSS 2.0.  An article without a known publication time carries no pubDate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta, timezone
from email.utils import format_datetime
from itertools import islice

from guodong_site import frame, urls, views
from guodong_site.archive import Archive, Entry
from guodong_site.artifact import Context, Page, PageKind, Sheet
from guodong_site.model import Issue, Site

LENGTH = 50
_CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """An article in the feed; `published` is an RFC 822 date or None (never invented)."""

    title: str
    link: str
    description: str
    category: str
    published: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedContext(Context):
    """The channel and its newest items."""

    title: str
    link: str
    self_link: str
    description: str
    items: tuple[FeedItem, ...]


def plan(archive: Archive) -> Iterator[Sheet]:
    """The one feed of the whole bulletin, from as many issues as fill it."""
    shown: list[Entry] = []
    for entry in archive.entries:
        if sum(before.head.articles for before in shown) >= LENGTH:
            break
        shown.append(entry)
    yield Sheet(name="", make=_page, shows=tuple(shown))


def _page(site: Site) -> Iterator[Page]:
    settings = site.settings
    items = tuple(
        FeedItem(
            title=article.title.text,
            link=frame.absolute(site, urls.article(issue.id, article.id)),
            description=views.excerpt(article),
            category=article.section.name,
            published=_moment(issue),
        )
        for issue, article in islice(site.dated(), LENGTH)
    )
    context = FeedContext(
        title=f"{settings.name} - {settings.issuer}",
        link=frame.absolute(site, urls.HOME),
        self_link=frame.absolute(site, urls.FEED),
        description=settings.description or settings.name,
        items=items,
    )
    yield Page(path=urls.FEED, template=PAGE.template, context=context)


def _moment(issue: Issue) -> str | None:
    return format_datetime(issue.published.replace(tzinfo=_CHINA)) if issue.published else None


PAGE = PageKind(name="feed", template="feeds/rss.xml", context=FeedContext, plan=plan)
