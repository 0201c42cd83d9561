"""The only printer: diagnostics as text for a person, as documents for programs.  It judges nothing."""

from __future__ import annotations

import difflib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from guodong_site.diagnostics import Diagnostic, Rule, Severity
from guodong_site.interchange import as_annotation, as_gitlab, as_json, as_sarif
from guodong_site.write import Written

if TYPE_CHECKING:  # every command reports; few of them build, and what builds takes longest to load
    from guodong_site.doctor import Finding
    from guodong_site.model import Inference
    from guodong_site.pipeline import Result
    from guodong_site.steps import Step

_BAR = 20  # cells of the bar that shows how far a step is
_DOCUMENTS = ("gitlab", "sarif")
FORMATS = ("text", "json", "github", "gitlab", "sarif")


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
        self.form, self.color, self.quiet = form, color, quiet
        self._waited = False

    def waiting(self, step: str, share: float | None = None) -> None:
        """What is being done and how much of it is done, for who waits at a terminal: one line, written over by the next and
        gone in the end."""
        if self.form == "text" and not self.quiet and sys.stderr.isatty():
            full = round((share or 0) * _BAR)
            bar = "" if share is None else f"  {'█' * full}{'░' * (_BAR - full)} {share:4.0%}"
            print(f"\r\x1b[K{step}……{bar}", end="", file=sys.stderr, flush=True)
            self._waited = True

    def _tell(self, what: str | Diagnostic, *, alarm: bool = False) -> None:
        if self._waited:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
            self._waited = False
        from guodong_site.terminal import tell  # noqa: PLC0415  # rich costs 0.1 s, and who reads JSON needs none

        tell(what, color=self.color, alarm=alarm)

    def say(self, sentence: str) -> None:
        """A sentence for a person; programs are not disturbed."""
        if self.form == "text" and not self.quiet:
            self._tell(sentence)

    def refuse(self, sentence: str) -> None:
        """Wrong usage or our own bug, always said, on the error stream."""
        self._tell(sentence, alarm=True)

    def checked(self, found: tuple[Diagnostic, ...], inferred: tuple[Inference, ...], code: int, files: int) -> None:
        """The outcome of `check` over `files` issues."""
        if self.form == "json":
            print(json.dumps(as_json(found, inferred, code), ensure_ascii=False, indent=1))
        elif self.form in _DOCUMENTS:
            self._document(found)
        else:
            self._show(found)
            self.say(_counted(found) + "。" if found else f"检查了 {files} 期，没有发现问题。")
            self._advise(found)

    def built(self, result: Result, code: int, out: Path) -> None:
        """The outcome of `build`."""
        if self.form == "json":
            data = as_json(result.found, result.made.inferred, code)
            if result.written is not None:
                data["written"] = {
                    "created": list(result.written.created),
                    "changed": list(result.written.changed),
                    "removed": list(result.written.removed),
                }
            print(json.dumps(data, ensure_ascii=False, indent=1))
            return
        if self.form in _DOCUMENTS:
            self._document(result.found)
            return
        self._show(result.found)
        if result.written is None:
            state = (
                "上次中断的写入已经收尾；这次没有写出任何内容。"
                if result.recovered
                else "没有写出任何内容，网站保持上一次的样子。"
            )
            self._tell(f"{_counted(result.found)}。{state}")
        for sentence in _done(result, result.written, out) if result.written else ():
            self.say(sentence)
        self._advise(result.found)

    def rehearsed(self, result: Result, out: Path) -> tuple[str, str, str]:
        """What `built` would say of the same site if nothing had changed: plain, with colours if they are shown, when quiet."""
        from guodong_site.terminal import as_printed  # noqa: PLC0415  # see _tell

        said: list[str | Diagnostic] = [*result.found, *_done(result, Written(), out), *_advice(result.found)]
        serious = [found for found in result.found if found.severity.rank >= Severity.ERROR.rank]
        colored = as_printed(said, color=True) if sys.stdout.isatty() else ""
        return as_printed(said, color=False), colored, as_printed(serious, color=False)

    def timed(self, steps: Sequence[Step]) -> None:
        """A line a step, on the error stream: the standard one may be read by a program."""
        for at, step in enumerate(steps, 1):
            memory = f"，内存 {step.memory:.0f} MB" if step.memory else ""
            note = f"：{step.note}" if step.note else ""
            print(f"{at}. {step.name}{note}：{step.seconds:.2f} 秒（CPU {step.cpu:.2f} 秒{memory}）", file=sys.stderr)

    def explained(self, rules: Sequence[Rule]) -> None:
        """All that is known of one rule: why, wrong, right; of several, a line each.  It was asked for, so it is always said."""
        if self.form == "json":
            print(json.dumps({"version": 1, "rules": [_rule_as_json(rule) for rule in rules]}, ensure_ascii=False, indent=1))
        elif len(rules) == 1:
            (rule,) = rules
            head = f"{rule.code}  {rule.title}（{rule.name}，{rule.severity.chinese}）"
            print(f"{head}\n\n{rule.why}\n\n错：\n{_indented(rule.wrong)}\n\n对：\n{_indented(rule.right)}")
        else:
            print("\n".join(f"{rule.code}  {rule.title}（{rule.name}）" for rule in rules))

    def tabled(self, text: str, rows: Sequence[Sequence[str]]) -> None:
        """A table that was asked for: as a spreadsheet reads it, or its rows as JSON."""
        print(json.dumps({"version": 1, "rows": rows}, ensure_ascii=False, indent=1) if self.form == "json" else text.rstrip())

    def examined(self, findings: Sequence[Finding], code: int) -> None:
        """What `doctor` saw; under `quiet` only what is lacking."""
        if self.form == "json":
            listed = [{"what": f.what, "good": f.good, "needed": f.needed, "detail": f.detail} for f in findings]
            print(json.dumps({"version": 1, "exit": code, "findings": listed}, ensure_ascii=False, indent=1))
            return
        for finding in findings:
            if not self.quiet or (finding.needed and not finding.good):
                mark = "✓" if finding.good else ("✗" if finding.needed else "○")
                self._tell(f"{mark} {finding.what}：{finding.detail}")
        if code or not self.quiet:
            self._tell("这台电脑还不能用，请按上面 ✗ 一行的办法补齐。" if code else "这台电脑已经就绪。")

    def published(self, found: tuple[Diagnostic, ...], code: int, sentences: Sequence[str], data: Mapping[str, object]) -> None:
        """The outcome of `publish`: what stops it or was found, then what came of it; to programs as one document."""
        if self.form == "json":
            print(json.dumps(as_json(found, (), code) | dict(data), ensure_ascii=False, indent=1))
        elif self.form in _DOCUMENTS:
            self._document(found)
        else:
            self._show(found)
            for sentence in sentences:
                self.say(sentence)
            self._advise(found)

    def outcome(self, sentences: Iterable[str], data: Mapping[str, object]) -> None:
        """What a command came to, in sentences for a person, as data for a program."""
        if self.form == "json":
            print(json.dumps(data, ensure_ascii=False, indent=1))
        for sentence in sentences:
            self.say(sentence)

    def proposed(self, before: str, after: str, name: str) -> None:
        """What a repair would change in a file, line by line; to a program it goes by the error stream."""
        lines = difflib.unified_diff(
            before.splitlines(), after.splitlines(), f"{name}（现在）", f"{name}（改后）", lineterm="", n=0
        )
        print(
            "\n".join(line for line in lines if not line.startswith("@@")),
            file=sys.stdout if self.form == "text" else sys.stderr,
        )

    def _document(self, found: tuple[Diagnostic, ...]) -> None:
        """One document that a program reads."""
        document: object = as_gitlab(found) if self.form == "gitlab" else as_sarif(found)
        print(json.dumps(document, ensure_ascii=False, indent=1))

    def _show(self, found: tuple[Diagnostic, ...]) -> None:
        for diagnostic in found:
            if self.form == "github":
                print(as_annotation(diagnostic))
            elif not (self.quiet and diagnostic.severity.rank < Severity.ERROR.rank):
                self._tell(diagnostic)

    def _advise(self, found: tuple[Diagnostic, ...]) -> None:
        for sentence in _advice(found):
            self.say(sentence)


def _done(result: Result, written: Written, out: Path) -> Iterator[str]:
    """What a build that ended well came to."""
    heads = [entry.head for entry in result.made.archive.entries] if result.made.archive else []
    done = f"完成：{len(heads)} 期、{sum(head.articles for head in heads)} 篇，写在 {out}/。"
    changes = f"新增 {len(written.created)} 个文件，更新 {len(written.changed)} 个，删除 {len(written.removed)} 个。"
    yield done + (changes if written.anything else "与上次相同，没有改动任何文件。")
    if result.found:
        yield _counted(result.found) + "，不影响生成。"


def _advice(found: tuple[Diagnostic, ...]) -> Iterator[str]:
    if found:
        worst = max(found, key=lambda d: d.severity.rank)
        yield f"想知道为什么、怎么改，运行：guodong explain {worst.rule.code}"


def _counted(found: tuple[Diagnostic, ...]) -> str:
    counts = [(sum(d.severity is s for d in found), name) for s, name in ((s, s.chinese) for s in reversed(Severity))]
    return "共 " + "、".join(f"{n} 个{name}" for n, name in counts if n)


def _indented(text: str) -> str:
    return "\n".join("    " + line for line in text.split("\n"))


def _rule_as_json(rule: Rule) -> dict[str, str]:
    known = {"code": rule.code, "name": rule.name, "severity": rule.severity.value}
    return known | {"title": rule.title, "why": rule.why, "wrong": rule.wrong, "right": rule.right}
