"""The archive as a catalogue: every issue named, none opened; by years, as a periodical is bound into volumes.

What is made of the archive says which issues it shows and sees no others.  So what must be made anew when one issue changes is
known without looking at the rest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Protocol, TypeVar

from guodong_site.config import Settings
from guodong_site.edition import Edition, Printing, Printings
from guodong_site.history import Alias
from guodong_site.model import Asset, Head, Issue, Link, Reading, Site
from guodong_site.plates import Picture, Plate, Prints

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An issue in the catalogue; `open` gives the whole of it.

    `digest` names all of its content, keywords and related articles included; `text` only what a search can find.
    `characters` is how much that is.  `links` are those into the archive, which only the whole archive can judge, each with
    the id of its article; `pictures` are the files in its folder; `aliases` are the addresses it and its articles had before,
    each with the address of today.  `unusual` are the characters that not every font has.
    """

    head: Head
    digest: bytes
    text: bytes
    characters: int
    links: tuple[tuple[str, Link], ...]
    pictures: tuple[Picture, ...]
    aliases: tuple[tuple[str, Alias], ...] = ()
    unusual: str = ""
    open: Callable[[], Issue] = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Volume:
    """The issues of one year, newest first."""

    year: int
    entries: tuple[Entry, ...]

    @cached_property
    def digest(self) -> bytes:
        """Names the content of all its issues."""
        return hashlib.sha256(b"".join(entry.digest for entry in self.entries)).digest()


class Summing(Protocol):
    """How a volume's summary is had: made by `function`, or remembered."""

    def __call__(self, function: Callable[[Site], Value], volume: Volume, open_volume: Callable[[], Site], /) -> Value:
        """`function(open_volume())`."""


def _made(function: Callable[[Site], Value], volume: Volume, open_volume: Callable[[], Site]) -> Value:  # noqa: ARG001  # the shape
    return function(open_volume())


def _unmade(plate: Plate) -> Mapping[str, bytes]:
    """Nobody makes pictures: an archive that is only listed."""
    raise ValueError(plate.name)


def _unset(issue_id: str) -> Printing:
    """Nobody sets type: an archive without printed editions."""
    raise ValueError(issue_id)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Archive:
    """All that is published, complete before anything is planned.  `volumes` are newest first.

    `prints` makes the files of a picture; `editions` are the printed editions there are, by issue, `printings` has their files; `withdrawn` are the issues that were: their addresses go on, and nothing else of them is anywhere.
    It is not `complete` where a file could not be read, or a draft is held back.
    """

    settings: Settings
    assets: tuple[Asset, ...] = ()
    volumes: tuple[Volume, ...] = ()
    withdrawn: tuple[Entry, ...] = ()
    complete: bool = True
    summing: Summing = field(default=_made, repr=False)
    reading: Reading = field(default=tuple, repr=False)
    prints: Prints = field(default=_unmade, repr=False)
    editions: Mapping[str, Edition] = field(default_factory=dict)
    printings: Printings = field(default=_unset, repr=False)

    @property
    def entries(self) -> Iterator[Entry]:
        """Every issue, newest first."""
        return (entry for volume in self.volumes for entry in volume.entries)

    @property
    def years(self) -> tuple[int, ...]:
        """Years that hold an issue, newest first."""
        return tuple(volume.year for volume in self.volumes)

    @property
    def newest(self) -> Entry | None:
        """The newest issue that holds an article."""
        return next((entry for entry in self.entries if entry.head.articles), None)

    def of(self, *entries: Entry) -> Site:
        """The site as far as it holds these issues."""
        opened = tuple(entry.open() for entry in entries)
        return Site(settings=self.settings, assets=self.assets, issues=opened, reading=self.reading)

    @property
    def site(self) -> Site:
        """All of it, opened."""
        return self.of(*self.entries)

    def sums(self, function: Callable[[Site], Value]) -> dict[int, Value]:
        """What `function` gives for each year's issues, by year, newest first.

        It must be a function of a module, of nothing but that year's issues: what it gave is remembered by its name.
        """
        return {volume.year: self.sum_of(function, volume) for volume in self.volumes}

    def sum_of(self, function: Callable[[Site], Value], volume: Volume) -> Value:
        """What `function` gives for the issues of one year; see `sums`."""
        return self.summing(function, volume, partial(self.of, *volume.entries))


def bound(entries: Iterable[Entry]) -> tuple[Volume, ...]:
    """Entries in any order as volumes, newest first."""
    years: dict[int, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: entry.head.order, reverse=True):
        years.setdefault(entry.head.date.year, []).append(entry)
    return tuple(Volume(year=year, entries=tuple(listed)) for year, listed in years.items())
