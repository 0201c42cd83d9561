"""What a document of Word 97 to 2003 (or WPS) says, from its own bytes: the proof that another program's conversion lost nothing.

Formats and nothing more: characters in their order, no looks.  Sources: [MS-CFB] (the compound file), [MS-DOC] §2.4.1 (retrieving
text), §2.5 (Fib), §2.8.35 (PlcPcd), §2.9.38 (Clx).
"""

from __future__ import annotations

import struct
from collections import Counter

_NEWEST_OLD = 0xC1
"""The first nFib of this format; Word 6 and 95 lay their text down otherwise."""
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_STORIES = 8
"""Main text, footnotes, headers, macros, comments, endnotes, text boxes, text boxes of headers: one behind the other."""
_WANTED = (0, 1, 5, 6)
"""Headers and comments are left out: a conversion may drop those of a section that has none."""
_ENDS = 0xFFFFFFFA
"""Sector numbers from here on are marks."""


def said(data: bytes) -> str | None:
    """Letters, digits and 汉字 of its texts, without the codes of fields; None where this is no such document, or a damaged one."""
    try:
        return "".join(filter(str.isalnum, _shown(_text(_Compound(data)))))
    except (ValueError, IndexError, struct.error):
        return None


def lacking(wanted: str, there: str) -> str:
    """The characters of a document that a conversion of it does not have, or not as often, in their order."""
    left = Counter(there)
    missing = []
    for char in wanted:
        if left[char]:
            left[char] -= 1
        else:
            missing.append(char)
    return "".join(missing)


class _Compound:
    """A file of files, in sectors that are chained."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        if (self._number(30, "H"), self._number(32, "H")) not in ((9, 6), (12, 6)):
            message = "no sectors of 512 or 4096 bytes"
            raise ValueError(message)
        self._size, self._small = 1 << self._number(30, "H"), 64
        self._cutoff = self._number(56)
        where = list(struct.unpack_from("<109I", data, 76))
        more = self._number(68)
        most = len(data) * 4 // self._size // self._size + 109  # sectors that a table of all sectors fills: a ring ends there
        while more < _ENDS and len(where) < most:
            *numbers, more = self._numbers(self._sector(more))
            where += numbers
        self._next = [number for sector in where[:most] if sector < _ENDS for number in self._numbers(self._sector(sector))]
        self._entries = self._chained(self._number(48))
        self._next_small = self._numbers(self._chained(self._number(60))) if self._number(64) else ()
        start, size = self._entry("Root Entry")
        self._smalls = self._chained(start)[:size] if start < _ENDS else b""

    def stream(self, name: str) -> bytes:
        """A file in it.  Raises ValueError where there is none."""
        start, size = self._entry(name)
        if size >= self._cutoff:
            return self._chained(start)[:size]
        return b"".join(self._smalls[at * self._small : (at + 1) * self._small] for at in _chain(start, self._next_small))[
            :size
        ]

    def _entry(self, name: str) -> tuple[int, int]:
        wanted = (name + "\0").encode("utf-16-le")
        for at in range(0, len(self._entries), 128):
            entry = self._entries[at : at + 128]
            if entry.startswith(wanted):
                return struct.unpack_from("<II", entry, 116)
        raise ValueError(name)

    def _chained(self, start: int) -> bytes:
        return b"".join(map(self._sector, _chain(start, self._next)))

    def _sector(self, number: int) -> bytes:
        return self._data[(number + 1) * self._size : (number + 2) * self._size]

    def _number(self, at: int, kind: str = "I") -> int:
        number: int = struct.unpack_from(f"<{kind}", self._data, at)[0]
        return number

    @staticmethod
    def _numbers(sector: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(sector) // 4}I", sector[: len(sector) // 4 * 4])


def _chain(start: int, following: list[int] | tuple[int, ...]) -> list[int]:
    """The sectors from `start` on.  Raises ValueError where they go round, IndexError where they lead out."""
    found: dict[int, None] = {}
    while start < _ENDS:
        if start in found:
            message = "a chain without end"
            raise ValueError(message)
        found[start] = None
        start = following[start]
    return list(found)


def _text(package: _Compound) -> str:
    """The stories that count, put together from the pieces they lie in."""
    document = package.stream("WordDocument")
    ident, version = struct.unpack_from("<HH", document)
    flags = struct.unpack_from("<H", document, 10)[0]
    if ident != 0xA5EC or version < _NEWEST_OLD or flags & _ENCRYPTED:  # the format's own mark
        message = "another format"
        raise ValueError(message)
    lengths = struct.unpack_from(f"<{_STORIES}I", document, 0x4C)
    start, size = struct.unpack_from("<II", document, 0x1A2)
    pieces = package.stream("1Table" if flags & _SECOND_TABLE else "0Table")[start : start + size]
    at = 0
    while pieces[at] == 1:  # properties of pieces: not asked for
        at += 3 + struct.unpack_from("<H", pieces, at + 1)[0]
    table = pieces[at + 5 : at + 5 + struct.unpack_from("<I", pieces, at + 1)[0]]
    count = (len(table) - 4) // 12
    places = struct.unpack_from(f"<{count + 1}I", table)
    if list(places) != sorted(places) or places[-1] > len(document):  # pieces that lie on one another would fill the memory
        message = "more text than there are bytes"
        raise ValueError(message)
    texts = []
    for piece in range(count):
        where = struct.unpack_from("<I", table, 4 * (count + 1) + 8 * piece + 2)[0]
        long = places[piece + 1] - places[piece]
        narrow = where & 0x40000000
        begin = (where & 0x3FFFFFFF) // (2 if narrow else 1)
        part = document[begin : begin + long * (1 if narrow else 2)]
        texts.append(part.decode("cp1252" if narrow else "utf-16-le", "replace"))
    whole = "".join(texts)
    ends = [sum(lengths[: story + 1]) for story in range(_STORIES)]
    if len(whole) < ends[0]:
        message = "text is missing"
        raise ValueError(message)
    return "".join(whole[ends[story] - lengths[story] : ends[story]] for story in _WANTED)


def _shown(text: str) -> str:
    """Without the codes of fields: of what stands between 13, 14 and 15 (hex) the second part is shown."""
    shown, codes = [], 0
    inside: list[bool] = []
    for char in text:
        if char == "\x13":
            inside.append(True)
            codes += 1
        elif char == "\x14" and inside and inside[-1]:
            inside[-1] = False
            codes -= 1
        elif char == "\x15" and inside:
            codes -= inside.pop()
        elif not codes:
            shown.append(char)
    return "".join(shown)
