"""A long phrase that a sentence says twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule, Severity
from guodong_site.model import Site
from guodong_site.proof import Kind, proofs

RULE = Rule(
    code="L019",
    name="repeated-phrase",
    title="一句话里说了两遍",
    why="同样的话在一句里出现两次，多半是修改时没有删去旧的说法。这只是提醒。",
    wrong="举办党的二十大精神主题党日活动，……举办“党的二十大精神主题党日”活动",
    right="举办党的二十大精神主题党日活动，……",
    severity=Severity.INFO,
)
_SENTENCE = re.compile(r"[^。！？\n]+")
_HALF = 7
_LEAST = 13  # characters, marks not counted: names of meetings and campaigns are shorter


def run(site: Site) -> Iterator[Diagnostic]:
    """Each sentence that does; the second time is marked."""
    for proof in proofs(site):
        for sentence in proof.marks(_SENTENCE, Kind.BODY):
            if len(sentence.text) < 2 * _LEAST:
                continue
            if not _may_repeat(re.sub(r"[\W_]+", "", sentence.text)):
                continue
            letters = [at for at, char in enumerate(sentence.text) if char.isalnum()]
            bare = "".join(sentence.text[at] for at in letters)
            found = _repeated(bare)
            if found:
                first, again, length = found
                begin, end = sentence.start + letters[again], sentence.start + letters[again + length - 1] + 1
                where = sentence.passage.span(begin, end)
                message = f"“{bare[first : first + length]}”在一句里说了两遍"
                yield RULE.at(where, message, "删去一处，或换一个说法", item=sentence.passage.item)


def _may_repeat(bare: str) -> bool:
    """Whether some half of a long phrase comes again: every phrase holds one that begins where we look."""
    return any(bare.find(bare[at : at + _HALF], at + _HALF) >= 0 for at in range(0, len(bare) - _LEAST, _HALF))


def _repeated(text: str) -> tuple[int, int, int] | None:
    """The first phrase that comes again: where, where again, and how long it is."""
    seen: dict[str, int] = {}
    for at in range(len(text) - _LEAST + 1):
        piece = text[at : at + _LEAST]
        first = seen.setdefault(piece, at)
        if first + _LEAST <= at:
            length = _LEAST
            while at + length < len(text) and first + length < at and text[at + length] == text[first + length]:
                length += 1
            return first, at, length
    return None


CHECK = Check(rule=RULE, run=run)
