"""What we want to publish, as data: a sheet first (what it shows), then pages (template and context), then bytes."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Protocol

from guodong_site.archive import Archive, Entry
from guodong_site.diagnostics import Diagnostic, Rule
from guodong_site.model import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a template may see.  Each page kind subclasses it beside its plan; the fields are the contract."""

    def variables(self) -> dict[str, Any]:
        """The fields by name, as the template receives them."""
        return {f.name: getattr(self, f.name) for f in fields(self)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page before it is rendered: `path` is its file in the output, relative and with `/`."""

    path: str
    template: str
    context: Context


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifact:
    """A file that needs no template: `make()` gives its bytes."""

    path: str
    make: Callable[[], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Outputs that are made together, as pages are on one printed sheet (印张): made anew when what they show is another.

    `make(site, *facts)` gives them and can know nothing else: `site` holds the issues of `shows`, `facts` are plain values
    (texts, numbers, tuples of them).  `name` is its own among those of its kind.  One that `gives_way` leaves out the files whose
    addresses another has: who planned it says that this is a fault.
    """

    name: str
    make: Callable[..., Iterable[Page | Artifact]]
    shows: tuple[Entry, ...] = ()
    facts: tuple[object, ...] = ()
    gives_way: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A sheet as files: `paths` are all of them, `files` the bytes of those made now.  What stands from before has none.

    `identity` names all that they were made from.
    """

    name: str
    identity: bytes
    paths: tuple[str, ...]
    files: Mapping[str, bytes] = field(default_factory=dict)


class Former(Protocol):
    """What was printed before and still stands."""

    def kept(self, name: str, identity: bytes, /) -> tuple[str, ...] | None:
        """The files of the output `name`, if they were made from this `identity` and nobody touched them since."""

    def paths(self) -> Collection[str]:
        """All files there were."""

    def present(self) -> set[str] | None:
        """All files there are now; None where that is not known."""

    def read(self, path: str, /) -> bytes:
        """The bytes of one that still stands."""


class Nothing:
    """No output that could stand."""

    def kept(self, name: str, identity: bytes) -> None:
        """Never."""

    def paths(self) -> tuple[str, ...]:
        """None."""
        return ()

    def present(self) -> None:
        """Not known."""

    def read(self, path: str) -> bytes:
        """There is nothing to read."""
        raise KeyError(path)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageKind:
    """A kind of page: `plan(archive)` yields every sheet of the kind; `context` types what its template receives."""

    name: str
    template: str
    context: type[Context]
    plan: Callable[[Archive], Iterable[Sheet]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """An output that is not a template's: `plan(archive)` yields the sheets of its files."""

    name: str
    plan: Callable[[Archive], Iterable[Sheet]]


def _nothing(_: object) -> Iterable[Diagnostic]:
    return ()


def _never(_: Archive, __: datetime.date) -> Iterable[Diagnostic]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """An opinion: `run(site)` yields what breaks `rule`, one issue at a time; `across(archive)` what no issue shows alone.

    `on(archive, today)` is asked by the command `check` alone: it may depend on the day, or take its time.
    """

    rule: Rule
    run: Callable[[Site], Iterable[Diagnostic]] = _nothing
    across: Callable[[Archive], Iterable[Diagnostic]] = _nothing
    on: Callable[[Archive, datetime.date], Iterable[Diagnostic]] = _never
