"""A publication time before the issue was signed off."""

from __future__ import annotations

from collections.abc import Iterator

from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule, Severity
from guodong_site.model import Site

RULE = Rule(
    code="D001",
    name="published-before-date",
    title="发布时间早于签发日期",
    why="伪造发稿日期是政府网站检查的单项否决项；没有签发，就不可能已经发布。",
    wrong="date: 2024-03-15\npublished: 2024-03-14 09:00",
    right="date: 2024-03-15\npublished: 2024-03-16 09:00",
    severity=Severity.VETO,
)


def run(site: Site) -> Iterator[Diagnostic]:
    """Compares the two dates of one issue; the clock is not asked."""
    for issue in site.issues:
        if issue.published and issue.published.date() < issue.date.first_day:
            message = f"发布时间 {issue.published:%Y-%m-%d} 早于签发日期 {issue.date.iso}"
            yield RULE.at(issue.place("published"), message, "核对刊头信息里的 date 和 published", item=issue.id)


CHECK = Check(rule=RULE, run=run)
