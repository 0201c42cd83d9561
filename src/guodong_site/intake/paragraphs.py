"""What a manuscript is made of, whatever file it came in: paragraphs with their looks, tables, pictures, and what is no text of it.

Frozen nouns; nothing here knows a file format or what a bulletin is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from guodong_site.diagnostics import Diagnostic, Rule, Span

_BLANK = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufe00-\ufe0f\ufeff\ufffe\uffff]+")


def bare(text: str) -> str:
    """The characters that must not get lost: all that is not blank, a control or without width."""
    return _BLANK.sub("", text)


def tidy(text: str) -> str:
    """A text without blanks at its ends, and with one plain blank for what a control or a tab left inside."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufffe\uffff]+", " ", text).strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a paragraph is set, as far as its file tells; `size` in points, 0 where it tells none."""

    centred: bool = False
    size: float = 0
    bold: bool = False
    font: str = ""
    heading: int = 0
    """The outline level of its style: 1 for 标题 1; 0 for none."""

    @property
    def titled(self) -> bool:
        """Whether the very style or font says title."""
        return 0 < self.heading <= 2 or "小标宋" in self.font


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph, or a line of one.  `place` is its line or paragraph in the source, from 1.

    `joined` is one behind a manual line break, `gap` one behind a blank line; `number` is the part of `text` that the source
    counts by itself (automatic numbering).
    """

    text: str
    place: int
    look: Look = Look()
    joined: bool = False
    gap: bool = False
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of cells; a line break in a cell is one."""

    rows: tuple[tuple[str, ...], ...]
    place: int
    merged: bool = False

    @property
    def text(self) -> str:
        """Its cells in reading order."""
        return "\n".join("\t".join(row) for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture as it stands in the source; `said` is its alternative text there."""

    data: bytes
    kind: str
    place: int
    said: str = ""


Piece = Paragraph | Table | Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A footnote or endnote: the mark that stands for it in the text, and what it says."""

    mark: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptOut:
    """Text of the source that is not for the draft: what it is (批注, 页眉 …), itself, and where it stands."""

    what: str
    text: str
    place: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Something the program is not sure of: where in the source, what it did, what a person should look at."""

    place: int
    said: str
    look: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A source as read.  `how` says by what (UTF-8 文本, Word 文档 …), `unit` what its places count (行, 段).

    `proven` is off where another program has converted it before, and nobody can tell whether that lost anything.

    `unsettled` is what a person must decide first: tracked changes and hidden text.
    """

    pieces: tuple[Piece, ...]
    how: str
    unit: str
    proven: bool = True
    notes: tuple[Note, ...] = ()
    kept: tuple[KeptOut, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    unsettled: tuple[KeptOut, ...] = ()


class RefusedError(Exception):
    """A source that cannot be read: the rule it breaks, what is wrong, what to do, and where where that is known."""

    def __init__(self, rule: Rule, message: str, hint: str, line: int = 1) -> None:
        super().__init__(message)
        self.rule, self.message, self.hint, self.line = rule, message, hint, line

    def at(self, name: str) -> Diagnostic:
        """The fault at its file."""
        return self.rule.at(Span(path=name, line=self.line), self.message, self.hint)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of source: `takes` tells by its first bytes and name whether a file is one, `read` reads it.

    `read` gives the bytes of another kind where it can only convert, which `via` another program does.  Both raise RefusedError.
    Asked by `order`.
    """

    name: str
    order: int
    takes: Callable[[bytes, str], bool]
    read: Callable[[bytes, str], Reading | bytes]
    via: str = ""
