"""What was made before from the same input.  A wrapper round things already right: without it the same bytes come slower."""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

_KEPT = 64  # results of many files kept; the least recently used go
Value = TypeVar("Value")


class Cache:
    """Results by a name that says all they are made from.  Without a folder nothing is kept.

    A result is one zip file, whose checksums are tested at every reading: what is damaged is made anew.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def files(self, identity: str, make: Callable[[], dict[str, bytes]]) -> dict[str, bytes]:
        """The files `make` makes, by path; made now only where they are not kept.  Raises what `make` raises."""
        if self._folder is None:
            return make()
        path = self._folder / f"{identity}.zip"
        with contextlib.suppress(OSError, zipfile.BadZipFile, EOFError), zipfile.ZipFile(path) as kept:
            files = {name: kept.read(name) for name in kept.namelist()}
            os.utime(path)
            return files
        made = make()
        with contextlib.suppress(OSError):  # a full disk or a read-only project: slower the next time, nothing else
            self._keep(path, made)
        return made

    def value(self, name: str, identity: bytes, make: Callable[[], Value]) -> Value:
        """What `make` gives; made now only where the last one kept under `name` was not made from the same `identity`.

        A file begins with the digest of all that follows, so what is damaged is never looked into.
        """
        if self._folder is None:
            return make()
        path = self._folder / hashlib.sha256(name.encode()).hexdigest()[:32]
        with contextlib.suppress(OSError):
            data = path.read_bytes()
            if data[:32] == hashlib.sha256(data[32:]).digest() and data[32:64] == identity:
                kept: Value = pickle.loads(data[64:])  # noqa: S301  # our own, whole by its digest
                return kept
        made = make()
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            rest = identity + pickle.dumps(made, protocol=5)
            part = path.with_suffix(f".{os.getpid()}")
            part.write_bytes(hashlib.sha256(rest).digest() + rest)
            part.replace(path)
        return made

    def _keep(self, path: Path, files: Mapping[str, bytes]) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}")
        with zipfile.ZipFile(part, "w") as kept:
            for name, data in files.items():
                kept.writestr(zipfile.ZipInfo(name), data)
        part.replace(path)
        for old in sorted(path.parent.glob("*.zip"), key=lambda p: p.stat().st_mtime_ns, reverse=True)[_KEPT:]:
            old.unlink(missing_ok=True)
