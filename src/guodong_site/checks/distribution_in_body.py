"""The 发： line left in the body, where the printed bulletin has it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule, Severity
from guodong_site.model import Site

RULE = Rule(
    code="S005",
    name="distribution-in-body",
    title="正文里有发送范围",
    why="“发：”一行是印在纸上的内部发送范围，不上网。写在刊头信息里就只会印出来。",
    wrong="（正文最后一段）发：市人防指挥部成员单位，……",
    right="（刊头信息）distribution: 市人防指挥部成员单位，……",
    severity=Severity.VETO,
)
_LINE = re.compile(r"(?:发|报|送|主送|抄送|抄报)[：:]")


def run(site: Site) -> Iterator[Diagnostic]:
    """Paragraphs that begin as a distribution line does."""
    for _, article in site.dated():
        for block in article.prose.blocks:
            for unit, where in zip(block.units, block.places, strict=True):
                if _LINE.match(unit):
                    message = f"“{unit[:16]}……”是发送范围，不能上网"
                    yield RULE.at(where, message, "移到刊头信息里：distribution: 后面写发送单位", item=article.key)


CHECK = Check(rule=RULE, run=run)
