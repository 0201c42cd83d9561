"""feed.xml of a package: what is new or changed in it, as RSS 2.0.  An article without a known time carries no pubDate."""

from __future__ import annotations

import datetime
from email.utils import format_datetime
from html import escape

from guodong_site.cells import legal
from guodong_site.portal.parcel import Parcel, Piece


def feed(parcel: Parcel) -> bytes:
    """The feed; what is withdrawn has no word in RSS, and stands in the manifest."""
    settings = parcel.settings
    home = settings.origin + settings.base_path
    items = "".join(_item(piece) for piece in parcel.sent if piece.live)
    about = settings.description or settings.name
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0">\n<channel>\n'
        f"<title>{escape(f'{settings.name} - {settings.issuer}')}</title>\n<link>{escape(home)}</link>\n"
        f"<description>{escape(about)}</description>\n<language>zh-CN</language>\n{items}</channel>\n</rss>\n"
    )
    return legal(text).encode()


def _item(piece: Piece) -> str:
    told = piece.record
    at = told["published"]
    date = f"<pubDate>{format_datetime(datetime.datetime.fromisoformat(at))}</pubDate>\n" if at else ""
    return (
        f"<item>\n<title>{escape(told['title'])}</title>\n<link>{escape(told['url'])}</link>\n"
        f'<guid isPermaLink="true">{escape(told["url"])}</guid>\n<description>{escape(told["excerpt"])}</description>\n'
        f"<category>{escape(told['section']['name'])}</category>\n{date}</item>\n"
    )
