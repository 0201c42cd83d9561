"""facets.json: what the index cannot say: section, districts, source, issue of every article, as columns in page order; and
the editors' synonyms."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from guodong_site.archive import Archive, Entry
from guodong_site.model import Site

Column = tuple[tuple[str, str, tuple[str, ...]], ...]
"""Section, source and districts of each article of an issue."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A bundle in the output: its folder and what it holds."""

    folder: str
    entries: tuple[Entry, ...]


def columns(site: Site) -> dict[str, Column]:
    """The facets of some issues, by issue."""
    return {i.id: tuple((a.section.key, a.source, a.districts) for a in i.articles) for i in site.issues}


def facets(archive: Archive, bundles: Sequence[Placed], vocabulary: str) -> bytes:
    """The file a search reads first.  `vocabulary` is the folder of the readers' aids."""
    settings = archive.settings
    held: dict[str, Column] = {}
    for year in archive.sums(columns).values():
        held |= year
    sources = sorted({source for column in held.values() for _, source, _ in column})
    entries = [entry.head for bundle in bundles for entry in bundle.entries]
    place = {head.id: at for at, head in enumerate(entries)}
    sections = {kind.key: at for at, kind in enumerate(settings.sections)}
    slugs = {district.slug: at for at, district in enumerate(settings.districts)}
    numbers = {source: at for at, source in enumerate(sources)}
    listed = []
    for bundle in bundles:
        rows = [(place[entry.head.id], row) for entry in bundle.entries for row in held[entry.head.id]]
        listed.append(
            {
                "folder": bundle.folder,
                "issue": [issue for issue, _ in rows],
                "section": [sections[section] for _, (section, _, _) in rows],
                "source": [numbers[source] for _, (_, source, _) in rows],
                "district": [[slugs[slug] for slug in districts] for _, (_, _, districts) in rows],
            }
        )
    data = {
        "vocabulary": vocabulary,
        "synonyms": [[synonym.terms, synonym.others] for synonym in settings.synonyms],
        "sections": [[kind.key, kind.name] for kind in settings.sections],
        "districts": [[district.slug, district.name] for district in settings.districts],
        "sources": sources,
        "issues": [[head.id, head.label, head.date.iso] for head in entries],
        "bundles": listed,
    }
    return (json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
