"""Numbers → pictures: bars, columns and a heat map as inline SVG, each complete in itself.  Knows nothing of the archive.

Widths are shares of the page and heights are in em, so that letters stay readable at every width and grow with the reader's
size; colours are classes, so that a plot follows every theme.  A plot says what it is to who cannot see it (`title`, `desc`);
its numbers stand beside it in a table, made of the same rows.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

TONES = ("tone-1", "tone-2", "tone-3", "tone-4", "tone-5")
"""Classes that tell the series of a plot apart, darkest first."""

NONE = "—"
"""Where there is nothing that could be counted: not the same as 0."""

STEPS = 4
"""Steps of a heat map above nothing."""

_SLOTS = 4
"""Places for columns where there are fewer: a few columns stay columns."""

_LISTED = 12
"""Rows that a description tells one by one; of more it says the highest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the table and its mark in the plot; a value is None where there is nothing that could be counted.

    `axis` is a shorter name; `href` leads to what is counted.
    """

    name: str
    values: tuple[int | None, ...]
    href: str = ""
    axis: str = ""

    @property
    def numbers(self) -> tuple[int, ...]:
        """The values, 0 where there is none."""
        return tuple(value or 0 for value in self.values)

    @property
    def cells(self) -> tuple[str, ...]:
        """The values as they are read."""
        return tuple(NONE if value is None else str(value) for value in self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """What is counted: a column of the table.  `unit` is the measure word behind a number."""

    name: str
    unit: str


def bars(name: str, title: str, series: Sequence[Series], rows: Sequence[Row]) -> str:
    """A bar a series in every row, at most two, each on a scale of its own.

    The first number stands above the bars, at the end of the name's line, the second below them: neither reaches the other
    however large the letters are.
    """
    highest = [max((row.numbers[at] for row in rows), default=0) or 1 for at in range(len(series))]
    thick, below = ((0.75, 0.3), 1.4) if len(series) > 1 else ((0.5,), 0.0)
    height = 1.75 + sum(thick) + 0.15 * len(thick) + 0.3 + below
    parts: list[str] = []
    for at, row in enumerate(rows):
        top = at * height
        numbers = [f"{value}{kind.unit}" for value, kind in zip(row.numbers, series, strict=True)]
        parts += [_text(row.name, "0", top + 1.3), _text(numbers[0], "100%", top + 1.3, "num", "end")]
        down = top + 1.75
        for value, most, tall, tone in zip(row.numbers, highest, thick, ("bar", "bar-2"), strict=False):
            parts.append(_rect("0", down, f"{_round(value / most * 100)}%", tall, tone))
            down += tall + 0.15
        parts += [_text(number, "100%", down + 1.0, "ax", "end") for number in numbers[1:]]
    return _svg(name, title, _told(series, rows), max(1, len(rows)) * height, "".join(parts))


def columns(name: str, title: str, series: Sequence[Series], rows: Sequence[Row]) -> str:
    """A column a row, oldest at the left, its series on top of each other; a line says how high the highest is."""
    slots = max(len(rows), _SLOTS)
    sums = [sum(row.numbers) for row in rows]
    highest = max(sums, default=0) or 1
    tall, foot = 12.0, 14.2
    parts = [
        _text(f"最高 {max(sums, default=0)}{series[0].unit}", "0", 1.2, "ax"),
        _line(foot - tall, "grid"),
        *(part for at, row in enumerate(rows) for part in _column(row, at, slots, tall / highest, foot, len(series))),
        _line(foot, "axis"),
        *_axis([row.axis or row.name for row in rows], slots, foot + 1.4),
    ]
    return _svg(name, title, _told(series, rows), foot + 1.8, "".join(parts))


def _column(row: Row, at: int, slots: int, scale: float, foot: float, kinds: int) -> Iterator[str]:
    left, wide, top = _round((at + 0.14) / slots * 100), _round(0.72 / slots * 100), foot
    for value, tone in zip(row.numbers, (TONES[n % len(TONES)] for n in range(kinds)), strict=True):
        if value:
            top -= value * scale
            yield _rect(f"{left}%", top, f"{wide}%", value * scale, tone if kinds > 1 else "bar")


def _axis(names: Sequence[str], slots: int, down: float) -> Iterator[str]:
    """First, middle and last name, and on wide screens those between."""
    last = len(names) - 1
    if last < 8:
        for at, name in enumerate(names):
            anchor = "start" if at == 0 else "end" if at + 1 == slots else "middle"
            place = {"start": 0.0, "end": 100.0}.get(anchor, (at + 0.5) / slots * 100)
            yield _text(name, f"{_round(place)}%", down, "ax" if at in {0, last} else "ax wide", anchor)
        return
    shown = {0: ("ax", "start"), last: ("ax", "end"), last // 2: ("ax", "middle")}
    shown |= {last // 4: ("ax wide", "middle"), last - last // 4: ("ax wide", "middle")}
    for at, (kind, anchor) in sorted(shown.items()):
        place = 0 if anchor == "start" else 100 if anchor == "end" else (at + 0.5) / slots * 100
        yield _text(names[at], f"{_round(place)}%", down, kind, anchor)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A shade of a heat map, with what it stands for."""

    tone: str
    text: str


def steps(highest: int) -> tuple[Step, ...]:
    """The shades of a heat map whose highest number is this, nothing first."""
    found = [Step(tone="heat-0", text="0")]
    for step in range(1, STEPS + 1):
        numbers = [number for number in range(1, highest + 1) if _step(number, highest) == step]
        if numbers:
            first, last = numbers[0], numbers[-1]
            found.append(Step(tone=f"heat-{step}", text=str(first) if first == last else f"{first}～{last}"))
    return tuple(found)


def _step(number: int, highest: int) -> int:
    """The shade of a number: as many as there are numbers, at most four."""
    return number if highest <= STEPS else -(-number * STEPS // highest)


def heat(name: str, title: str, columns: Sequence[str], rows: Sequence[Row]) -> str:
    """A cell a number, darker where there is more, the number in it; the sum of a row at its end.

    The names of the rows stand beside the picture, so that they stay when it is scrolled.
    """
    highest = max((value for row in rows for value in row.numbers), default=0)
    slots = len(columns) + 1
    parts = [
        _text(text, f"{_round((at + 0.5) / slots * 100)}%", 1.3, "ax", "middle") for at, text in enumerate((*columns, "合计"))
    ]
    for down, row in enumerate(rows):
        top = 2 + down * 2.5
        for at, (value, cell) in enumerate(zip(row.values, row.cells, strict=True)):
            tone = "none" if value is None else f"heat-{_step(value, highest)}"
            parts.append(_rect(f"{_round(at / slots * 100)}%", top, f"{_round(96 / slots)}%", 2.4, tone))
            parts.append(_text(cell, f"{_round((at + 0.48) / slots * 100)}%", top + 1.6, f"on-{tone}", "middle"))
        parts.append(_text(str(sum(row.numbers)), f"{_round((slots - 0.5) / slots * 100)}%", top + 1.6, "num", "middle"))
    said = f"最多的一格是{highest}条；每格都写有数字，颜色越深越多。" if highest else "各格都是0。"
    return _svg(name, title, said, 2 + len(rows) * 2.5, "".join(parts))


def _told(series: Sequence[Series], rows: Sequence[Row]) -> str:
    """A plot in words."""
    if not rows:
        return "没有数据。"

    def told(row: Row) -> str:
        return row.name + "、".join(f"{value}{kind.unit}" for value, kind in zip(row.numbers, series, strict=True) if value)

    if len(rows) <= _LISTED:
        return "；".join(told(row) for row in rows if any(row.numbers)) + "。"
    most = max(rows, key=lambda row: sum(row.numbers))
    return f"共{len(rows)}项，从{rows[0].name}到{rows[-1].name}；最高的是{most.name}，{sum(most.numbers)}{series[0].unit}。各数见表。"


def _svg(name: str, title: str, description: str, height: float, body: str) -> str:
    return (
        f'<svg role="img" aria-labelledby="{name}-t {name}-d" width="100%" height="{_round(height)}em">'
        f'<title id="{name}-t">{html.escape(title)}</title><desc id="{name}-d">{html.escape(description)}</desc>{body}</svg>'
    )


def _text(text: str, x: str, y: float, kind: str = "", anchor: str = "start") -> str:
    named = f' class="{kind}"' if kind else ""
    placed = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text{named}{placed} x="{x}" y="{_round(y)}em">{html.escape(text)}</text>'


def _rect(x: str, y: float, width: str, height: float, kind: str) -> str:
    return f'<rect class="{kind}" x="{x}" y="{_round(y)}em" width="{width}" height="{_round(height)}em"/>'


def _line(y: float, kind: str) -> str:
    return f'<line class="{kind}" x1="0" x2="100%" y1="{_round(y)}em" y2="{_round(y)}em"/>'


def _round(number: float) -> str:
    """Two places, the same text on every machine."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
