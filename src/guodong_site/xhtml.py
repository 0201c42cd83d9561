"""HTML as pages carry it → XHTML as books demand it.  What no book may hold is left out; what it says never is.

A browser forgives a heading in a heading or a figure's caption without a figure, an e-book reader need not.  So every element is
written only where its parent may hold it, else its content alone.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from html.parser import HTMLParser
from urllib.parse import quote

from guodong_site import urls

Lead = Callable[[str], "str | None"]
"""Where a link leads from inside the book; None for nowhere."""

Draw = Callable[[str, str], str]
"""(address, text that stands for it) → a picture as XHTML."""

_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 does not know."""

_PLAIN = re.compile(
    "(?:<p>(?:[^<&\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
    "|</?(?:strong|em|b|i|u|s|sub|sup)>|&(?:amp|lt|gt|quot);)*</p>\n?)+"
)
"""Paragraphs that are XHTML as they stand: most of what a bulletin says."""

_INLINE = frozenset("a abbr b br code del em i img ins ruby s span strong sub sup u".split())
_FLOW = _INLINE | frozenset("blockquote div dl figure h2 h3 h4 h5 h6 hr ol p pre table ul".split())
_HOLDS = {
    **dict.fromkeys(("body", "blockquote", "dd", "div", "figcaption", "li", "td"), _FLOW),
    **dict.fromkeys(("dt", "h2", "h3", "h4", "h5", "h6", "p", "pre", *_INLINE), _INLINE),
    "caption": _FLOW - {"table"},
    "dl": _FLOW | {"dd", "dt"},
    "figure": _FLOW | {"figcaption"},
    "ol": frozenset({"li"}),
    "ruby": _INLINE | {"rp", "rt"},
    "rp": frozenset[str](),
    "rt": _INLINE,
    "table": frozenset({"caption", "tbody", "thead", "tr"}),
    "tbody": frozenset({"tr"}),
    "th": _FLOW - {"h2", "h3", "h4", "h5", "h6"},
    "thead": frozenset({"tr"}),
    "tr": frozenset({"td", "th"}),
    "ul": frozenset({"li"}),
}
"""What an element may hold."""

_VOID = frozenset({"br", "hr", "img", "source"})
_MEANT = {"dl": "div", "dt": "p", "dd": "div"}
"""A list of terms demands an order that nobody keeps: what it shows is paragraphs."""

_VALUES = {
    "class": re.compile("left|center|right"),
    "colspan": re.compile(r"[1-9]\d{0,2}"),
    "rowspan": re.compile(r"[1-9]\d{0,3}"),
    "scope": re.compile("row|col|rowgroup|colgroup"),
    "start": re.compile(r"-?\d{1,6}"),
    "title": re.compile(".*", re.DOTALL),
}
_ATTRIBUTES = {"abbr": ("title",), "ol": ("start",), "td": ("class", "colspan", "rowspan")}
_ATTRIBUTES["th"] = (*_ATTRIBUTES["td"], "scope")


def text(written: str) -> str:
    """Text for an XML file: marks as entities, what XML does not know as �."""
    return html.escape(_UNFIT.sub("\ufffd", written))


def xhtml(source: str, lead: Lead, draw: Draw) -> str:
    """Blocks of a page as XHTML: its links lead where `lead` says, its pictures are what `draw` makes of them."""
    if _PLAIN.fullmatch(source):
        return source
    writer = _Writer(lead, draw)
    writer.feed(source)
    writer.close()
    return "".join(writer.written)


def address(target: str) -> str | None:
    """A link as a book may carry it: characters that an address cannot hold are encoded; None for what is no address."""
    parts = urls.split(target.strip())
    if parts is None or not parts.scheme or (parts.scheme in ("http", "https") and not parts.hostname):
        return None
    host = parts.netloc
    if not host.isascii():
        try:
            host = host.encode("idna").decode()
        except UnicodeError:
            return None
    if re.search(r"[^\w.:@\[\]%~-]", host, re.ASCII):
        return None
    path, query, fragment = (quote(part, safe="/:@!$&'()*+,;=?%~-._") for part in (parts.path, parts.query, parts.fragment))
    return parts._replace(netloc=host, path=path, query=query, fragment=fragment).geturl()


class _Writer(HTMLParser):
    """Writes what it reads.  `_open` are the elements it stands in, None for one that could not be written."""

    def __init__(self, lead: Lead, draw: Draw) -> None:
        super().__init__(convert_charrefs=True)
        self.written: list[str] = []
        self._lead, self._draw = lead, draw
        self._open: list[tuple[str, str | None]] = []

    @property
    def _within(self) -> str:
        return next((name for name, mark in reversed(self._open) if mark), "body")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        fits = tag in _HOLDS[self._within] and not (tag == "a" and any(name == "a" for name, _ in self._open))
        if tag == "img":
            self._picture(given)
        elif tag == "br" and not fits:
            self.handle_data(" ")
        elif tag in _VOID:
            self.written.append(f"<{tag}/>" if fits else "")
        else:
            mark = _MEANT.get(tag, tag) if fits else None
            self._open.append((tag, mark))
            if mark:
                self.written.append(f"<{mark}{self._attributes(tag, given)}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID or all(name != tag for name, _ in self._open):
            return
        while True:
            name, mark = self._open.pop()
            if mark:
                self.written.append(f"</{mark}>")
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        if self._within in ("ul", "ol") and data.strip():
            data = f"<li>{text(data)}</li>"
        elif self._within in ("table", "tbody", "thead", "tr"):
            return  # the parser of HTML has left only blanks there
        else:
            data = text(data)
        self.written.append(data)

    def close(self) -> None:
        super().close()
        while self._open:
            self.handle_endtag(self._open[-1][0])

    def _picture(self, given: dict[str, str]) -> None:
        block, drawn = self._within, self._draw(given.get("src", ""), given.get("alt", ""))
        if block in ("ul", "ol"):
            drawn = f"<li>{drawn}</li>"
        if block not in ("table", "tbody", "thead", "tr", "rp"):
            self.written.append(drawn)

    def _attributes(self, tag: str, given: dict[str, str]) -> str:
        kept = [(name, given[name]) for name in _ATTRIBUTES.get(tag, ()) if _VALUES[name].fullmatch(given.get(name, "\0"))]
        if tag == "a" and (target := self._lead(given.get("href", ""))):
            kept.append(("href", target))
        return "".join(f' {name}="{text(value)}"' for name, value in kept)
