"""A slip that editorial/wording.yaml knows: 布署 for 部署."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule, Severity
from guodong_site.model import Site
from guodong_site.proof import Mark, proofs
from guodong_site.wording import Confusion

RULE = Rule(
    code="L018",
    name="confused-word",
    title="易错的字词",
    why="词表在 editorial/wording.yaml 的 confusions 里，每条都有依据；只收一看就是错的写法。",
    wrong="会议布署了下一步工作",
    right="会议部署了下一步工作",
    severity=Severity.WARNING,
)


def run(site: Site) -> Iterator[Diagnostic]:
    """Each, unless it is part of a longer text that is right."""
    table = {one.wrong: one for one in site.settings.wording.confusions}
    if not table:
        return
    pattern = _pattern(tuple(table))
    for proof in proofs(site):
        for mark in proof.marks(pattern):
            known = table[mark.text]
            if not _excused(mark, known):
                yield mark.at(RULE, f"“{mark.text}”应当写成“{known.right}”", f"改成“{known.right}”。依据：{known.source}")


@lru_cache(maxsize=4)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))))


def _excused(mark: Mark, known: Confusion) -> bool:
    for longer in known.unless:
        lead = longer.index(known.wrong)
        start = mark.start - lead
        if start >= 0 and mark.passage.text.startswith(longer, start):
            return True
    return False


CHECK = Check(rule=RULE, run=run)
