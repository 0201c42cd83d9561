"""In which order files go out where nothing can be switched: no page that a reader is led to ever leads on to what is not there yet.

Knows nothing of how they are sent.
"""

from __future__ import annotations

from guodong_site.publishing.caching import FEED, NEVER, cache_control
from guodong_site.release import Delta, File

HOME = "index.html"


def waves(delta: Delta) -> list[list[File]]:
    """What is new, in waves: each goes out when the one before has arrived whole.

    1. what pages need: looks, pictures, index, papers; 2. new pages, which nothing leads to yet; 3. pages that changed, and lead
    to them; 4. the home page, and what lists pages or index files.
    """
    found: list[list[File]] = [[], [], [], []]
    for file in delta.created:
        found[_page(file)].append(file)
    for file in delta.changed:
        lists = file.path == HOME or (not _page(file) and cache_control(file.path) in (FEED, NEVER))
        found[3 if lists else 2 * _page(file)].append(file)
    return found


def farewell(delta: Delta) -> list[list[File]]:
    """What is gone, in waves: pages first, then what they needed."""
    return [[file for file in delta.removed if _page(file)], [file for file in delta.removed if not _page(file)]]


def _page(file: File) -> bool:
    return file.path.endswith(".html")
