"""A folder of files → size and sums of each, as fast as the disk gives them.  Knows no release."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from guodong_site.machine import cores
from guodong_site.release import File

_PIECE = 1 << 20
_BLOCK = 256  # files a thread takes at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """A file as it is: `sm3` where it was asked for."""

    file: File
    sm3: str = ""


def weighed(folder: Path, paths: Sequence[str], *, sm3: bool = False) -> list[Weight | OSError]:
    """Each file of `folder`, in the order of `paths`, or why it cannot be read."""
    home = os.fspath(folder)
    blocks = [paths[at : at + _BLOCK] for at in range(0, len(paths), _BLOCK)]

    def block(names: Sequence[str]) -> list[Weight | OSError]:
        return [_weighed(home, name, sm3=sm3) for name in names]

    with ThreadPoolExecutor(cores()) as pool:
        return [one for done in pool.map(block, blocks) for one in done]


def _weighed(home: str, path: str, *, sm3: bool) -> Weight | OSError:
    sums = [hashlib.sha256(), *([hashlib.new("sm3")] if sm3 else [])]
    size = 0
    try:
        opened = os.open(f"{home}/{path}", os.O_RDONLY)
        try:
            while piece := os.read(opened, _PIECE):
                size += len(piece)
                for one in sums:
                    one.update(piece)
                if len(piece) < _PIECE:
                    break
        finally:
            os.close(opened)
    except OSError as fault:
        return fault
    return Weight(file=File(path=path, size=size, sha256=sums[0].hexdigest()), sm3=sums[-1].hexdigest() if sm3 else "")


def listed(folder: Path, skipped: Callable[[str], bool] = lambda _: False) -> list[str]:
    """Every file below `folder`, relative and with `/`, sorted; links count as files.  `skipped` are names at the top."""
    found: list[str] = []

    def below(place: str, prefix: str) -> None:
        with os.scandir(place) as entries:
            for entry in entries:
                if not prefix and skipped(entry.name):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    below(entry.path, f"{prefix}{entry.name}/")
                else:
                    found.append(prefix + entry.name)

    below(os.fspath(folder), "")
    return sorted(found)


def good(weights: Iterable[Weight | OSError]) -> tuple[Weight, ...]:
    """All of them.  Raises the first fault there is."""
    made = []
    for one in weights:
        if isinstance(one, OSError):
            raise one
        made.append(one)
    return tuple(made)
