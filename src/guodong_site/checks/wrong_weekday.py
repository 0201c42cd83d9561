"""A day with a day of the week that it was not."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import replace

from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule
from guodong_site.model import Site
from guodong_site.proof import proofs

RULE = Rule(
    code="D011",
    name="wrong-weekday",
    title="日期与星期不符",
    why="日期和星期只有一个对，读者不知道该信哪一个。没有写年份的，按本期的年份算。",
    wrong="2024年3月6日（星期四）",
    right="2024年3月6日（星期三）",
)
_DAY = re.compile(r"日[ \u3000]?[（(，,]?[ \u3000]?(?:星期|周|礼拜)([一二三四五六日天])(?!年)")
_MONTH = re.compile(r"(?:(?<!\d)(\d{4})年)?(?<!\d)(\d{1,2})月(\d{1,2})$")
_DAYS = "一二三四五六日"


def run(site: Site) -> Iterator[Diagnostic]:
    """Years that are not written are the issue's, or the one before for a month that was still to come."""
    for proof in proofs(site):
        for mark in proof.marks(_DAY, having=("星期", "周", "礼拜")):
            before = _MONTH.search(mark.before[-11:])
            if before is None:
                continue
            signed, month, said = proof.issue.date, int(before[2]), mark.match[1].replace("天", "日")
            years = [int(before[1])] if before[1] else [signed.year, *([signed.year - 1] if month > signed.month else [])]
            fitting = [day for year in years if (day := _weekday(year, month, int(before[3])))]
            if fitting and said not in fitting:
                whole = replace(mark, start=mark.start - len(before[0]))
                yield whole.at(RULE, f"“{whole.text}”：这一天是星期{fitting[0]}", "核对日期和星期，改错的一个")


def _weekday(year: int, month: int, day: int) -> str:
    try:
        return _DAYS[datetime.date(year, month, day).weekday()]
    except ValueError:
        return ""  # which is another check's business


CHECK = Check(rule=RULE, run=run)
