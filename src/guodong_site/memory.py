"""What was made before from the same input.  A wrapper round things already right: without it the same bytes come slower.

Values are had by a kind, a name and an identity, which says all that they are made from.  Large ones lie in a file each, small
ones of a kind in one table, which is read whole when it is first asked and written whole by `save`.  A file begins with the
digest of its place and of all that follows: what is damaged or another's is never looked into, and made anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import marshal
import os
import pickle
import shutil
import threading
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

Value = TypeVar("Value")
Row = tuple[bytes, bytes]
"""Identity and pickled value: what is not asked for is never unpickled, what did not change never pickled again."""

_TABLE = ".table"
_FOLDERS = 4  # kept of the ways of building: build and preview, of this branch and another


class Memory:
    """Values in `folder`; without one nothing is kept.  `writes` is off for who may read what was kept and leave no trace."""

    def __init__(self, folder: Path | None, *, writes: bool = True) -> None:
        self._folder, self._writes = folder, writes
        self._tables: dict[str, dict[str, Row]] = {}
        self._used: dict[str, dict[str, Row]] = {}
        self._values: dict[tuple[str, str], tuple[bytes, Any]] = {}
        self._lock = threading.RLock()  # of a preview, pages and index ask at the same time

    def small(self, kind: str, name: str, identity: bytes, make: Callable[[], Value]) -> Value:
        """What `make` gives; made now only where what is kept was not made from this `identity`.  Raises what `make` raises."""
        with self._lock:
            return self._small(kind, name, identity, make)

    def _small(self, kind: str, name: str, identity: bytes, make: Callable[[], Value]) -> Value:
        row = self._rows(kind).get(name)
        held = self._values.get((kind, name))
        if held is None or held[0] != identity:
            same = row is not None and row[0] == identity
            held = (identity, pickle.loads(row[1]) if row is not None and same else make())  # noqa: S301  # our own
            self._values[kind, name] = held
        value: Value = held[1]
        if self._folder is not None:
            self._used[kind][name] = row if row is not None and row[0] == identity else (identity, _pickled(value))
        return value

    def knows(self, kind: str, name: str, identity: bytes) -> bool:
        """Whether `small` would have to make nothing."""
        with self._lock:
            row = self._rows(kind).get(name)
            return row is not None and row[0] == identity

    def large(self, kind: str, name: str, identity: bytes, make: Callable[[], Value], most: int | None = None) -> Value:
        """As `small`, in a file of its own; of more than `most` of a kind the least recently used go."""
        kept: Value | None = self.recalled(kind, name, identity)
        if kept is not None:
            return kept
        made = make()
        if self._folder is not None and self._writes:
            self._put(_place(kind, name), identity + _pickled(made))
            with contextlib.suppress(OSError):
                files = (
                    sorted((self._folder / kind).iterdir(), key=lambda p: p.stat().st_mtime_ns, reverse=True) if most else []
                )
                for old in files[most:]:
                    old.unlink(missing_ok=True)
        return made

    def recalled(self, kind: str, name: str, identity: bytes) -> Any:  # noqa: ANN401  # what `large` was given
        """What `large` has kept, or None."""
        data = self._whole(_place(kind, name), identity)
        return None if data is None else pickle.loads(data)  # noqa: S301  # our own, whole by its digest

    def save(self) -> None:
        """Writes the tables that changed, as far as they were used since; what nobody asked for is forgotten."""
        with self._lock:
            for kind, used in self._used.items():
                if used and used != self._tables[kind]:
                    self._put(kind + _TABLE, marshal.dumps(used))
                    self._tables[kind] = used
                self._used[kind] = {}

    def only(self, kind: str, names: Iterable[str]) -> None:
        """Of the large values of a kind all but these are forgotten."""
        if self._folder is not None and self._writes:
            wanted = {Path(_place(kind, name)).name for name in names}
            with contextlib.suppress(OSError):
                for path in (self._folder / kind).iterdir():
                    if path.name not in wanted:
                        path.unlink(missing_ok=True)

    def _rows(self, kind: str) -> dict[str, Row]:
        """The table of a kind, read when it is first asked for."""
        if kind not in self._tables:
            data = self._whole(kind + _TABLE, b"")
            self._tables[kind] = marshal.loads(data) if data else {}  # noqa: S302  # our own, whole by its digest
            self._used[kind] = {}
        return self._tables[kind]

    def _whole(self, place: str, identity: bytes) -> memoryview | None:
        """What lies at a place, if it is whole and made from `identity`."""
        if self._folder is None:
            return None
        path = self._folder / place
        with contextlib.suppress(OSError):
            data = memoryview(path.read_bytes())
            size = 32 + len(identity)
            if data[32:size] == identity and data[:32] == _sealed(path, data[32:]):
                if identity and self._writes:
                    os.utime(path)
                return data[size:]
        return None

    def _put(self, place: str, rest: bytes) -> None:
        if self._folder is None or not self._writes:
            return
        path = self._folder / place
        with contextlib.suppress(OSError):  # a full disk or a read-only project: slower the next time, nothing else
            if not self._folder.exists():
                self._make_room(self._folder)
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(f".{os.getpid()}")
            part.write_bytes(_sealed(path, rest) + rest)
            part.replace(path)

    @staticmethod
    def _make_room(folder: Path) -> None:
        """Before a folder is begun: of those beside it only the newest few stay."""
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = sorted(folder.parent.iterdir(), key=lambda p: p.stat().st_mtime_ns, reverse=True)
        for old in beside[_FOLDERS - 1 :]:
            shutil.rmtree(old, ignore_errors=True)


class _Pickler(pickle.Pickler):
    """Writes our frozen dataclasses as their fields: they come back in a fifth of the time of dataclasses' own way."""

    def reducer_override(self, value: Any) -> Any:  # noqa: ANN401  # the library's shape
        if is_dataclass(value) and not isinstance(value, type):
            return _rebuilt, (type(value), *(getattr(value, one.name) for one in fields(value)))
        return NotImplemented


def _pickled(value: object) -> bytes:
    page = io.BytesIO()
    _Pickler(page, protocol=5).dump(value)
    return page.getvalue()


@cache
def _setters(kind: type) -> tuple[Callable[[object, object], None], ...]:
    return tuple(getattr(kind, one.name).__set__ for one in fields(kind))


def _rebuilt(kind: type, *held: object) -> object:
    """A frozen, slotted dataclass of these fields, past its own lock."""
    value: object = object.__new__(kind)
    for setter, one in zip(_setters(kind), held, strict=True):
        setter(value, one)
    return value


def _sealed(path: Path, rest: bytes | memoryview) -> bytes:
    """The digest a file begins with: of what follows and of the place it was written for, so that none passes for another."""
    digest = hashlib.sha256("/".join(path.parts[-4:]).encode("utf-8", "surrogatepass") + b"\0")
    digest.update(rest)
    return digest.digest()


def _place(kind: str, name: str) -> str:
    return f"{kind}/{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"
