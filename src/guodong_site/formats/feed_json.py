"""feed.json as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/).  `date_published` stands only where one is known."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from guodong_site import feeds, urls
from guodong_site.archive import Archive
from guodong_site.artifact import Artifact, Format, Sheet
from guodong_site.model import Site


def plan(archive: Archive) -> Iterator[Sheet]:
    """One of everything that can be followed."""
    for followed in feeds.followed(archive):
        yield Sheet(name=followed[0], make=_file, facts=followed)


def _file(site: Site, address: str, name: str, rows: tuple[feeds.Row, ...]) -> Iterator[Artifact]:
    feed = feeds.feed(site, address, name, rows)
    written = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.json,
        "description": feed.description,
        "language": "zh-CN",
        "authors": [{"name": feed.issuer}],
        "items": [_item(item) for item in feed.items],
    }
    yield Artifact(path=address + urls.JSON_FEED, make=(json.dumps(written, ensure_ascii=False, indent=1) + "\n").encode)


def _item(item: feeds.FeedItem) -> dict[str, Any]:
    written: dict[str, Any] = {
        "id": item.link,
        "url": item.link,
        "title": item.title,
        "content_text": item.excerpt,
        "authors": [{"name": item.author}],
        "tags": [item.section],
    }
    if item.published:
        written["date_published"] = item.published.isoformat()
    if item.changed:
        written["date_modified"] = item.updated.isoformat()
    return written


FORMAT = Format(name="feed_json", plan=plan)
