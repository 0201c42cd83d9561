"""Words that ask for the reviewer of secrecy; the office keeps them in editorial/wording.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule, Severity
from guodong_site.model import Site
from guodong_site.proof import Mark, proofs

RULE = Rule(
    code="S016",
    name="secret-hint",
    title="提到了可能敏感的内容",
    why="指挥通信、部队番号、坐标频率等内容是否可以公开，要由保密审查人员决定。这只是提醒：词表在 editorial/wording.yaml 的 secrets 里。",
    wrong="组织了短波电台架设训练（没有送审）",
    right="（经保密审查后，在 allow 里写明审查人）",
    severity=Severity.WARNING,
)


def run(site: Site) -> Iterator[Diagnostic]:
    """One finding an article, at the first word."""
    words = {word: secret for secret in site.settings.wording.secrets for word in secret.words}
    if not words:
        return
    pattern = re.compile("|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))))
    for proof in proofs(site):
        articles: dict[str, list[Mark]] = {}
        for mark in proof.marks(pattern):
            articles.setdefault(mark.passage.item, []).append(mark)
        for marks in articles.values():
            named = "、".join(dict.fromkeys(f"“{mark.text}”" for mark in marks))
            hint = f"请保密审查人员确认。依据：{words[marks[0].text].source}"
            yield marks[0].at(RULE, f"这一篇提到{named}", hint)


CHECK = Check(rule=RULE, run=run)
