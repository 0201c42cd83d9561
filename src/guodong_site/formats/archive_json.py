"""/api/archive.json: the whole archive as data, in the shape DESIGN.md §4 fixes.  The 发： line is never in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from guodong_site import frame, urls
from guodong_site.artifact import Artifact, Format
from guodong_site.model import Issue, Site


def plan(site: Site) -> Iterator[Artifact]:
    """The one file, issues newest first."""

    def make() -> bytes:
        data = {"issues": [_issue(site, issue) for issue in site.issues]}
        return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()

    yield Artifact(path=urls.ARCHIVE_JSON, make=make)


def _issue(site: Site, issue: Issue) -> dict[str, Any]:
    return {
        "id": issue.id,
        "url": frame.href(site, urls.issue(issue.id)),
        "label": issue.label,
        "date": issue.date.iso,
        "number": issue.number,
        "articles": [
            {
                "id": article.key,
                "url": frame.href(site, urls.article(issue.id, article.id)),
                "title": article.title.text,
                "section": article.section.name,
                "date": issue.date.iso,
                "districts": list(article.districts),
                "source": article.source,
            }
            for article in issue.articles
        ],
    }


FORMAT = Format(name="archive_json", plan=plan)
