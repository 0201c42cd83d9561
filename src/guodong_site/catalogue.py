"""Cataloguing (编目): issue files → entries of the archive.  For the same content each is read, judged and indexed once."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from os.path import abspath
from typing import TypeVar

from guodong_site import faults
from guodong_site.album import illustrated
from guodong_site.archive import Archive, Entry, Summing, Volume
from guodong_site.config import Settings
from guodong_site.diagnostics import Diagnostic
from guodong_site.listing import Listing, listing_of, public, public_terms
from guodong_site.load import IssueFile, content, read_issue
from guodong_site.manuscript import Manuscript
from guodong_site.memory import Memory
from guodong_site.model import Head, Inference, Issue, Site
from guodong_site.plates import Plate
from guodong_site.steps import Watch
from guodong_site.subjects import Counted, Indexer, indexed, terms
from guodong_site.words import Cutter
from guodong_site.workers import shared

_STATES = 4  # of indexers that are kept
Value = TypeVar("Value")
Judge = Callable[[Issue], Iterable[Diagnostic]]


class ChangedWhileReadingError(Exception):
    """A file is not what it was when the build began: it must look again."""


class Copy:
    """A file, its listing, and what came of it, had when it is asked for."""

    def __init__(
        self,
        file: IssueFile,
        identity: bytes,
        manuscript: Callable[[], Manuscript],
        count: Callable[[Copy], tuple[Counted, ...]],
    ) -> None:
        """`count` is asked for the terms of the issue in it."""
        self.file, self.identity = file, identity
        self._make, self._count = manuscript, count
        self._made: Manuscript | None = None
        self._counted: tuple[Counted, ...] | None = None
        self._indexed: Issue | None = None
        self.listing = Listing(head=None, found=())
        self.plates: tuple[Plate, ...] = ()

    @property
    def manuscript(self) -> Manuscript:
        """What came of the file."""
        if self._made is None:
            self._made = self._make()
        return self._made

    @property
    def issue(self) -> Issue:
        """The issue in it, of which there must be one, without its subjects."""
        if self.manuscript.issue is None:
            raise ValueError(self.file.name)
        return self.manuscript.issue

    @property
    def counted(self) -> tuple[Counted, ...]:
        """The terms of its articles."""
        if self._counted is None:
            self._counted = self._count(self)
        return self._counted

    @property
    def public(self) -> Copy:
        """The file as the public sees it: itself, or without the articles that are held back."""
        if self.listing.public is None:
            return self
        copy = Copy(
            self.file,
            hashlib.sha256(b"public" + self.identity).digest(),
            lambda: replace(self.manuscript, issue=public(self.issue)),
            lambda _: public_terms(self.issue, self.counted),
        )
        copy.listing, copy.plates = self.listing.public, self.plates
        return copy

    def take(self, manuscript: Manuscript, counted: tuple[Counted, ...], listing: Listing) -> None:
        """What came of the file, as somebody else has read it."""
        self._made, self._counted, self.listing = manuscript, counted, listing

    def open(self, subjects: bytes) -> Issue:
        """The issue with its subjects, which come pickled: of thousands of issues few are opened."""
        if self._indexed is None:
            self._indexed = indexed(self.issue, pickle.loads(subjects))  # noqa: S301  # our own
        return self._indexed


class Catalogue:
    """The files of a project as copies and, once they are indexed, as entries."""

    def __init__(self, settings: Settings, cutter: Cutter, memory: Memory, judge: Judge, jobs: int, step: Watch) -> None:
        """`judge` says what is wrong with an issue by itself; `jobs` processes read where there is much to read."""
        self._settings, self._cutter, self._memory, self._judge = settings, cutter, memory, judge
        self._jobs, self._step = jobs, step

    def read(self, files: Iterable[IssueFile], digests: Mapping[str, bytes]) -> list[Copy]:
        """Every file with its listing.  `digests` are those of the contents, as far as they are known, by absolute path."""
        copies = [self._copy(file, digests.get(abspath(file.path), b"")) for file in files]  # noqa: PTH100  # as they are named
        new = [copy for copy in copies if not self._memory.knows("listings", copy.file.name, copy.identity)]
        for copy, opened in zip(new, shared(self._opened, new, self._jobs, self._step.tick), strict=True):
            copy.take(*opened)
        self._step.note(f"{len(copies)} 份稿件，新读 {len(new)} 份")
        for copy in copies:
            if copy.identity:  # else there is no content, so nothing to be remembered by
                copy.listing = self._memory.small("listings", copy.file.name, copy.identity, partial(getattr, copy, "listing"))
        for kind in ("issues", "terms"):
            self._memory.only(kind, (copy.file.name for copy in copies))
        return copies

    def listed(self, copies: Iterable[Copy]) -> list[Entry]:
        """The issues of some copies as they are, without subjects."""
        return [_entry(head, copy, copy.identity, partial(getattr, copy, "issue")) for head, copy in _dated(copies)]

    def entries(self, copies: Iterable[Copy]) -> list[Entry]:
        """The issues of some copies with their subjects."""
        dated = _dated(copies)
        subjects = _Indexing(self._cutter, self._memory, [copy for _, copy in dated]).subjects()
        return [
            _entry(head, copy, hashlib.sha256(copy.identity + digest).digest(), partial(copy.open, made))
            for (head, copy), (made, digest) in zip(dated, subjects, strict=True)
        ]

    def _copy(self, file: IssueFile, known: bytes) -> Copy:
        data = None if known else content(file)
        if isinstance(data, Diagnostic):
            return Copy(file, b"", lambda: Manuscript(issue=None, found=(data,)), lambda _: ())
        digest = hashlib.sha256(data).digest() if data is not None else known
        asked = repr((file.name, file.issue_id, [picture.name for picture in file.pictures]))
        identity = hashlib.sha256(digest + asked.encode("utf-8", "surrogatepass")).digest()
        read = partial(self._read, file, digest, data)
        return Copy(file, identity, partial(self._memory.large, "issues", file.name, identity, read), self._terms)

    def _opened(self, copy: Copy) -> tuple[Manuscript, tuple[Counted, ...], Listing]:
        listing = self._listed(copy)
        return copy.manuscript, copy.counted if listing.head else (), listing

    def _terms(self, copy: Copy) -> tuple[Counted, ...]:
        def count() -> tuple[Counted, ...]:
            return terms(copy.issue, self._cutter, frozenset(self._settings.stop_words))

        return self._memory.large("terms", copy.file.name, copy.identity, count)

    def _read(self, file: IssueFile, digest: bytes, data: bytes | None) -> Manuscript:
        held = content(file) if data is None else data
        if isinstance(held, Diagnostic):
            changed = held.rule is not faults.HUGE_FILE
        else:
            changed = data is None and hashlib.sha256(held).digest() != digest
        if changed:
            raise ChangedWhileReadingError(file.name)
        return read_issue(file, held, self._settings, self._cutter)

    def _listed(self, copy: Copy) -> Listing:
        issue = copy.manuscript.issue
        if issue is None:
            return Listing(head=None, found=copy.manuscript.found)
        return listing_of(issue, copy.counted, (*copy.manuscript.found, *self._judge(issue)))


def _dated(copies: Iterable[Copy]) -> list[tuple[Head, Copy]]:
    """Those that hold an issue, oldest first."""
    dated = [(copy.listing.head, copy) for copy in copies if copy.listing.head is not None]
    return sorted(dated, key=lambda pair: pair[0].order)


def _entry(head: Head, copy: Copy, digest: bytes, opened: Callable[[], Issue]) -> Entry:
    listing = copy.listing
    if copy.plates:
        digest = hashlib.sha256(digest + repr([plate.facts for plate in copy.plates]).encode()).digest()
        opened = partial(_illustrated, opened, copy.plates)
    return Entry(
        head=head,
        digest=digest,
        text=listing.text,
        characters=listing.characters,
        links=listing.links,
        pictures=copy.file.pictures,
        aliases=listing.aliases,
        unusual=listing.unusual,
        open=opened,
    )


def _illustrated(opened: Callable[[], Issue], plates: tuple[Plate, ...]) -> Issue:
    return illustrated(opened(), plates)


class _Indexing:
    """Subjects of issues, oldest first.  What was indexed after the same issues as now is not indexed again."""

    def __init__(self, cutter: Cutter, memory: Memory, copies: Sequence[Copy]) -> None:
        self._cutter, self._memory, self._copies = cutter, memory, copies
        self._indexer, self._at = Indexer(cutter), 0
        self._chain = [b""]  # what an indexer has seen before each issue
        years = [copy.listing.head.date.year for copy in copies if copy.listing.head]
        self._kept = {len(copies) - 1, years.index(years[-1])} if years else set()
        """Before which issues an indexer is kept: the newest, which is edited again or followed by the next, and the first of
        the open year."""

    def subjects(self) -> list[tuple[bytes, bytes]]:
        """Of each issue, pickled until it is opened, with a digest of them."""
        made = []
        for at, copy in enumerate(self._copies):
            self._chain.append(hashlib.sha256(self._chain[-1] + copy.listing.terms).digest())
            made.append(self._memory.small("subjects", copy.file.name, self._chain[-1], partial(self._index, at)))
        return made

    def _index(self, at: int) -> tuple[bytes, bytes]:
        self._go_to(at)
        if at in self._kept:
            self._memory.large("indexer", self._chain[at].hex(), self._chain[at], self._indexer.packed, most=_STATES)
        made = self._indexer.add(self._copies[at].counted)
        self._at += 1
        return pickle.dumps(made, protocol=5), hashlib.sha256(repr(made).encode()).digest()

    def _go_to(self, at: int) -> None:
        """Makes the indexer one that has seen all issues before `at`, from a state that was kept where there is one."""
        if self._at == 0:
            for start in range(at, 0, -1):
                state = self._memory.recalled("indexer", self._chain[start].hex(), self._chain[start])
                if state is not None:
                    self._indexer, self._at = Indexer(self._cutter, state), start
                    break
        for copy in self._copies[self._at : at]:
            self._indexer.add(copy.counted)
        self._at = at


def inferred(copies: Iterable[Copy]) -> tuple[Inference, ...]:
    """All that was concluded from the files."""
    return tuple(inference for copy in copies for inference in copy.manuscript.inferred)


def summing(memory: Memory, archive: Archive) -> Summing:
    """Summaries of a year, made once for the same issues, settings and assets."""
    assets = repr([asset.address for asset in archive.assets]).encode()

    def remembered(function: Callable[[Site], Value], volume: Volume, open_volume: Callable[[], Site]) -> Value:
        identity = hashlib.sha256(assets + volume.digest).digest()
        kind = f"{function.__module__}.{function.__qualname__}"
        return memory.small(kind, str(volume.year), identity, lambda: function(open_volume()))

    return remembered
