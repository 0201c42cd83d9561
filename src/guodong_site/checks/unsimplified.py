"""A traditional or variant character (《国家通用语言文字法》 第九条)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule, Severity
from guodong_site.model import Site
from guodong_site.proof import proofs
from guodong_site.traditional import simplified

RULE = Rule(
    code="L020",
    name="unsimplified",
    title="有繁体字或异体字",
    why="国家机关以规范汉字为公务用字（《国家通用语言文字法》第九条）；人名、文物古迹、书法题词可以保留（第十七条），在 allow 里写明。",
    wrong="防空警報",
    right="防空警报",
    severity=Severity.WARNING,
)


def run(site: Site) -> Iterator[Diagnostic]:
    """Each run of them."""
    for proof in proofs(site):
        for mark in proof.marks(_pattern()):
            meant = "".join(simplified()[char] for char in mark.text)
            yield mark.at(RULE, f"“{mark.text}”是繁体字或异体字", f"改成“{meant}”；人名、题词按原样写的，在 allow 里说明")


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile("[" + "".join(sorted(simplified())) + "]+")


CHECK = Check(rule=RULE, run=run)
