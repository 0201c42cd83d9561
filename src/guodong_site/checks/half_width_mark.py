"""A half-width mark among 汉字."""

from __future__ import annotations

from collections.abc import Iterator

from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule
from guodong_site.model import Site
from guodong_site.proof import proofs
from guodong_site.prose_marks import HALF_WIDTH, widened

RULE = Rule(
    code="L010",
    name="half-width-mark",
    title="汉字之间用了半角标点",
    why="中文用全角标点（GB/T 15834—2011）。半角标点挤在汉字中间，读屏软件也会读错停顿。",
    wrong="各区（市）国动办,市国动办领导",
    right="各区（市）国动办，市国动办领导",
)


def run(site: Site) -> Iterator[Diagnostic]:
    """Wherever it stands, the distribution line included: it is printed."""
    for proof in proofs(site):
        for mark in proof.marks(HALF_WIDTH):
            if mark.text == ")" and "(" in mark.before:
                continue  # said of its other half
            yield mark.at(
                RULE,
                f"汉字之间是半角的“{mark.text}”",
                f"改成全角的“{widened(mark.text)}”" + ("，另一半也改" if mark.text == "(" else ""),
            )


CHECK = Check(rule=RULE, run=run)
