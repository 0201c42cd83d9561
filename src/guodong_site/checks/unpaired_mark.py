"""Quotation marks and brackets that do not pair, or are closed in the wrong order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule
from guodong_site.model import Site
from guodong_site.proof import Passage, proofs

RULE = Rule(
    code="L011",
    name="unpaired-mark",
    title="引号、括号、书名号没有配对",
    why="少一半，读者就不知道引文到哪里为止（GB/T 15834—2011）。引文分几段的，每段开头都有前引号，最后一段才有后引号，不算错。",
    wrong="增强“四个意识、坚定“四个自信”",
    right="增强“四个意识”、坚定“四个自信”",
)
_PAIRS = {"”": "“", "’": "‘", "）": "（", "》": "《", "】": "【", "〉": "〈", "〕": "〔"}
_MARKS = re.compile("[" + "".join(_PAIRS) + "".join(_PAIRS.values()) + "]")
_APOSTROPHE = re.compile(r"(?<=[A-Za-z])’(?=[A-Za-z])")
_NUMBERED = re.compile(r"(?:^|(?<=[；。，：;]))\s*[\d一二三四五六七八九十a-zA-Z]{1,3}）")


def run(site: Site) -> Iterator[Diagnostic]:
    """Each passage by itself; the first mark that is wrong."""
    for proof in proofs(site):
        for number, passage in enumerate(proof.passages):
            following = proof.passages[number + 1].text if number + 1 < len(proof.passages) else ""
            at = _wrong(passage, following)
            if at is not None:
                mark = passage.text[at]
                message = f"“{mark}”没有配对" if mark not in "“”" else f"引号 {mark} 没有配对"
                where = passage.span(at, at + 1)
                yield RULE.at(where, message, "补上少的一半，或删去多的一半", item=passage.item)


def _wrong(passage: Passage, following: str) -> int | None:
    text = passage.text
    free = {match.start() for match in _APOSTROPHE.finditer(text)} | {match.end() - 1 for match in _NUMBERED.finditer(text)}
    opened: list[int] = []
    for match in _MARKS.finditer(text):
        at, mark = match.start(), match[0]
        if at in free:
            continue
        if mark not in _PAIRS:
            if opened and text[opened[-1]] == mark and mark in "“‘":
                return opened[-1]
            opened.append(at)
        elif opened and text[opened[-1]] == _PAIRS[mark]:
            opened.pop()
        else:
            return at
    goes_on = len(opened) == 1 and text[opened[0]] == "“" and following.startswith("“")  # a quotation of several paragraphs
    return opened[-1] if opened and not goes_on else None


CHECK = Check(rule=RULE, run=run)
