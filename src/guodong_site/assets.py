"""static/ → Assets: the only reader of the site's looks.  One folder named by content holds them all, so that the
modules in it find each other by relative address and a browser may keep them for ever."""

from __future__ import annotations

import hashlib
from pathlib import Path

from guodong_site.model import Asset

STYLE_ORDER = ("tokens", "base", "layout", "components", "prose", "print")
"""The order in which the style sheets are joined: later wins.  No cascade layers (Chromium 86, DESIGN.md §9)."""


def read_assets(static: Path) -> tuple[Asset, ...]:
    """Every file below `static`, css/*.css joined into `site.css`; each with its address."""
    files = {p.relative_to(static).as_posix(): p.read_bytes() for p in sorted(static.rglob("*")) if p.is_file()}
    sheets = [files.pop(f"css/{name}.css") for name in STYLE_ORDER if f"css/{name}.css" in files]
    contents = {"site.css": b"\n".join(sheets), **{name.rsplit("/", 1)[-1]: data for name, data in files.items()}}
    digest = hashlib.sha256()
    for name in sorted(contents):
        digest.update(name.encode() + b"\0" + hashlib.sha256(contents[name]).digest())
    folder = f"assets/{digest.hexdigest()[:12]}/"
    return tuple(Asset(name=name, address=folder + name, data=contents[name]) for name in sorted(contents))
