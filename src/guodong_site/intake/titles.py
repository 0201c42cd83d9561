"""What speaks for and against a line being a title: its looks among those of the document, its words in the body below."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from guodong_site.intake import shapes
from guodong_site.intake.lines import Line, ended
from guodong_site.intake.paragraphs import Piece

_LARGER = 1.5
"""Points above the body's size that make a title (三号 over 四号)."""


def safe(text: str) -> bool:
    """Whether a text can stand in the braces behind a heading."""
    return bool(text.strip()) and not set(text) & set('{}"“”\n')


class Titles:
    """Asked about the lines of one document, whose usual looks it knows."""

    def __init__(self, lines: Sequence[Line | Piece]) -> None:
        self._lines = lines
        own = [line for line in lines if isinstance(line, Line)]
        sizes: Counter[float] = Counter()
        for line in own:
            sizes[line.look.size] += len(line.text)
        self._body = max(sizes, key=lambda size: sizes[size], default=0)
        bodies = [line for line in own if not shapes.title_shaped(line.text)]
        self._centred = sum(line.look.centred for line in bodies) * 2 > len(bodies)  # a document all centred tells nothing
        self._gaps = sum(line.parts[0].gap for line in bodies) * 2 > len(bodies)
        self.styled = any(shapes.title_shaped(line.text) and self.strong(line) for line in own)

    def strong(self, line: Line) -> bool:
        """Whether a line is set as titles are: by its style, centred, or larger than the body."""
        look = line.look
        larger = bool(look.size and self._body and look.size >= self._body + _LARGER)
        return look.titled or larger or (look.centred and not self._centred)

    def likely(self, run: list[Line]) -> bool:
        """Whether a run within briefs opens an item of its own: set as a title, or one short line."""
        return any(self.strong(line) or line.look.bold for line in run) or (len(run) == 1 and len(run[0].text) <= 40)

    def following(self, at: int) -> str:
        """The text of the next few paragraphs from `at` on."""
        return "".join(line.text for line in self._lines[at : at + 3] if isinstance(line, Line))

    def why(self, line: Line, following: str) -> str:
        """The evidence for a title."""
        look = line.look
        reasons = [name for name, is_so in (("标题样式", look.titled), ("居中", look.centred), ("加粗", look.bold)) if is_so]
        reasons += [f"{look.size:g} 磅"] if look.size > self._body else []
        share = _spoken(line.text, following)
        return "、".join([*reasons, "单独一行、没有句号", *([f"{share:.0%}的词在正文开头出现"] if share else [])])

    def weakness(self, line: Line, before: str, following: str, *, inside: bool) -> Iterator[str]:
        """What speaks against a title, in a few words each."""
        if self.strong(line):
            return
        text = line.text
        if before and not ended(before):
            yield "上一段没有句末标点"
        if len(text) < 5:
            yield "很短"
        if len(text) > 60:
            yield "很长"
        if re.search(r"[的地得和与及在为对是将把被]$", text):
            yield f"以“{text[-1]}”结尾"
        if self._gaps and inside and not line.parts[0].gap:
            yield "上面没有空行"
        if _spoken(text, following) < 0.2:
            yield "正文开头没有提到它说的事"


def _spoken(title: str, body: str) -> float:
    """The share of a title's pairs of characters that the body's beginning has too."""
    words = re.sub(r"[\W_]", "", title)
    pairs = {words[at : at + 2] for at in range(len(words) - 1)}
    return sum(pair in body for pair in pairs) / len(pairs) if pairs else 0
