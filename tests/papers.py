"""PDFs as readers and machines find them: by Poppler, pikepdf and outloud, none of which made them."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pikepdf

PAGE_NUMBER = re.compile(r"^[ \t]*— ?\d+ ?—[ \t]*$", re.MULTILINE)
_NOT_FIRST = "。，、；：？！）》」”’』】〕·…%"
_NOT_LAST = "《（「“‘【〔"
POINT = 25.4 / 72
"""Millimetres."""


@dataclass(frozen=True)
class Word:
    """A piece of text on a page, in millimetres from its upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def run(*command: str | Path) -> str:
    """What a program says of a file."""
    return subprocess.run([str(one) for one in command], capture_output=True, text=True, encoding="utf-8", check=True).stdout


def pages(pdf: Path) -> list[str]:
    """The text of each page as one reads it, without its number."""
    return [PAGE_NUMBER.sub("", page) for page in run("pdftotext", "-nopgbrk", pdf, "-").split("\f")]


def text_of(pdf: Path) -> str:
    """All its characters, without blanks and page numbers."""
    said = PAGE_NUMBER.sub("", run("pdftotext", pdf, "-").replace("\f", "\n"))
    return re.sub(r"[\s\u200b]", "", said)


def words(pdf: Path) -> list[list[Word]]:
    """The pieces of text of each page, where they stand."""
    said = run("pdftotext", "-bbox", pdf, "-")
    number = r'="([\d.-]+)"'
    found = re.compile(rf"<word xMin{number} yMin{number} xMax{number} yMax{number}>(.*?)</word>")
    return [
        [Word(one[4], *(float(value) * POINT for value in one[:4])) for one in found.findall(page)]
        for page in said.split("<page ")[1:]
    ]


def lines(page: list[Word], least: float = 0) -> list[str]:
    """The lines of a page's body, from the top, of what is set in at least that size; its number is none."""
    rows: dict[int, list[Word]] = {}
    for word in page:
        if word.bottom < 297 - 34 and word.bottom - word.top >= least:
            rows.setdefault(round(word.bottom / 2), []).append(word)
    return ["".join(one.text for one in sorted(row, key=lambda one: one.left)) for _, row in sorted(rows.items())]


def stray_marks(of_lines: list[str]) -> list[str]:
    """Lines that begin or end as no line may (避头尾)."""
    return [line for line in of_lines if line[0] in _NOT_FIRST or line[-1] in _NOT_LAST]


def outline(pdf: Path) -> list[tuple[int, str]]:
    """The bookmarks with their depth."""

    def walk(items: list[pikepdf.OutlineItem], depth: int) -> list[tuple[int, str]]:
        return [one for item in items for one in ((depth, item.title), *walk(item.children, depth + 1))]

    with pikepdf.open(pdf) as opened, opened.open_outline() as held:
        return walk(list(held.root), 1)


def missing(expected: str, found: str) -> str | None:
    """The first character of `expected` that does not follow in `found`; None where all come out in order."""
    at = 0
    for number, char in enumerate(expected):
        at = found.find(char, at) + 1
        if at == 0:
            return f"{char!r} of …{expected[max(0, number - 20) : number + 5]}…"
    return None
