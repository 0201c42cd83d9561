"""A name beside its post with one character that differs from the office's own table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule, Severity
from guodong_site.model import Site
from guodong_site.proof import HAN, proofs

RULE = Rule(
    code="L025",
    name="near-name",
    title="姓名与职务表里的差一个字",
    why="领导姓名写错是严重差错。姓名、职务和任职日期在 editorial/wording.yaml 的 posts 里，由本办核实后填写；程序只指出，不改。",
    wrong="办党组书记管成蜜主持会议",
    right="办党组书记管成密主持会议",
    severity=Severity.WARNING,
)


def run(site: Site) -> Iterator[Diagnostic]:
    """A name directly behind its post, of the same length, with one other character."""
    for proof in proofs(site):
        held = [one for one in site.settings.wording.posts if one.term.holds(proof.issue.date.first_day)]
        for post in sorted({one.post for one in held}):
            names = [one for one in held if one.post == post]
            for length in sorted({len(one.name) for one in names}):
                for mark in proof.marks(re.compile(rf"{re.escape(post)}([{HAN}]{{{length}}})"), group=1):
                    if any(mark.text.startswith(one.name) or one.name.startswith(mark.text) for one in names):
                        continue
                    near = next((one for one in names if len(one.name) == length and _differ(one.name, mark.text) == 1), None)
                    if near and length > 1:
                        message = f"“{post}{mark.text}”：表里{post}是“{near.name}”"
                        yield mark.at(RULE, message, f"核对姓名，由人决定。依据：{near.source}")


def _differ(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


CHECK = Check(rule=RULE, run=run)
