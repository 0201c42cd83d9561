"""An organisation under the name it had before the issue's day."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule, Severity
from guodong_site.model import Site
from guodong_site.proof import HAN, Kind, proofs

RULE = Rule(
    code="L023",
    name="former-name",
    title="机构用的是原来的名称",
    why="机构改革以后仍用旧名，读者会以为是两个单位。改名的年月在 editorial/wording.yaml 的 renamed 里，改名以前的各期不报告。",
    wrong="（2023年3月）莱西市人防办开展宣传",
    right="莱西市国动办开展宣传",
    severity=Severity.INFO,
)


def run(site: Site) -> Iterator[Diagnostic]:
    """In texts of a day when it was called otherwise; quotations are left alone."""
    for proof in proofs(site):
        formers = {one.old: one for one in site.settings.wording.formers if one.since <= proof.issue.date.first_day}
        if not formers:
            continue
        names = "|".join(map(re.escape, sorted(formers, key=lambda name: (-len(name), name))))
        for mark in proof.marks(
            re.compile(rf"(?:[{HAN}]{{1,4}}?[市区县])?({names})(?!公)"), Kind.TITLE, Kind.HEADING, Kind.BODY
        ):
            known = formers[mark.match[1]]
            if re.search(r"(?:原|前身是|更名前的)$", mark.before) is None:
                message = f"“{mark.text}”：{known.since.year}年{known.since.month}月起称“{known.new}”"
                yield mark.at(RULE, message, f"核对名称，由人决定是否改。依据：{known.source}")


CHECK = Check(rule=RULE, run=run)
