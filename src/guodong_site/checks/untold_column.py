"""A section that site.yaml does not describe: its 栏目标签 would be incomplete."""

from __future__ import annotations

from collections.abc import Iterator

from guodong_site.archive import Archive
from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule, Severity, Span

RULE = Rule(
    code="M003",
    name="untold-column",
    title="栏目没有说明",
    why="网页标签 ColumnDescription（栏目的设置目的和主要内容）是必填的；没有写，网页上就没有这个标签。",
    wrong="  - key: yaowen\n    name: 要闻",
    right="  - key: yaowen\n    name: 要闻\n    description: 本办的重要会议、重大活动和重点工作。",
    severity=Severity.WARNING,
)


def across(archive: Archive) -> Iterator[Diagnostic]:
    """Every section without a description."""
    where = archive.settings.places.get("sections", Span(path="site.yaml"))
    for kind in archive.settings.sections:
        if not kind.description:
            yield RULE.at(where, f"栏目“{kind.name}”没有说明", f"在 site.yaml 的“{kind.name}”下加一行 description: 一句话")


CHECK = Check(rule=RULE, across=across)
