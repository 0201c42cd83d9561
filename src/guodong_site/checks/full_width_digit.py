"""Digits and Latin letters in full width."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule, Severity
from guodong_site.model import Site
from guodong_site.proof import proofs

RULE = Rule(
    code="L015",
    name="full-width-digit",
    title="数字、字母是全角的",
    why="全角的数字和字母与半角的看起来差不多，搜索、排序和读屏软件却当成别的字。",
    wrong="２０２４年３月",
    right="2024年3月",
    severity=Severity.WARNING,
)
_WIDE = re.compile(r"[０-９Ａ-Ｚａ-ｚ]+(?:[．％＋－／][０-９Ａ-Ｚａ-ｚ]+)*[％]?")


def run(site: Site) -> Iterator[Diagnostic]:
    """Each run of them."""
    for proof in proofs(site):
        for mark in proof.marks(_WIDE):
            yield mark.at(RULE, f"“{mark.text}”是全角的", f"改成半角：{unicodedata.normalize('NFKC', mark.text)}")


CHECK = Check(rule=RULE, run=run)
