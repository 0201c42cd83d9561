"""A package → a folder, whole or not at all: written beside, READY last, put in place by rename.  Cut short, the next run clears up."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from guodong_site.portal.making import KIND
from guodong_site.portal.parcel import MANIFEST, READY, SUMS

_NEW, _OLD = ".new", ".old"
"""Behind the folder's name: the package that is being written, the one that gives way."""


def stranger(out: Path) -> str | None:
    """Something in the folder that is no package's: whoever put it there must not lose it."""
    if not out.is_dir():
        return None
    present = _present(out)
    if not present:
        return None
    try:
        told = json.loads((out / MANIFEST).read_bytes())
        ours = {MANIFEST, SUMS, READY, *(file["path"] for file in told["files"])} if told["kind"] == KIND else set()
    except (OSError, ValueError, KeyError, TypeError):
        ours = set()
    return next(iter(sorted(present - ours)), None)


def deliver(files: Mapping[str, bytes], out: Path) -> bool:
    """Makes `out` hold exactly these files; False where it did already.  Raises OSError, and then `out` is as it was."""
    new, old = _beside(out, _NEW), _beside(out, _OLD)
    if old.exists() and not out.exists():  # cut short between the two renames
        old.rename(out)
    for rubbish in (new, old):
        if rubbish.exists():
            shutil.rmtree(rubbish)
    if _same(files, out):
        return False
    try:
        for path, data in files.items():  # in their order: READY is the last
            _put(new / path, data)
        if out.exists():
            out.rename(old)
        new.rename(out)
    except OSError:
        if old.exists() and not out.exists():
            old.rename(out)
        shutil.rmtree(new, ignore_errors=True)
        raise
    shutil.rmtree(old, ignore_errors=True)
    return True


def _beside(out: Path, suffix: str) -> Path:
    place = out.resolve()
    return place.with_name(f".{place.name}{suffix}")


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(data)
        if path.name == READY and hasattr(os, "sync"):
            os.sync()  # all that it promises is on the disk before it is
        file.flush()
        os.fsync(file.fileno())


def _same(files: Mapping[str, bytes], out: Path) -> bool:
    """Whether all of it stands; READY names it.  The commit it was made from, which the manifest says, is not looked at: else that
    of a receipt would make another package, and so on for ever."""
    if not out.is_dir() or _present(out) != set(files):
        return False
    return all((out / path).read_bytes() == data for path, data in files.items() if path not in (MANIFEST, SUMS))


def _present(out: Path) -> set[str]:
    return {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_symlink() or not path.is_dir()}
