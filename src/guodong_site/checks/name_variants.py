"""One school, company or place that an issue calls by two names, of which one lacks the 市 or 区 of the other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule, Severity
from guodong_site.model import Site
from guodong_site.proof import HAN, Kind, Mark, proofs

RULE = Rule(
    code="L026",
    name="name-variants",
    title="同一个单位有两种写法",
    why="同一期里，一个单位写成两个名称，读者会以为是两个，搜索也只能找到一半。真是两个单位的，不用改。",
    wrong="青岛电子学校……青岛市电子学校……",
    right="青岛电子学校……青岛电子学校……",
    severity=Severity.INFO,
)
_KINDS = "学校|学院|大学|中学|小学|幼儿园|公司|集团|医院|银行|公园|广场|体育馆|博物馆|图书馆"


def run(site: Site) -> Iterator[Diagnostic]:
    """Names that begin with the city or a district; the second way to write one is marked."""
    city = re.match(rf"[{HAN}]{{2,3}}?(?=市)", site.settings.issuer)
    places = {city[0]} if city else set[str]()
    places |= {re.sub(r"[市区县]$", "", district.name) for district in site.settings.districts}
    if not places:
        return
    names = "|".join(sorted(places, key=lambda name: (-len(name), name)))
    pattern = re.compile(rf"(?P<place>{names})(?P<kind>[市区县]?)(?P<rest>[{HAN}]{{2,8}}?(?:{_KINDS}))")
    for proof in proofs(site):
        first: dict[str, Mark] = {}
        told: set[str] = set()
        for mark in proof.marks(pattern, Kind.TITLE, Kind.HEADING, Kind.BODY):
            plain = mark.match["place"] + mark.match["rest"]
            known = first.setdefault(plain, mark)
            if known.text != mark.text and plain not in told:
                told.add(plain)
                message = f"这里写“{mark.text}”，前面写“{known.text}”，是同一个单位吗"
                yield mark.at(RULE, message, "统一成单位的全称；是两个单位的，不用改")


CHECK = Check(rule=RULE, run=run)
