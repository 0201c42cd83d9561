"""Numbered points that skip or repeat a number: 一、二、四 (GB/T 9704: 一、 （一） 1. （1）)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule, Severity
from guodong_site.model import Site
from guodong_site.proof import HAN, Kind, Mark, proofs

RULE = Rule(
    code="L016",
    name="broken-sequence",
    title="序号不连续",
    why="序号跳了或重了，多半是删改时漏了一条，或忘了改后面的序号。",
    wrong="一、提高认识。\n\n二、加强领导。\n\n四、狠抓落实。",
    right="一、提高认识。\n\n二、加强领导。\n\n三、狠抓落实。",
    severity=Severity.WARNING,
)
_POINT = re.compile(
    rf"(?:^|(?<=[。；：]))[ \u3000]*(?:([一二三四五六七八九十]{{1,3}})、|（([一二三四五六七八九十]{{1,3}})）|(\d{{1,2}})[.．、](?=[{HAN}“])"
    r"|（(\d{1,2})）|([一二三四五六七八九十])是(?=[^否不的])|第([一二三四五六七八九十])，)",
    re.MULTILINE,
)
_DIGITS = "一二三四五六七八九"


def run(site: Site) -> Iterator[Diagnostic]:
    """Each article by itself, each style by itself; a lower level starts anew below each point of a higher one."""
    for proof in proofs(site):
        marks = proof.marks(_POINT, Kind.HEADING, Kind.BODY)
        for _, points in groupby(marks, key=lambda mark: mark.passage.item):
            yield from _of(points)


def _of(points: Iterator[Mark]) -> Iterator[Diagnostic]:
    last: dict[int, int] = {}
    for mark in points:
        style = next(at for at in range(1, 7) if mark.match[at])
        number = _number(mark.match[style])
        for lower in [one for one in last if one > style]:
            del last[lower]
        before = last.get(style, 0)
        if before and number not in (1, before + 1):
            shown = mark.text.strip()
            what = "重复" if number == before else f"前面是第{before}条，接下来应当是第{before + 1}条"
            yield mark.at(RULE, f"序号“{shown}”不连续：{what}", "补上漏的一条，或改正序号")
        last[style] = number


def _number(text: str) -> int:
    """一 to 九十九, or digits."""
    if text.isdecimal() and text.isascii():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGITS.find(text[0]) + 1
    return (_DIGITS.find(tens) + 1 if tens else 1) * 10 + (_DIGITS.find(ones) + 1 if ones else 0)


CHECK = Check(rule=RULE, run=run)
