"""Words: the only user of jieba.  Cuts text, says where a title may break and what a word is.  Knows no page, no index.

jieba's cut is the definition.  rjieba, the same algorithm compiled, takes over where it is installed and the text has
nothing on which the two are known to differ; tests/test_words.py holds them to each other.
"""

from __future__ import annotations

import logging
import math
import re
import sys
import warnings
from functools import cache, cached_property, lru_cache
from typing import Any

from guodong_site.lexicon import Lexicon, lexicon
from guodong_site.memory import Memory

_CLOSING = "，。、；：！？”’）》〉】」』)%％"
_OPENING = "“‘（《〈【「『("
_TAILS = frozenset("的了暨和与及之等上中下内外里们后前时")
_THINGS = frozenset("n nz nt vn l j".split())
"""Word classes of jieba's dictionary that can name a subject; names of persons (nr) and places (ns) cannot."""
_MEASURE = re.compile(r"(?:年度?|月份?|日|周年|个|次|届|期|号|时|分|人|名|万|亿|余|多|条|项|家|周|季度|世纪|年代)")

_FORGETFUL = Memory(None)
_OWN_WEIGHT = 2_000
"""How often an own word counts as seen: as an ordinary word of jieba's dictionary, so that it wins over its parts."""

_BLOCK = re.compile(r"([\u4e00-\u9fd5a-zA-Z0-9+#&._%\-]+)")
"""jieba cuts each such run for itself."""
_HARD = re.compile(
    r"[a-zA-Z0-9][-+#&_%]|[-+#&_.%][-+#&_.%a-zA-Z]|[a-zA-Z]\.|\.[a-zA-Z]|\.\d+[a-zA-Z.]"  # versions, addresses, ranges
    r"|([\u4e00-\u9fd5])\1\1"  # ties of the model for unknown words
    r"|[\u3400-\u4dbf\u9fd6-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"  # 汉字 that jieba does not count as such
)
"""What jieba and rjieba cut differently, found by comparing them on 94,000 paragraphs and a million random strings."""


_FEW = 80_000
"""Characters.  To load rjieba costs as much time as cutting so many with jieba."""


@cache
def _jieba_itself() -> Any:  # noqa: ANN401  # jieba has no types
    """The library, without pkg_resources, which it would only ask where its dictionary lies: 65 of 90 milliseconds."""
    missing = "pkg_resources" not in sys.modules
    if missing:
        sys.modules["pkg_resources"] = None  # type: ignore[assignment]  # "not installed", which jieba is prepared for
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # jieba 0.42.1 has old escapes
            import jieba  # noqa: PLC0415  # a command that cuts nothing needs none
    finally:
        if missing:
            del sys.modules["pkg_resources"]
    jieba.setLogLevel(logging.ERROR)
    return jieba


class _Jieba:
    """jieba with an office's own words, its prefix dictionary filled as texts ask for it.

    jieba looks up a character, and goes on to longer words as long as any word begins so: what it can ask for in a text are the
    characters and what begins with two that stand side by side there.
    """

    def __init__(self, words: tuple[str, ...], known: Lexicon) -> None:
        self._tokenizer = _jieba_itself().Tokenizer()
        self._tokenizer.FREQ, self._tokenizer.total, self._tokenizer.initialized = {}, known.total, True
        self._known, self._filled, self._own = known, set[str](), dict[str, int]()
        for word in words:
            self._tokenizer.add_word(word, _OWN_WEIGHT)
            self._own[word] = _OWN_WEIGHT

    def cut(self, text: str) -> list[str]:
        counts = self._tokenizer.FREQ
        for char in set(text) - self._filled:
            entry = self._known.known(char)
            if entry is not None and char not in self._own:
                counts[char] = entry[0]
            self._filled.add(char)
        for two in {text[at : at + 2] for at in range(len(text) - 1)} - self._filled:
            for word, count in self._known.beginning(two).items():
                if not counts.get(word):  # an own word, or the beginning of one, may be there
                    counts[word] = count
            self._filled.add(two)
        return list(self._tokenizer.cut(text))


@lru_cache(maxsize=2)  # a preview builds at every save
def _jieba(words: tuple[str, ...], known: Lexicon) -> _Jieba:
    return _Jieba(words, known)


@lru_cache(maxsize=2)
def _rjieba(words: tuple[str, ...]) -> Any:  # noqa: ANN401  # rjieba has no types
    """Rjieba with these words, or None where it is not installed (the extra `fast`)."""
    try:
        import rjieba  # noqa: PLC0415  # optional
    except ImportError:
        return None
    tokenizer = rjieba.Jieba()
    for word in words:
        tokenizer.add_word(word, _OWN_WEIGHT, None)
    return tokenizer


class Cutter:
    """jieba with the office's own words, and where a title may break.

    `identity` names the words; on what else a cut depends besides the text is this program and its libraries.
    """

    def __init__(self, words: tuple[str, ...] = (), memory: Memory | None = None, *, fast: bool = True) -> None:
        """`words` are always cut whole; `memory` keeps the dictionary as it is needed; not `fast`: by jieba alone."""
        self._words, self._fast = words, fast
        self._memory = memory or _FORGETFUL
        self._own = frozenset(words)
        self._things: dict[str, bool] = {}
        self._cut = 0
        self.identity = repr((_OWN_WEIGHT, words))

    def cut(self, text: str) -> list[str]:
        """The words of `text` in order; joined they are `text` again."""
        self._cut += len(text)
        fast = _rjieba(self._words) if self._fast and self._cut > _FEW else None
        if fast is None:
            return self._slow.cut(text)
        if not _HARD.search(text):
            return list(fast.cut(text))
        words: list[str] = []
        for block in _BLOCK.split(text):
            words += self._slow.cut(block) if _HARD.search(block) else fast.cut(block)
        return words

    @cached_property
    def _slow(self) -> _Jieba:
        return _jieba(self._words, self._known)

    @cached_property
    def _known(self) -> Lexicon:
        return lexicon(self._memory)

    def pieces(self, words: list[str]) -> list[str]:
        """A cut with the office's own long words cut into the words they are made of; joined it is the same text.

        For the order of search results: 国防动员 is one word in a title, and who looks for 动员 means it all the same.
        """
        return [
            piece
            for word in words
            for piece in (_made_of(word, self._known) if len(word) > 2 and word in self._own else (word,))
        ]

    def parts(self, word: str) -> list[str]:
        """A word and the words of two and three characters inside it: 国防动员 holds 国防 and 动员."""
        inside = (word[at : at + size] for size in (2, 3) for at in range(len(word) - size + 1))
        return [*dict.fromkeys(p for p in (*inside, word) if p == word or p in self._own or self._known.known(p) is not None)]

    def names_a_thing(self, word: str) -> bool:
        """Whether a word can be a subject: a noun of the dictionary, or one of the office's own words."""
        if word not in self._things:  # asked for every word of every text
            known = self._known.known(word)
            self._things[word] = word in self._own or (known is not None and known[1] in _THINGS)
        return self._things[word]

    def frequency(self, word: str) -> float:
        """A word's share of all words of ordinary Chinese; 0 where the dictionary does not have it."""
        known = self._known.known(word)
        return known[0] / self._known.total if known else 0.0

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


@lru_cache(maxsize=1 << 16)
def _made_of(word: str, known: Lexicon) -> tuple[str, ...]:
    """A word as the dictionary alone would cut it, by jieba's rule: the path of the greatest probability."""
    best: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
    for end in range(1, len(word) + 1):
        ways = []
        for start in range(end):
            part = word[start:end]
            entry = known.known(part) if len(part) < len(word) else None
            share = entry[0] / known.total if entry else 0.0
            if share or end - start == 1:
                ways.append((best[start][0] + math.log(share or 1e-8), (*best[start][1], part)))
        best.append(max(ways))
    return best[-1][1]


def _stays(before: str, word: str) -> bool:
    """Whether `word` may not begin a line after `before`."""
    if word[0] in _CLOSING or before[-1] in _OPENING or word in _TAILS or word.isspace() or before[-1] == "第":
        return True
    if before[-1].isascii() and before[-1].isalnum():
        return bool(_MEASURE.match(word)) or (word[0].isascii() and word[0].isalnum())
    return False
