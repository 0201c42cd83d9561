"""What was made before from the same input.  A wrapper round things already right: without it the same bytes come slower."""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import sys
from collections.abc import Callable, Iterable
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

Value = TypeVar("Value")


class Cache:
    """Results by a name and an identity, which says all they are made from.  Without a folder nothing is kept.

    A file begins with the digest of all that follows: what is damaged is never looked into, and made anew.
    """

    def __init__(self, folder: Path | None, most: int | None = None) -> None:
        """Of more than `most` results the least recently used go."""
        self._folder, self._most = folder, most

    def value(self, name: str, identity: bytes, make: Callable[[], Value]) -> Value:
        """What `make` gives; made now only where what is kept under `name` was not made from this `identity` (32 bytes).

        Raises what `make` raises.
        """
        if self._folder is None:
            return make()
        path = self._folder / hashlib.sha256(name.encode()).hexdigest()[:32]
        with contextlib.suppress(OSError):
            data = path.read_bytes()
            if data[:32] == hashlib.sha256(data[32:]).digest() and data[32:64] == identity:
                os.utime(path)
                kept: Value = pickle.loads(data[64:])  # noqa: S301  # our own, whole by its digest
                return kept
        made = make()
        with contextlib.suppress(OSError):  # a full disk or a read-only project: slower the next time, nothing else
            self._keep(path, identity + pickle.dumps(made, protocol=5))
        return made

    def _keep(self, path: Path, rest: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}")
        part.write_bytes(hashlib.sha256(rest).digest() + rest)
        part.replace(path)
        if self._most is not None:
            for old in sorted(path.parent.iterdir(), key=lambda p: p.stat().st_mtime_ns, reverse=True)[self._most :]:
                old.unlink(missing_ok=True)


def program(sources: Iterable[Path], *libraries: str) -> bytes:
    """A digest of parts of this program, the Python it runs on and the versions of libraries: part of an identity."""
    digest = hashlib.sha256(sys.version.encode())
    for source in sources:
        digest.update(hashlib.sha256(source.read_bytes()).digest())
    digest.update(" ".join(version(name) for name in libraries).encode())
    return digest.digest()
