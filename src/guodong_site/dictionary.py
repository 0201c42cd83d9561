"""A large dictionary, opened only at the pages where words are looked up: by their first character.

Hundreds of thousands of words cost a third of a second to read, of which an issue asks for a few hundred pages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator


class Dictionary:
    """Words with what is said of each."""

    def __init__(self, pages: dict[str, bytes]) -> None:
        """`pages` as `paged` made them."""
        self._pages = pages
        self._seen: dict[str, list[str] | None] = {}

    def entry(self, word: str) -> list[str] | None:
        """What is said of a word; None where it is not in here."""
        if word not in self._seen:
            page = self._pages.get(word[:1], b"")
            at = page.find(f"\n{word} ".encode())
            self._seen[word] = page[at + 1 : page.find(b"\n", at + 1)].decode().split(" ")[1:] if at >= 0 else None
        return self._seen[word]

    def begins(self, start: str) -> bool:
        """Whether any word begins so."""
        return f"\n{start}".encode() in self._pages.get(start[:1], b"")

    def beginning(self, start: str) -> Iterator[tuple[str, list[str]]]:
        """The words that begin so, each with what is said of it."""
        page, sign = self._pages.get(start[:1], b""), f"\n{start}".encode()
        first = page.find(sign)
        if first >= 0:  # a page is sorted, so they stand together
            for line in page[first + 1 : page.find(b"\n", page.rfind(sign) + 1)].decode().split("\n"):
                word, *said = line.split(" ")
                yield word, said


def paged(lines: Iterable[bytes]) -> dict[str, bytes]:
    """The pages of a dictionary of such lines: `国防 1254 n`, in UTF-8.  Of a word that stands twice either counts."""
    by_three: defaultdict[bytes, list[bytes]] = defaultdict(list)
    for line in lines:
        by_three[line[:3]].append(line)  # a 汉字 is three bytes of UTF-8, nearly always
    pages: defaultdict[str, list[bytes]] = defaultdict(list)
    for start, held in by_three.items():
        if len(start) == 3 and 0xE0 <= start[0] < 0xF0:
            pages[start.decode()] += held
        else:
            for line in filter(None, held):
                pages[line.decode()[0]].append(line)
    return {char: b"\n" + b"\n".join(sorted(held)) + b"\n" for char, held in pages.items()}
