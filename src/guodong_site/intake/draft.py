"""The bulletin → the text of a draft issue file, such that our own reader reads the same again (DESIGN.md §3).  Opens no file."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from guodong_site.drafting import TEXT, TITLE, quoted
from guodong_site.intake.bulletin import Block, Bulletin, Item
from guodong_site.intake.paragraphs import Picture, Table, tidy
from guodong_site.model import IssueDate

PENDING = "待补：图上是什么"
_SUFFIX = {"jpeg": ".jpg", "png": ".png", "gif": ".gif", "webp": ".webp"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The text of a draft, and the line each item begins at, from 1."""

    text: str
    lines: tuple[int, ...]


def picture_name(at: int, picture: Picture) -> str:
    """The name of the picture `at` (from 1) in the issue's folder."""
    return f"{at}{_SUFFIX[picture.kind]}"


def title_lines(item: Item) -> tuple[str, ...]:
    """The lines of an item's title; what to put in, where the source has none."""
    return tuple(leaf.tidy for leaf in item.title) or (TITLE,)


def paragraph(block: Block) -> str:
    """The text of a paragraph of one line or several: without a blank between them but between Latin words."""
    said = ""
    for leaf in block.leaves:
        more = leaf.tidy
        latin = said[-1:].isascii() and said[-1:].isalnum() and more[:1].isascii() and more[:1].isalnum()
        said += (" " if latin else "") + more
    return said


def written(bulletin: Bulletin, issue_id: str, date: IssueDate) -> Written:
    """The file."""
    lines, starts, pictures = list(_front(bulletin, date)), list[int](), 0
    number = 0
    for column in bulletin.columns:
        lines += [f"# {column.kind.name}", ""]
        for item in column.items:
            number += 1
            starts.append(len(lines) + 1)
            for block in _item(item, number, issue_id, pictures):
                lines += [*block, ""]
            pictures += sum(block.picture is not None for block in item.blocks)
    return Written(text="\n".join(lines), lines=tuple(starts))


def _front(bulletin: Bulletin, date: IssueDate) -> Iterator[str]:
    facts = bulletin.facts
    yield "---"
    if facts.number:
        yield f"number: {facts.number}"
    if facts.total:
        yield f"total: {facts.total}"
    yield f"date: {date.iso}"
    if date.day is None:
        yield "legacy: true"
    if facts.distribution:
        yield f"distribution: {_value(' '.join(leaf.tidy for leaf in facts.distribution))}"
    if facts.channels:
        yield f"channels: [{', '.join(_value(leaf.tidy) for leaf in facts.channels)}]"
    if facts.classification:
        yield f"classification: {facts.classification}"
    yield from ("draft: true", "---", "")


def _value(text: str) -> str:
    """As YAML; a full-width colon would be read as the end of a name."""
    written = quoted(text)
    return '"' + written.replace("\\", "\\\\").replace('"', '\\"') + '"' if "：" in text and written == text else written


def _item(item: Item, number: int, issue_id: str, pictures: int) -> Iterator[list[str]]:
    """Its blocks, each as lines."""
    blocks = list(item.blocks)
    if item.brief:
        first = _escaped(paragraph(blocks[0])) + "".join(_escaped(leaf.tidy) for leaf in item.notes)
        yield [f"{first} {{#{number}}}"]
        blocks = blocks[1:]
    else:
        title = "<br>".join(map(_title, title_lines(item)))
        attributes = [f"#{number}"]
        source = item.source.tidy if item.source else item.told
        attributes += [f'author="{item.author.tidy}"'] if item.author else []
        attributes += [f'source="{tidy(source)}"'] if source else []
        yield [f"## {title} {{{' '.join(attributes)}}}"]
        if not blocks and not item.notes:
            yield [TEXT]
    for block in blocks:
        if block.picture:
            pictures += 1
            yield [_picture(block, f"{issue_id}/{picture_name(pictures, block.picture)}")]
        elif block.table:
            yield _table(block.table)
        else:
            text = _escaped(paragraph(block))
            yield ["#" * block.level + " " + re.sub(r"(?<![&\\])#", r"\\#", text) if block.level else text]
    if not item.brief:
        for leaf in item.notes:
            yield [_escaped(leaf.tidy)]


def alternative(block: Block) -> str:
    """What a picture's text for the blind is: the source's own, its caption, or what is to be put in."""
    own = re.sub(r'["()\[\]\\<>&*_`{}\s]+', " ", block.picture.said if block.picture else "").strip()
    if re.fullmatch(r"(?:图片|picture|image|img|dsc|微信图片)?[\s\d._-]*(?:\.?(?:jpe?g|png|gif|bmp))?", own, re.IGNORECASE):
        own = ""  # the name of a file, which tells nobody anything
    return own or paragraph(block) or PENDING


def _picture(block: Block, address: str) -> str:
    caption = paragraph(block)
    return f"![{alternative(block)}]({address}" + (f' "{caption}")' if caption else ")")


def _table(table: Table) -> list[str]:
    """The first row is the head, as Markdown has it."""
    width = max((len(row) for row in table.rows), default=1)
    rows = [[*row, *[""] * (width - len(row))] for row in table.rows] or [[""]]

    def line(cells: list[str]) -> str:
        return "| " + " | ".join(_cell(cell) for cell in cells) + " |"

    return [line(rows[0]), "|" + "---|" * width, *map(line, rows[1:])]


def _cell(text: str) -> str:
    lines = [_escaped(tidy(line)).replace("|", "&#124;") for line in text.split("\n")]
    return "<br>".join(line for line in lines if line)


def _title(text: str) -> str:
    """A title is no Markdown, but its entities are read."""
    return html.escape(text, quote=False).replace("#", "&#35;").replace("{", "&#123;").replace("＃", "&#65283;")


def _escaped(text: str) -> str:
    """A text of which Markdown, HTML and our own outline make nothing but the text."""
    text = re.sub(r"([\\`*_\[\]{}])", r"\\\1", text)
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    text = re.sub(r"^([#>+-])", r"\\\1", text)
    text = re.sub(r"^＃", "&#65283;", text)
    text = re.sub(r"^:", "&#58;", text)
    return re.sub(r"^(\d+)\.", r"\1\\.", text)
