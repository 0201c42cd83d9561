"""The dictionary jieba brings: how often each word is seen in ordinary Chinese, and its class."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from guodong_site.dictionary import Dictionary, paged
from guodong_site.memory import Memory


class Lexicon:
    """`total` is all words together, as often as each is seen."""

    def __init__(self, total: int, words: Dictionary) -> None:
        """Of each word `words` says count and class."""
        self.total, self._words = total, words

    def known(self, word: str) -> tuple[int, str] | None:
        """The count and class of a word; None for what the dictionary does not have."""
        said = self._words.entry(word)
        return (int(said[0]), said[1]) if said else None

    def beginning(self, two: str) -> dict[str, int]:
        """The words that begin with two characters, with their counts, and all their beginnings, with 0 at least."""
        counts: dict[str, int] = {}
        for word, (count, _) in self._words.beginning(two):
            counts[word] = int(count)
            for end in range(2, len(word)):
                counts.setdefault(word[:end], 0)
        return counts


@lru_cache(maxsize=2)  # a process that builds many projects must not hold the dictionaries of all
def lexicon(memory: Memory) -> Lexicon:
    """Jieba's dictionary, cut into pages once.  ModuleNotFoundError where there is no jieba."""
    spec = find_spec("jieba")  # where it lies: importing jieba costs 0.1 s
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(name="jieba")
    place = Path(spec.origin).with_name("dict.txt")
    seen = place.stat()
    total, pages = memory.large("lexicon", "jieba", f"{seen.st_size:016}{seen.st_mtime_ns:020}".encode(), lambda: _cut(place))
    return Lexicon(total, Dictionary(pages))


def _cut(place: Path) -> tuple[int, dict[str, bytes]]:
    lines = place.read_bytes().split(b"\n")
    return sum(int(line.split(b" ")[1]) for line in lines if line), paged(lines)
