"""A resident's ID number: 18 characters with the check of GB 11643, or the 15 digits of before 1999 with a real day of birth."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule, Severity
from guodong_site.model import Site
from guodong_site.proof import proofs

RULE = Rule(
    code="S010",
    name="resident-id",
    title="有公民身份号码",
    why="身份证号是个人信息，公开前必须去掉或遮挡（《个人信息保护法》《政府信息公开条例》第十五条）。按 GB 11643 的校验码认定，不会把普通的 18 位数字当成身份证号。",
    wrong="张某，身份证号11010519491231002X",
    right="张某，身份证号1101****002X",
    severity=Severity.VETO,
)
_NUMBER = re.compile(r"[1-8](?<![0-9A-Za-z].)\d{5}(?:\d{11}[\dXxＸ]|\d{9})(?![0-9A-Za-z])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_LAST = "10X98765432"


def run(site: Site) -> Iterator[Diagnostic]:
    """Numbers that are one, wherever they stand."""
    for proof in proofs(site):
        for mark in proof.marks(_NUMBER):
            if _is_id(mark.text.upper().replace("Ｘ", "X")):
                hint = "删去，或只留前几位和后几位，中间用 * 代替"
                yield mark.at(RULE, "这是公民身份号码", hint)


def _is_id(number: str) -> bool:
    born = number[6:14] if len(number) == 18 else "19" + number[6:12]
    try:
        year = datetime.date(int(born[:4]), int(born[4:6]), int(born[6:])).year
    except ValueError:
        return False
    if not 1850 < year < 2100:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number[:17], strict=False))
    return len(number) == 15 or _LAST[total % 11] == number[17]


CHECK = Check(rule=RULE, run=run)
