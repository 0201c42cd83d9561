"""Where a printed title that is wider than the page breaks: between words, into lines of much the same width.

The editor's own lines come first; only one that is too wide is broken again.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from guodong_site.model import Title

WIDEST = 20.8
"""Em of the title's size: 21 fill the page."""

_NOT_FIRST = frozenset("的了着过地得们年月日第）】》”’，。、；：？！%度等")
_NOT_LAST = frozenset("（【《“‘第在和暨与")
_BETWEEN, _UGLY = 15.0, 9.0
"""What a break inside a word, or before or behind a character that clings, costs beside uneven lines."""


def width(text: str) -> float:
    """In em; letters and digits are half as wide as a 汉字."""
    return sum(0.52 if char < "\u0100" else 1.0 for char in text)


def title_lines(title: Title) -> tuple[str, ...]:
    """The lines of a title as they are printed."""
    segments = title.segments or tuple((line,) for line in title.lines)
    return tuple(part for words in segments for part in _fitted("".join(words), words))


def _fitted(line: str, words: Sequence[str]) -> tuple[str, ...]:
    if width(line) <= WIDEST:
        return (line,)
    edges, at = set[int](), 0
    for word in words:
        at += len(word)
        edges.add(at)
    least = int(-(-width(line) // WIDEST))
    tries = [made for count in (least, least + 1) if (made := _broken(line, frozenset(edges), count))]
    return min(tries, key=lambda made: made[0])[1] if tries else _cut(line)


def _broken(line: str, edges: frozenset[int], count: int) -> tuple[float, tuple[str, ...]] | None:
    """The best way to break a line into so many, and what it costs; None where there is none."""
    even = width(line) / count
    wide = [0.0]
    for char in line:
        wide.append(wide[-1] + width(char))

    @cache
    def best(start: int, left: int) -> tuple[float, tuple[int, ...]] | None:
        rest = wide[-1] - wide[start]
        if left == 1:
            return ((rest - even) ** 2 * 0.06, ()) if rest <= WIDEST else None
        found = None
        for at in range(start + 1, len(line)):
            here = wide[at] - wide[start]
            if here > WIDEST:
                break
            after = best(at, left - 1)
            if after is not None:
                cost = after[0] + (here - even) ** 2 * 0.06 + _cost(line[at - 1], line[at], at in edges)
                if found is None or cost < found[0]:
                    found = (cost, (at, *after[1]))
        return found

    made = best(0, count)
    if made is None:
        return None
    cuts = (0, *made[1], len(line))
    return made[0] + 4.0 * (count - width(line) / WIDEST), tuple(line[a:b] for a, b in pairwise(cuts))


def _cost(before: str, after: str, edge: bool) -> float:  # noqa: FBT001  # whether a word ends there
    clings = (after in _NOT_FIRST) + (before in _NOT_LAST)
    if before.isascii() and before.isalnum() and (after.isascii() and after.isalnum()):
        clings += 2
    return (0.0 if edge else _BETWEEN) + clings * _UGLY


def _cut(line: str) -> tuple[str, ...]:
    """As many characters a line as fit: a title of nothing but one endless word."""
    made, held = [], ""
    for char in line:
        if width(held + char) > WIDEST:
            made.append(held)
            held = ""
        held += char
    return (*made, held)
