"""、 between adjacent quotations or titles (GB/T 15834—2011, 4.5.3.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule, Severity
from guodong_site.model import Site
from guodong_site.proof import Kind, proofs

RULE = Rule(
    code="L014",
    name="dun-between-quotes",
    title="并列的引号、书名号之间有顿号",
    why="标有引号、书名号的并列成分之间通常不用顿号（GB/T 15834—2011 第 4.5.3.5 条）。",
    wrong="《人民防空法》、《国防动员法》",
    right="《人民防空法》《国防动员法》",
    severity=Severity.INFO,
)
_DUN = re.compile(r"(?<=[”》])、(?=[“《])")


def run(site: Site) -> Iterator[Diagnostic]:
    """In what is published."""
    for proof in proofs(site):
        for mark in proof.marks(_DUN, Kind.TITLE, Kind.HEADING, Kind.BODY, having=("”、", "》、")):
            yield mark.at(RULE, "并列的引号、书名号之间有顿号", "删去顿号")


CHECK = Check(rule=RULE, run=run)
