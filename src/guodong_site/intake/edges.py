"""Masthead and tail of a bulletin: where the articles begin and end, and what the two say of the issue."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from guodong_site.config import Settings
from guodong_site.intake import shapes
from guodong_site.intake.bulletin import Facts, Leaf
from guodong_site.intake.lines import Line, ended
from guodong_site.intake.paragraphs import Doubt, Paragraph, Picture, Piece, Table, bare

PARTS = 128
"""Leaves a paragraph may have."""
_DEEPEST = 20
_LONGEST_TAIL = 14
_UNIT = re.compile(r".{0,24}(?:办公室|委员会|委|局|部|院|会|处|中心|办|编|印|主办|编印|编发|主管)[^。，；]{0,16}")


class Leaves:
    """Makes the leaves of one source's pieces, which know their order."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._at = {id(piece): at for at, piece in enumerate(pieces)}

    def one(self, piece: Paragraph | Table, role: str, why: str = "", text: str | None = None, part: int = 0) -> Leaf:
        """A leaf of a piece, or of the `part` of it that `text` is."""
        order = self._at[id(piece)] * PARTS + part
        return Leaf(order=order, place=piece.place, text=piece.text if text is None else text, role=role, why=why)

    def all(self, line: Line | Table, role: str, why: str = "") -> tuple[Leaf, ...]:
        """A leaf for each paragraph of a line."""
        parts = (line,) if isinstance(line, Table) else line.parts
        return tuple(self.one(part, role, why) for part in parts)

    def cut(self, line: Line, span: tuple[int, int], role: str, why: str) -> tuple[Leaf, list[Leaf]] | None:
        """The characters `span` of a line of one paragraph, and the marks round them; None where they cannot be told apart."""
        if len(line.parts) != 1:
            return None
        part = line.parts[0]
        before = len(part.text) - len(part.text.lstrip("\ufeff \t\u3000\u00a0"))
        start, end = before + span[0], before + span[1]
        if bare(part.text[start:end]) != bare(line.text[slice(*span)]):  # a tab or the like became one blank
            return None
        marks = [
            self.one(part, f"{role}标记", why, part.text[:start]),
            self.one(part, f"{role}标记", why, part.text[end:], PARTS - 1),
        ]
        return self.one(part, role, why, part.text[start:end], 1), marks


@dataclass(frozen=True, slots=True, kw_only=True)
class Edges:
    """Articles are lines `first` up to `last` (exclusive)."""

    first: int
    last: int
    facts: Facts
    kept: tuple[Leaf, ...]
    spare: tuple[Picture, ...] = ()
    """Pictures of the masthead."""


def edges(lines: Sequence[Line | Piece], settings: Settings, leaves: Leaves, doubts: list[Doubt]) -> Edges:
    """What stands round the articles."""
    kept: list[Leaf] = []
    head = _masthead(lines, settings)
    said = [_text(line) for line in lines[:head]]
    for line in lines[:head]:
        kept += leaves.all(line, "刊头", "期号、日期或刊名") if isinstance(line, Line | Table) else ()
    first = _contents(lines, head, leaves, kept)
    last = _tail(lines, first)
    distribution, channels = list[Leaf](), list[Leaf]()
    for line in lines[last:]:
        if isinstance(line, Line):
            _filed(line, leaves, distribution, channels, kept, doubts)
    end = [_text(line) for line in lines[last:]]
    number, total, secret = _numbers(said)
    if secret:
        look = "涉密或内部的内容不能公开；确实可以公开的，写 classification: 公开，并留下依据"
        doubts.append(Doubt(place=0, said=f"刊头写着“{secret}”", look=look))
    dates = [found for text in (*said, *end) if (found := shapes.date(text))]
    if len(set(dates)) > 1:
        doubts.append(
            Doubt(place=0, said=f"刊头、版记里有几个日期：{'、'.join(dict.fromkeys(dates))}，用了第一个", look="核对签发日期")
        )
    marked = re.match("绝密|机密|秘密", secret or "")
    facts = Facts(
        number=number,
        total=total,
        date=dates[0] if dates else None,
        classification=marked[0] if marked else None,
        distribution=tuple(distribution),
        channels=tuple(channels),
    )
    spare = tuple(line for line in lines[:first] if isinstance(line, Picture))
    if spare:
        doubts.append(Doubt(place=spare[0].place, said="刊头里的图片没有导入", look="不是刊头的图，请自己放进草稿"))
    return Edges(first=first, last=last, facts=facts, kept=tuple(kept), spare=spare)


def _text(line: Line | Piece) -> str:
    if isinstance(line, Table):
        return line.text.replace("\t", " ").replace("\n", " ")
    return line.text if isinstance(line, Line) else ""


def _squeezed(text: str) -> str:
    """Without the blanks of 工 作 动 态 and 第 3 期."""
    return re.sub(r"\s+", "", text)


def _masthead(lines: Sequence[Line | Piece], settings: Settings) -> int:
    """How many lines of it there are; it needs a number, the bulletin's name, or an office with a date at the very top."""
    last, sure = 0, False
    for at, line in enumerate(lines[:_DEEPEST]):
        text, close = _text(line), _squeezed(_text(line))
        if isinstance(line, Line) and ("。" in text or len(text) > 90 or shapes.section(text, settings.sections)):
            break
        if isinstance(line, Table) and not (shapes.NUMBER.search(close) and len(close) < 80):
            break
        if _heads(close, settings) or _named(lines, at, close, sure=sure) or _issued(close, near=sure or at < 2):
            last, sure = at + 1, True
        elif at == last and _goes_on(text, close, sure=sure):
            last = at + 1
    return last if sure or any(shapes.SECRET.fullmatch(_squeezed(_text(line))) for line in lines[:last]) else 0


def _heads(close: str, settings: Settings) -> bool:
    """A number, alone or with an office or a date beside it, or the bulletin's own name."""
    if shapes.NUMBER.fullmatch(close) or shapes.TOTAL.fullmatch(close):
        return True
    beside = shapes.DATE.search(close) or (len(close) < 30 and _UNIT.fullmatch(close))
    own = (settings.name, settings.issuer, settings.issuer + settings.name)
    return bool(shapes.NUMBER.search(close) and beside and len(close) < 60) or close.strip("《》") in own


def _named(lines: Sequence[Line | Piece], at: int, close: str, *, sure: bool) -> bool:
    """The name of a bulletin at the top, with a number below."""
    named = re.fullmatch(r".{0,20}(?:工作动态|简报|工作简报|信息专报|动态)", close)
    return not sure and at < 3 and bool(named) and _numbered(lines, at)


def _issued(close: str, *, near: bool) -> bool:
    """An office and a whole date in one line."""
    dated = shapes.DATE.search(close)
    return near and dated is not None and len(close) < 50 and bool(_UNIT.fullmatch(close[: dated.start()]))


def _goes_on(text: str, close: str, *, sure: bool) -> bool:
    """What belongs to a masthead directly below its lines: a date, editors, a rule; a mark of secrecy above them too."""
    dated = shapes.DATE.search(close)
    alone = dated is not None and dated[0] == close
    below = alone or (shapes.TAIL.match(text) and not text.startswith(("发：", "政务公开"))) or shapes.RULE.fullmatch(text)
    return bool(shapes.SECRET.fullmatch(close)) or (sure and bool(below))


def _numbered(lines: Sequence[Line | Piece], at: int) -> bool:
    """Whether a number of an issue follows within a few lines."""
    return any(shapes.NUMBER.search(_squeezed(_text(line))) and len(_text(line)) < 60 for line in lines[at + 1 : at + 6])


def _contents(lines: Sequence[Line | Piece], at: int, leaves: Leaves, kept: list[Leaf]) -> int:
    """Skips a list of contents, of which every entry comes again as a title."""
    if at >= len(lines) or not shapes.CONTENTS.fullmatch(_squeezed(_text(lines[at]))):
        return at
    entries = at + 1
    while entries < len(lines):
        entry = re.sub(r"^[\W_\d]+|[\s.…·]*\d*$", "", _text(lines[entries]))
        titles = (line.text for line in lines[entries + 1 :] if isinstance(line, Line) and shapes.title_shaped(line.text))
        later = "".join(map(bare, titles))
        if len(entry) < 2 or bare(entry) not in later or not shapes.title_shaped(entry):
            break
        entries += 1
    for line in lines[at:entries]:
        kept += leaves.all(line, "目录", "后面又作为标题出现") if isinstance(line, Line | Table) else ()
    return entries


def _tail(lines: Sequence[Line | Piece], first: int) -> int:
    """Where the tail begins: behind it only labelled lines and what goes on from one."""
    start = len(lines)
    for at in range(len(lines) - 1, max(first, len(lines) - _LONGEST_TAIL) - 1, -1):
        text = _text(lines[at])
        if not isinstance(lines[at], Line):
            break
        if shapes.TAIL.match(text) or shapes.PRINTED.fullmatch(text):
            start = at
        elif not (shapes.RULE.fullmatch(text) or (len(text) <= 60 and not ended(text) and start - at < 3)):
            break
    return start


def _filed(
    line: Line, leaves: Leaves, distribution: list[Leaf], channels: list[Leaf], kept: list[Leaf], doubts: list[Doubt]
) -> None:
    """One line of the tail, to where it belongs."""
    match = shapes.TAIL.match(line.text)
    label = re.sub(r"\s", "", match[1]) if match else ""
    parts = leaves.cut(line, (match.end(), len(line.text)), "版记", f"以“{label}：”开头") if match else None
    if parts and label == "发" and not distribution:
        kept += parts[1]
        distribution.append(parts[0])
    elif parts and label == "政务公开" and not channels:
        kept += parts[1]
        for at, piece in enumerate(re.split(r"([，,、；;]\s*)", parts[0].text)[: PARTS - 2]):
            mark = bool(re.fullmatch(r"[，,、；;]\s*", piece))
            role = "版记标记" if mark else "政务公开"
            leaf = Leaf(order=parts[0].order + at, place=line.place, text=piece, role=role, why="以“政务公开：”开头")
            if bare(piece):
                (kept if mark else channels).append(leaf)
    elif (
        distribution
        and not match
        and not channels
        and not shapes.PRINTED.fullmatch(line.text)
        and not shapes.RULE.fullmatch(line.text)
    ):
        distribution += leaves.all(line, "版记", "接着上一行")
    else:
        kept += leaves.all(line, "版记", "文末的分送、编审各行")
        if label in ("报", "送", "抄报", "抄送", "主送", "分送", "报送"):
            look = "刊头信息里只有 distribution（发：）；要印的话把它写进去"
            doubts.append(Doubt(place=line.place, said=f"“{label}：”一行没有放进草稿", look=look))


def _numbers(said: list[str]) -> tuple[int | None, int | None, str | None]:
    number = total = None
    secret = None
    for text in map(_squeezed, said):
        match = shapes.NUMBER.search(text)
        if match and number is None:
            number, total = shapes.number(match[2]), shapes.number(match[3]) if match[3] else total
        overall = shapes.TOTAL.search(text)
        if overall and total is None:
            total = shapes.number(overall[1])
        if shapes.SECRET.fullmatch(text):
            secret = secret or text
    return number, total, secret
