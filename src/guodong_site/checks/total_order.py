"""A running number (总期号) that is not the one before plus one."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from guodong_site.archive import Archive
from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule

RULE = Rule(
    code="D015",
    name="total-order",
    title="总期号与上一期不连续",
    why="总期号从创刊起每期加一，跨年也不断；断了，读者会以为漏了一期。",
    wrong="上一期 total: 311，这一期 total: 313",
    right="上一期 total: 311，这一期 total: 312",
)


def across(archive: Archive) -> Iterator[Diagnostic]:
    """Two neighbours in time that both say theirs; without one of them the next is no neighbour."""
    if not archive.complete:
        return
    listed = sorted((*archive.entries, *archive.withdrawn), key=lambda entry: entry.head.order)
    for before, entry in itertools.pairwise(listed):
        last, total = before.head.total, entry.head.total
        if last and total and total != last + 1:
            where = entry.open().place("total")
            message = f"上一期（{before.head.id}）是总第{last}期，这一期是总第{total}期"
            yield RULE.at(where, message, f"应当是 total: {last + 1}，核对两期的 total", item=entry.head.id)


CHECK = Check(rule=RULE, across=across)
