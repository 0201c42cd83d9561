"""The only printer: diagnostics as text for a person, JSON for a program, annotations for CI.  It judges nothing."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from guodong_site.diagnostics import Diagnostic, Rule, Severity, Span
from guodong_site.model import Inference
from guodong_site.pipeline import Result

FORMATS = ("text", "json", "github")
_STYLES = {Severity.VETO: "bold red", Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold"}


def exit_code(found: Iterable[Diagnostic], *, building: bool = False) -> int:
    """0 good · 1 faults in the content · 3 a veto · 4 the machine lacks something (DESIGN.md §2).

    While `building`, errors that do not stop a build do not count.
    """
    serious = [d for d in found if d.severity.rank >= Severity.ERROR.rank]
    if building:
        serious = [d for d in serious if d.stops_build]
    if any(d.severity is Severity.VETO for d in serious):
        return 3
    if any(d.rule.code[0] != "E" for d in serious):
        return 1
    return 4 if serious else 0


class Reporter:
    """Says things to one person or program; holds how: format, colour, quiet."""

    def __init__(self, form: str = "text", *, color: bool = True, quiet: bool = False) -> None:
        """`form` is one of FORMATS; colour shows on a terminal only, and never under NO_COLOR."""
        self.form, self.quiet = form, quiet
        self._out = Console(file=sys.stdout, soft_wrap=True, highlight=False, no_color=not color or None, emoji=False)
        self._err = Console(file=sys.stderr, soft_wrap=True, highlight=False, no_color=not color or None, emoji=False)

    def say(self, sentence: str) -> None:
        """A sentence for a person; programs are not disturbed."""
        if self.form == "text" and not self.quiet:
            self._out.print(Text(sentence))

    def refuse(self, sentence: str) -> None:
        """Wrong usage or our own bug, always said, on the error stream."""
        self._err.print(Text(sentence, style="bold red"))

    def checked(self, found: tuple[Diagnostic, ...], inferred: tuple[Inference, ...], code: int, files: int) -> None:
        """The outcome of `check` over `files` issues."""
        if self.form == "json":
            print(json.dumps(_as_json(found, inferred, code), ensure_ascii=False, indent=1))
        else:
            self._show(found)
            self.say(_counted(found) + "。" if found else f"检查了 {files} 期，没有发现问题。")
            self._advise(found)

    def built(self, result: Result, code: int, out: Path) -> None:
        """The outcome of `build`."""
        if self.form == "json":
            data = _as_json(result.found, result.inferred, code)
            if result.written is not None:
                data["written"] = {
                    "created": list(result.written.created),
                    "changed": list(result.written.changed),
                    "removed": list(result.written.removed),
                }
            print(json.dumps(data, ensure_ascii=False, indent=1))
            return
        self._show(result.found)
        written = result.written
        if written is None:
            self._out.print(Text(f"{_counted(result.found)}。没有写出任何内容，网站保持上一次的样子。"))
        elif result.site is not None:
            articles = sum(len(issue.articles) for issue in result.site.issues)
            done = f"完成：{len(result.site.issues)} 期、{articles} 篇，写在 {out}/。"
            changes = f"新增 {len(written.created)} 个文件，更新 {len(written.changed)} 个，删除 {len(written.removed)} 个。"
            self.say(done + (changes if written.anything else "与上次相同，没有改动任何文件。"))
            if result.found:
                self.say(_counted(result.found) + "，不影响生成。")
        self._advise(result.found)

    def explain(self, rule: Rule) -> None:
        """All that is known of a rule: why, wrong, right."""
        head = f"{rule.code}  {rule.title}（{rule.name}，{rule.severity.chinese}）"
        print(f"{head}\n\n{rule.why}\n\n错：\n{_indented(rule.wrong)}\n\n对：\n{_indented(rule.right)}")

    def _show(self, found: tuple[Diagnostic, ...]) -> None:
        for diagnostic in found:
            if self.form == "github":
                print(_annotation(diagnostic))
            elif not (self.quiet and diagnostic.severity.rank < Severity.ERROR.rank):
                self._out.print(_as_text(diagnostic))

    def _advise(self, found: tuple[Diagnostic, ...]) -> None:
        if found:
            worst = max(found, key=lambda d: d.severity.rank)
            self.say(f"想知道为什么、怎么改，运行：guodong explain {worst.rule.code}")


def _counted(found: tuple[Diagnostic, ...]) -> str:
    counts = [(sum(d.severity is s for d in found), name) for s, name in ((s, s.chinese) for s in reversed(Severity))]
    return "共 " + "、".join(f"{n} 个{name}" for n, name in counts if n)


def _indented(text: str) -> str:
    return "\n".join("    " + line for line in text.split("\n"))


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


def _as_json(found: tuple[Diagnostic, ...], inferred: tuple[Inference, ...], code: int) -> dict[str, Any]:
    """The shape of DESIGN.md §10."""
    return {
        "version": 1,
        "exit": code,
        "counts": {s.value: sum(d.severity is s for d in found) for s in reversed(Severity)},
        "diagnostics": [
            {
                "code": d.rule.code,
                "name": d.rule.name,
                "severity": d.severity.value,
                "file": d.where.path,
                "line": d.where.line,
                "column": d.where.column,
                "end_column": max(d.where.end_column, d.where.column),
                "message": d.message,
                "hint": d.hint,
                "item": d.item,
            }
            for d in found
        ],
        "inferred": [
            {
                "file": i.where.path,
                "line": i.where.line,
                "item": i.item,
                "field": i.field,
                "value": i.value,
                "evidence": i.evidence,
            }
            for i in inferred
        ],
    }


def _annotation(diagnostic: Diagnostic) -> str:
    """A workflow command of GitHub Actions; its own escapes for % and line ends, and for : and , in properties."""
    kinds = {Severity.VETO: "error", Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
    where = diagnostic.where

    def escaped(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def value(text: str) -> str:
        return escaped(text).replace(":", "%3A").replace(",", "%2C")

    message = diagnostic.message + (f"。改法：{diagnostic.hint}" if diagnostic.hint else "")
    places = f"file={value(where.path)},line={where.line},col={where.column},endColumn={max(where.end_column, where.column)}"
    return f"::{kinds[diagnostic.severity]} {places},title={value(diagnostic.rule.code)}::{escaped(message)}"
