"""Our reading of pypinyin's dictionaries is pypinyin's own."""

from __future__ import annotations

import json
import random
from pathlib import Path

import jieba
import pypinyin
from hypothesis import given
from hypothesis import strategies as st

from guodong_site.memory import Memory
from guodong_site.pinyin import spelling

SYLLABLES = spelling(Memory(None))
SINGLE = [chr(int(code)) for code in json.loads((Path(pypinyin.__file__).parent / "pinyin_dict.json").read_bytes())]
PHRASES = list(json.loads((Path(pypinyin.__file__).parent / "phrases_dict.json").read_bytes()))


def theirs(word: str) -> tuple[str, ...]:
    return tuple(pypinyin.lazy_pinyin(word, errors=list))  # type: ignore[arg-type]


def test_every_character_is_read_alike() -> None:
    """All 汉字 that pypinyin knows, the basic block in full, and what is none."""
    every = {*SINGLE, *map(chr, range(0x4E00, 0xA000)), *"aＡ１2，。〇ü𠮷"}

    assert {char: SYLLABLES(char) for char in every} == {char: theirs(char) for char in every}


def test_words_of_the_dictionary_are_read_alike() -> None:
    """Every third word of jieba's dictionary that the search or the index of keywords may spell, and every tenth phrase."""
    words = [line.split(" ")[0] for line in Path(jieba.__file__).with_name("dict.txt").read_text(encoding="utf-8").splitlines()]
    some = [word for word in words[::3] if 2 <= len(word) <= 8 and all("\u3400" <= char <= "\u9fff" for char in word)]
    some += PHRASES[::10]

    assert [word for word in some if SYLLABLES(word) != theirs(word)] == []


@given(st.lists(st.sampled_from([*PHRASES[::7], *SINGLE[:3000], "行", "长", "重", "a", "，"]), max_size=6).map("".join))
def test_any_text_of_phrases_is_read_alike(text: str) -> None:
    """Phrases cut short and run into each other."""
    chance = random.Random(text)
    start = chance.randint(0, len(text))

    assert SYLLABLES(text[start:]) == theirs(text[start:])
