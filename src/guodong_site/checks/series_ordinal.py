"""第N个 of a known series in a year whose ordinal is another: 国际民防日 N = year − 1972."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule, Severity
from guodong_site.model import Site
from guodong_site.proof import proofs

RULE = Rule(
    code="L022",
    name="series-ordinal",
    title="第几个、第几届与年份不符",
    why="每年一次的日子和活动，第几个由年份算得出来；数列在 editorial/wording.yaml 的 series 里。",
    wrong="2023年3月1日是第50个“国际民防日”",
    right="2023年3月1日是第51个“国际民防日”",
    severity=Severity.WARNING,
)
_DIGITS = "〇一二三四五六七八九"


def run(site: Site) -> Iterator[Diagnostic]:
    """The year is the last that is written before it in its sentence, else the issue's."""
    series = {one.name: one for one in site.settings.wording.series}
    if not series:
        return
    names = "|".join(map(re.escape, sorted(series, key=lambda name: (-len(name), name))))
    pattern = re.compile(rf"第(\d{{1,3}}|[一二三四五六七八九十百]{{1,5}})([个届次])[“《]?(?:全国|中国)?({names})")
    for proof in proofs(site):
        for mark in proof.marks(pattern):
            known = series[mark.match[3]]
            years = re.findall(r"(\d{4})年", mark.before.rpartition("。")[2])
            year = int(years[-1]) if years else proof.issue.date.year
            meant, said = year - known.base, _number(mark.match[1])
            if said != meant:
                message = f"{year}年应当是第{meant}{mark.match[2]}{known.name}，这里写的是第{mark.match[1]}{mark.match[2]}"
                yield mark.at(RULE, message, f"核对年份和次序。依据：{known.source}")


def _number(text: str) -> int:
    """Up to 999."""
    if text.isascii():
        return int(text)
    hundreds, hundred, rest = text.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    value = (_DIGITS.find(hundreds) if hundreds else 1) * 100 if hundred else 0
    value += (_DIGITS.find(tens) if tens else 1) * 10 if ten else 0
    return value + (_DIGITS.find(ones[-1]) if ones else 0)


CHECK = Check(rule=RULE, run=run)
