"""An article → the record of schemas/package-item.json: every fact that is known, null for what is not, nothing made up."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from guodong_site import frame, urls, views
from guodong_site.history import History
from guodong_site.model import Article, Issue, Site
from guodong_site.portal.fragment import fragment, words
from guodong_site.portal.parcel import Enclosure
from guodong_site.prose import shifted

VALID = "有效"
"""What is published and not withdrawn (有效性)."""

_ITEMS = "items/"
_UP = "../../"
"""From a fragment to the package's root."""


def record_path(key: str) -> str:
    """Where an article's record lies in the package."""
    return f"{_ITEMS}{key}.json"


def fragment_path(key: str) -> str:
    """Where its text lies."""
    return f"{_ITEMS}{key}.html"


def record(
    site: Site, issue: Issue, article: Article, order: int, enclosed: Sequence[Enclosure], *, figures: bool
) -> dict[str, Any]:
    """An article as data, but for its files, which are made only where they go out.  The 发： line, who reviewed it, and what was withdrawn are never in it."""
    settings = site.settings
    names = {district.slug: district.name for district in settings.districts}
    paths = {settings.base_path + quote(urls.picture(issue.id, one.name)): one.path for one in enclosed}

    def locate(address: str) -> str:
        if address in paths:
            return _UP + quote(paths[address])
        if address.startswith("#"):
            return frame.absolute(site, urls.article(issue.id, article.id)) + address
        return settings.origin + address if address.startswith("/") else address

    body = fragment((shifted(block, -1) for block in article.prose.blocks), locate, figures=figures)
    return {
        "id": article.key,
        "url": frame.absolute(site, urls.article(issue.id, article.id)),
        "former_urls": [frame.absolute(site, alias.address) for alias in article.history.aliases],
        "title": article.title.text,
        "title_lines": list(article.title.lines),
        "title_generated": article.brief,
        "issue": {
            "id": issue.id,
            "url": frame.absolute(site, urls.issue(issue.id)),
            "label": issue.label,
            "name": settings.name,
            "number": issue.number,
            "total": issue.total,
            "title": issue.title,
            "legacy": issue.legacy,
        },
        "section": {"key": article.section.key, "name": article.section.name},
        "order": order,
        "issuer": issue.issuer,
        "source": article.source,
        "reprint": article.reprint,
        "author": article.author,
        "created": issue.date.iso,
        "published": issue.published.strftime("%Y-%m-%dT%H:%M:%S+08:00") if issue.published else None,
        "updated": article.history.changed.isoformat() if article.history.changed else None,
        "event_date": article.date.iso if article.date else None,
        "index_no": None,
        "doc_no": None,
        "subject": None,
        "validity": VALID,
        "classification": issue.classification,
        "disclosure": issue.disclosure,
        "channels": list(issue.channels),
        "excerpt": views.excerpt(article),
        "keywords": list(article.keywords),
        "districts": [{"slug": slug, "name": names[slug]} for slug in article.districts],
        "changes": _changes(article.history),
        "body_html": body,
        "body_text": words(body),
    }


def attached(one: Enclosure) -> dict[str, Any]:
    """A file as the record names it."""
    data = one.make()
    digest = hashlib.sha256(data).hexdigest()
    return {"path": one.path, "name": one.name, "mime": one.kind, "size": len(data), "sha256": digest}


def named(told: Mapping[str, Any], enclosed: Sequence[Enclosure]) -> str:
    """Names all that a record says, and the files that go with it."""
    files = [(one.name, one.digest) for one in enclosed]
    return hashlib.sha256(json.dumps((told, files), ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _changes(history: History) -> list[dict[str, str]]:
    return [{"date": change.date.isoformat(), "note": change.note} for change in history.changes]
