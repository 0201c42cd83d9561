"""Issue numbers of a year that repeat, or do not rise with the date."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from guodong_site.archive import Archive
from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule

RULE = Rule(
    code="D013",
    name="number-order",
    title="期号重复，或与日期的先后不符",
    why="同一年里，每期一个号，后出的一期号大。两期同号，读者引用时就分不清。",
    wrong="3月15日是第5期，3月31日也是第5期",
    right="3月15日是第5期，3月31日是第6期",
)


def across(archive: Archive) -> Iterator[Diagnostic]:
    """Each issue against the one before it in its year."""
    for volume in archive.volumes:
        numbered = [entry for entry in reversed(volume.entries) if entry.head.number]
        for before, entry in itertools.pairwise(numbered):
            last, number = before.head.number or 0, entry.head.number or 0
            if number <= last:
                same = "也是" if number == last else "是"
                message = f"{before.head.date.chinese}的一期（{before.head.id}）是第{last}期，这一期{same}第{number}期"
                where = entry.open().place("number")
                yield RULE.at(where, message, "核对两期刊头信息里的 number 和 date", item=entry.head.id)


CHECK = Check(rule=RULE, across=across)
