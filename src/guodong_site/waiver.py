"""A waiver (豁免): an editor says, with a reason, that a finding is right as it stands.  The noun, and what it does to findings.

A waiver holds for one file and one check, where the marked characters overlap its text on their line.  It never holds for what
cannot be read (F), for the machine (E) and for a veto, unless the rule itself allows it (`Rule.waivable`).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from guodong_site import faults
from guodong_site.diagnostics import Diagnostic, Rule, Severity, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """One entry of `allow`: the check's name, the words it is about, why, and the last day it holds (None: for good)."""

    check: str
    text: str
    reason: str
    until: datetime.date | None
    where: Span

    def covers(self, finding: Diagnostic) -> bool:
        """Whether a finding is of this file, of this check and about these words."""
        if finding.where.path != self.where.path or finding.rule.name != self.check or not finding.where.excerpt:
            return False
        line, first, last = finding.where.excerpt[-1], finding.where.column - 1, finding.where.end_column
        at = line.find(self.text)
        while at >= 0:
            if at < last and first < at + len(self.text):
                return True
            at = line.find(self.text, at + 1)
        return False


def waived(
    found: Iterable[Diagnostic], waivers: Iterable[Waiver], rules: Mapping[str, Rule], today: datetime.date | None
) -> list[Diagnostic]:
    """The findings without those that are waived, and what is wrong with the waivers; `rules` are those known, by name.

    Only who knows the day (`today`) can say that a waiver has expired, and only `check` asks every rule, so that only then a
    waiver that covers nothing is one too many.
    """
    kept, said, holding = list(found), list[Diagnostic](), list[Waiver]()
    for waiver in waivers:
        rule = rules.get(waiver.check)
        if rule is None:
            hint = "写检查的名称，如 former-name；每条问题的名称见 guodong explain 代码"
            said.append(faults.WRONG_VALUE.at(waiver.where, f"allow 里不认识的检查“{waiver.check}”", hint))
        elif rule.code[0] in "FE" or (rule.severity is Severity.VETO and not rule.waivable):
            message = f"“{rule.title}”（{rule.code}）不能豁免"
            said.append(faults.UNWAIVABLE.at(waiver.where, message, "删去这一条，把稿件改好"))
        elif today is not None and waiver.until is not None and waiver.until < today:
            message = f"对“{waiver.text}”的豁免已于 {waiver.until} 到期"
            said.append(
                faults.EXPIRED_WAIVER.at(waiver.where, message, "改好稿件，删去这一条；仍要保留的，写新的 until 和理由")
            )
        else:
            holding.append(waiver)
    used = {id(waiver) for waiver in holding for finding in kept if waiver.covers(finding)}
    kept = [finding for finding in kept if not any(waiver.covers(finding) for waiver in holding)]
    for waiver in holding if today is not None else ():
        if id(waiver) not in used:
            message = f"对“{waiver.text}”的豁免没有用上"
            said.append(
                faults.UNUSED_WAIVER.at(waiver.where, message, "问题已经改好，删去这一条；没有改的，核对 text 是否一字不差")
            )
    return [*kept, *said]
