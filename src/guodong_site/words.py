"""Words: the only user of jieba.  Cuts text, says where a title may break and what a word is.  Knows no page, no index."""

from __future__ import annotations

import contextlib
import logging
import re
import warnings
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

_CLOSING = "，。、；：！？”’）》〉】」』)%％"
_OPENING = "“‘（《〈【「『("
_TAILS = frozenset("的了暨和与及之等上中下内外里们后前时")
_THINGS = frozenset("n nz nt vn l j".split())
"""Word classes of jieba's dictionary that can name a subject; names of persons (nr) and places (ns) cannot."""
_MEASURE = re.compile(r"(?:年度?|月份?|日|周年|个|次|届|期|号|时|分|人|名|万|亿|余|多|条|项|家|周|季度|世纪|年代)")


@lru_cache(maxsize=2)
def _tokenizer(words: tuple[str, ...], cache: Path | None) -> Any:  # noqa: ANN401  # jieba has no types
    """Jieba with these words; kept, since its dictionary costs a second to load and the preview builds at every save."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba 0.42.1 imports pkg_resources and has old escapes
        import jieba  # noqa: PLC0415  # costs 0.15 s, and a command that cuts nothing needs none
    jieba.setLogLevel(logging.ERROR)
    tokenizer = jieba.Tokenizer()
    if cache is not None:
        with contextlib.suppress(OSError):  # a read-only project: the dictionary takes a second longer
            cache.mkdir(parents=True, exist_ok=True)
            tokenizer.tmp_dir = str(cache)
    tokenizer.initialize()
    for word in words:
        tokenizer.add_word(word)
    return tokenizer


@lru_cache(maxsize=1)
def _dictionary() -> dict[str, tuple[float, str]]:
    """The dictionary jieba brings: each word's share of ordinary Chinese and its class."""
    lines = [line.split() for line in (files("jieba") / "dict.txt").read_text(encoding="utf-8").splitlines()]
    total = sum(int(count) for _, count, _ in lines)
    return {word: (int(count) / total, kind) for word, count, kind in lines}


class Cutter:
    """jieba with the office's own words, and where a title may break.

    `identity` names all that a cut depends on besides the text.
    """

    def __init__(self, words: tuple[str, ...] = (), cache: Path | None = None) -> None:
        """`words` are always cut whole; `cache` is a folder of our own (jieba's default is shared by all users)."""
        self._words, self._cache = words, cache
        self._own = frozenset(words)
        self._long = frozenset(word for word in words if len(word) > 2)
        self.identity = " ".join(("jieba", version("jieba"), *words))

    def cut(self, text: str) -> list[str]:
        """The words of `text` in order; joined they are `text` again."""
        return list(_tokenizer(self._words, self._cache).cut(text))

    def pieces(self, text: str) -> list[str]:
        """The words of `text`, the office's own long ones cut into the words they are made of; joined they are `text` again.

        For the order of search results: 国防动员 is one word in a title, and who looks for 动员 means it all the same.
        """
        return [piece for word in self.cut(text) for piece in (self._inside(word) if word in self._long else (word,))]

    def _inside(self, word: str) -> Iterator[str]:
        """An own word as jieba would cut it if it were none."""
        tokenizer = _tokenizer(self._words, self._cache)
        ends = tokenizer.get_DAG(word)
        ends[0] = [end for end in ends[0] if end < len(word) - 1] or [0]
        route: dict[int, tuple[float, int]] = {}
        tokenizer.calc(word, ends, route)
        at = 0
        while at < len(word):
            end = route[at][1] + 1
            part = word[at:end]
            yield from self._inside(part) if part in self._long else (part,)
            at = end

    def parts(self, word: str) -> list[str]:
        """A word and the dictionary's words of two and three characters inside it: 国防动员 holds 国防 and 动员."""
        if len(word) == 2:
            return [word]
        return [*_tokenizer(self._words, self._cache).cut_for_search(word), word]

    def names_a_thing(self, word: str) -> bool:
        """Whether a word can be a subject: a noun of the dictionary, or one of the office's own words."""
        return word in self._own or _dictionary().get(word, (0, ""))[1] in _THINGS

    def frequency(self, word: str) -> float:
        """A word's share of all words of ordinary Chinese; 0 where the dictionary does not have it."""
        return _dictionary().get(word, (0.0, ""))[0]

    def segments(self, title: str) -> tuple[str, ...]:
        """A title cut where a line may end: never inside a word, before a closing mark or between number and measure.

        Joined they are `title` again (look.md §4).
        """
        parts: list[str] = []
        for word in self.cut(title):
            if parts and _stays(parts[-1], word):
                parts[-1] += word
            else:
                parts.append(word)
        return tuple(parts)


def _stays(before: str, word: str) -> bool:
    """Whether `word` may not begin a line after `before`."""
    if word[0] in _CLOSING or before[-1] in _OPENING or word in _TAILS or word.isspace() or before[-1] == "第":
        return True
    if before[-1].isascii() and before[-1].isalnum():
        return bool(_MEASURE.match(word)) or (word[0].isascii() and word[0].isalnum())
    return False
