"""What a build was made from and what it made, as the file system tells: what there is to do at all.

A build that finds nothing changed ends here, before any library is loaded; so this module stands on the standard library
alone.  A stamp that is missing, damaged, of another version or another machine is no stamp, and all is made anew.

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
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

_INPUTS = ("site.yaml", "issues", "templates", "static", "editorial", "fonts")
_DOUBT = 2_000_000_000
"""Nanoseconds: the coarsest clock of a file system (FAT), within which two changes may bear one time."""

Looks = dict[str, tuple[int, int, int]]
"""Path → size, mtime and ctime in nanoseconds."""

Said = tuple[str, str, str]
"""The end of a build that changed nothing, in words: plain, with colours, and under `--quiet`."""

Sheets = dict[str, tuple[bytes, tuple[str, ...]]]
"""Output → the identity of all it was made from, and its files."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that a build reads, as it was when the build began: by absolute path how each file looked and its content's digest.

    `begun` is the file system's own time of that moment, in nanoseconds.
    """

    begun: int = 0
    looks: Looks = field(default_factory=dict)
    digests: dict[str, bytes] = field(default_factory=dict)

    @property
    def program(self) -> bytes:
        """A digest of this program, the Python it runs on and the libraries beside it."""
        digest = hashlib.sha256(sys.version.encode())
        here = str(Path(__file__).parent) + os.sep
        for path in sorted(self.looks):
            if path.startswith(here):
                digest.update(self.digests[path])
            elif path.endswith("/"):
                digest.update(repr(self.looks[path]).encode())
        return digest.digest()

    def same_as(self, other: Inputs) -> bool:
        """Whether all is what it was then, times aside."""
        folders = [{path: look for path, look in one.looks.items() if path.endswith("/")} for one in (self, other)]
        return self.digests == other.digests and folders[0] == folders[1]


def look(root: Path, before: Inputs | None = None, now: int | None = None) -> Inputs:
    """Looks at everything a build of the project at `root` reads; what looks as it did `before` is not read again.

    Call it before the build reads, so that a change while building is a change.  `now` is the time in nanoseconds; without it
    the file system's own is asked, by writing: raises OSError where it cannot.
    """
    root = Path(os.path.abspath(root))  # noqa: PTH100  # links kept
    return _looked(root, _file_clock(root) if now is None else now, before or Inputs())


def _looked(root: Path, begun: int, before: Inputs) -> Inputs:
    looks = dict(_inputs(root))
    digests = {}
    for path, seen in looks.items():
        if not path.endswith("/"):
            sure = before.looks.get(path) == seen and max(seen[1], seen[2]) < before.begun - _DOUBT
            digests[path] = before.digests[path] if sure else _digest(path)
    return Inputs(begun, looks, digests)


class Stamp:
    """The stamp of one project, one output folder and one way of building it (`choice`).

    To the next build it tells which outputs still stand (`kept`), to a build with nothing to do what to say.
    """

    def __init__(self, root: Path, out: Path, choice: str) -> None:
        self._root, self._out = Path(os.path.abspath(root)), Path(os.path.abspath(out))  # noqa: PTH100  # links kept
        key = hashlib.sha256(json.dumps([str(out.resolve()), choice, sys.version]).encode()).hexdigest()[:16]
        self._file = self._root / ".cache" / "stamps" / key
        self._before, self._when, self._made, self._sheets, self._said = _held(self._file)
        self._now: Looks | None = None
        self.inputs = Inputs()

    def begin(self) -> None:
        """A build begins."""
        with contextlib.suppress(OSError):  # without them nothing is remembered
            self.inputs = look(self._root, self._before)

    def unchanged(self) -> Said | None:
        """What is to be said of the build that still stands; None where anything may have changed."""
        if self._said is None:
            return None
        with contextlib.suppress(OSError):
            if _looked(self._root, 0, self._before).same_as(self._before) and self._outputs() == self._made:
                return self._said
        return None

    def kept(self, name: str, identity: bytes) -> tuple[str, ...] | None:
        """The files of an output, if they were made from this `identity` and look as they did when they were written."""
        held = self._sheets.get(name)
        if held is None or held[0] != identity:
            return None
        now = self._outputs()
        return held[1] if all(path in now and now[path] == self._made[path] for path in held[1]) else None

    def paths(self) -> set[str]:
        """All files there were."""
        return {path for _, paths in self._sheets.values() for path in paths}

    def present(self) -> set[str]:
        """All files there are now."""
        return {path for path in self._outputs() if path and not path.endswith("/")}

    def read(self, path: str) -> bytes:
        """The bytes of a file of the output."""
        return (self._out / path).read_bytes()

    def keep(self, inputs: Inputs, said: Said, sheets: Sheets, touched: Iterable[str]) -> None:
        """A build from these inputs ended well; `said` is what to say the next time, `sheets` all that makes up the output.

        `touched` are the files it wrote or removed; the others are known as they looked before.
        """
        if not inputs.looks:
            return
        with contextlib.suppress(OSError):  # a read-only project builds all the way each time
            self._file.parent.mkdir(parents=True, exist_ok=True)
            known = {path: path for _, paths in sheets.values() for path in paths}  # the same texts, so that each is kept once
            made = {known.get(path, path): seen for path, seen in self._looked_again(touched).items()}
            data = marshal.dumps((inputs.begun, inputs.looks, inputs.digests, _file_clock(self._root), made, sheets, said))
            part = self._file.with_suffix(f".{os.getpid()}")
            part.write_bytes(_sealed(self._file, data) + data)
            part.replace(self._file)
            _held.cache_clear()

    def _outputs(self) -> Looks:
        """The output as it looks now, looked at once."""
        if self._now is None:
            self._now = _surveyed(str(self._out), self._made, self._when - _DOUBT)
        return self._now

    def _looked_again(self, touched: Iterable[str]) -> Looks:
        """The output as it was looked at, and what was touched since as it looks now."""
        now = dict(self._outputs())
        again: set[str] = set()
        for path in (*touched, _MARK):
            again.add(path)
            parts = path.split("/")
            again |= {"".join(part + "/" for part in parts[:n]) for n in range(len(parts))}
        for path in again:
            now.pop(path, None)
            with contextlib.suppress(FileNotFoundError):
                now[path] = _look_of(os.stat(f"{self._out}/{path}"))  # noqa: PTH116
        return now


@lru_cache(maxsize=1)  # the door asks first, then the build
def _held(file: Path) -> tuple[Inputs, int, Looks, Sheets, Said | None]:
    """What a stamp says; nothing where there is none or it is damaged."""
    with contextlib.suppress(OSError, ValueError, EOFError, TypeError):
        held = file.read_bytes()
        if _sealed(file, memoryview(held)[32:]) == held[:32]:
            begun, looks, digests, when, made, sheets, said = marshal.loads(memoryview(held)[32:])  # noqa: S302  # our own, whole by its digest
            return Inputs(begun, looks, digests), when, made, sheets, said
    return Inputs(), 0, {}, {}, None


def _sealed(file: Path, data: bytes | memoryview) -> bytes:
    """The digest a stamp begins with: of what follows, of its name and of this form, so that none passes for another."""
    digest = hashlib.sha256(b"stamp 1\0" + file.name.encode() + b"\0")
    digest.update(data)
    return digest.digest()


_MARK = ".guodong/built.json"
"""What every write leaves in the output, whatever it wrote."""


def _surveyed(out: str, known: Looks, sure: int) -> Looks:
    """Every file and folder (with `/` behind it) of the output as it looks now.

    A folder that looks as it did has no new files: it need not be listed, which for 46,000 folders saves half of the time.
    One changed after `sure` is listed all the same: two changes may bear one time.
    """
    if not os.path.isdir(out):  # noqa: PTH112
        return {}
    now: Looks = {}
    changed = [] if known else [""]
    stat_of, directory = os.stat, stat.S_IFDIR  # looked up once, not 92,000 times
    for path, held in known.items():
        try:
            seen = stat_of(f"{out}/{path}")
        except (FileNotFoundError, NotADirectoryError):
            continue
        if seen.st_mode & 0o170000 != directory:
            now[path] = (seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns)
        elif path[-1:] in ("", "/"):  # else a file is a folder now: its own folder has changed, and is listed
            now[path] = look = (0, seen.st_mtime_ns, seen.st_ctime_ns)
            if look != held or seen.st_mtime_ns >= sure or seen.st_ctime_ns >= sure:
                changed.append(path)
    _list(out, changed, now)
    now.setdefault("", _look_of(os.stat(out)))  # noqa: PTH116
    return now


def _list(out: str, folders: list[str], now: Looks) -> None:
    """Adds what lies in some folders, and below those that were not known."""
    while folders:
        folder = folders.pop()
        with os.scandir(f"{out}/{folder}") as entries:
            for entry in entries:
                path = folder + entry.name + ("/" if entry.is_dir(follow_symlinks=False) else "")
                if path not in now:
                    now[path] = _look_of(entry.stat(follow_symlinks=False))
                    if path.endswith("/"):
                        folders.append(path)


def _look_of(seen: os.stat_result) -> tuple[int, int, int]:
    return (0 if stat.S_ISDIR(seen.st_mode) else seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns)


def _file_clock(root: Path) -> int:
    """The file system's own time, in nanoseconds, which is asked by writing.  Raises OSError where it cannot write."""
    import tempfile  # noqa: PLC0415  # half of what a build with nothing to do would load

    with tempfile.TemporaryFile(dir=root) as probe:
        probe.write(b"x")
        probe.flush()
        return os.fstat(probe.fileno()).st_mtime_ns


def program() -> bytes:
    """The digest `Inputs.program` gives, for who looks at no project."""
    looks = dict(_own())
    return Inputs(looks=looks, digests={path: _digest(path) for path in looks}).program


def _inputs(root: Path) -> Iterator[tuple[str, tuple[int, int, int]]]:
    """All that a build reads: the project's files and what makes a site of them."""
    for name in _INPUTS:
        yield from _looks(str(root / name))
    yield from _own()


def _own() -> Iterator[tuple[str, tuple[int, int, int]]]:
    """What makes a site of a project: this program, and the folders its libraries lie in."""
    for path, seen in _looks(str(Path(__file__).parent)):
        if not path.endswith(".pyc"):
            yield path, seen
    for folder in sys.path:
        if folder.endswith(("site-packages", "dist-packages")) and os.path.isdir(folder):  # noqa: PTH112  # an installed library is a new entry
            names = hashlib.sha256("\n".join(sorted(os.listdir(folder))).encode()).digest()  # noqa: PTH208
            yield folder + "/", (int.from_bytes(names[:8], "big"), 0, 0)


def _looks(path: str) -> Iterator[tuple[str, tuple[int, int, int]]]:
    """A file, or every file below a folder; nothing where there is none."""
    if not os.path.lexists(path):
        return
    if not os.path.isdir(path):  # noqa: PTH112
        yield path, _look_of(os.stat(path))  # noqa: PTH116
        return
    folders = [path]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir():
                    if entry.name != "__pycache__":
                        folders.append(entry.path)
                else:
                    yield entry.path, _look_of(entry.stat())


def _digest(path: str) -> bytes:
    """Of what is in a file; empty where it cannot be read.  A pipe among the issues would be waited for, for ever."""
    if not os.path.isfile(path):  # noqa: PTH113
        return b""
    try:
        return hashlib.sha256(Path(path).read_bytes()).digest()
    except OSError:
        return b""
