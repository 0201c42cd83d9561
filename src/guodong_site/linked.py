"""Linked data (JSON-LD, schema.org): Periodical → PublicationIssue → NewsArticle, and where a page stands (BreadcrumbList).

A property whose value nobody knows is absent; no date is invented.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from guodong_site.config import Settings

Thing = Mapping[str, Any]


def _thing(kind: str, **properties: object) -> Thing:
    return {"@type": kind, **{name.replace("id_", "@id"): value for name, value in properties.items() if value}}


def publisher(settings: Settings) -> Thing:
    """The office."""
    return _thing("GovernmentOrganization", name=settings.issuer)


def periodical(settings: Settings, home: str) -> Thing:
    """The bulletin as such; `home` is the complete address of the home page."""
    return _thing(
        "Periodical",
        id_=home + "#periodical",
        name=settings.name,
        url=home,
        description=settings.description,
        inLanguage="zh-CN",
        publisher=publisher(settings),
    )


def issue(
    url: str, name: str, number: int | None, signed: str, published: str | None, part_of: Thing, modified: str | None = None
) -> Thing:
    """One issue; `signed` is the date of sign-off, as far as it is known, `published` an instant, `modified` a day."""
    return _thing(
        "PublicationIssue",
        id_=url + "#issue",
        name=name,
        url=url,
        issueNumber=number,
        dateCreated=signed,
        datePublished=published,
        dateModified=modified,
        isPartOf=part_of,
    )


def article(
    url: str,
    title: str,
    description: str,
    section: str,
    keywords: Sequence[str],
    author: str | None,
    source: str | None,
    published: str | None,
    modified: str | None,
    image: str | None,
    settings: Settings,
    part_of: Thing,
) -> Thing:
    """One article; `source` is where a reprint came from, `modified` the day of its last correction."""
    return _thing(
        "NewsArticle",
        id_=url + "#article",
        headline=title,
        description=description,
        articleSection=section,
        keywords=list(keywords),
        author=_thing("Person", name=author) if author else publisher(settings) if not source else None,
        sourceOrganization=_thing("Organization", name=source) if source else None,
        publisher=publisher(settings),
        datePublished=published,
        dateModified=modified,
        image=image,
        mainEntityOfPage=url,
        inLanguage="zh-CN",
        isPartOf=part_of,
    )


def reference(thing: Thing) -> Thing:
    """A thing named by its address, name and what it is part of."""
    names = ("@type", "@id", "name", "url", "issueNumber", "isPartOf", "publisher")
    return {name: thing[name] for name in names if name in thing}


def breadcrumbs(steps: Iterable[tuple[str, str]]) -> Thing:
    """Where a page stands: names and complete addresses, from the home page down."""
    items = [
        _thing("ListItem", position=at, name=name, item=address) for at, (name, address) in enumerate(steps, start=1) if name
    ]
    return _thing("BreadcrumbList", itemListElement=items)


def script(things: Sequence[Thing]) -> str:
    """The content of the script element; `<` is written so that no text can end it."""
    if not things:
        return ""
    graph = {"@context": "https://schema.org", "@graph": list(things)}
    return json.dumps(graph, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
