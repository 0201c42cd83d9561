"""Text on a terminal: sentences, and faults with a caret under the very 汉字.  The only user of rich."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from guodong_site.diagnostics import Diagnostic, Severity, Span

_STYLES = {Severity.VETO: "bold red", Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold"}


class _Terminal(Console):
    """A console whose broken pipe is the caller's business, like anybody else's."""

    def on_broken_pipe(self) -> None:
        """Raises BrokenPipeError again, where rich would leave the program."""
        raise BrokenPipeError


def tell(what: str | Diagnostic, *, color: bool, alarm: bool = False) -> None:
    """Prints a sentence or a fault; `alarm` sends it, in red, to the error stream.  Colour shows on a terminal only."""
    file = sys.stderr if alarm else sys.stdout
    terminal = _Terminal(file=file, soft_wrap=True, highlight=False, no_color=not color or None, emoji=False)
    text = Text(what, style="bold red" if alarm else "") if isinstance(what, str) else _as_text(what)
    terminal.print(text)


def as_printed(said: Iterable[str | Diagnostic], *, color: bool) -> str:
    """What `tell` would print of all of these on a terminal, as one text."""
    page = io.StringIO()
    terminal = Console(file=page, force_terminal=color, soft_wrap=True, highlight=False, no_color=not color, emoji=False)
    for what in said:
        terminal.print(Text(what) if isinstance(what, str) else _as_text(what))
    return page.getvalue()


def _as_text(diagnostic: Diagnostic) -> Text:
    """Severity, code, place and fact; the line with a caret under the very characters; the cure."""
    where = diagnostic.where
    style = _STYLES[diagnostic.severity]
    place = f" 第 {where.line} 行第 {where.column} 列" if where.excerpt else (f" 第 {where.line} 行" if where.line > 1 else "")
    text = Text.assemble(
        (f"{diagnostic.severity.chinese} {diagnostic.rule.code}", style), f"  {where.path}{place}：{diagnostic.message}\n"
    )
    if where.excerpt:
        text.append(_excerpt(where, style))
    if diagnostic.hint:
        text.append_text(Text.assemble(("  改法：", "bold"), diagnostic.hint, "\n"))
    text.rstrip()
    return text


_WIDTH = 96
"""Cells of source shown; a paragraph of 2,000 characters would bury the fault."""


def _excerpt(where: Span, style: str) -> Text:
    gutter = len(str(where.line))
    text = Text()
    for offset, line in enumerate(where.excerpt[:-1]):
        number = where.line - len(where.excerpt) + 1 + offset
        text.append(f"    {number:>{gutter}} │ {_clipped(line, 0)[0]}\n", "dim")
    line = where.excerpt[-1].replace("\t", " ")
    shown, skipped = _clipped(line, where.column - 1)
    text.append(f"  ▶ {where.line:>{gutter}} │ {shown}\n")
    lead = shown[: max(0, where.column - 1 - skipped)]
    marked = line[where.column - 1 : where.end_column] or " "
    room = max(1, _WIDTH - cell_len(lead))
    text.append(f"    {'':>{gutter}} │ {' ' * cell_len(lead)}")
    text.append("^" * min(cell_len(marked) or 1, room) + "\n", style)
    return text


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
