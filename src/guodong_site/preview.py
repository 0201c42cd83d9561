"""What a preview shows: the site in memory, made anew as its sources change.  Knows no HTTP and writes nothing but the cache.

One process stays warm: nothing is loaded twice, and of the site only what shows the change is made.  The pages come first, the
full-text index follows in the background.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

from guodong_site.artifact import Printed
from guodong_site.diagnostics import Diagnostic
from guodong_site.memory import Memory
from guodong_site.pipeline import Made, Options, index_alone, make
from guodong_site.stamp import Inputs, look

_REST = 0.04  # seconds between two looks, at least
_SHARE = 0.1  # of the time may go into looking
_SETTLED = 0.02  # seconds without a change, after which a save is over: several quick ones are one


class Preview:
    """The site as its sources say it now.  `version` grows with every change, and `changed` is told of it.

    `standing` is the last site without a fault, of which `files` are the pages, and `shown` the version it came with.

    It is also what still stands of the site when it is made anew (artifact.Former).
    """

    def __init__(self, options: Options, say: Callable[[str], None]) -> None:
        """Makes the site for the first time."""
        self.version, self.shown, self.bug = 0, 0, ""
        self.changed = threading.Condition()
        self.files: dict[str, bytes] = {}
        self._options, self._say = replace(options, search=False, drafts=True), say
        self._memory = cache(Memory)
        self._sheets: dict[str, tuple[bytes, dict[str, bytes]]] = {}
        self._index: dict[str, bytes] = {}
        self._waiting, self._stopped = threading.Event(), False
        self._seen = self._look(Inputs())
        self.made = self.standing = Made(archive=None, printed=None, found=())
        self.remake()

    def kept(self, name: str, identity: bytes) -> tuple[str, ...] | None:
        """The files of a sheet that would be made from the same again."""
        held = self._sheets.get(name)
        return tuple(held[1]) if held is not None and held[0] == identity else None

    def paths(self) -> set[str]:
        """All pages there are."""
        return {path for _, files in self._sheets.values() for path in files}

    def present(self) -> None:
        """There is no folder that could hold other files."""

    def read(self, path: str) -> bytes:
        """A page as it is."""
        return self.files[path]

    def file(self, path: str) -> bytes | None:
        """What is shown at a path: a page, or a part of the index, which may be a moment older."""
        return self.files.get(path, self._index.get(path))

    def remake(self) -> None:
        """The site of the sources as they were last seen; its faults where it has any."""
        try:
            self.made, self.bug = make(self._options, self._seen, self, self._memory), ""
        except Exception as fault:  # noqa: BLE001  # the preview outlives our bugs: the next save may be fine
            self.made, self.bug = replace(self.made, printed=None), repr(fault)
        if self.made.printed is not None:
            sheets = {
                one.name: (one.identity, {path: self._bytes(one, path) for path in one.paths}) for one in self.made.printed
            }
            self.files = {path: data for _, files in sheets.values() for path, data in files.items()}
            self._sheets, self.standing = sheets, self.made
            self._waiting.set()
        with self.changed:
            self.version += 1
            if self.made is self.standing:
                self.shown = self.version
            self.changed.notify_all()

    def stop(self) -> None:
        """Nobody looks any more: both that follow come to their end."""
        self._stopped = True
        self._waiting.set()

    def watch(self) -> None:
        """Follows the sources until it is stopped."""
        threading.Thread(target=self._follow, daemon=True).start()
        rest = _REST
        while not self._stopped:
            time.sleep(rest)
            begun = time.perf_counter()
            seen = self._look(self._seen)
            rest = max(_REST, (time.perf_counter() - begun) / _SHARE)
            if seen.same_as(self._seen):
                self._seen = seen
                continue
            time.sleep(_SETTLED)
            while not (settled := self._look(seen)).same_as(seen):
                seen = settled
                time.sleep(_SETTLED)
            self._seen = settled
            self.remake()
            self._say("已按新的内容更新。" if self.made.printed is not None else "内容有变，但有错误。")
            self.complain()

    def complain(self) -> None:
        """Says where the faults can be read."""
        if self.made.printed is None:
            count = sum(1 for found in self.made.found if found.stops_build)
            self._say(f"有 {count} 个问题，浏览器里可以看到；公开的网站不受影响。")

    def _follow(self) -> None:
        """Makes the index of the newest pages; what became old meanwhile is passed over.

        In a process of its own: beside the pages it would make every save wait for it.
        """
        code = f"import sys; sys.path[:0] = {[str(Path(__file__).parent.parent)]!r}; from {__name__} import indexes; indexes()"
        with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as beside:
            while self._waiting.wait() and not self._stopped:
                self._waiting.clear()
                index = _asked(beside, self._options)
                if isinstance(index, dict):
                    self._index = index
                elif index is not None:
                    self._say(index)
            beside.terminate()

    def _bytes(self, printed: Printed, path: str) -> bytes:
        """A file of a sheet: made now, or standing from before."""
        return printed.files[path] if path in printed.files else self._sheets[printed.name][1][path]

    def _look(self, before: Inputs) -> Inputs:
        """What there is to read now; what vanishes while it is looked at is seen the next time."""
        try:
            return look(self._options.root, before, time.time_ns())
        except OSError:
            return before


def _asked(beside: subprocess.Popen[bytes], options: Options) -> dict[str, bytes] | str | None:
    """What the other process answers: the files of the index, a sentence why there is none, or None for a faulty archive."""
    if beside.stdin is None or beside.stdout is None:  # for the type checker: both were asked for
        return None
    try:
        pickle.dump(options, beside.stdin)
        beside.stdin.flush()
        answer: dict[str, bytes] | str | None = pickle.load(beside.stdout)  # noqa: S301  # our own
    except (OSError, EOFError):
        return "全文索引没有做成；重新运行 guodong serve 再试。"
    return answer


def indexes() -> None:
    """The other process: answers with indexes until nobody asks, as when the preview has ended in whatever way."""
    memory = cache(Memory)
    while True:
        try:
            options = pickle.load(sys.stdin.buffer)  # noqa: S301  # our own parent's
        except EOFError:
            return
        index = index_alone(options, memory)
        pickle.dump(index.message if isinstance(index, Diagnostic) else index, sys.stdout.buffer)
        sys.stdout.buffer.flush()
