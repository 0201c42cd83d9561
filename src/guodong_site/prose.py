"""Markdown → Prose: the only user of Python-Markdown.  Knows nothing of issues; asks `resolve` where a link leads.

Python-Markdown stays because it alone sets `**“两个确立”**更` right.  Switched off are the constructs a clerk meets by
accident: indented code (a paragraph with four blanks in front) and underlined headings (a rule under a paragraph).
"""

from __future__ import annotations

import bisect
import html
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from html.parser import HTMLParser

import markdown

from guodong_site import faults
from guodong_site.diagnostics import Diagnostic, Span
from guodong_site.model import Block, Link, Prose
from guodong_site.sanitise import BLOCK_TAGS, clean, forbidden, lost_addresses
from guodong_site.source import SourceText

WIDE = (
    r"[\u00b7\u2014\u2018\u2019\u201c\u201d\u2026\u2e80-\u30ff\u3100-\u312f\u3190-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    r"\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003ffff]"
)
"""汉字, kana and the marks set as wide as a 汉字: UAX #11 W and F without Hangul, and “ ” ‘ ’ — … · as Chinese sets them."""

_INLINE = r"(?:</?(?:strong|em|b|i|u|s|sub|sup|a|span|code|ins|del|abbr)\b[^>]*>)*"
_SOFT_BREAK = re.compile(rf"(?<={WIDE})({_INLINE})[ ]*\n[ \u3000]*({_INLINE})(?={WIDE})")
_ADDRESS = re.compile(r'<(a|img)\b[^>]*?\b(?:href|src)="([^"]*)"')
_FIGURE = re.compile(r"<p>\s*(<img\b[^>]*>)\s*</p>")
_CAPTION = re.compile(r' title="([^"]*)"')
_CELL = re.compile(r'<(t[hd]) style="text-align: (left|center|right);">')

_MARKED = re.compile(
    r"[\\`*_\[\]<>&|~^\u00a0\x00-\x1f\x7f-\x9f]|^\u3000*(?:[#=+:-]|\d+\.)"  # what Markdown, HTML or nh3 may act on
    r"|^\u3000*[^\S\u3000]|\S\s+$"  # blanks at the ends, which are not all cut off alike
)
"""A line that is not text alone."""

_UNSEEN = re.compile(r"<[^<>]*>|&\w+;|\]\([^()\n]*\)|!\[[^\]\n]*\]")
"""What stands in the file and is not read as text."""

_UNCLOSED = re.compile(r"<(?=[A-Za-z/?][^<>]*(?:<|\Z))")
"""A `<` that opens no tag, as in `a<b`: text, and looked at again and again by the HTML reader of Python-Markdown."""

Resolve = Callable[[str, bool, Span], "str | None"]
"""(target as written, whether a picture, its place) → the address on the site, None for one outside."""


@lru_cache(maxsize=1)
def _converter() -> markdown.Markdown:
    """One parser for all articles: making one costs more than converting with it."""
    parser = markdown.Markdown(extensions=["tables", "sane_lists"], output_format="html")
    parser.parser.blockprocessors.deregister("code")
    parser.parser.blockprocessors.deregister("setextheader")
    return parser


def convert(text: SourceText, first: int, lines: list[str], resolve: Resolve) -> tuple[Prose, list[Diagnostic]]:
    """The Prose of `lines`, which begin at line `first` of the file, and what in it may not be published."""
    if not any(map(_MARKED.search, lines)):
        return Prose(blocks=tuple(_paragraphs(text, first, lines))), []
    found = list(forbidden(text, first, lines))
    places = _Places(text, first, lines)
    plain = [re.sub(r"^[\u3000]+", "", line) for line in lines]
    try:
        raw = _converter().reset().convert(_UNCLOSED.sub("&lt;", "\n".join(plain)))
    except RecursionError:
        _converter.cache_clear()  # it was left in the middle of something
        where = text.at(first, 1, len(text.line(first)))
        found.append(faults.NESTED_TOO_DEEP.at(where, "列表或引用套得太深，读不出来", "改成一两层"))
        return Prose(blocks=()), found
    for target, written, rule, message, hint in lost_addresses(raw):
        found.append(rule.at(places.find(target, written), message, hint))
    safe = clean(_SOFT_BREAK.sub(r"\1\2", _CELL.sub(r'<\1 class="\2">', raw)))
    safe = _FIGURE.sub(_figure, safe)
    links: list[Link] = []

    def rewrite(match: re.Match[str]) -> str:
        target, picture = html.unescape(match[2]), match[1] == "img"
        where = places.find(target, match[2])
        address = resolve(target, picture, where)
        links.append(Link(target=target, address=address, where=where, picture=picture))
        if picture and not re.search(r'\balt="\s*[^"\s]', safe[match.start() : safe.find(">", match.start())]):
            found.append(faults.PICTURE_WITHOUT_TEXT.at(where, "图片没有文字说明", "在方括号里写上图中的内容：![说明](…)"))
        begin = match[0][: match.start(2) - match.start()]
        return match[0] if address is None else f'{begin}{html.escape(address)}"'

    safe = _ADDRESS.sub(rewrite, safe)
    letters = _Letters(text, first, lines)
    blocks = tuple(letters.placed(block) for block in _blocks(safe))
    return Prose(blocks=blocks, links=tuple(links)), found


def _paragraphs(text: SourceText, first: int, lines: list[str]) -> Iterator[Block]:
    """Paragraphs without any mark, as `convert` would give them the long way: most of what a bulletin says."""
    held: list[tuple[int, str]] = []
    for number, line in enumerate([*lines, ""], first):
        if line.strip():
            held.append((number, line))
        elif held:
            joined = _SOFT_BREAK.sub("", "\n".join(line.strip() for _, line in held))
            start, whole = next(((n, one) for n, one in held if any(map(str.isalnum, one))), (0, ""))
            seen = [at for at, char in enumerate(whole, 1) if char.isalnum()]
            place = text.at(start, seen[0], seen[-1]) if seen else text.at(first, 1, len(text.line(first)))
            more = (tuple(line for n, line in held if n > place.line),) if len(held) > 1 else ()
            yield Block(html=f"<p>{joined}</p>", units=(re.sub(r"\s+", " ", joined),), places=(place,), more=more)
            held = []


def shifted(block: Block, by: int) -> str:
    """The block's HTML with every heading `by` levels down (up when negative), kept within h2 to h6."""
    if block.heading is None:
        return block.html
    return re.sub(r"<(/?)h([1-6])", lambda m: f"<{m[1]}h{min(6, max(2, int(m[2]) + by))}", block.html)


def _figure(match: re.Match[str]) -> str:
    """A picture alone in its paragraph; its title is printed as the caption, not hidden in a tool tip."""
    title = _CAPTION.search(match[1])
    caption = f"<figcaption>{title[1]}</figcaption>" if title and title[1] else ""
    return f"<figure>{_CAPTION.sub('', match[1])}{caption}</figure>"


class _Places:
    """Where targets stand in the file: the n-th use of one is found at its n-th place."""

    def __init__(self, text: SourceText, first: int, lines: list[str]) -> None:
        self._text, self._first, self._joined = text, first, "\n".join(lines)
        self._seen: dict[str, int] = {}

    def find(self, target: str, written: str) -> Span:
        """The next place of `target`, or of how it is `written` in HTML; the first line where neither can be found."""
        for name in (target, written):
            at = self._joined.find(name, self._seen.get(name, 0)) if name else -1
            if at >= 0:
                self._seen[name] = at + 1
                line = self._joined.count("\n", 0, at)
                column = at - (self._joined.rfind("\n", 0, at) + 1)
                return self._text.at(self._first + line, column + 1, column + len(name))
        return self._text.at(self._first, 1, len(self._text.line(self._first)))


class _Letters:
    """Where the texts a reader sees stand in the file: by their letters, since marks, tags and addresses are not seen."""

    def __init__(self, text: SourceText, first: int, lines: list[str]) -> None:
        self._text, self._first = text, first
        seen = _UNSEEN.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), "\n".join(lines))
        self._starts = [0, *(match.end() for match in re.finditer("\n", seen))]
        self._offsets = [at for at, char in enumerate(seen) if char.isalnum()]
        self._letters = "".join(filter(str.isalnum, seen))
        self._at = 0

    def placed(self, block: Block) -> Block:
        """The block with the places of its units."""
        found = [self._find(unit) for unit in block.units]
        more = tuple(tuple(self._text.line(number) for number in range(place.line + 1, last + 1)) for place, last in found)
        return replace(block, places=tuple(place for place, _ in found), more=more if any(more) else ())

    def _find(self, unit: str) -> tuple[Span, int]:
        """The next text that begins like `unit`, as far as its line goes, and the number of the last line it runs to; the first
        line where there is none."""
        letters = "".join(filter(str.isalnum, unit))
        for length in (12, 4) if letters else ():
            at = self._letters.find(letters[:length], self._at)
            if at >= 0:
                self._at = at + len(letters[:length])
                begin = self._offsets[at]
                line = bisect.bisect_right(self._starts, begin)
                over = self._starts[line] if line < len(self._starts) else math.inf
                end = max(one for one in self._offsets[at : at + len(letters)] if one < over)
                start = self._starts[line - 1]
                ended = self._offsets[min(at + len(letters), len(self._offsets)) - 1]
                last = self._first + bisect.bisect_right(self._starts, ended) - 1
                return self._text.at(self._first + line - 1, begin - start + 1, end - start + 1), last
        return self._text.at(self._first, 1, len(self._text.line(self._first))), self._first


class _Units(HTMLParser):
    """Cuts clean HTML into top-level blocks and each block into the texts a reader sees as one."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.source, self.blocks = source, list[Block]()
        self._line_starts = [0, *(m.end() for m in re.finditer("\n", source))]
        self._depth, self._start = 0, 0
        self._units, self._buffer = list[str](), list[str]()
        self._heading: int | None = None

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._line_starts[line - 1] + column

    def _flush(self) -> None:
        unit = re.sub(r"\s+", " ", "".join(self._buffer)).strip()
        if unit:
            self._units.append(unit)
        self._buffer.clear()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # the library's shape
        if self._depth == 0:
            self._start = self._offset()
        if tag in BLOCK_TAGS:
            self._flush()
        if tag == "br":
            self._buffer.append("\n")
        if re.fullmatch("h[2-6]", tag):
            self._heading = int(tag[1])
        if tag not in ("br", "img", "hr"):
            self._depth += 1
        elif self._depth == 0:
            start = self.get_starttag_text() or ""
            self._close(self.source[self._start : self._start + len(start)])

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCK_TAGS:
            self._flush()
        self._depth -= 1
        if self._depth == 0:
            self._close(self.source[self._start : self.source.index(">", self._offset()) + 1])

    def handle_data(self, data: str) -> None:
        if self._depth:
            self._buffer.append(data)
        elif data.strip():  # text that raw HTML left outside any element
            self._buffer.append(data)
            self._close(html.escape(data, quote=False))

    def _close(self, block: str) -> None:
        self._flush()
        self.blocks.append(Block(html=block, units=tuple(self._units), heading=self._heading))
        self._units, self._heading = [], None


def _blocks(safe: str) -> tuple[Block, ...]:
    units = _Units(safe)
    units.feed(safe)
    units.close()
    return tuple(units.blocks)
