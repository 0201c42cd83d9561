"""An issue number that nobody has, between two that somebody has."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from guodong_site.archive import Archive
from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule

RULE = Rule(
    code="D014",
    name="number-gap",
    title="期号不连续",
    why="期号中间缺号，多半是漏传了一期，或期号写错。正在补录旧刊的，可以在 site.yaml 的 checks 里写 number-gap: info。",
    wrong="第5期之后是第7期",
    right="第5期、第6期、第7期",
)


def across(archive: Archive) -> Iterator[Diagnostic]:
    """Within one year, drafts and withdrawn issues included; where an issue is not before us nothing can be said to lack."""
    if not archive.complete:
        return
    gone = {(one.head.date.year, one.head.number) for one in archive.withdrawn}
    for volume in archive.volumes:
        numbered = [entry for entry in reversed(volume.entries) if entry.head.number]
        for before, entry in itertools.pairwise(numbered):
            last, number = before.head.number or 0, entry.head.number or 0
            lacking = [one for one in range(last + 1, number) if (volume.year, one) not in gone]
            if lacking:
                named = f"第{lacking[0]}期" if len(lacking) == 1 else f"第{lacking[0]}至{lacking[-1]}期"
                where = entry.open().place("number")
                message = f"第{last}期（{before.head.id}）之后是第{number}期，缺{named}"
                yield RULE.at(where, message, f"补上{named}，或核对 number", item=entry.head.id)


CHECK = Check(rule=RULE, across=across)
