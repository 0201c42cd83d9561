"""Writes into an issue's source the ids its items have by their position, so that what is added or moved later changes no address.

A heading carries its id in braces (`## 标题 {#5}`), a brief at the end of its paragraph (DESIGN.md §3).  Nothing else of the text
changes, and the text reads to the same issue.
"""

from __future__ import annotations

import re

from guodong_site.config import SectionKind
from guodong_site.outline import ItemSource, SectionSource, read_outline
from guodong_site.source import SourceText

_BRACES = re.compile(r"\{[ \u3000]*(?=[^{}]*\}[ \u3000]*$)")


def items(sections: list[SectionSource]) -> list[ItemSource]:
    """All items in order."""
    return [item for section in sections for item in section.items]


def ids(sections: list[SectionSource]) -> list[str]:
    """The id of every item: written, or its position over the whole issue."""
    return [item.written("id") or str(at) for at, item in enumerate(items(sections), start=1)]


def free_id(sections: list[SectionSource]) -> str:
    """The next number no item has, by writing or by position."""
    taken = set(ids(sections))
    number = len(taken) + 1
    while str(number) in taken:
        number += 1
    return str(number)


def numbered(text: SourceText, body: int, kinds: tuple[SectionKind, ...]) -> str:
    """The text with every item's id written out; `body` is the line its body begins at."""
    sections = read_outline(text, body, kinds, [])
    lines = text.text.split("\n")
    for item, item_id in zip(items(sections), ids(sections), strict=True):
        if item.written("id") is None:
            number = item.last if item.brief else item.first - 1
            lines[number - 1] = with_id(lines[number - 1], item_id, braced=bool(item.attributes))
    return "\n".join(lines)


def with_id(line: str, item_id: str, *, braced: bool) -> str:
    """A heading or a brief's last line with an id; `braced` where it has attributes already."""
    end = line[len(line.rstrip("\r")) :]
    line = line.rstrip("\r")
    if braced:
        return _BRACES.sub(f"{{#{item_id} ", line) + end
    return f"{line.rstrip()} {{#{item_id}}}" + end
