"""Markdown → Prose: the only user of Python-Markdown and of nh3.  Knows nothing of issues; asks `resolve` where a link leads.

Python-Markdown stays because it alone sets `**“两个确立”**更` right.  Switched off are the constructs a clerk meets by
accident: indented code (a paragraph with four blanks in front) and underlined headings (a rule under a paragraph).
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from html.parser import HTMLParser

import markdown
import nh3

from guodong_site import faults
from guodong_site.diagnostics import Diagnostic, Span
from guodong_site.model import Block, Link, Prose
from guodong_site.source import SourceText

WIDE = (
    r"[\u00b7\u2014\u2018\u2019\u201c\u201d\u2026\u2e80-\u30ff\u3100-\u312f\u3190-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    r"\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003ffff]"
)
"""汉字, kana and the marks set as wide as a 汉字: UAX #11 W and F without Hangul, and “ ” ‘ ’ — … · as Chinese sets them."""

_INLINE = r"(?:</?(?:strong|em|b|i|u|s|sub|sup|a|span|code|ins|del|abbr)\b[^>]*>)*"
_SOFT_BREAK = re.compile(rf"(?<={WIDE})({_INLINE})[ ]*\n[ \u3000]*({_INLINE})(?={WIDE})")
_BLOCK_TAGS = frozenset(
    [
        "p",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "caption",
        "figure",
        "figcaption",
        "blockquote",
        "pre",
        "div",
        "hr",
        "dl",
        "dt",
        "dd",
    ]
)
_INLINE_TAGS = frozenset(
    [
        "strong",
        "em",
        "b",
        "i",
        "u",
        "s",
        "sub",
        "sup",
        "a",
        "span",
        "code",
        "ins",
        "del",
        "abbr",
        "br",
        "img",
        "ruby",
        "rt",
        "rp",
    ]
)
_TAGS = _BLOCK_TAGS | _INLINE_TAGS
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "width", "height"},
    "td": {"colspan", "rowspan", "class"},
    "th": {"colspan", "rowspan", "scope", "class"},
    "ol": {"start"},
    "abbr": {"title"},
}
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]*)((?:\"[^\"]*\"|'[^']*'|[^<>\"'])*)>")
_ATTRIBUTE = re.compile(r"""([A-Za-z_:][\w:.-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?""")
_CODE_SPAN = re.compile(r"(?<!\\)(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_ADDRESS = re.compile(r'<(a|img)\b[^>]*?\b(?:href|src)="([^"]*)"')
_FIGURE = re.compile(r"<p>\s*(<img\b[^>]*>)\s*</p>")
_CAPTION = re.compile(r' title="([^"]*)"')
_CELL = re.compile(r'<(t[hd]) style="text-align: (left|center|right);">')


@lru_cache(maxsize=1)
def _converter() -> markdown.Markdown:
    """One parser for all articles: making one costs more than converting with it."""
    parser = markdown.Markdown(extensions=["tables", "sane_lists"], output_format="html")
    parser.parser.blockprocessors.deregister("code")
    parser.parser.blockprocessors.deregister("setextheader")
    return parser


def convert(
    text: SourceText, first: int, lines: list[str], resolve: Callable[[str, bool], str | None]
) -> tuple[Prose, list[Diagnostic]]:
    """The Prose of `lines`, which begin at line `first` of the file, and what in it may not be published.

    `resolve(target, is_picture)` gives the address on the site of a link as written, or None for a foreign one.
    """
    found = list(_forbidden(text, first, lines))
    plain = [re.sub(r"^[\u3000]+", "", line) for line in lines]
    raw = _converter().reset().convert("\n".join(plain))
    raw = _CELL.sub(r'<\1 class="\2">', raw)
    raw = _SOFT_BREAK.sub(r"\1\2", raw)
    safe = nh3.clean(
        raw, tags=set(_TAGS), attributes=_ATTRIBUTES, link_rel=None, url_schemes={"http", "https", "mailto", "tel"}
    )
    safe = _FIGURE.sub(_figure, safe)
    links: list[Link] = []
    seen: dict[str, int] = {}

    def rewrite(match: re.Match[str]) -> str:
        target, picture = html.unescape(match[2]), match[1] == "img"
        where = _locate(text, first, lines, target, seen)
        address = resolve(target, picture)
        links.append(Link(target=target, address=address, where=where, picture=picture))
        if picture and not re.search(r'\balt="[^"]', safe[match.start() : safe.find(">", match.start())]):
            found.append(faults.PICTURE_WITHOUT_TEXT.at(where, "图片没有文字说明", "在方括号里写上图中的内容：![说明](…)"))
        return match[0] if address is None else match[0].replace(f'"{match[2]}"', f'"{html.escape(address)}"')

    safe = _ADDRESS.sub(rewrite, safe)
    return Prose(blocks=_blocks(safe), links=tuple(links)), found


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


def _locate(text: SourceText, first: int, lines: list[str], target: str, seen: dict[str, int]) -> Span:
    """Where the n-th use of a target stands in the file."""
    joined = "\n".join(lines)
    at = joined.find(target, seen.get(target, 0))
    if at < 0:
        return text.at(first, 1, len(text.line(first)))
    seen[target] = at + 1
    line = joined.count("\n", 0, at)
    column = at - (joined.rfind("\n", 0, at) + 1)
    return text.at(first + line, column + 1, column + len(target))


def _forbidden(text: SourceText, first: int, lines: list[str]) -> Iterator[Diagnostic]:
    """Raw HTML that may not be published, at its place: sanitising it silently would publish half a sentence."""
    body = _CODE_SPAN.sub(lambda m: " " * len(m[0]), "\n".join(lines))
    for tag in _TAG.finditer(body):
        name, rest = tag[2].lower(), tag[3]
        if rest[:1] in (":", "@"):  # <https://…>, <a@b>: a link, not a tag
            continue
        line = body.count("\n", 0, tag.start())
        column = tag.start() - (body.rfind("\n", 0, tag.start()) + 1)
        where = text.at(first + line, column + 1, column + len(tag[0].split("\n")[0]))
        if name not in _TAGS:
            yield faults.ACTIVE_HTML.at(
                where, f"不许可的 HTML：<{tag[2]}>", "删去这段代码；若要显示尖括号本身，写成 &lt; 和 &gt;"
            )
            continue
        for attribute in _ATTRIBUTE.finditer(rest):
            key = attribute[1].lower()
            value = next((v for v in attribute.groups()[1:] if v is not None), "")
            if (
                key.startswith("on")
                or key == "style"
                or re.match(r"\s*(?:javascript|data|vbscript):", html.unescape(value), re.IGNORECASE)
            ):
                yield faults.ACTIVE_HTML.at(where, f"不许可的属性：{attribute[0].strip()}", "删去这个属性")
    for link in re.finditer(r"\]\(\s*<?\s*((?:javascript|data|vbscript):[^)\s>]*)", body, re.IGNORECASE):
        line = body.count("\n", 0, link.start(1))
        column = link.start(1) - (body.rfind("\n", 0, link.start(1)) + 1)
        where = text.at(first + line, column + 1, column + len(link[1]))
        yield faults.ACTIVE_HTML.at(where, f"不许可的链接：{link[1][:30]}", "换成普通网址，或删去链接")


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
        if tag in _BLOCK_TAGS:
            self._flush()
        if tag == "br":
            self._buffer.append("\n")
        if re.fullmatch("h[2-6]", tag):
            self._heading = int(tag[1])
        if tag in ("br", "img", "hr"):
            if self._depth == 0:
                self._close(self._offset() + len(self.get_starttag_text() or ""))
        else:
            self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCK_TAGS:
            self._flush()
        self._depth -= 1
        if self._depth == 0:
            self._close(self.source.index(">", self._offset()) + 1)

    def handle_data(self, data: str) -> None:
        if self._depth == 0 and data.strip():  # text that raw HTML left outside any element
            self._buffer.append(data)
            self._start = self._offset()
            self._close(self._start + len(data))
        elif self._depth:
            self._buffer.append(data)

    def _close(self, end: int) -> None:
        self._flush()
        self.blocks.append(Block(html=self.source[self._start : end], units=tuple(self._units), heading=self._heading))
        self._units, self._heading = [], None


def _blocks(clean: str) -> tuple[Block, ...]:
    units = _Units(clean)
    units.feed(clean)
    units.close()
    return tuple(units.blocks)
