"""What a command uses: wall and CPU seconds with all its children, and the memory of its largest process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

LIMIT = 900
"""Seconds after which a command is given up."""

_STOPWATCH = Path(__file__).parent / "stopwatch.py"


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """Seconds and MB."""

    wall: float
    cpu: float
    peak: float

    def then(self, other: Used) -> Used:
        """One command after the other."""
        return Used(wall=self.wall + other.wall, cpu=self.cpu + other.cpu, peak=max(self.peak, other.peak))


def run(command: Sequence[str], cwd: Path, environment: Mapping[str, str] | None = None) -> Used | None:
    """Runs a command to its end; None where it was given up.  A command that fails ends the benchmark with what it said."""
    with tempfile.TemporaryDirectory() as folder:
        report, said = Path(folder, "report.json"), Path(folder, "said")
        watched = [sys.executable, "-IS", str(_STOPWATCH), str(report), *command]
        with said.open("wb") as stream:
            os.sync()  # nobody pays for what the one before left to be written
            process = subprocess.Popen(
                watched,
                cwd=cwd,
                env={**os.environ, **(environment or {})},
                stdout=stream,
                stderr=stream,
                start_new_session=True,
            )
            try:
                code = process.wait(LIMIT)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)  # a session of its own: the command and its children, nobody else
                process.wait()
                return None
        if code:
            words = said.read_text(encoding="utf-8", errors="replace")[-2000:]
            sys.exit(f"{words}\n{' '.join(command)}: exit code {code}")
        return Used(**json.loads(report.read_text(encoding="ascii")))
