"""Text on a terminal: sentences, and faults with a caret under the very 汉字.  The only user of rich, where there is colour."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator
from typing import TextIO

from rich.cells import cell_len

from guodong_site.diagnostics import Diagnostic, Severity, Span

_STYLES = {Severity.VETO: "bold red", Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold"}

Part = tuple[str, str]
"""Some text and its style."""


def tell(what: str | Diagnostic, *, color: bool, alarm: bool = False) -> None:
    """Prints a sentence or a fault; `alarm` sends it, in red, to the error stream.  Colour shows on a terminal only."""
    file = sys.stderr if alarm else sys.stdout
    parts = [(what, "bold red" if alarm else "")] if isinstance(what, str) else [*_parts(what)]
    _write([parts], file, color=color and file.isatty())


def as_printed(said: Iterable[str | Diagnostic], *, color: bool) -> str:
    """What `tell` would print of all of these on a terminal, as one text."""
    page = io.StringIO()
    _write([[(what, "")] if isinstance(what, str) else [*_parts(what)] for what in said], page, color=color)
    return page.getvalue()


def _write(said: Iterable[list[Part]], file: TextIO, *, color: bool) -> None:
    """Each on lines of its own.  Without colour rich is not loaded: that would take a tenth of a small build."""
    if not color:
        file.writelines("".join(text for text, _ in parts).rstrip() + "\n" for parts in said)
        file.flush()
        return
    from rich.console import Console  # noqa: PLC0415  # see above
    from rich.text import Text  # noqa: PLC0415  # see above

    class Terminal(Console):
        """A console whose broken pipe is the caller's business, like anybody else's."""

        def on_broken_pipe(self) -> None:
            """Raises BrokenPipeError again, where rich would leave the program."""
            raise BrokenPipeError

    terminal = Terminal(file=file, force_terminal=True, soft_wrap=True, highlight=False, emoji=False)
    for parts in said:
        text = Text.assemble(*parts)
        text.rstrip()
        terminal.print(text)


def _parts(diagnostic: Diagnostic) -> Iterator[Part]:
    """Severity, code, place and fact; the line with a caret under the very characters; the cure."""
    where = diagnostic.where
    style = _STYLES[diagnostic.severity]
    place = f" 第 {where.line} 行第 {where.column} 列" if where.excerpt else (f" 第 {where.line} 行" if where.line > 1 else "")
    yield f"{diagnostic.severity.chinese} {diagnostic.rule.code}", style
    yield f"  {where.path}{place}：{diagnostic.message}\n", ""
    if where.excerpt:
        yield from _excerpt(where, style)
    if diagnostic.hint:
        yield "  改法：", "bold"
        yield f"{diagnostic.hint}\n", ""


_WIDTH = 96
"""Cells of source shown; a paragraph of 2,000 characters would bury the fault."""


def _excerpt(where: Span, style: str) -> Iterator[Part]:
    gutter = len(str(where.line))
    for offset, line in enumerate(where.excerpt[:-1]):
        number = where.line - len(where.excerpt) + 1 + offset
        yield f"    {number:>{gutter}} │ {_clipped(line, 0)[0]}\n", "dim"
    line = where.excerpt[-1].replace("\t", " ")
    shown, skipped = _clipped(line, where.column - 1)
    yield f"  ▶ {where.line:>{gutter}} │ {shown}\n", ""
    lead = shown[: max(0, where.column - 1 - skipped)]
    marked = line[where.column - 1 : where.end_column] or " "
    room = max(1, _WIDTH - cell_len(lead))
    yield f"    {'':>{gutter}} │ {' ' * cell_len(lead)}", ""
    yield "^" * min(cell_len(marked) or 1, room) + "\n", style


def _clipped(line: str, column: int) -> tuple[str, int]:
    """As much of a line as fits, around `column` (from 0), and how many characters before it are gone."""
    if cell_len(line) <= _WIDTH:
        return line, 0
    start = max(0, column - 12)
    shown = "…" if start else ""
    for char in line[start:]:
        if cell_len(shown) + cell_len(char) > _WIDTH - 1:
            shown += "…"
            break
        shown += char
    return shown, start - 1 if start else 0
