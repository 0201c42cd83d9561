"""facets.json: what the index cannot say: section, districts, source, issue of every article, as columns in page order; and
the editors' synonyms."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from guodong_site.model import Site
from guodong_site.search.records import Record


@dataclass(frozen=True, slots=True)
class Placed:
    """A bundle in the output: its folder and what it holds."""

    folder: str
    records: tuple[Record, ...]


def facets(site: Site, bundles: Sequence[Placed], vocabulary: str) -> bytes:
    """The file a search reads first.  `vocabulary` is the folder of the readers' aids."""
    settings = site.settings
    sources = sorted({record.article.source for bundle in bundles for record in bundle.records})
    issues = [issue for issue in reversed(site.issues) if issue.articles]
    place = {issue.id: at for at, issue in enumerate(issues)}
    sections = {kind.key: at for at, kind in enumerate(settings.sections)}
    slugs = {district.slug: at for at, district in enumerate(settings.districts)}
    numbers = {source: at for at, source in enumerate(sources)}
    data = {
        "vocabulary": vocabulary,
        "synonyms": [[synonym.terms, synonym.others] for synonym in settings.synonyms],
        "sections": [[kind.key, kind.name] for kind in settings.sections],
        "districts": [[district.slug, district.name] for district in settings.districts],
        "sources": sources,
        "issues": [[issue.id, issue.label, issue.date.iso] for issue in issues],
        "bundles": [
            {
                "folder": bundle.folder,
                "issue": [place[record.issue.id] for record in bundle.records],
                "section": [sections[record.article.section.key] for record in bundle.records],
                "source": [numbers[record.article.source] for record in bundle.records],
                "district": [[slugs[slug] for slug in record.article.districts] for record in bundle.records],
            }
            for bundle in bundles
        ],
    }
    return (json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
