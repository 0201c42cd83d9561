"""How long each step of a command takes and what memory it has taken by its end.  Measures only: `report` prints.

The commands say when a step begins; the clock is asked here, so that nothing that makes the site can know it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

try:
    import resource
except ImportError:  # Windows: no figure for memory
    resource = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step that has ended: wall and CPU seconds, and the most memory the process had held by then, in MB (0: unknown)."""

    name: str
    seconds: float
    cpu: float
    memory: float


class Steps:
    """The steps of one command, in order.  Called with the name of each as it begins."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        """`tell` is told each name too, for who waits."""
        self._tell = tell
        self._name: str | None = None
        self._began = (0.0, 0.0)
        self.ended: list[Step] = []

    def __call__(self, name: str) -> None:
        """A step begins; the one before is over."""
        self.end()
        self._name, self._began = name, (time.perf_counter(), time.process_time())
        self._tell(name)

    def end(self) -> None:
        """The last step is over."""
        if self._name is not None:
            wall, cpu = self._began
            step = Step(name=self._name, seconds=time.perf_counter() - wall, cpu=time.process_time() - cpu, memory=_memory())
            self.ended.append(step)
        self._name = None


def _memory() -> float:
    if resource is None:
        return 0.0
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / (1024 * 1024 if sys.platform == "darwin" else 1024)
