"""A page of the desk itself as HTML.  It needs nothing of the site, which may be what is broken, and keeps to its own policy."""

from __future__ import annotations

from html import escape

HOME = "__preview/"
"""Below it, nothing is the site's."""
EVENTS, SCRIPT, STYLE = HOME + "events", HOME + "desk.js", HOME + "desk.css"
FINDINGS, USE, USE_CSV = HOME + "findings", HOME + "usage", HOME + "usage.csv"

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'"
"""The Content-Security-Policy of these pages."""


def sheet(title: str, body: str, version: int) -> str:
    """A whole page that is made anew when the sources change; `body` is HTML."""
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f'<title>{escape(title)}</title><link rel="stylesheet" href="/{STYLE}"></head>'
        f'<body class="desk"><main>{body}</main>'
        f'<script src="/{SCRIPT}" data-version="{version}" data-own></script></body></html>'
    )


def beside(version: int, shown: int) -> bytes:
    """What is added to a page of the site: the script that puts the desk beside it."""
    return f'<script src="/{SCRIPT}" data-version="{version}" data-shown="{shown}"></script>'.encode()
