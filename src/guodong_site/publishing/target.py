"""What a target is: somewhere readers see a release, that can be given the next one and take the one before it back.

`targets/` holds one file a kind.  Readers see the old release or the new one; a target that cannot switch (an object store) at
least never shows a page that links to a missing file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from guodong_site.config import Destination
from guodong_site.release import Delta, Release


class TargetError(Exception):
    """A target cannot be reached, refuses, or broke off; `str()` is one Chinese sentence without the stop, `hint` the next step.

    `passing` says that it may be gone in a moment (a lost connection): `publish` opens the target anew and tries again.
    """

    def __init__(self, message: str, hint: str = "", *, passing: bool = False) -> None:
        """`hint` may be empty where there is nothing to do but to try again."""
        super().__init__(message)
        self.hint, self.passing = hint, passing


class LackingError(TargetError):
    """The library or program a target needs is not on this computer; `hint` says how to get it (exit code 4)."""


class Progress(Protocol):
    """Is told how far a long work is."""

    def __call__(self, done: int, total: int, /) -> None:
        """So many bytes of so many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipment:
    """What is to go out: `folder` holds `release.files`, all verified, and a folder of ours (`.guodong/`) that goes nowhere.

    `own` are the release's own files (release.json, SHA256SUMS …) as bytes by name: they lie in no folder, and go out last.
    `before` is the release that stands at the target, `delta` from that to this one.
    """

    folder: Path
    release: Release
    own: Mapping[str, bytes]
    before: Release | None
    delta: Delta


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What sending came to: bytes and files that crossed the line, files the target linked or copied by itself, files it removed.

    `resumed` are files an earlier, cut run had already brought; `notes` are Chinese sentences for the operator (what it could not
    do cheaply, and what that cost).
    """

    bytes: int = 0
    files: int = 0
    linked: int = 0
    removed: int = 0
    resumed: int = 0
    notes: tuple[str, ...] = field(default=())


class Target(Protocol):
    """An open connection to where a release goes.  Every method raises TargetError where the target fails."""

    def standing(self) -> bytes | None:
        """The release.json readers are served now; None where nothing was ever published."""

    def send(self, shipment: Shipment, progress: Progress) -> Sent:
        """Brings the release whole, verifies it there, and switches to it last.  A cut run is completed by the next."""

    def rollback(self, progress: Progress) -> bytes:
        """Goes back to the release before the one that stands; its release.json."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetKind:
    """A kind of target: `options` are the names it knows in site.yaml, `required` those it cannot do without.

    `open` connects (and authenticates) for the time of a `with`; `switches` says that readers never see a mixture.
    """

    name: str
    open: Callable[[Destination, Path], AbstractContextManager[Target]]
    options: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    switches: bool = True
