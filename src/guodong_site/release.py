"""A release as data: exactly which files the published site is, and what its items are.  Nothing is read or sent here.

`release.json` lies at the root of a published site and says all of it; `SHA256SUMS` says the same of the files to `sha256sum -c`.
A release is named by its content: the same files are the same release, on any machine and any day.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from operator import attrgetter

MANIFEST = "release.json"
SUMS = "SHA256SUMS"
SM3_SUMS = "SM3SUMS"
SIGNATURE = "SHA256SUMS.sig"

OWN = frozenset({MANIFEST, SUMS, SM3_SUMS, SIGNATURE})
"""The files a release adds to the site: they are not listed among its `files`."""


CHECKS, REVIEWS, COMMIT, ADDRESSES, REMOVALS = "checks", "reviews", "commit", "addresses", "removals"
GATES = (CHECKS, REVIEWS, COMMIT, ADDRESSES, REMOVALS)
"""The gates that may be opened by name, with a reason that stands in the release."""

KEY_VARIABLE = "GUODONG_SIGN_KEY"
"""The variable of the environment that names the key a release is signed with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file of the site: `path` is relative with `/`, `size` in bytes, `sha256` in hex."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An article as the release names it: `id` is `<issue>/<item>`, `url` its path with the base path.

    `sha256` names its content: what a review is bound to, so that a new look of the site changes no item.  `date` and `published`
    are ISO, None where nobody knows; `op` is what this release does to it against the one before.  Of a withdrawn one, `withdrawn`
    is the day; its place is kept, and nothing of its text.
    """

    id: str
    url: str
    title: str
    sha256: str
    date: str
    published: str | None
    op: str
    withdrawn: str | None = None


OPS = ("create", "update", "withdraw", "unchanged")

facts = attrgetter(*(field.name for field in fields(Item) if field.name != "op"))
"""All that an item says whatever becomes of it, as a tuple: what two are compared by, of thousands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """All a published site is.  `commit` is the signed commit it was built from, `previous` the id of the release before it.

    `files` are sorted by path, `items` newest issue first, in printed order; `forced` are the gates that were opened by name, with
    the reason given.
    """

    commit: str
    base_url: str
    generator: str
    files: tuple[File, ...]
    items: tuple[Item, ...]
    previous: str | None = None
    forced: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        """Its name: 16 hex digits of the SHA-256 of its files' sums."""
        return hashlib.sha256(sums(self.files).encode()).hexdigest()[:16]


_UNFIT = re.compile(r"[\x00-\x1f\x7f\\]|(?:^|/)\.{0,2}(?:/|$)")
"""What `sha256sum` writes in other words, and some disks take for a folder; a step that leads nowhere, or out."""


def fit(path: str) -> bool:
    """Whether a path can be that of a file of a release: one that stays in its folder, and that every program reads alike."""
    return not _UNFIT.search(path)


def addressed(path: str) -> bool:
    """Whether the lock of addresses looks at a file: the pages and the printed editions of the issues."""
    return path.startswith("issues/") and path.endswith((".html", ".pdf"))


def sums(files: Iterable[File]) -> str:
    """The lines `sha256sum -c` reads."""
    return "".join(f"{file.sha256}  {file.path}\n" for file in files)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delta:
    """What must happen to the files of one release to make them those of another; each tuple is sorted by path."""

    created: tuple[File, ...] = ()
    changed: tuple[File, ...] = ()
    removed: tuple[File, ...] = ()
    kept: tuple[File, ...] = ()

    @property
    def bytes(self) -> int:
        """How much is new."""
        return sum(file.size for file in (*self.created, *self.changed))


def between(old: Release | None, new: Release) -> Delta:
    """From one release to the next; from none, all is created."""
    before = {file.path: file for file in old.files} if old else {}
    after = {file.path for file in new.files}
    return Delta(
        created=tuple(file for file in new.files if file.path not in before),
        changed=tuple(file for file in new.files if file.path in before and before[file.path].sha256 != file.sha256),
        removed=tuple(file for path, file in sorted(before.items()) if path not in after),
        kept=tuple(file for file in new.files if file.path in before and before[file.path].sha256 == file.sha256),
    )
