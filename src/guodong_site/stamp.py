"""What a build was made from and what it made, as the file system tells: whether there is anything to do at all.

A build that finds nothing changed ends here, before any library is loaded; so this module stands on the standard library
alone.  It only ever says "unchanged" or nothing: a stamp that is missing, damaged, of another version or another machine is
no stamp, and the build goes its whole way.

Stat first, hash on doubt.  A file is as it was where size, mtime and ctime are; ctime cannot be set back, so a file
rewritten with its old size and mtime is noticed.  Where only the times differ, as in a fresh checkout, and for files
changed within _DOUBT of the last look, the content decides.  Not noticed: a disk whose content changed behind the file
system's back.  The cure is `--no-cache`.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import marshal
import os
import sys
from collections.abc import Iterator
from pathlib import Path

_INPUTS = ("site.yaml", "issues", "templates", "static", "editorial")
_DOUBT = 2_000_000_000
"""Nanoseconds: the coarsest clock of a file system (FAT), within which two changes may bear one time."""

Looks = dict[str, tuple[int, int, int]]
"""Path → size, mtime and ctime in nanoseconds."""

Said = tuple[str, str, str]
"""The end of a build that changed nothing, in words: plain, with colours, and under `--quiet`."""


class Stamp:
    """The stamp of one project, one output folder and one way of building it (`choice`)."""

    def __init__(self, root: Path, out: Path, choice: str) -> None:
        self._root, self._out = Path(os.path.abspath(root)), Path(os.path.abspath(out))  # noqa: PTH100  # links kept
        key = hashlib.sha256(json.dumps([str(out.resolve()), choice, sys.version]).encode()).hexdigest()[:16]
        self._file = self._root / ".cache" / "stamps" / key
        self._inputs: Looks = {}
        self._digests: dict[str, bytes] = {}
        self._begun = 0

    def begin(self) -> None:
        """Looks at the inputs and what is in them; call it before they are read, so that a change while building is a change."""
        import tempfile  # noqa: PLC0415  # who has nothing to do needs none

        with contextlib.suppress(OSError), tempfile.TemporaryFile(dir=self._root) as probe:
            probe.write(b"x")
            probe.flush()
            self._begun = os.fstat(probe.fileno()).st_mtime_ns  # the file system's clock, not ours
            inputs = dict(_inputs(self._root))
            self._digests = {path: _digest(path) for path in inputs if not path.endswith("/")}
            self._inputs = inputs  # last: without them nothing is kept

    def keep(self, said: Said) -> None:
        """The build ended well and nothing is left to do; `said` is what to say the next time."""
        if not self._inputs:
            return
        with contextlib.suppress(OSError):  # a read-only project builds all the way each time
            self._file.parent.mkdir(parents=True, exist_ok=True)
            data = marshal.dumps((self._begun, self._inputs, self._digests, dict(_looks(str(self._out))), said))
            part = self._file.with_suffix(f".{os.getpid()}")
            part.write_bytes(hashlib.sha256(data).digest() + data)
            part.replace(self._file)

    def unchanged(self) -> Said | None:
        """What is to be said of the build that still stands; None where anything may have changed."""
        try:
            held = self._file.read_bytes()
            if hashlib.sha256(held[32:]).digest() != held[:32]:
                return None
            begun, inputs, digests, outputs, said = marshal.loads(held[32:])  # noqa: S302  # our own, whole by its digest
            if dict(_looks(str(self._out))) != outputs:
                return None
            now = dict(_inputs(self._root))
            if now.keys() != inputs.keys():
                return None
            for path, look in now.items():
                doubtful = look != inputs[path] or look[1] >= begun - _DOUBT or look[2] >= begun - _DOUBT
                if doubtful and (look[0] != inputs[path][0] or (path in digests and _digest(path) != digests[path])):
                    return None
        except (OSError, ValueError, EOFError, TypeError, KeyError):
            return None
        plain, colored, quiet = said
        return str(plain), str(colored), str(quiet)


def _inputs(root: Path) -> Iterator[tuple[str, tuple[int, int, int]]]:
    """All that a build reads: the project's files, this program, and the folders its libraries lie in."""
    for name in _INPUTS:
        yield from _looks(str(root / name))
    for path, look in _looks(str(Path(__file__).parent)):
        if not path.endswith(".pyc"):
            yield path, look
    for folder in sys.path:
        if folder.endswith(("site-packages", "dist-packages")) and os.path.isdir(folder):  # noqa: PTH112  # an installed library is a new entry
            names = hashlib.sha256("\n".join(sorted(os.listdir(folder))).encode()).digest()  # noqa: PTH208
            yield folder + "/", (int.from_bytes(names[:8], "big"), 0, 0)


def _looks(path: str) -> Iterator[tuple[str, tuple[int, int, int]]]:
    """A file, or every file below a folder; nothing where there is none.  os.scandir: an archive has 90,000 of them."""
    if not os.path.lexists(path):
        return
    if not os.path.isdir(path):  # noqa: PTH112
        seen = os.stat(path)  # noqa: PTH116
        yield path, (seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns)
        return
    with os.scandir(path) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _looks(entry.path)
            else:
                seen = entry.stat()
                yield entry.path, (seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns)


def _digest(path: str) -> bytes:
    """Of what is in a file; a pipe among the issues would be waited for, for ever."""
    if not os.path.isfile(path):  # noqa: PTH113
        return b""
    return hashlib.sha256(Path(path).read_bytes()).digest()
