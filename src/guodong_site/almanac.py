"""The calendar of the archive: the issues of a month over all years.  What day it is nobody asks here; a reader's browser does."""

from __future__ import annotations

from functools import lru_cache

from guodong_site import urls
from guodong_site.archive import Archive
from guodong_site.model import Site
from guodong_site.views import title_view

Leaf = tuple[str, str, str, str, str, str, str]
"""An issue as a fact: id, label, date as it is read and as it is written, and its first article: address, title, title as set."""


def leaves_of(site: Site) -> dict[int, tuple[Leaf, ...]]:
    """Some issues by month, newest first; one without an article has nothing to tell."""
    found: dict[int, list[Leaf]] = {}
    for issue in site.issues:
        for article in issue.articles[:1]:
            title, address = article.title, urls.article(issue.id, article.id)
            leaf = (issue.id, issue.label, issue.date.chinese, issue.date.iso, address, title.text, title_view(title).html)
            found.setdefault(issue.date.month, []).append(leaf)
    return {month: tuple(leaves) for month, leaves in found.items()}


@lru_cache(maxsize=1)
def almanac(archive: Archive) -> dict[int, tuple[Leaf, ...]]:
    """The issues of each of the twelve months over all years, newest first."""
    years = archive.sums(leaves_of).values()
    return {month: tuple(leaf for year in years for leaf in year.get(month, ())) for month in range(1, 13)}
