"""The number plate of a vehicle (GA 36)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule
from guodong_site.model import Site
from guodong_site.proof import proofs

RULE = Rule(
    code="S013",
    name="plate-number",
    title="有车牌号",
    why="车牌号能查到车主，公开前要遮挡（《政府信息公开条例》第十五条）。",
    wrong="鲁B12345号车",
    right="鲁B***45号车",
)
_PLATE = re.compile(
    r"(?<![A-Za-z0-9])[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·• ]?"
    r"(?=[A-HJ-NP-Z0-9]*\d)(?:[DF][A-HJ-NP-Z0-9]\d{4}|\d{5}[DF]|[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳])(?![A-Za-z0-9])"
)


def run(site: Site) -> Iterator[Diagnostic]:
    """Plates in full."""
    for proof in proofs(site):
        for mark in proof.marks(_PLATE):
            yield mark.at(RULE, f"“{mark.text}”是车牌号", "删去，或把中间几位换成 *")


CHECK = Check(rule=RULE, run=run)
