"""A column of news that nothing new has come to."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace

from guodong_site.archive import Archive
from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule, Severity, Span
from guodong_site.model import Site

RULE = Rule(
    code="R002",
    name="stale-column",
    title="动态、要闻类栏目很久没有更新",
    why="动态、要闻类栏目两周没有更新是政府网站检查的扣分项，多了就单项否决：10 天先警告，14 天算错误。看名称里有“要闻”“动态”的栏目。",
    wrong="（“区市动态”上一次更新是三周前）",
    right="（新的一期里有“区市动态”）",
)
_WARNED, _LATE = 10, 14
_NEWS = ("要闻", "动态")


def newest(site: Site) -> tuple[tuple[str, datetime.date], ...]:
    """The day of a year's last publication in each section, by its key."""
    days: dict[str, datetime.date] = {}
    for issue in site.issues:
        for section in issue.sections if issue.published and not issue.draft else ():
            day = issue.published.date() if issue.published else datetime.date.min
            days[section.kind.key] = max(day, days.get(section.kind.key, day))
    return tuple(sorted(days.items()))


def on(archive: Archive, today: datetime.date) -> Iterator[Diagnostic]:
    """Columns that have ever been published in."""
    last: dict[str, datetime.date] = {}
    for year in archive.sums(newest).values():
        for key, day in year:
            last[key] = max(day, last.get(key, day))
    where = archive.settings.places.get("sections", Span(path="site.yaml"))
    for kind in archive.settings.sections:
        days = (today - last[kind.key]).days if kind.key in last else 0
        if days > _WARNED and any(word in kind.name for word in _NEWS):
            message = f"“{kind.name}”上一次更新是 {last[kind.key]}，已经 {days} 天"
            severity = Severity.ERROR if days > _LATE else Severity.WARNING
            yield replace(RULE.at(where, message, f"新的一期里写上“{kind.name}”"), severity=severity)


CHECK = Check(rule=RULE, on=on)
