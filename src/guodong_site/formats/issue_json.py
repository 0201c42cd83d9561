"""/api/issues/<id>.json: one issue as data, in the shape of its schema.

The 发： line, who reviewed it, and drafts are never in it; nor is anything that nobody knows: such a field is null.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from typing import Any

from guodong_site import frame, urls, views
from guodong_site.archive import Archive
from guodong_site.artifact import Artifact, Format, Sheet
from guodong_site.history import History
from guodong_site.model import Article, Issue, Section, Site


def plan(archive: Archive) -> Iterator[Sheet]:
    """A file an issue; a draft that a preview shows has none."""
    for entry in archive.entries:
        if not entry.head.draft:
            yield Sheet(name=entry.head.id, make=_file, shows=(entry,), facts=(entry.head.id in archive.editions,))


def _file(site: Site, printed: bool) -> Iterator[Artifact]:  # noqa: FBT001  # whether it has a printed edition
    for issue in site.issues:
        yield Artifact(path=urls.issue_json(issue.id), make=partial(_bytes, site, issue, printed=printed))


def _bytes(site: Site, issue: Issue, *, printed: bool) -> bytes:
    return (json.dumps(_issue(site, issue, printed=printed), ensure_ascii=False, indent=1) + "\n").encode()


def _issue(site: Site, issue: Issue, *, printed: bool) -> dict[str, Any]:
    return {
        "id": issue.id,
        "url": frame.href(site, urls.issue(issue.id)),
        "pdf": frame.href(site, urls.pdf(issue.id)) if printed else None,
        "label": issue.label,
        "name": site.settings.name,
        "issuer": issue.issuer,
        "number": issue.number,
        "total": issue.total,
        "date": issue.date.iso,
        "published": issue.published.strftime("%Y-%m-%dT%H:%M:%S+08:00") if issue.published else None,
        "title": issue.title,
        "summary": issue.summary,
        "keywords": list(issue.keywords),
        "channels": list(issue.channels),
        "legacy": issue.legacy,
        "changes": _changes(issue.history),
        "withdrawn": [
            {"id": f"{issue.id}/{gap.id}", "date": gap.withdrawal.date.isoformat(), "reason": gap.withdrawal.reason}
            for gap in issue.gaps
        ],
        "sections": [_section(site, issue, section) for section in issue.sections],
    }


def _section(site: Site, issue: Issue, section: Section) -> dict[str, Any]:
    return {
        "key": section.kind.key,
        "name": section.kind.name,
        "url": frame.href(site, urls.section(section.kind.key)),
        "articles": [_article(site, issue, article) for article in section.articles if not article.draft],
    }


def _article(site: Site, issue: Issue, article: Article) -> dict[str, Any]:
    names = {district.slug: district.name for district in site.settings.districts}
    return {
        "id": article.key,
        "url": frame.href(site, urls.article(article.issue, article.id)),
        "title": article.title.text,
        "title_lines": list(article.title.lines),
        "brief": article.brief,
        "source": article.source,
        "reprint": article.reprint,
        "author": article.author,
        "date": article.date.iso if article.date else None,
        "districts": [{"slug": slug, "name": names[slug]} for slug in article.districts],
        "keywords": list(article.keywords),
        "changes": _changes(article.history),
        "related": [f"{other.issue}/{other.item}" for other in article.related],
        "html": "\n".join(passage.html for passage in views.passages(site, issue, article)),
        "text": article.prose.text,
    }


def _changes(history: History) -> list[dict[str, str]]:
    return [{"date": change.date.isoformat(), "note": change.note} for change in history.changes]


FORMAT = Format(name="issue_json", plan=plan)
