"""A blank between 汉字."""

from __future__ import annotations

from collections.abc import Iterator

from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule, Severity
from guodong_site.model import Site
from guodong_site.proof import Kind, proofs
from guodong_site.prose_marks import BLANK

RULE = Rule(
    code="L013",
    name="blank-between",
    title="汉字之间有空格",
    why="汉字之间不空格；空格多半是从 PDF 复制来的，会让读者搜不到这个词。标题和引号里的空格不算。",
    wrong="市国动办召开 工作会议",
    right="市国动办召开工作会议",
    severity=Severity.WARNING,
)


def run(site: Site) -> Iterator[Diagnostic]:
    """In the body: titles and slogans in quotation marks set their halves apart with a blank."""
    for proof in proofs(site):
        for mark in proof.marks(BLANK, Kind.BODY, Kind.PRINTED):
            quoted = mark.before.count("“") > mark.before.count("”") or mark.before.count("《") > mark.before.count("》")
            if not quoted:
                yield mark.at(RULE, f"“{mark.before[-1:]}”和“{mark.after[:1]}”之间有空格", "删去空格")


CHECK = Check(rule=RULE, run=run)
