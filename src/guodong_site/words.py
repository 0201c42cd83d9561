"""Words: the only user of jieba.  Cuts text, says where a title may break and what a word is.  Knows no page, no index.

jieba's cut is the definition.  rjieba, the same algorithm compiled, takes over where it is installed and the text has
nothing on which the two are known to differ; tests/test_words.py holds them to each other.
"""

from __future__ import annotations

import contextlib
import logging
import math
import re
import warnings
from functools import cache, lru_cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_CLOSING = "，。、；：！？”’）》〉】」』)%％"
_OPENING = "“‘（《〈【「『("
_TAILS = frozenset("的了暨和与及之等上中下内外里们后前时")
_THINGS = frozenset("n nz nt vn l j".split())
"""Word classes of jieba's dictionary that can name a subject; names of persons (nr) and places (ns) cannot."""
_MEASURE = re.compile(r"(?:年度?|月份?|日|周年|个|次|届|期|号|时|分|人|名|万|亿|余|多|条|项|家|周|季度|世纪|年代)")

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


@lru_cache(maxsize=2)
def _jieba(words: tuple[str, ...], cache: Path | None) -> Any:  # noqa: ANN401  # jieba has no types
    """Jieba with these words; kept, since its dictionary costs a second to load and the preview builds at every save."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba 0.42.1 imports pkg_resources and has old escapes
        import jieba  # noqa: PLC0415  # costs 0.15 s, and a command that cuts nothing needs none
    jieba.setLogLevel(logging.ERROR)
    tokenizer = jieba.Tokenizer()
    if cache is not None and _made(cache):
        tokenizer.tmp_dir = str(cache)
        tokenizer.initialize()
    else:  # which would leave the dictionary in a folder that all users of this computer share
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
        tokenizer.initialized = True
    for word in words:
        tokenizer.add_word(word, _OWN_WEIGHT)
    return tokenizer


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


def _made(folder: Path) -> bool:
    """Whether there is such a folder now; in a read-only project there is none, and the dictionary takes a second longer."""
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    return folder.is_dir()


class _Dictionary:
    """The dictionary jieba brings: how often each word is seen in ordinary Chinese, and which words name things."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        self.things: set[str] = set()
        spec = find_spec("jieba")  # where it lies: importing jieba costs 0.15 s
        if spec is None or spec.origin is None:
            raise ModuleNotFoundError(name="jieba")
        with Path(spec.origin).with_name("dict.txt").open(encoding="utf-8") as lines:
            for line in lines:
                word, count, kind = line.rstrip("\n").split(" ")
                self.counts[word] = int(count)
                if kind in _THINGS:
                    self.things.add(word)
        self.total = sum(self.counts.values())


_dictionary = cache(_Dictionary)


class Cutter:
    """jieba with the office's own words, and where a title may break.

    `identity` names all that a cut depends on besides the text.
    """

    def __init__(self, words: tuple[str, ...] = (), cache: Path | None = None, *, fast: bool = True) -> None:
        """`words` are always cut whole; `cache` is a folder of our own (jieba's default is shared by all users)."""
        self._words, self._cache, self._fast = words, cache, fast
        self._own = frozenset(words)
        self.identity = " ".join(("jieba", version("jieba"), str(_OWN_WEIGHT), *words))

    def cut(self, text: str) -> list[str]:
        """The words of `text` in order; joined they are `text` again."""
        fast = _rjieba(self._words) if self._fast else None
        if fast is None:
            return list(_jieba(self._words, self._cache).cut(text))
        if not _HARD.search(text):
            return list(fast.cut(text))
        words: list[str] = []
        for block in _BLOCK.split(text):
            engine = _jieba(self._words, self._cache) if _HARD.search(block) else fast
            words += engine.cut(block)
        return words

    def pieces(self, words: list[str]) -> list[str]:
        """A cut with the office's own long words cut into the words they are made of; joined it is the same text.

        For the order of search results: 国防动员 is one word in a title, and who looks for 动员 means it all the same.
        """
        return [piece for word in words for piece in (_made_of(word) if len(word) > 2 and word in self._own else (word,))]

    def parts(self, word: str) -> list[str]:
        """A word and the words of two and three characters inside it: 国防动员 holds 国防 and 动员."""
        known = _dictionary().counts
        inside = (word[at : at + size] for size in (2, 3) for at in range(len(word) - size + 1))
        return [*dict.fromkeys(part for part in (*inside, word) if part == word or part in known or part in self._own)]

    def names_a_thing(self, word: str) -> bool:
        """Whether a word can be a subject: a noun of the dictionary, or one of the office's own words."""
        return word in self._own or word in _dictionary().things

    def frequency(self, word: str) -> float:
        """A word's share of all words of ordinary Chinese; 0 where the dictionary does not have it."""
        dictionary = _dictionary()
        return dictionary.counts.get(word, 0) / dictionary.total

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


@cache
def _made_of(word: str) -> tuple[str, ...]:
    """A word as the dictionary alone would cut it, by jieba's rule: the path of the greatest probability."""
    dictionary = _dictionary()
    best: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
    for end in range(1, len(word) + 1):
        ways = []
        for start in range(end):
            part = word[start:end]
            share = dictionary.counts.get(part, 0) / dictionary.total if len(part) < len(word) else 0.0
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
