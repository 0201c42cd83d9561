"""How Chinese is read aloud: the only user of pypinyin.  Syllables without tones, ü written v, as on a keyboard."""

from __future__ import annotations

from functools import lru_cache
from typing import Any


@lru_cache(maxsize=1 << 18)
def syllables(word: str) -> tuple[str, ...]:
    """One syllable a character, by the reading the character has in this word; other characters stand for themselves."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415  # 0.2 s, and a command that spells nothing needs none

    apart: Any = list  # what has no reading, character by character; pypinyin's types know only texts
    return tuple(lazy_pinyin(word, errors=apart))
