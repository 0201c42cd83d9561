"""One build at a time in one project: who comes second waits for the first."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: two builds at once are not kept apart there
    fcntl = None  # type: ignore[assignment]


@contextmanager
def turn(project: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """The project is ours until the end; `waiting` is told where somebody else has it now.

    It is the folder itself that is locked, so that nothing is written and nothing is left behind: the system ends a lock with
    the process that holds it.  Where a disk knows no locks, everybody is first.
    """
    with ExitStack() as held:
        if fcntl is not None:
            with suppress(OSError):
                folder = os.open(project, os.O_RDONLY)
                held.callback(os.close, folder)
                try:
                    fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    waiting()
                    fcntl.flock(folder, fcntl.LOCK_EX)
        yield
