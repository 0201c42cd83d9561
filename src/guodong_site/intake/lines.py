"""The lines of a manuscript as whole paragraphs: hard line ends undone, torn sentences mended.  Knows no bulletin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from guodong_site.intake.paragraphs import Doubt, Look, Paragraph, Piece, tidy

CLOSING = "。，、；：！？）”’》〉】」』…"
ENDS = "。！？!?；;…：:.．"
"""What a paragraph ends with, closing quotes and brackets aside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A paragraph as meant, of one or more paragraphs as found."""

    parts: tuple[Paragraph, ...]

    @property
    def text(self) -> str:
        """All of it: without a blank between lines but between two Latin words."""
        said = ""
        for part in self.parts:
            more = tidy(part.text)
            latin = said[-1:].isascii() and said[-1:].isalnum() and more[:1].isascii() and more[:1].isalnum()
            said += (" " if latin else "") + more
        return said

    @property
    def place(self) -> int:
        """Where it begins."""
        return self.parts[0].place

    @property
    def look(self) -> Look:
        """That of its beginning."""
        return self.parts[0].look


def ended(text: str) -> bool:
    """Whether a text ends as a sentence does, whatever quotes and brackets close behind it."""
    text = text.rstrip("”’》）)】」』\"' ")
    return bool(text) and text[-1] in ENDS


def whole(pieces: Sequence[Piece], doubts: list[Doubt]) -> list[Line | Piece]:
    """Pieces with their paragraphs as lines; what was joined on thin evidence is said."""
    width = _width(pieces)
    made: list[Line | Piece] = []
    for piece in pieces:
        if not isinstance(piece, Paragraph):
            made.append(piece)
            continue
        last = made[-1] if made and isinstance(made[-1], Line) else None
        torn = tidy(piece.text)[:1] in CLOSING or (last is not None and _open(last.text))
        full = last is not None and width is not None and width.full(last.parts[-1].text)
        if last and not piece.gap and full and not piece.joined:
            if ended(last.text):
                look = "看看是不是两段；是的话在草稿里分开"
                doubts.append(
                    Doubt(place=piece.place, said="原稿按固定宽度断行，上一行满行又正好是句末，按同一段接了起来", look=look)
                )
            made[-1] = Line(parts=(*last.parts, piece))
        elif last and torn:
            doubts.append(Doubt(place=piece.place, said="这一行像上一段的下半截，接到了一起", look="对照原稿，看是否断错了行"))
            made[-1] = Line(parts=(*last.parts, piece))
        else:
            made.append(Line(parts=(piece,)))
    if width is not None:
        first = next(piece.place for piece in pieces if isinstance(piece, Paragraph))
        said = "原稿各行按固定的宽度断开，已接成整段"
        doubts.append(Doubt(place=first, said=said, look="看报告里的段落分得对不对"))
    return made


def _open(text: str) -> bool:
    """Whether a short paragraph is one bracket that is not closed yet."""
    return text[0] in "（(" and len(text) < 200 and text.count("（") + text.count("(") > text.count("）") + text.count(")")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Width:
    """Where lines were broken: so many characters, or cells of half a 汉字; lines may be `less` shorter by rules of marks."""

    measure: Callable[[str], int]
    size: int
    less: int

    def full(self, text: str) -> bool:
        """Whether a line reaches as far as lines do."""
        return self.size - self.less <= self.measure(text) <= self.size + self.less


def _characters(text: str) -> int:
    return len(text.rstrip())


def _cells(text: str) -> int:
    return sum(1 if char.isascii() else 2 for char in text.rstrip())


def _width(pieces: Sequence[Piece]) -> _Width | None:
    """The width lines were broken at; None where they were not.  Of the two ways to count the one that fits more exactly."""
    texts = [piece.text for piece in pieces if isinstance(piece, Paragraph)]
    found: list[tuple[float, _Width]] = []
    for measure, slack, least in ((_characters, 2, 15), (_cells, 4, 30)):
        counted = Counter(map(measure, texts))
        widest = max(counted, default=0)
        near = {size: count for size, count in counted.items() if size >= widest - slack}
        total, size = sum(near.values()), max(near, key=lambda one: near[one], default=0)
        if len(texts) >= 8 and least <= widest <= 240 and total >= 5 and total * 5 >= len(texts) * 2 and near[size] >= 3:
            share = near[size] / total
            found.append((share, _Width(measure=measure, size=size, less=0 if share > 0.9 else slack)))
    return max(found, key=lambda one: one[0])[1] if found else None
