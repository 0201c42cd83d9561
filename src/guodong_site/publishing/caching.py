"""How long each kind of file may be kept by browsers and by what lies between: one table, for nginx and for object stores.

What an address names by its content is kept for ever.  A page is asked for again each time (304 while it is the same), and a CDN
may answer for it for a minute; what says which files belong together is never kept.
"""

from __future__ import annotations

import re

FOREVER = "public, max-age=31536000, immutable"
PAGE = "public, max-age=0, s-maxage=60, must-revalidate"
FEED = "public, max-age=0, s-maxage=300, must-revalidate"
PAPER = "public, max-age=3600, must-revalidate"
NEVER = "no-cache"

KINDS = (
    ("what the address names by its content: looks, index, pictures made anew", r"/assets/[0-9a-f]+/", FOREVER),
    ("", r"/search/index/[0-9a-f]{12}/", FOREVER),
    ("", r"/issues/.+\.[0-9a-f]{8}-[0-9]+\.webp$", FOREVER),
    ("what says which files belong together", r"/(search/index/facets\.json|sw\.js)$", NEVER),
    ("", r"/(release\.json|SHA256SUMS|SHA256SUMS\.sig|SM3SUMS)$", NEVER),
    ("pages", r"(/|\.s?html?)$", PAGE),
    ("feeds, data, maps of the site", r"\.(xml|json|txt)$", FEED),
    ("pictures and papers under the editors' own names, printed editions", r"(/issues/.+|\.pdf|\.epub)$", PAPER),
    ("all else", "", PAGE),
)
"""What a kind is, the pattern of its addresses (Python's and nginx's alike), its Cache-Control.  The first that fits counts."""


def cache_control(path: str) -> str:
    """The Cache-Control of a file of the site: `path` is relative with `/`, as in a release."""
    address = f"/{path}"
    return next(value for _, pattern, value in KINDS if re.search(pattern, address))


def nginx() -> str:
    """The table as lines of nginx's configuration; there the last that fits counts."""
    *kinds, (name, _, value) = KINDS
    lines = [f'set $keep "{value}";   # {name}']
    for name, pattern, value in reversed(kinds):
        lines.append(f'if ($uri ~ "{pattern}") {{ set $keep "{value}"; }}' + (f"   # {name}" if name else ""))
    return "\n".join(lines) + "\n"
