"""Numbers, years and ranges that are not written as GB/T 15835—2011 has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule, Severity
from guodong_site.model import Site
from guodong_site.proof import Kind, proofs

RULE = Rule(
    code="L021",
    name="number-form",
    title="数字写法不规范",
    why="年份写四位；“〇”不用圆圈代替；表示范围时，前后的单位、“万”“%”都要写（GB/T 15835—2011）。",
    wrong="1～3万人；5～10%；二○二四年；23年3月",
    right="1万～3万人；5%～10%；二〇二四年；2023年3月",
    severity=Severity.WARNING,
)
_CIRCLE = re.compile(r"[○◯Ｏ](?:(?<=[一二三四五六七八九].)(?=[一二三四五六七八九○◯〇年])|(?<=[○◯〇].)(?<![Ｏ]))")
_YEAR = re.compile(r"年(?=\d{1,2}月|[上下]半年|度|底|初)(?<=[0-4]\d年)(?<![\d０-９.～~—-]\d\d年)(?<![第历近约满共达]\d\d年)")
_RANGE = re.compile(r"[～~—-](?<=\d.)\d+(?:\.\d+)?([%％万亿])(?!千)")
_FIRST = re.compile(r"(?<![\d.%％万亿/-])\d+(?:\.\d+)?$")


def run(site: Site) -> Iterator[Diagnostic]:
    """In what is published."""
    kinds = (Kind.TITLE, Kind.HEADING, Kind.BODY)
    for proof in proofs(site):
        for mark in proof.marks(_CIRCLE, *kinds, having=("○", "◯", "Ｏ")):
            yield mark.at(RULE, f"“{mark.text}”是圆圈，不是数字“〇”", "改成“〇”")
        for mark in proof.marks(_YEAR, *kinds):
            year = replace(mark, start=mark.start - 2)
            hint = f"写成四位数的年份，如 20{year.text}；说的是年数的，改成“{int(year.text[:2])}年来”等说法"
            yield year.at(RULE, f"“{year.text}”的年份只有两位", hint)
        for mark in proof.marks(_RANGE, *kinds, having=("～", "~", "—", "-")):
            first = _FIRST.search(mark.before)
            if first:
                whole, unit = replace(mark, start=first.start()), mark.match[1]
                meant = f"{first[0]}{unit}{mark.text}"
                yield whole.at(RULE, f"“{whole.text}”前一个数没有写“{unit}”", f"写成“{meant}”")


CHECK = Check(rule=RULE, run=run)
