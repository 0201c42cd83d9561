"""A home page that nothing new has come to (《政府网站与政务新媒体检查指标》: two weeks without an update are a veto)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace

from guodong_site.archive import Archive
from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule, Severity
from guodong_site.model import Site

RULE = Rule(
    code="R001",
    name="stale-home",
    title="首页很久没有更新",
    why="首页两周没有更新是政府网站检查的单项否决项：10 天没有新的一期先警告，14 天算错误。按各期的 published 计算；一期也没有写 published 的，无从判断，不报告。",
    wrong="（今天是3月30日，最新一期发布于3月10日）",
    right="（两周之内发布新的一期）",
)
_WARNED, _LATE = 10, 14


def newest(site: Site) -> datetime.date | None:
    """The day of a year's last publication."""
    return max((issue.published.date() for issue in site.issues if issue.published and not issue.draft), default=None)


def on(archive: Archive, today: datetime.date) -> Iterator[Diagnostic]:
    """The newest issue of all, at its publication time."""
    last = max((day for day in archive.sums(newest).values() if day), default=None)
    days = (today - last).days if last else 0
    if last and days > _WARNED:
        issues = (entry.open() for entry in archive.entries)
        issue = next(one for one in issues if one.published and not one.draft and one.published.date() == last)
        severity = Severity.ERROR if days > _LATE else Severity.WARNING
        found = RULE.at(
            issue.place("published"), f"最新一期发布于 {last}，已经 {days} 天没有更新", "尽快发布新的一期", item=issue.id
        )
        yield replace(found, severity=severity)


CHECK = Check(rule=RULE, on=on)
