"""What a command uses: wall and CPU seconds with all its children, and the largest memory any one of its processes held."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.02  # seconds between two looks at the children


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """Seconds and MB (peak of the largest process; `child` that of the largest child)."""

    wall: float
    cpu: float
    peak: float
    child: float


def run(command: Sequence[str], cwd: Path | None = None) -> Used:
    """Runs a command to its end and says what it used; leaves where the command fails."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=cwd)
    ended = threading.Event()
    peaks: dict[str, float] = {}
    watcher = threading.Thread(target=_watch, args=(str(process.pid), ended, peaks))
    watcher.start()
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    ended.set()
    watcher.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)}: exit code {process.returncode}")
    child = max((peak for pid, peak in peaks.items() if pid != str(process.pid)), default=0.0)
    return Used(wall=wall, cpu=used.ru_utime + used.ru_stime, peak=max(peaks.values(), default=0.0), child=child)


def _watch(parent: str, ended: threading.Event, peaks: dict[str, float]) -> None:
    """Keeps the highest memory mark of the process and its children, as long as they are there.

    Not `ru_maxrss`: that remembers what our own process held when it started the command.
    """
    children = Path(f"/proc/{parent}/task/{parent}/children")
    while not ended.wait(_EVERY):
        try:
            for pid in (parent, *children.read_text(encoding="ascii").split()):
                status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8", errors="replace")
                mark = next(line for line in status.splitlines() if line.startswith("VmHWM"))
                peaks[pid] = int(mark.split()[1]) / 1024
        except (OSError, StopIteration):
            continue
