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

_PLAIN = re.compile(r"(?:<p>(?:[^<&]++|</?(?:strong|em|b|i|u|s|sub|sup)>|&(?:amp|lt|gt|quot);)*+</p>\n?)++")
"""Paragraphs that are XHTML as they stand: most of what a bulletin says."""

_RUBY = re.compile("<ruby>(.*?)</ruby>", re.DOTALL)
_READ = re.compile("(?:[^<]+(?:<rt>[^<]*</rt>|<rp>[^<]*</rp><rt>[^<]*</rt><rp>[^<]*</rp>))+")
"""What may stand in a ruby: characters, and behind them how they are read."""

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
    "rp": _INLINE,
    "rt": _INLINE,
    "table": frozenset({"caption", "tbody", "thead", "tr"}),
    "tbody": frozenset({"tr"}),
    "th": _FLOW - {"h2", "h3", "h4", "h5", "h6"},
    "thead": frozenset({"tr"}),
    "tr": frozenset({"td", "th"}),
    "ul": frozenset({"li"}),
}
"""What an element may hold."""

_ROOM = {
    **dict.fromkeys(("ol", "ul"), "<li>{}</li>"),
    "table": "<tbody><tr><td>{}</td></tr></tbody>",
    **dict.fromkeys(("tbody", "thead"), "<tr><td>{}</td></tr>"),
    "tr": "<td>{}</td>",
}
"""Where text or a picture stands between the parts of a list or table: a part of its own, so that it is not lost."""

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


def xhtml(source: str, lead: Lead, draw: Draw) -> str:
    """Blocks of a page as XHTML: its links lead where `lead` says, its pictures are what `draw` makes of them."""
    if _PLAIN.fullmatch(source):
        return source
    writer = _Writer(lead, draw)
    writer.feed(_RUBY.sub(_read, source))
    writer.close()
    return "".join(writer.written)


def _read(ruby: re.Match[str]) -> str:
    """A ruby; its words alone where it is not one."""
    return ruby[0] if _READ.fullmatch(ruby[1]) else re.sub("<(/?)(?:ruby|r[pt])>", r"<\1span>", ruby[0])


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
        late = tag in ("caption", "thead") and self._rows_begun(tag)
        if tag == "img":
            self._picture(given)
        elif tag == "br" and not fits:
            self.handle_data(" ")
        elif tag in _VOID:
            self.written.append(f"<{tag}/>" if fits else "")
        else:
            mark = _MEANT.get(tag, tag) if fits and not (late and tag == "caption") else None
            mark = "tbody" if mark and late else mark
            self._open.append((tag, mark))
            if mark:
                self.written.append(f"<{mark}{self._attributes(tag, given)}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID or all(name != tag for name, _ in self._open):
            return
        while True:
            name, mark = self._open.pop()
            if mark == "figure":
                self._settle_caption()
            if mark:
                self.written.append(f"</{mark}>")
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        room = _ROOM.get(self._within, "{}") if data.strip() else "{}"
        self.written.append(room.format(html.escape(data)))

    def close(self) -> None:
        super().close()
        while self._open:
            self.handle_endtag(self._open[-1][0])

    def _rows_begun(self, tag: str) -> bool:
        """Whether the table has come further than where this may stand."""
        first = max(at for at, piece in enumerate(["<table", *self.written]) if piece.startswith("<table"))
        return any(piece.startswith(("<tbody", "<tr", "<thead", f"<{tag}")) for piece in self.written[first:])

    def _settle_caption(self) -> None:
        """A figure's one caption stands first or last in it; others are paragraphs of it."""
        start = max(at for at, piece in enumerate(self.written) if piece.startswith("<figure"))
        inside = [piece for piece in self.written[start + 1 :] if piece.strip()]
        first, last = inside[:1] == ["<figcaption>"], inside[-1:] == ["</figcaption>"]
        if inside.count("<figcaption>") != 1 or not (first or last):
            plain = {"<figcaption>": "<div>", "</figcaption>": "</div>"}
            self.written[start:] = [plain.get(piece, piece) for piece in self.written[start:]]

    def _picture(self, given: dict[str, str]) -> None:
        room = _ROOM.get(self._within, "{}")
        self.written.append(room.format(self._draw(given.get("src", ""), given.get("alt", ""))))

    def _attributes(self, tag: str, given: dict[str, str]) -> str:
        known = [name for name in _ATTRIBUTES.get(tag, ()) if name in given and _VALUES[name].fullmatch(given[name])]
        kept = [(name, given[name]) for name in known]
        if tag == "a" and (target := self._lead(given.get("href", ""))):
            kept.append(("href", target))
        return "".join(f' {name}="{html.escape(value)}"' for name, value in kept)
