"""Numbers, years and ranges that are not written as GB/T 15835—2011 has them."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
_FORMS = re.compile(
    r"(?P<circle>(?<=[一二三四五六七八九])[○◯Ｏ](?=[一二三四五六七八九○◯〇年])|(?<=[○◯〇])[○◯])"
    r"|(?P<year>(?<![\d０-９.～~—-])(?<![第历近约满共达])(?:[0-4]\d)年(?=\d{1,2}月|[上下]半年|度|底|初))"
    r"|(?P<percent>(?<![\d.%％])\d+(?:\.\d+)?[～~—-]\d+(?:\.\d+)?[%％])"
    r"|(?P<ten>(?<![\d.万亿%/-])\d+(?:\.\d+)?[～~—-]\d+(?:\.\d+)?[万亿](?!千))"
)


def run(site: Site) -> Iterator[Diagnostic]:
    """In what is published."""
    for proof in proofs(site):
        for mark in proof.marks(_FORMS, Kind.TITLE, Kind.HEADING, Kind.BODY):
            yield mark.at(RULE, *_said(mark.text, mark.match.lastgroup or ""))


def _said(text: str, form: str) -> tuple[str, str]:
    if form == "circle":
        return f"“{text}”是圆圈，不是数字“〇”", "改成“〇”"
    if form == "year":
        return f"“{text}”的年份只有两位", f"写成四位数的年份，如 20{text}；说的是年数的，改成“{int(text[:-1])}年来”等说法"
    first, mark, second = re.split(r"([～~—-])", text, maxsplit=1)
    return f"“{text}”前一个数没有写“{second[-1]}”", f"写成“{first}{second[-1]}{mark}{second}”"


CHECK = Check(rule=RULE, run=run)
