"""How long each step of a command takes and what memory it has taken by its end.  Measures only: `report` prints.

The commands say when a step begins; the clock is asked here, so that nothing that makes the site can know it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

try:
    import resource
except ImportError:  # Windows: no figure for memory
    resource = None  # type: ignore[assignment]


class Watch(Protocol):
    """Who watches a command: told of each step as it begins, how far it is, and what it came to."""

    def __call__(self, name: str, /) -> None:
        """A step begins."""

    def tick(self, done: int, total: int, /) -> None:
        """So much of the step is done."""

    def note(self, what: str, /) -> None:
        """What the step came to, in figures."""


class Nobody:
    """Nobody watches."""

    def __call__(self, name: str) -> None:
        """Passed over."""

    def tick(self, done: int, total: int) -> None:
        """Passed over."""

    def note(self, what: str) -> None:
        """Passed over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step that has ended: wall and CPU seconds, this process's and its workers', and the most memory the process had held
    by then, in MB (0: unknown).  `note` is what it came to, in figures."""

    name: str
    seconds: float
    cpu: float
    memory: float
    note: str


class Steps:
    """The steps of one command, in order.  Called with the name of each as it begins."""

    def __init__(self, tell: Callable[[str, float | None], None]) -> None:
        """`tell` is told each name too, for who waits, and how much of the step is done (0 to 1) where that is known."""
        self._tell = tell
        self._name: str | None = None
        self._began, self._told, self._note = (0.0, 0.0), 0.0, ""
        self.ended: list[Step] = []

    def __call__(self, name: str) -> None:
        """A step begins; the one before is over."""
        self.end()
        self._name, self._began, self._note = name, (time.perf_counter(), _cpu()), ""
        self._tell(name, None)

    def tick(self, done: int, total: int) -> None:
        """So much is done; said ten times a second, which is as often as anybody reads."""
        now = time.perf_counter()
        if self._name is not None and now - self._told > 0.1:
            self._told = now
            self._tell(self._name, done / total)

    def note(self, what: str) -> None:
        """What the step came to."""
        self._note = what

    def end(self) -> None:
        """The last step is over."""
        if self._name is not None:
            wall, cpu = self._began
            seconds = time.perf_counter() - wall
            step = Step(name=self._name, seconds=seconds, cpu=_cpu() - cpu, memory=_memory(), note=self._note)
            self.ended.append(step)
        self._name = None


def _cpu() -> float:
    """Seconds this process has worked, and those it has waited for."""
    return time.process_time() + (sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2]) if resource else 0.0)


def _memory() -> float:
    if resource is None:
        return 0.0
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / (1024 * 1024 if sys.platform == "darwin" else 1024)
