"""Texts typed wrong or as they sound, and the word that was meant."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from asked import SLIPS
from corpus import Line
from pypinyin import lazy_pinyin
from queries import Texts, is_han


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """What is typed, and the text of the archive that was meant."""

    typed: str
    meant: str


def homophones(lines: Sequence[Sequence[Line]], texts: Texts) -> dict[str, tuple[Slip, ...]]:
    """One character replaced by another of the same sound, so that no article holds the result.

    `words` are drawn as often as they are written, from those in three articles at least; `phrases` are four to eight
    characters of several words.  `any`: every character of that sound is as likely; `frequent`: frequent ones are likelier.
    """
    chance = random.Random(21)
    chars = Counter(char for text in texts.texts for char in text if is_han(char))
    alike: defaultdict[str, list[str]] = defaultdict(list)
    for char, _ in chars.most_common(3500):
        alike[lazy_pinyin(char)[0]].append(char)
    every = [line for piece in lines for line in piece if len(line.words) > 5]

    def slipped(meant: Iterator[str], *, frequent: bool) -> tuple[Slip, ...]:
        found: dict[str, Slip] = {}
        while len(found) < SLIPS:
            text = next(meant)
            at = chance.randrange(len(text))
            others = [char for char in alike[lazy_pinyin(text)[at]] if char != text[at]]
            if not others:
                continue
            char = chance.choices(others, [chars[other] if frequent else 1 for other in others])[0]
            typed = text[:at] + char + text[at + 1 :]
            if not texts.holding(typed):
                found[typed] = Slip(typed=typed, meant=text)
        return tuple(found.values())

    return {
        "words, any": slipped(_words(chance, every, texts), frequent=False),
        "phrases, any": slipped(_phrases(chance, every), frequent=False),
        "words, frequent": slipped(_words(chance, every, texts), frequent=True),
        "phrases, frequent": slipped(_phrases(chance, every), frequent=True),
    }


def _words(chance: random.Random, every: Sequence[Line], texts: Texts) -> Iterator[str]:
    while True:
        word = chance.choice(chance.choice(every).words)
        if len(word) > 1 and is_han(word) and len(texts.holding(word)) >= 3:
            yield word


def _phrases(chance: random.Random, every: Sequence[Line]) -> Iterator[str]:
    while True:
        line = chance.choice(every)
        at = chance.randrange(len(line.words) - 4)
        text = "".join(line.words[at : at + chance.choice((2, 3, 4))])
        if 4 <= len(text) <= 8 and is_han(text):
            yield text


def spelt(words: Sequence[str], wanted: int = 2000) -> dict[str, tuple[Slip, ...]]:
    """Words of the archive as they may be typed: full spelling, initials, and three mixtures with 汉字."""
    chosen = random.Random(9).sample(sorted(words), min(wanted, len(words)))
    made: defaultdict[str, list[Slip]] = defaultdict(list)
    for word in chosen:
        sounds = lazy_pinyin(word)
        first = [sound[0] for sound in sounds]
        half = max(1, len(word) // 2)
        ways = {
            "full": "".join(sounds),
            "initials": "".join(first),
            "汉字 + full": word[:half] + "".join(sounds[half:]),
            "汉字 + initials": word[:half] + "".join(first[half:]),
            "full + 汉字": "".join(sounds[:half]) + word[half:],
        }
        for way, typed in ways.items():
            made[way].append(Slip(typed=typed, meant=word))
    return {way: tuple(slips) for way, slips in made.items()}
