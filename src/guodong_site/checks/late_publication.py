"""An issue published more than 20 working days after it was signed off (《政府信息公开条例》 第二十六条)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule
from guodong_site.model import Site

RULE = Rule(
    code="D022",
    name="late-publication",
    title="签发后超过20个工作日才发布",
    why="主动公开的政府信息应当自形成或变更之日起20个工作日内公开（《政府信息公开条例》第二十六条）。工作日按周一至周五算，去掉日期固定的元旦、劳动节、国庆节放假；春节等放假和调休没有算进去，刚过20天的请自己核对。",
    wrong="date: 2024-03-15\npublished: 2024-05-20 09:00",
    right="date: 2024-03-15\npublished: 2024-03-18 09:00",
)
_MOST = 20
_HOLIDAYS = frozenset(((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)))
"""Those that fall on the same day each year (《全国年节及纪念日放假办法》 as of 2025)."""


def run(site: Site) -> Iterator[Diagnostic]:
    """Both days stand in the issue; the clock is not asked."""
    for issue in site.issues:
        if issue.published and issue.date.day:
            days = _working_days(issue.date.first_day, issue.published.date())
            if days > _MOST:
                message = f"签发后第 {days} 个工作日才发布，超过 {_MOST} 个工作日"
                yield RULE.at(
                    issue.place("published"), message, "核对 date 和 published；属实的，在 allow 里写明原因", item=issue.id
                )


def _working_days(after: datetime.date, last: datetime.date) -> int:
    span = min((last - after).days, 400)
    days = (after + datetime.timedelta(days=number) for number in range(1, span + 1))
    return sum(day.weekday() < 5 and (day.month, day.day) not in _HOLIDAYS for day in days)


CHECK = Check(rule=RULE, run=run)
