"""What machines read in the head of a page: 网页标签, Open Graph, and the policy a browser holds the page to.

The names of 网页标签 and what they hold follow the annex 网页设计规范 of 《政府网站发展指引》 (国办发〔2017〕47号): site tags on every
page, column tags on the home page, lists and articles, content tags on issues and articles.  A tag whose value nobody knows is
absent; a check says so.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from urllib.parse import urlsplit

from guodong_site.config import SectionKind, Settings

Tags = tuple[tuple[str, str], ...]
"""Names and values of `meta` elements."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column (栏目) as the portal knows it; `kind` is one of the ColumnType values of the annex."""

    name: str
    description: str
    keywords: tuple[str, ...]
    kind: str = "工作动态"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """An issue or article as its content tags tell it; `published` is what the reader sees, None where nobody knows it."""

    title: str
    source: str
    description: str
    url: str
    published: str | None = None
    moment: str | None = None
    """The same as an instant: `2024-03-16T09:00+08:00`."""
    author: str | None = None
    keywords: tuple[str, ...] = ()
    image: str | None = None


def column_of(kind: SectionKind, settings: Settings) -> Column:
    """A section of the bulletin as a column; what site.yaml does not say of it is left out."""
    return Column(name=kind.name, description=kind.description, keywords=kind.keywords or (kind.name, settings.name))


def page_tags(settings: Settings, column: Column | None, story: Story | None) -> Tags:
    """The 网页标签 of a page, each once, none without a value."""
    tags = [
        ("SiteName", settings.name),
        ("SiteDomain", urlsplit(settings.base_url).hostname or ""),
        ("SiteIDCode", settings.site_id_code or ""),
    ]
    if column:
        tags += [
            ("ColumnName", column.name),
            ("ColumnDescription", column.description),
            ("ColumnKeywords", ",".join(column.keywords)),
            ("ColumnType", column.kind),
        ]
    if story:
        tags += [
            ("ArticleTitle", story.title),
            ("PubDate", story.published or ""),
            ("ContentSource", story.source),
            ("Keywords", ",".join(story.keywords)),
            ("Author", story.author or ""),
            ("Description", story.description),
            ("Image", story.image or ""),
            ("Url", story.url),
        ]
    return tuple((name, value) for name, value in tags if value)


def open_graph(settings: Settings, title: str, description: str, url: str | None, story: Story | None) -> Tags:
    """The properties by which others show a link to the page (https://ogp.me)."""
    tags = [
        ("og:site_name", settings.name),
        ("og:locale", "zh_CN"),
        ("og:type", "article" if story else "website"),
        ("og:title", story.title if story else title),
        ("og:description", description),
        ("og:url", url or ""),
    ]
    if story:
        tags += [("og:image", story.image or ""), ("article:published_time", story.moment or "")]
    return tuple((name, value) for name, value in tags if value)


def policy(inline: bytes) -> str:
    """The Content-Security-Policy of every page: files of our own, and the one script that stands in the page itself.

    Nothing is taken from elsewhere, nothing is evaluated; the search reader needs no WebAssembly.
    """
    digest = base64.b64encode(hashlib.sha256(inline).digest()).decode()
    return (
        f"default-src 'none'; script-src 'self' 'sha256-{digest}'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "connect-src 'self'; worker-src 'self'; manifest-src 'self'; media-src 'self'; form-action 'self'; base-uri 'none'"
    )
