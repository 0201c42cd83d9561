"""The archive's words as a reader may type them: by pinyin, by sound, in traditional characters.

Asked only where nothing matches exactly.  The words lie in small files by the first letters of their first syllables, so
that a look-up costs about a kilobyte: a line is `guo'fang'dong'yuan<TAB>国防动员 9`, most frequent word first.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from guodong_site.model import Reading

_LARGEST = 8_000  # bytes of a file of words that begin with one letter; beyond that, a file for two letters
_SPELT = re.compile(r"[a-z]+(?:'[a-z]+)*")
_TRADITIONAL = Path(__file__).parent / "traditional.txt"


def vocabulary(counted: Iterable[tuple[str, str]], articles: int, reading: Reading) -> dict[str, bytes]:
    """The files of the vocabulary by path.  `counted` are the words and the characters of each bundle (bundle.WORDS)."""
    words: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    spelt: dict[str, tuple[str, ...]] = {}
    for word_lines, character_lines in counted:
        for line in word_lines.split("\n"):
            word, _, rest = line.partition(" ")
            sounds, _, held = rest.rpartition(" ")
            if _SPELT.fullmatch(sounds):
                words[word] += int(held)
                spelt[word] = tuple(sounds.split("'"))
        for line in filter(None, character_lines.split("\n")):
            characters[line[0]] += int(line[2:])
    files = {f"{key}.txt": text.encode() for key, text in _shards(words, spelt).items()}
    index = {
        "articles": articles,
        "shards": sorted(key.removesuffix(".txt") for key in files),
        "syllables": sorted({sound for sounds in spelt.values() for sound in sounds}),
    }
    files["index.json"] = _json(index)
    files["sounds.txt"] = _sounds(characters, spelt, reading).encode()
    files["traditional.txt"] = "".join(t + s for t, s in _traditional() if s in characters).encode()
    return files


def _shards(words: Mapping[str, int], spelt: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """The lines by the first letter, or by those of the first two syllables where one letter's words are too many."""
    by_sound: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for word, sounds in spelt.items():
        by_sound[sounds].append(word)
    by_letter: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for sounds, alike in sorted(by_sound.items()):
        listed = " ".join(f"{word} {words[word]}" for word in sorted(alike, key=lambda w: (-words[w], w)))
        by_letter[sounds[0][0]].append((sounds[0][0] + sounds[1][0], "'".join(sounds) + "\t" + listed))
    shards: dict[str, str] = {}
    for letter, lines in by_letter.items():
        text = "\n".join(line for _, line in lines)
        if len(text.encode()) <= _LARGEST:
            shards[letter] = text
            continue
        by_two: defaultdict[str, list[str]] = defaultdict(list)
        for key, line in lines:
            by_two[key].append(line)
        shards |= {key: "\n".join(two) for key, two in by_two.items()}
    return shards


def _sounds(characters: Mapping[str, int], spelt: dict[str, tuple[str, ...]], reading: Reading) -> str:
    """Every syllable with the characters that are read so in the archive, most frequent first, one syllable a line."""
    read: defaultdict[str, set[str]] = defaultdict(set)
    for word, sounds in spelt.items():
        for char, sound in zip(word, sounds, strict=True):
            read[sound].add(char)
    for char in characters:
        (sound,) = reading(char)
        if sound.isascii() and sound.isalpha():
            read[sound].add(char)
    lines = (sound + "".join(sorted(read[sound], key=lambda c: (-characters[c], c))) for sound in sorted(read))
    return "\n".join(lines)


@lru_cache(maxsize=1)
def _traditional() -> tuple[tuple[str, str], ...]:
    """Traditional characters and their simplified form, from the table beside this file."""
    lines = _TRADITIONAL.read_text(encoding="utf-8").splitlines()
    return tuple((line[0], line[1]) for line in lines if not line.startswith("#"))


def _json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
