"""A day in the text that no calendar has."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import replace

from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule
from guodong_site.model import Site
from guodong_site.proof import proofs

RULE = Rule(
    code="D010",
    name="no-such-day",
    title="没有这一天",
    why="日历上没有的日子一定是笔误；日期错误是政府网站常见的严重差错。",
    wrong="2月30日召开会议",
    right="2月20日召开会议",
)
_DAY = re.compile(r"月(\d{1,2})[日号]")
_MONTH = re.compile(r"(?:(?<!\d)(\d{4})年)?(?<![\d.])(\d{1,2})$")


def run(site: Site) -> Iterator[Diagnostic]:
    """Without a year, the 29th of February is given the benefit of the doubt."""
    for proof in proofs(site):
        for mark in proof.marks(_DAY):
            before = _MONTH.search(mark.before[-8:])
            if before is None:
                continue
            year, month, day = int(before[1] or 2000), int(before[2]), int(mark.match[1])
            if not (1 <= month <= 12 and year and 1 <= day <= calendar.monthrange(year, month)[1]):
                whole = replace(mark, start=mark.start - len(before[0]))
                yield whole.at(RULE, f"没有“{whole.text}”这一天", "核对原稿里的日期")


CHECK = Check(rule=RULE, run=run)
