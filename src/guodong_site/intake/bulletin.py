"""A bulletin as recognised in a manuscript: sections and items whose leaves are pieces of the source, each with its evidence.

Frozen nouns and their reading order; nothing here decides anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guodong_site.config import SectionKind
from guodong_site.intake.paragraphs import Doubt, Picture, Table, tidy


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A piece of the source's text: the how-manyeth, where it stands, what it was taken for and why."""

    order: int
    place: int
    text: str
    role: str
    why: str = ""

    @property
    def tidy(self) -> str:
        """As it is written."""
        return tidy(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph (of one leaf, or of several lines), a heading inside an item (`level` 3 or 4), a table or a picture.

    Of a picture the leaves are its caption.
    """

    leaves: tuple[Leaf, ...] = ()
    level: int = 0
    table: Table | None = None
    picture: Picture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An article, or a brief where it has no title of its own.

    `author` and `source` are leaves that become attributes; `told` is a source the text says in its body, for the attribute alone.
    """

    title: tuple[Leaf, ...] = ()
    brief: bool = False
    author: Leaf | None = None
    source: Leaf | None = None
    told: str | None = None
    blocks: tuple[Block, ...] = ()
    notes: tuple[Leaf, ...] = ()

    def leaves(self) -> Iterator[Leaf]:
        """Every leaf, in no particular order."""
        yield from self.title
        yield from (leaf for leaf in (self.author, self.source) if leaf)
        yield from (leaf for block in self.blocks for leaf in block.leaves)
        yield from self.notes


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A section with its items; `mark` is its name in the source, None where it has none."""

    kind: SectionKind
    mark: Leaf | None
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What masthead and tail say of the issue; None is what they do not say."""

    number: int | None = None
    total: int | None = None
    date: str | None = None
    classification: str | None = None
    distribution: tuple[Leaf, ...] = ()
    channels: tuple[Leaf, ...] = ()
    year: int | None = None
    """The year the articles speak of most."""
    last: str | None = None
    """The latest day of that year an article begins with, as the text says it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulletin:
    """All of it.  `kept` are leaves that are not in the draft."""

    columns: tuple[Column, ...]
    facts: Facts
    kept: tuple[Leaf, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    spare: tuple[Picture, ...] = ()
    """Pictures that are not in the draft."""

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item, as the draft has them."""
        return tuple(item for column in self.columns for item in column.items)

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """Every picture, as the draft has them."""
        return tuple(block.picture for item in self.items for block in item.blocks if block.picture)

    def leaves(self) -> tuple[Leaf, ...]:
        """Every leaf in the order of the source."""
        found = [*self.kept, *self.facts.distribution, *self.facts.channels]
        found += [column.mark for column in self.columns if column.mark]
        found += [leaf for item in self.items for leaf in item.leaves()]
        return tuple(sorted(found, key=lambda leaf: leaf.order))
