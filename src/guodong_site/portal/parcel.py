"""The nouns of a package: an article as the portal gets it, what lies beside it, and all of it together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from guodong_site.config import Settings

OPS = ("create", "update", "withdraw", "unchanged")
"""What a package does to an article at the portal.  `create` and `update` are both: put it in place of what has this id."""

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
READY = "READY"
"""Written last: a folder without it is not whole."""

Record = Mapping[str, Any]
"""An article as data, in the shape of schemas/package-item.json, but for what is done to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A file that belongs to an article: `path` in the package, `name` as the office calls it.

    `digest` is of the office's own file; what goes out is made only where it does.
    """

    path: str
    name: str
    kind: str
    digest: str
    make: Callable[[], bytes] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """An article in a package; a withdrawn one is its id, its address and why, and nothing of its text.

    `sha256` is what its review is bound to, `rev` names all of its record; None where it is withdrawn.
    """

    id: str
    op: str
    url: str
    title: str | None = None
    date: str | None = None
    published: str | None = None
    sha256: str | None = None
    rev: str | None = None
    record: Record = field(default_factory=dict, repr=False)
    enclosures: tuple[Enclosure, ...] = field(default=(), repr=False)
    withdrawn: Mapping[str, str | None] | None = None

    @property
    def sent(self) -> bool:
        """Whether it is in the package, or only named there."""
        return self.op != "unchanged"

    @property
    def live(self) -> bool:
        """Whether it is to be read."""
        return self.withdrawn is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """The printed edition of an issue of which something is sent: `path` in the package, `url` of the issue, how many `pages`."""

    issue: str
    label: str
    url: str
    path: str
    pages: int
    make: Callable[[], bytes] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """All that a package is made of.  `pieces` are newest issue first, in printed order; `since` is the release or package it
    is compared with, None for one in full.  `commit` and `forced` are as a release has them."""

    settings: Settings
    pieces: tuple[Piece, ...]
    papers: tuple[Paper, ...] = ()
    since: str | None = None
    commit: str = ""
    forced: tuple[tuple[str, str], ...] = ()

    @property
    def sent(self) -> tuple[Piece, ...]:
        """What the package carries."""
        return tuple(piece for piece in self.pieces if piece.sent)

    @property
    def counts(self) -> dict[str, int]:
        """How many articles each operation concerns."""
        return {op: sum(piece.op == op for piece in self.pieces) for op in OPS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Adapter:
    """A way to lay a package out: `lay` gives its files, but for manifest, sums and READY, which all have.

    `summary` says in Chinese for whom it is.  `workbook` says that it is nothing without the library for workbooks.
    """

    name: str
    summary: str
    lay: Callable[[Parcel], Mapping[str, bytes]]
    workbook: bool = False
