"""Marks that stand twice."""

from __future__ import annotations

from collections.abc import Iterator

from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule, Severity
from guodong_site.model import Site
from guodong_site.proof import proofs
from guodong_site.prose_marks import DOUBLED, single

RULE = Rule(
    code="L012",
    name="doubled-mark",
    title="标点重复",
    why="两个逗号、两个句号多半是修改时留下的；省略号是六个点（……），破折号占两格（——）。",
    wrong="会议强调，，要做好工作。。",
    right="会议强调，要做好工作。",
    severity=Severity.WARNING,
)

_PAIRS = tuple("，， 、、 ；； ：： 。。 ... -- ，。 ，； 。， ；， 、， 、。 。、 ：。 ；。 ““ ”” 《《 》》".split())


def run(site: Site) -> Iterator[Diagnostic]:
    """And two different ones where only one can stand."""
    for proof in proofs(site):
        for mark in proof.marks(DOUBLED, having=_PAIRS):
            meant = single(mark.text)
            hint = f"改成“{meant}”" if meant else "留下一个"
            yield mark.at(RULE, f"标点重复：“{mark.text}”", hint)


CHECK = Check(rule=RULE, run=run)
