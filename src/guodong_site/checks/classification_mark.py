"""The mark of a classified or internal paper, left in the text or in the name of a file.

《国家秘密定密管理规定》: the mark is the level, ★, and how long.  The words alone are no mark: one may well write about secrecy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule, Severity
from guodong_site.model import Site
from guodong_site.proof import proofs

RULE = Rule(
    code="S015",
    name="classification-mark",
    title="有密级或内部资料标志",
    why="带“秘密★”“内部资料”“注意保存”等标志的文件不得上网（《保守国家秘密法》）。谈保密工作时提到这些词不算，只认标志的写法。",
    wrong="机密★10年",
    right="（不得公开；请先做保密审查）",
    severity=Severity.VETO,
)
_MARK = re.compile(
    r"(?:绝密|机密|秘密)[ \u3000]*[★☆*＊]"
    r"|^[ \u3000【〔\[（(]*(?:绝密|机密|秘密|内部资料|内部文件|内部材料|内部刊物|注意保存|注意保密|明电|密电)"
    r"[ \u3000】〕\]）)！!]*(?:[\d一二三五十]+[年月]|长期|.{0,3}(?:注意保存|注意保密|严禁外传|不得外传|请勿外传|不得翻印))?[ \u3000。！!]*$"
    r"|(?:内部(?:资料|文件|材料|刊物)|涉密(?:资料|文件|材料))[ \u3000，,、：:]*(?:注意保存|注意保密|严禁外传|不得外传|请勿外传|不得翻印)"
    r"|[〔\[（(【]明电[〕\]）)】]",
    re.MULTILINE,
)
_NAME = re.compile(r"绝密|机密|秘密|内部资料|内部文件|涉密")


def run(site: Site) -> Iterator[Diagnostic]:
    """Marks in what is read, and names of files that say it."""
    for proof in proofs(site):
        for mark in proof.marks(_MARK, having=("密", "内部", "注意保存", "明电")):
            yield mark.at(
                RULE, f"“{mark.text.strip()}”是密级或内部资料的标志", "不能发布；请先做保密审查，确认可以公开后去掉标志"
            )
        for name in proof.issue.pictures:
            if _NAME.search(name):
                hint = "不能发布；请先做保密审查，确认可以公开后给文件改名"
                yield RULE.at(proof.issue.where, f"文件“{name}”的名称里有密级或内部资料的字样", hint, item=proof.issue.id)


CHECK = Check(rule=RULE, run=run)
