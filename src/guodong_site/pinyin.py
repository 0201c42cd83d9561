"""How Chinese is read aloud, by the dictionaries pypinyin brings.  Syllables without tones, ü written v, as on a keyboard.

pypinyin's rule, whose library costs 0.2 s to load: the longest phrase of its dictionary from left to right, else each character
by its first reading.  tests/test_pinyin.py holds this to the library, word by word.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from guodong_site.dictionary import Dictionary, paged
from guodong_site.memory import Memory

_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0304\u030c"))


def spelling(memory: Memory) -> Callable[[str], tuple[str, ...]]:
    """What gives a word's syllables: one a character, by the reading it has in this word; others stand for themselves."""
    read = _readings(memory)

    @lru_cache(maxsize=1 << 18)
    def syllables(word: str) -> tuple[str, ...]:
        sounds: list[str] = []
        for part in _phrases(word, read):
            said = read.entry(part)
            sounds += map(_plain, said) if said else part
        return tuple(sounds)

    return syllables


def _phrases(word: str, read: Dictionary) -> Iterator[str]:
    """The word cut into phrases and single characters."""
    while word:
        phrase, end = "", 1
        while end <= len(word) and read.begins(word[:end]):
            if end > 1 and read.entry(word[:end]) is not None:
                phrase = word[:end]
            end += 1
        if end > len(word) and not phrase:
            yield from word  # as pypinyin does: the beginning of a longer phrase is looked at no further
            return
        yield phrase or word[0]
        word = word[len(phrase or word[0]) :]


@lru_cache(maxsize=1 << 12)
def _plain(sound: str) -> str:
    """`lüè` → `lve`."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", sound).translate(_TONES)).replace("ü", "v")


@lru_cache(maxsize=2)  # see `lexicon`
def _readings(memory: Memory) -> Dictionary:
    spec = find_spec("pypinyin")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(name="pypinyin")
    folder = Path(spec.origin).parent
    seen = [(folder / name).stat() for name in ("phrases_dict.json", "pinyin_dict.json")]
    identity = "".join(f"{one.st_size:016}{one.st_mtime_ns:020}" for one in seen).encode()
    return Dictionary(memory.large("readings", "pypinyin", identity, lambda: _cut(folder)))


def _cut(folder: Path) -> dict[str, bytes]:
    phrases = json.loads((folder / "phrases_dict.json").read_bytes())
    single = json.loads((folder / "pinyin_dict.json").read_bytes())
    said = {chr(int(code)): [sounds.split(",")[0]] for code, sounds in single.items()}
    said |= {phrase: [sounds[0] for sounds in each] for phrase, each in phrases.items()}
    return paged(f"{word} {' '.join(sounds)}".encode() for word, sounds in said.items() if " " not in word)
