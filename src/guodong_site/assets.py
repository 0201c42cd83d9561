"""static/ → Assets: the only reader of the site's looks.  One folder named by content holds them all, so that the
modules in it find each other by relative address and a browser may keep them for ever."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from guodong_site import faults
from guodong_site.diagnostics import Diagnostic, Span
from guodong_site.machine import reason
from guodong_site.model import Asset

STYLE_ORDER = ("tokens", "base", "layout", "components", "prose", "plots", "print")
"""The order in which the style sheets are joined: later wins.  No cascade layers (Chromium 86, DESIGN.md §9)."""

NEEDED = ("js/first.js", "js/page.js", "js/search-page.js", "images/icon.svg")
"""What pages ask for by name; other modules are asked for by these."""

_REMARK = re.compile(rb"^[ \t]*(?://[^\n]*|/\*\*.*?\*/)\n|(?<=[;,{(]) // [^\n\"'`]*$", re.MULTILINE | re.DOTALL)
"""A remark in a script, on lines of its own or behind code: for who keeps the script, not for who loads it."""


def read_assets(static: Path, found: list[Diagnostic]) -> tuple[Asset, ...]:
    """Every file below `static`, css/*.css joined into `site.css`; each with its address.  What is missing goes to `found`."""
    contents: dict[str, bytes] = {}
    sheets = [_read(static / "css" / f"{name}.css", found) for name in STYLE_ORDER]
    contents["site.css"] = b"\n".join(sheets)
    for name in NEEDED:
        contents[name.split("/")[-1]] = _read(static / name, found)
    for path in sorted(static.rglob("*")):
        if path.is_file() and not path.name.startswith(".") and path.suffix != ".css" and path.name not in contents:
            contents[path.name] = _read(path, found)
    contents |= {name: _REMARK.sub(b"", data) for name, data in contents.items() if name.endswith(".js")}
    digest = hashlib.sha256()
    for name in sorted(contents):
        digest.update(name.encode() + b"\0" + hashlib.sha256(contents[name]).digest())
    folder = f"assets/{digest.hexdigest()[:12]}/"
    return tuple(Asset(name=name, address=folder + name, data=contents[name]) for name in sorted(contents))


def _read(path: Path, found: list[Diagnostic]) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        name = "/".join(path.parts[path.parts.index("static") :]) if "static" in path.parts else path.name
        message = f"打不开：{reason(fault)}"
        found.append(faults.MISSING_ASSET.at(Span(path=name), message, "从备份里取回 static/ 文件夹"))
        return b""
