"""A text as Pagefind shall read it: one token a character, carrying the pair that starts there.

Adjacent pairs give exact sets; where jieba starts a two-character word, that word has a key of its own (`W-` + word), and
words decide the order.  Index and browser must agree on one thing only, `fold`: tests/search/fold.json holds both to it.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from functools import cache

_HAN_PAIR = re.compile(r"[\u3400-\u9fff]{2}")
_MOVED = ((0xC0, 0x58F, 0x17000), (0x1E00, 0x1FFF, 0x17500), (0x3040, 0x30FF, 0x17700))
"""Blocks of letters with accents (first, last) and where in the Tangut block they go: Latin to Armenian, its additions, kana."""
_MARK = "\u2423"  # a token that takes a position and makes no key


@cache
def fold(char: str) -> str:
    """One character as search compares it: width and case aside, everything else told apart; always one character.

    Pagefind decomposes and drops accents.  So a character that has one canonical form takes it (compatibility ideographs),
    and letters with accents move to an unused script by code point: `é` stays different from `e`, ガ from カ.  Hangul, which
    decomposes too and would need 11,172 places, is searched as Pagefind leaves it.
    """
    code = ord(char)
    if 0xFF10 <= code <= 0xFF5A and unicodedata.category(char)[0] in "LN":  # full-width digits and letters
        char = chr(code - 0xFEE0)
    canonical = unicodedata.normalize("NFC", char)
    char = canonical if len(canonical) == 1 else char
    lower = char.lower()
    char = lower if len(lower) == 1 else char
    code = ord(char)
    for first, last, place in _MOVED:
        if first <= code <= last:
            return chr(place + code - first)
    return char


@cache
def is_word_character(char: str) -> bool:
    """Letters and digits of any script: what a run is made of."""
    return unicodedata.category(char)[0] in "LN"


def tokens(text: str, words: Sequence[str]) -> str:
    """The tokens of `text`, blanks between, HTML-escaped; `words` is its cut: joined, they are `text`.

    In a run: the character and its follower; at the start of a two-character word of 汉字, `W-` before them; outside runs a
    mark.  A mark closes the text, so that nothing adjoins across two texts.
    """
    folded = list(map(fold, text))
    inside = list(map(is_word_character, folded))
    out = [_MARK] * len(folded)
    for at, char in enumerate(folded):
        if inside[at]:
            out[at] = char + (folded[at + 1] if at + 1 < len(folded) and inside[at + 1] else "")
    place = 0
    for word in words:
        if len(word) == 2 and _HAN_PAIR.fullmatch(word):
            out[place] = "W-" + word
        place += len(word)
    return html.escape(" ".join([*out, _MARK]))
