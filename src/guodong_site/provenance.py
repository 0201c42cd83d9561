"""Where articles came from (来源): reprints from elsewhere, and what the office wrote itself; counted by years."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter

from guodong_site.model import Reading, Site

_LONGEST = 40


def sources_of(site: Site) -> dict[str, int]:
    """How many articles of some issues came from each source."""
    return dict(Counter(article.source for _, article in site.dated()))


def slug(name: str, reading: Reading) -> str:
    """A source in an address: how its name is read, and a digest by which no two names are alike.

    It depends on nothing but the name, so that it stays what it is whatever other sources there are.
    """
    said = "".join(reading(unicodedata.normalize("NFKC", name).lower()))
    spelt = "".join(char for char in said if char.isascii() and char.isalnum())[:_LONGEST]
    return "-".join(filter(None, (spelt, hashlib.sha256(name.encode()).hexdigest()[:6])))
