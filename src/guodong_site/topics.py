"""The keywords of the archive: counted year by year, so that a new issue recounts its own year only."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache

from guodong_site import urls
from guodong_site.archive import Archive
from guodong_site.model import Site
from guodong_site.views import title_view

SHOWN = 5
"""Newest articles known of a keyword: who wants more is led to the search, which finds every article that says the word."""

Named = tuple[str, str, str]
"""An article as a fact: its address, its title as it is set, its issue's label."""


@dataclass(slots=True)
class Topic:
    """A keyword, how it is read, how many articles have it, and the newest of them."""

    term: str
    reading: tuple[str, ...]
    count: int = 0
    newest: list[Named] = field(default_factory=list)

    @property
    def letter(self) -> str:
        """Where an index lists it."""
        return self.reading[0][0]


def topics_of(site: Site) -> dict[str, tuple[int, tuple[Named, ...]]]:
    """The keywords of some issues: how many articles have each, and the newest of them."""
    held: defaultdict[str, list[Named]] = defaultdict(list)
    for issue, article in site.dated():
        for term in article.keywords:
            held[term].append((urls.article(issue.id, article.id), title_view(article.title).html, issue.label))
    return {term: (len(named), tuple(named[:SHOWN])) for term, named in held.items()}


@lru_cache(maxsize=1)  # asked for by three kinds of page
def topics(archive: Archive) -> tuple[Topic, ...]:
    """Every keyword of the archive in the order of its reading."""
    every: dict[str, Topic] = {}
    for year in archive.sums(topics_of).values():
        for term, (count, newest) in year.items():
            topic = every.get(term)
            if topic is None:
                topic = every[term] = Topic(term, archive.reading(term))
            topic.count += count
            if len(topic.newest) < SHOWN:
                topic.newest += newest[: SHOWN - len(topic.newest)]
    return tuple(sorted(every.values(), key=lambda topic: (topic.reading, topic.term)))
