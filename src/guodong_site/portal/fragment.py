"""An article's HTML → the few tags every content system keeps.  No classes, no styles, no scripts; knows no article.

What has no tag there goes on as its text; what was struck out (`del`, `s`) is no part of the text, and without its line it would
read as if it were: it is left out.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

TAGS = frozenset("p h2 h3 strong em ul ol li table thead tbody tr th td img figure figcaption a br blockquote sup sub".split())
"""All that a fragment holds."""

_RENAMED = {"b": "strong", "i": "em", "h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3", "dt": "p", "dd": "p", "pre": "p"}
_BLOCKS = frozenset(
    "p h1 h2 h3 h4 h5 h6 ul ol li table thead tbody tr th td caption figure figcaption blockquote pre div hr dl dt dd".split()
)
_STRUCK = frozenset(("del", "s", "hr", "source"))
_EMPTY = frozenset(("br", "img", "hr", "source"))
_KEPT = {"a": ("href",), "img": ("src", "alt"), "td": ("colspan", "rowspan"), "th": ("colspan", "rowspan"), "ol": ("start",)}
_ENDS = frozenset("p h2 h3 li th td figcaption blockquote br".split())

Locate = Callable[[str], str]
"""Where an address of the site leads for who holds the fragment."""


@dataclass(slots=True)
class _Node:
    """An element, or a text (no tag)."""

    tag: str
    facts: dict[str, str] = field(default_factory=dict)
    inside: list[_Node] = field(default_factory=list)
    text: str = ""


class _Tree(HTMLParser):
    """The tree of HTML that `sanitise` has made: every element is closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Node("")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element inside the one that is open."""
        node = _Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].inside.append(node)
        if tag not in _EMPTY:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        """Closes the last one of that name, and what was left open in it."""
        if any(node.tag == tag for node in self._open[1:]):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        """A text."""
        self._open[-1].inside.append(_Node("", text=data))


class _Words(HTMLParser):
    """The text of a fragment, a line for each piece that stands by itself."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines = [""]

    def handle_data(self, data: str) -> None:
        """A text."""
        self.lines[-1] += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # the shape
        """What begins a piece."""
        if tag in _ENDS:
            self.lines.append("")


def fragment(blocks: Iterable[str], locate: Locate, *, figures: bool = True) -> str:
    """The blocks as one fragment, one piece a line; without `figures` a picture and its caption are paragraphs."""
    tree = _Tree()
    for block in blocks:
        tree.feed(block)
    tree.close()
    return "\n".join(_flow(tree.root.inside, _Hand(locate, figures=figures))) + "\n"


def words(made: str) -> str:
    """A fragment as plain text, one paragraph, caption or cell a line."""
    read = _Words()
    read.feed(made)
    read.close()
    return "\n".join(line.strip() for line in read.lines if line.strip())


@dataclass(frozen=True, slots=True)
class _Hand:
    """How addresses and pictures are written."""

    locate: Locate
    figures: bool


def _flow(nodes: Iterable[_Node], hand: _Hand) -> Iterator[str]:
    """Nodes as pieces that stand by themselves; loose text becomes a paragraph."""
    loose: list[_Node] = []
    for node in nodes:
        if node.tag not in _BLOCKS:
            loose.append(node)
            continue
        yield from _paragraph(loose, hand)
        loose = []
        yield from _block(node, hand)
    yield from _paragraph(loose, hand)


def _paragraph(nodes: Iterable[_Node], hand: _Hand) -> Iterator[str]:
    text = _inline(nodes, hand).strip()
    if text:
        yield f"<p>{text}</p>"


def _block(node: _Node, hand: _Hand) -> Iterator[str]:
    if node.tag in ("div", "dl"):
        yield from _flow(node.inside, hand)
    elif node.tag == "figure":
        yield from _figure(node, hand)
    elif node.tag == "table":
        for caption in (one for one in node.inside if one.tag == "caption"):
            yield from _paragraph(caption.inside, hand)
        yield _element(node, "".join(_parts(node, hand)), hand)
    elif node.tag not in _STRUCK:
        text = _within(node, hand)
        if text:
            yield _element(node, text, hand)


def _within(node: _Node, hand: _Hand) -> str:
    """What is in a piece that is neither picture nor table."""
    if node.tag in ("ul", "ol", "blockquote"):
        return "".join(_flow(node.inside, hand))
    if node.tag in ("li", "td", "th"):
        return _cell(node, hand)
    text = _inline(node.inside, hand)
    if node.tag == "pre":
        return "<br>".join(text.strip("\n").split("\n"))
    return f"<strong>{text}</strong>" if node.tag == "dt" else text.strip()


def _parts(node: _Node, hand: _Hand) -> Iterator[str]:
    """Rows and cells; blanks between them are no text."""
    for one in node.inside:
        if one.tag in ("thead", "tbody", "tr"):
            yield _element(one, "".join(_parts(one, hand)), hand)
        elif one.tag in ("td", "th"):
            yield _element(one, _cell(one, hand), hand)


def _cell(node: _Node, hand: _Hand) -> str:
    """What is in a cell or a point of a list: pieces where there are any, else a text."""
    if any(one.tag in _BLOCKS for one in node.inside):
        return "".join(_flow(node.inside, hand))
    return _inline(node.inside, hand).strip()


def _figure(node: _Node, hand: _Hand) -> Iterator[str]:
    caption = next((_inline(one.inside, hand).strip() for one in node.inside if one.tag == "figcaption"), "")
    shown = [one for one in node.inside if one.tag != "figcaption"]
    if not hand.figures or any(one.tag in _BLOCKS for one in shown):
        yield from _flow(shown, hand)
        if caption:
            yield f"<p>{caption}</p>"
        return
    yield f"<figure>{_inline(shown, hand).strip()}{f'<figcaption>{caption}</figcaption>' if caption else ''}</figure>"


def _inline(nodes: Iterable[_Node], hand: _Hand) -> str:
    return "".join(_span(node, hand) for node in nodes)


def _span(node: _Node, hand: _Hand) -> str:
    if not node.tag:
        return html.escape(node.text, quote=False)
    if node.tag in _STRUCK:
        return ""
    if node.tag in _EMPTY:
        return _opening(node, hand)
    inside = _inline(node.inside, hand)
    if node.tag == "rt" and not inside.startswith("（"):
        return f"（{inside}）"  # a reading beside the character would else be text of the sentence
    if node.tag == "rp":
        return ""
    name = _RENAMED.get(node.tag, node.tag)
    return _element(node, inside, hand) if name in TAGS and node.tag not in _BLOCKS else inside


def _element(node: _Node, inside: str, hand: _Hand) -> str:
    return f"{_opening(node, hand)}{inside}</{_RENAMED.get(node.tag, node.tag)}>"


def _opening(node: _Node, hand: _Hand) -> str:
    facts = {name: node.facts[name] for name in _KEPT.get(node.tag, ()) if name in node.facts}
    for name in ("href", "src"):
        if name in facts:
            facts[name] = hand.locate(facts[name])
    written = "".join(f' {name}="{html.escape(value)}"' for name, value in facts.items())
    return f"<{_RENAMED.get(node.tag, node.tag)}{written}>"
