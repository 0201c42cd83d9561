"""The HTML of an article → what is set of it (长条): a tree of blocks and runs that the print template walks.

A block is `{"t": kind, …}`; a run is a text, or `{"t": kind, "c": runs}`.  It holds every text a reader of the page sees, in
order; the HTML is clean already (sanitise.py), so what is not named here is passed through for its text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from html.parser import HTMLParser
from typing import Any

from guodong_site.sanitise import BLOCK_TAGS

Node = dict[str, Any]
Run = str | Node
Picture = Callable[[str, str], Node | None]
"""(address, text) of a picture → its node; None where it cannot be shown."""

_VOID = frozenset(("br", "img", "hr", "source"))
_STYLES = {"b": "strong", "i": "em", "ins": "u", "del": "s"}
_RUNS = frozenset("strong em u s sub sup a code rt".split())
_LONG = 28
"""Characters: a run without a place to break that is longer may be broken anywhere, or it would leave the page."""

_UNBROKEN = r"[^\s\u2e80-\u2fff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"


class _Tree(HTMLParser):
    """Clean HTML as nested nodes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root: Node = {"t": "", "a": {}, "c": []}
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = {"t": tag, "a": {name: value or "" for name, value in attrs}, "c": []}
        self._open[-1]["c"].append(node)
        if tag not in _VOID:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if any(node["t"] == tag for node in self._open[1:]):
            while self._open.pop()["t"] != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._open[-1]["c"].append(data)


def set_blocks(source: str, picture: Picture, origin: str) -> list[Node]:
    """The blocks of an article.  Links into the site are completed with `origin`, since paper has no base."""
    tree = _Tree()
    tree.feed(source)
    tree.close()
    return list(_Setter(picture, origin).blocks(tree.root["c"]))


class _Setter:
    """Sets one article; holds what its links and pictures need."""

    def __init__(self, picture: Picture, origin: str) -> None:
        self._picture, self._origin = picture, origin

    def blocks(self, nodes: Iterable[Run]) -> Iterator[Node]:
        """Block for block; runs that stand between blocks are a paragraph."""
        loose: list[Run] = []
        for node in nodes:
            if isinstance(node, str) or node["t"] not in BLOCK_TAGS:
                loose.append(node)
                continue
            yield from self._paragraph(loose)
            loose = []
            yield from self._block(node)
        yield from self._paragraph(loose)

    def _block(self, node: Node) -> Iterator[Node]:
        tag = node["t"]
        if re.fullmatch("h[2-6]", tag):
            yield {"t": "h", "n": int(tag[1]), "c": self._line(node["c"])}
        elif tag == "p":
            yield from self._paragraph(node["c"])
        elif tag in ("ul", "ol"):
            items = [list(self.blocks(one["c"])) for one in node["c"] if isinstance(one, dict)]
            start = node["a"].get("start", "1")
            yield {"t": "list", "ordered": tag == "ol", "start": int(start) if start.isdigit() else 1, "items": items}
        elif tag in ("blockquote", "dd"):
            yield {"t": "quote", "c": list(self.blocks(node["c"]))}
        elif tag == "dt":
            yield {"t": "p", "c": [{"t": "strong", "c": self._line(node["c"])}]}
        elif tag == "figure":
            yield from self._figure(node)
        elif tag == "table":
            yield from self._table(node)
        elif tag == "pre":
            yield {"t": "pre", "lines": _text(node).strip("\n").split("\n")}
        elif tag == "hr":
            yield {"t": "hr"}
        else:
            yield from self.blocks(node["c"])

    def _paragraph(self, nodes: list[Run]) -> Iterator[Node]:
        """A paragraph; one of nothing but pictures is those pictures."""
        pictures = [one for one in _walk(nodes) if one["t"] == "img"]
        if pictures and not "".join(map(_text, nodes)).strip():
            for one in pictures:
                shown = self._shown(one)
                if shown:
                    yield {"t": "fig", **shown, "cap": _broken(one["a"].get("title", "").strip())}
            return
        line = self._line(nodes)
        if line:
            yield {"t": "p", "c": line}

    def _figure(self, node: Node) -> Iterator[Node]:
        captions = [one for one in _walk(node["c"]) if one["t"] == "figcaption"]
        caption = self._line([run for one in captions for run in one["c"]])
        shown = next((made for one in _walk(node["c"]) if one["t"] == "img" and (made := self._shown(one))), None)
        if shown:
            yield {"t": "fig", **shown, "cap": caption}
        elif caption:
            yield {"t": "p", "c": caption}

    def _shown(self, node: Node) -> Node | None:
        return self._picture(node["a"].get("src", ""), node["a"].get("alt", "").strip())

    def _table(self, node: Node) -> Iterator[Node]:
        """Cells at their places; `head` is how many rows are a heading: the first, where nobody says."""
        for one in _walk(node["c"]):
            if one["t"] == "caption":
                yield {"t": "cap", "c": self._line(one["c"])}
        rows = [one for one in _walk(node["c"]) if one["t"] == "tr"]
        heads = [one for part in _walk(node["c"]) if part["t"] == "thead" for one in _walk(part["c"]) if one["t"] == "tr"]
        head = max(1, len(heads)) if max(1, len(heads)) < len(rows) else 0
        cells, columns = _placed(rows, head)
        small = 1 if columns <= 6 else 2 if columns <= 10 else 3
        fitting = max(
            2, round((84, 112, 160)[small - 1] / max(columns, 1)) - 2
        )  # half-width letters a column of equal width holds
        for cell in cells:
            node = cell.pop("node")
            cell["c"] = self._cell(node, fitting)
            cell["th"] = node["t"] == "th"
            cell["align"] = node["a"].get("class", "")
        if cells:
            yield {"t": "table", "columns": columns, "head": head, "rows": len(rows), "small": small, "cells": cells}

    def _cell(self, node: Node, fitting: int) -> list[Run]:
        """What is in a cell, as runs: its blocks one a line."""
        if not any(isinstance(one, dict) and one["t"] in BLOCK_TAGS for one in node["c"]):
            return self._line(node["c"], fitting)
        lines = [line for text in _cut(node["c"]) if (line := self._line(text, fitting))]
        return [run for at, line in enumerate(lines) for run in (*([{"t": "br"}] if at else []), *line)]

    def _line(self, nodes: Iterable[Run], longest: int = _LONG) -> list[Run]:
        """Runs with their blanks as a browser shows them."""
        runs = _stripped(self._runs(nodes), [True])
        while runs and isinstance(runs[-1], str):
            runs[-1] = runs[-1].rstrip(" \n")
            if runs[-1]:
                break
            runs.pop()
        return _unbroken(runs, longest)

    def _runs(self, nodes: Iterable[Run]) -> Iterator[Run]:
        for node in nodes:
            if isinstance(node, str):
                yield node
                continue
            tag = _STYLES.get(node["t"], node["t"])
            if tag == "br":
                yield {"t": "br"}
            elif tag == "img":
                shown = self._shown(node)
                yield {"t": "img", **shown} if shown else node["a"].get("alt", "")
            elif tag in _RUNS:
                run: Node = {"t": tag, "c": list(self._runs(node["c"]))}
                if tag == "a":
                    target = node["a"].get("href", "")
                    run["href"] = self._origin + target if re.match("/(?!/)", target) else target
                yield run if run.get("href", "-") and not str(run.get("href")).startswith("#") else {**run, "t": "span"}
            else:
                yield from self._runs(node["c"])


def _walk(nodes: Iterable[Run]) -> Iterator[Node]:
    """Every node, outer before inner, in order."""
    for node in nodes:
        if isinstance(node, dict):
            yield node
            yield from _walk(node["c"])


def _cut(nodes: Iterable[Run]) -> Iterator[list[Run]]:
    """Nodes cut at their blocks into lines."""
    loose: list[Run] = []
    for node in nodes:
        if isinstance(node, dict) and node["t"] in BLOCK_TAGS:
            yield loose
            loose = []
            yield from _cut(node["c"])
        else:
            loose.append(node)
    yield loose


def _text(node: Run) -> str:
    if isinstance(node, str):
        return node
    return "\n" if node["t"] == "br" else "".join(map(_text, node.get("c", ())))


def _stripped(runs: Iterable[Run], blank: list[bool]) -> list[Run]:
    """Runs in which blanks stand once; `blank` holds whether one has just been set."""
    made: list[Run] = []
    for run in runs:
        if isinstance(run, str):
            text = re.sub(r"[ \t\r\n\f]+", " ", run)
            text = text[1:] if blank[0] and text.startswith(" ") else text
            if text:
                blank[0] = text.endswith(" ")
                made.append(text)
        elif "c" in run:
            made.append({**run, "c": _stripped(run["c"], blank)})
        else:
            blank[0] = run["t"] == "br"
            made.append(run)
    return made


def _unbroken(runs: Iterable[Run], longest: int) -> list[Run]:
    """Runs in which what is too long for a line may be broken anywhere."""
    made: list[Run] = []
    for run in runs:
        if isinstance(run, str):
            made += _broken(run, longest)
        else:
            made.append({**run, "c": _unbroken(run["c"], longest)} if "c" in run else run)
    return made


def _broken(text: str, longest: int = _LONG) -> list[Run]:
    parts = re.split(rf"({_UNBROKEN}{{{longest + 1},}})", text)  # the long ones are every second
    return [{"t": "long", "text": part} if at % 2 else part for at, part in enumerate(parts) if part]


def _placed(rows: list[Node], head: int) -> tuple[list[Node], int]:
    """Every cell with its place and span, none over another and none outside; gaps are filled with empty cells."""
    taken: set[tuple[int, int]] = set()
    cells: list[Node] = []
    for y, row in enumerate(rows):
        x = 0
        last = head if y < head else len(rows)
        for node in row["c"]:
            if not isinstance(node, dict) or node["t"] not in ("td", "th"):
                continue
            while (x, y) in taken:
                x += 1
            high = min(_span(node, "rowspan"), last - y)
            wide = _span(node, "colspan")
            wide = next((n for n in range(1, wide) if (x + n, y) in taken), wide)
            taken |= {(x + dx, y + dy) for dx in range(wide) for dy in range(high)}
            cells.append({"x": x, "y": y, "colspan": wide, "rowspan": high, "node": node})
            x += wide
    columns = max((x for x, _ in taken), default=-1) + 1
    empty: Node = {"t": "td", "a": {}, "c": []}
    cells += [
        {"x": x, "y": y, "colspan": 1, "rowspan": 1, "node": empty}
        for y in range(len(rows))
        for x in range(columns)
        if (x, y) not in taken
    ]
    return sorted(cells, key=lambda cell: (cell["y"], cell["x"])), columns


def _span(node: Node, name: str) -> int:
    written = node["a"].get(name, "1")
    return min(max(int(written), 1), 100) if written.isdecimal() else 1
