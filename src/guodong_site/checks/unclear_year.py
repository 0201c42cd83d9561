"""A day without a year that lies so far after the issue's own that the year before may be meant."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import replace

from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule, Severity
from guodong_site.model import Site
from guodong_site.proof import Kind, proofs

RULE = Rule(
    code="D012",
    name="unclear-year",
    title="看不出是哪一年",
    why="网页会保存很多年。没有写年份的日期按本期的年份理解；一月的一期里写“12月20日”，读者就不知道是去年还是今年。",
    wrong="（2024年1月的一期）12月20日召开会议",
    right="2023年12月20日召开会议",
    severity=Severity.WARNING,
)
_DAY = re.compile(r"月(\d{1,2})日")
_MONTH = re.compile(r"(?<![\d年./])\d{1,2}$")
_AHEAD = 90  # days an announcement looks ahead
_NEAR = 8  # characters before, in which a year covers the days that follow


def run(site: Site) -> Iterator[Diagnostic]:
    """The first such day of an article."""
    for proof in proofs(site):
        signed, told = proof.issue.date, set[str]()
        for mark in proof.marks(_DAY, Kind.TITLE, Kind.BODY):
            month = _MONTH.search(mark.before[-3:])
            if month is None:
                continue
            try:
                day = datetime.date(signed.year, int(month[0]), int(mark.match[1]))
            except ValueError:
                continue
            covered = re.search(r"年|去|今|明|上|每", mark.before[-_NEAR - 2 :])
            if (day - signed.first_day).days > _AHEAD and not covered and mark.passage.item not in told:
                told.add(mark.passage.item)
                whole = replace(mark, start=mark.start - len(month[0]))
                message = f"“{whole.text}”没有写年份：是{signed.year - 1}年还是{signed.year}年？"
                yield whole.at(RULE, message, "在日期前写上四位数的年份")


CHECK = Check(rule=RULE, run=run)
