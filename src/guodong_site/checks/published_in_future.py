"""A publication time that has not come yet."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from guodong_site.archive import Archive
from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule, Severity
from guodong_site.model import Site

RULE = Rule(
    code="D021",
    name="published-in-future",
    title="发布时间在将来",
    why="伪造发稿日期是政府网站检查的单项否决项；将来的时间不可能已经发布。",
    wrong="（今天是2024年3月15日）published: 2024-04-15 09:00",
    right="published: 2024-03-15 09:00",
    severity=Severity.VETO,
)


def times(site: Site) -> tuple[tuple[str, datetime.date], ...]:
    """The day each issue of a year was published, by id."""
    return tuple((issue.id, issue.published.date()) for issue in site.issues if issue.published and not issue.draft)


def on(archive: Archive, today: datetime.date) -> Iterator[Diagnostic]:
    """Drafts may look ahead."""
    entries = {entry.head.id: entry for entry in archive.entries}
    for year in archive.sums(times).values():
        for name, day in year:
            if day > today:
                issue = entries[name].open()
                message = f"发布时间 {issue.published:%Y-%m-%d} 在今天（{today}）之后"
                yield RULE.at(issue.place("published"), message, "改成真实的发布时间；还没有发布的，先不写", item=name)


CHECK = Check(rule=RULE, on=on)
