"""A fixed phrase (固定表述) with one or two characters that differ.  The tool quotes the table and never changes the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule
from guodong_site.model import Site
from guodong_site.proof import Kind, Passage, proofs
from guodong_site.wording import Phrase

RULE = Rule(
    code="L024",
    name="near-phrase",
    title="与固定表述差一两个字",
    why="固定表述一字不能错。表述和它的起止日期在 editorial/wording.yaml 的 phrases 里，由人核对；程序只指出，不改。",
    wrong="习近平新时代中国特色社会主意思想",
    right="习近平新时代中国特色社会主义思想",
)
_LONG = 10  # characters, from which two may differ

Seeds = dict[str, list[tuple[Phrase, int]]]


def run(site: Site) -> Iterator[Diagnostic]:
    """Of three parts of a phrase one is whole, if no more than two characters differ: there the rest is compared."""
    phrases = site.settings.wording.phrases
    if not phrases:
        return
    pattern, seeds = _seeds(phrases)
    texts = [phrase.text for phrase in phrases]
    for proof in proofs(site):
        told: set[tuple[int, int]] = set()
        for mark in proof.marks(pattern, Kind.TITLE, Kind.HEADING, Kind.BODY, group=1):
            for phrase, offset in seeds[mark.text]:
                found = _near(mark.passage, mark.start - offset, phrase, texts)
                if not found or not phrase.term.holds(proof.issue.date.first_day):
                    continue
                begin, end = found
                key = (id(mark.passage), begin)
                if key not in told:
                    told.add(key)
                    where, said = mark.passage.span(begin, end), mark.passage.text[begin:end]
                    message = f"“{said}”与固定表述“{phrase.text}”不同"
                    yield RULE.at(where, message, f"请对照原文核实，由人决定。依据：{phrase.source}", item=mark.passage.item)


@lru_cache(maxsize=4)
def _seeds(phrases: tuple[Phrase, ...]) -> tuple[re.Pattern[str], Seeds]:
    seeds: Seeds = {}
    for phrase in phrases:
        third = -(-len(phrase.text) // 3)
        for start in range(0, len(phrase.text), third):
            part = phrase.text[start : start + third]
            if len(part) > 1:
                seeds.setdefault(part, []).append((phrase, start))
    parts = sorted(seeds, key=lambda part: (-len(part), part))
    return re.compile(f"(?=({'|'.join(map(re.escape, parts))}))"), seeds


def _near(passage: Passage, start: int, phrase: Phrase, texts: list[str]) -> tuple[int, int] | None:
    """Where the phrase stands with a slip, if it does, around `start`."""
    text, wanted = passage.text, phrase.text
    most = 2 if len(wanted) >= _LONG else 1
    around = text[max(0, start - 12) : start + len(wanted) + 12]
    if any(one in around and (wanted in one or one in wanted or one == wanted) for one in texts):
        return None
    best: tuple[int, int, int] | None = None
    for begin in range(max(0, start - most), start + most + 1):
        for end in range(begin + len(wanted) - most, min(len(text), begin + len(wanted) + most) + 1):
            said = text[begin:end]
            if said[:1] == wanted[0] and said[-1:] == wanted[-1]:
                distance = _distance(said, wanted, most)
                if 0 < distance <= most and (best is None or distance < best[0]):
                    best = (distance, begin, end)
    return best[1:] if best else None


def _distance(one: str, other: str, most: int) -> int:
    """The edit distance (Levenshtein); more than `most` is as good as any."""
    row = list(range(len(other) + 1))
    for at, char in enumerate(one, 1):
        diagonal, row[0] = row[0], at
        for to, wanted in enumerate(other, 1):
            diagonal, row[to] = row[to], min(row[to] + 1, row[to - 1] + 1, diagonal + (char != wanted))
        if min(row) > most:
            return most + 1
    return row[-1]


CHECK = Check(rule=RULE, run=run)
