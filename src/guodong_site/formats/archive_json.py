"""/api/archive.json: the whole archive as data, in the shape DESIGN.md §4 fixes.  The 发： line is never in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from guodong_site import frame, urls
from guodong_site.archive import Archive
from guodong_site.artifact import Artifact, Format, Sheet
from guodong_site.model import Issue, Site


def plan(archive: Archive) -> Iterator[Sheet]:
    """The one file, issues newest first; each year's part is written once and remembered."""
    yield Sheet(name="archive", make=_file, facts=(tuple(archive.sums(of_year).values()),))


def of_year(site: Site) -> str:
    """A year's issues as they stand in the list."""
    return ",\n".join(json.dumps(_issue(site, issue), ensure_ascii=False, indent=1) for issue in site.issues)


def _file(_: Site, years: tuple[str, ...]) -> Iterator[Artifact]:
    listed = ",\n".join(years)
    yield Artifact(path=urls.ARCHIVE_JSON, make=f'{{"issues": [\n{listed}\n]}}\n'.encode)


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
