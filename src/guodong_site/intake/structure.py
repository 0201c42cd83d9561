"""Paragraphs → the bulletin: the edges, the items between them, then what only the whole tells.

Nothing is left out but by name; what is not certain is a doubt.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from guodong_site.config import Settings
from guodong_site.intake import shapes
from guodong_site.intake.bulletin import Bulletin, Column, Item, Leaf
from guodong_site.intake.edges import PARTS, Leaves, edges
from guodong_site.intake.items import Recogniser
from guodong_site.intake.lines import ended, whole
from guodong_site.intake.paragraphs import Doubt, Paragraph, Piece, Reading, bare, tidy
from guodong_site.intake.titles import safe


def recognise(reading: Reading, settings: Settings) -> Bulletin:
    """The bulletin in a source."""
    doubts = list(reading.doubts)
    leaves = Leaves(reading.pieces)
    printed = {id(piece): what for piece in reading.pieces if (what := _printed(piece))}
    lines = whole([piece for piece in reading.pieces if id(piece) not in printed], doubts)
    round_it = edges(lines, settings, leaves, doubts)
    shelf = Recogniser(lines[round_it.first : round_it.last], settings, leaves, doubts).run()
    columns = tuple(Column(kind=one.kind, mark=one.mark, items=tuple(map(_told, one.items))) for one in shelf.columns)
    columns = _noted(columns, reading)
    pairs = ((piece, printed[id(piece)]) for piece in reading.pieces if id(piece) in printed)
    furniture = [leaves.one(piece, what, "只有线条或页码") for piece, what in pairs if isinstance(piece, Paragraph)]
    year, last = _time(columns)
    return Bulletin(
        columns=columns,
        facts=replace(round_it.facts, year=year, last=last),
        kept=(*round_it.kept, *shelf.kept, *furniture),
        spare=round_it.spare,
        doubts=tuple(sorted(dict.fromkeys((*doubts, *_lacking(columns, settings))), key=lambda one: one.place)),
    )


def _printed(piece: Piece) -> str | None:
    """What only the printed page needs: a page's number, a line drawn of dashes."""
    text = tidy(piece.text) if isinstance(piece, Paragraph) else ""
    return "页码" if shapes.PAGE.fullmatch(text) else "分隔线" if shapes.RULE.fullmatch(text) else None


def _told(item: Item) -> Item:
    """The item with the source its body says where the manuscript's own reader would not find it."""
    texts = ["".join(leaf.tidy for leaf in block.leaves) for block in item.blocks if not (block.table or block.picture)]
    notes = [match for text in texts[-1:] + texts[:1] if (match := shapes.SOURCE_BRACKET.search(text))]
    if item.brief or item.source or not notes or not safe(notes[0][1]):
        return item
    plain = re.match(r"[（(]\s*(?:来源|转自|摘自)\s*[：:]", notes[0][0])
    last = item.blocks[-1]
    if plain and not item.notes and texts and texts[-1].endswith(notes[0][0]) and not (last.table or last.picture):
        return item
    return replace(item, told=notes[0][1].strip())


def _noted(columns: tuple[Column, ...], reading: Reading) -> tuple[Column, ...]:
    """Footnotes at the end of the articles that refer to them."""
    base = PARTS * (len(reading.pieces) + 1)
    leaves = [
        Leaf(order=base + at, place=0, text=note.mark + note.text, role="脚注", why="文中有它的标号")
        for at, note in enumerate(reading.notes)
    ]
    marks = {note.mark: leaf for note, leaf in zip(reading.notes, leaves, strict=True)}

    def noted(item: Item) -> Item:
        text = "".join(leaf.text for leaf in item.leaves())
        own = tuple(marks.pop(mark) for mark in tuple(marks) if mark in text)
        return _told(replace(item, notes=own)) if own and not item.brief else replace(item, notes=own)

    made = tuple(replace(column, items=tuple(map(noted, column.items))) for column in columns)
    if marks and made:  # referred to from the masthead or the tail
        *before, last = made
        if last.items:
            *items, item = last.items
            item = replace(item, notes=(*item.notes, *marks.values()))
            return (*before, replace(last, items=(*items, item)))
    return made


def _time(columns: tuple[Column, ...]) -> tuple[int | None, str | None]:
    """The year that is spoken of most, titles counting three times, and the latest day an article begins with."""
    years: Counter[int] = Counter()
    days: list[tuple[int, int]] = []
    for item in (item for column in columns for item in column.items):
        body = "".join(leaf.text for block in item.blocks for leaf in block.leaves)
        years.update(
            {int(year): 3 for year in re.findall(r"(?<!\d)((?:19|20)\d\d)年", "".join(leaf.text for leaf in item.title))}
        )
        years.update(int(year) for year in re.findall(r"(?<!\d)((?:19|20)\d\d)年", body))
        day = re.search(r"(?<!\d)(1[0-2]|[1-9])月([12]\d|3[01]|[1-9])日", body[:200])
        days += [(int(day[1]), int(day[2]))] if day else []
    year = max(years, key=lambda one: (years[one], one), default=None)
    return year, "{}月{}日".format(*max(days)) if days else None


def _lacking(columns: tuple[Column, ...], settings: Settings) -> Iterator[Doubt]:
    """Sections that are usually there, and paragraphs without an end."""
    there = {column.kind.key for column in columns}
    absent = [kind.name for kind in settings.sections if kind.key not in there]
    if absent:
        look = "本期没有这些栏目就不用管；有的话，在草稿里加上 # 栏目名"
        yield Doubt(place=0, said=f"没有找到栏目：{'、'.join(absent)}", look=look)
    if settings.sections[0].key not in there and not columns:
        yield Doubt(place=0, said="没有认出任何文章", look="看看选对了文件没有")
    open_ended = [
        block.leaves[-1].place
        for column in columns
        for item in column.items
        for block in item.blocks
        if block.leaves
        and block.leaves[-1].role in ("正文", "简讯")
        and not ended(shapes.SOURCE_BRACKET.sub("", bare(block.leaves[-1].text)))
    ]
    if open_ended:
        places = "、".join(map(str, open_ended[:8])) + (" 等" if len(open_ended) > 8 else "")
        said = f"有 {len(open_ended)} 段没有句末标点（{places}）"
        yield Doubt(place=open_ended[0], said=said, look="看看是不是断错了行，或漏了标点")
