"""A mobile telephone number in full."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule, Severity
from guodong_site.model import Site
from guodong_site.proof import proofs

RULE = Rule(
    code="S011",
    name="mobile-number",
    title="有完整的手机号码",
    why="手机号码是个人信息，公开前要遮挡。办公用的号码写进 editorial/wording.yaml 的 public，就不再报告。",
    wrong="联系人张某，13812345678",
    right="联系人张某，138****5678",
    severity=Severity.VETO,
)
_NUMBER = re.compile(r"[18](?:(?<=[+0]8)6[- ]?1|(?<![0-9A-Za-z.]1))[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![0-9A-Za-z])")


def run(site: Site) -> Iterator[Diagnostic]:
    """Numbers that are not public ones."""
    public = {re.sub(r"\D", "", text)[-11:] for text in site.settings.wording.public}
    for proof in proofs(site):
        for mark in proof.marks(_NUMBER):
            if re.sub(r"\D", "", mark.text)[-11:] not in public:
                yield mark.at(RULE, "这是完整的手机号码", "删去，或把中间四位换成 ****")


CHECK = Check(rule=RULE, run=run)
