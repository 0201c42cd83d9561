"""The head of a bundle: Pagefind's page list and chunk ranges once more, as columns, at half the bytes.

A search begins with the heads of all bundles, and Pagefind's own list is the largest part of what a first search loads:
48 bits of CBOR around every 28 bits of hash.  The list stays in the bundle, so a bundle stays a stock one.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from typing import Any

from guodong_site.search.pagefind import PAGEFIND_VERSION, SIGNATURE, IndexBuildError

NAME = "head.pf_head"
_PREFIX = "und_"
"""What the names of all fragments and chunks begin with: the language Pagefind was told."""


def head(meta: bytes) -> bytes:
    """The head for a `pf_meta` file; compressed like Pagefind's files, signature included.

    Pages are `hashes` (see `_joined`) and `lengths`; chunks are the key each begins `from`, sorted and written as
    what comes before the last character and the last characters that follow it, by turns, and their `names`.
    Raises IndexBuildError where the list is not what Pagefind 1.5.2 writes.
    """
    try:
        version, pages, chunks, *_ = _Cbor(gzip.decompress(meta)[len(SIGNATURE) :]).value()
        columns = {
            "version": version,
            "hashes": _joined(name for name, _ in pages),
            "lengths": [length for _, length in pages],
            "from": _front_coded(first for first, _, _ in chunks),
            "names": _joined(name for _, _, name in chunks),
        }
    except (ValueError, TypeError, IndexError) as fault:
        reason = "页面清单的格式变了"
        raise IndexBuildError(reason) from fault
    if version != PAGEFIND_VERSION:
        reason = f"页面清单的版本是 {version}，应当是 {PAGEFIND_VERSION}"
        raise IndexBuildError(reason)
    plain = json.dumps(columns, ensure_ascii=False, separators=(",", ":")).encode()
    return gzip.compress(SIGNATURE + plain, 9, mtime=0)


def _front_coded(keys: Iterable[str]) -> list[str]:
    """国会 国务 图 → 国, 会务, "", 图."""
    coded: list[str] = []
    for key in keys:
        before, last = key[:-1], key[-1]
        if coded and coded[-2] == before:
            coded[-1] += last
        else:
            coded += [before, last]
    return coded


def _joined(names: Iterable[str]) -> str:
    """Names without what all begin with, seven characters each, run together.

    Where two would be alike Pagefind makes one longer, as happens once among some twenty bundles of 5,000 articles: then a blank
    stands before each.
    """
    short = []
    for name in names:
        if not name.startswith(_PREFIX) or " " in name:
            raise ValueError(name)
        short.append(name.removeprefix(_PREFIX))
    return "".join(short if all(len(name) == 7 for name in short) else (" " + name for name in short))


class _Cbor:
    """The part of CBOR (RFC 8949) that Pagefind writes: unsigned integers, texts, arrays."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def value(self) -> Any:  # noqa: ANN401  # as in JSON
        """The next value."""
        first = self._data[self._at]
        self._at += 1
        major, size = first >> 5, first & 31
        if size >= 24:
            width = 1 << (size - 24)
            size = int.from_bytes(self._data[self._at : self._at + width], "big")
            self._at += width
        if major == 0:
            return size
        if major == 3:
            self._at += size
            return self._data[self._at - size : self._at].decode()
        if major == 4:
            return [self.value() for _ in range(size)]
        raise ValueError(first)
