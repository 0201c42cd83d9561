"""guodong with a stopwatch on its search step: `python stopwatch.py REPORT command …`; REPORT gets CPU and wall seconds as JSON.

The difference of two builds, one without search, would be smaller than what moves between two builds.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

from guodong_site import cli, pipeline


def seconds() -> tuple[float, float]:
    """CPU of this process and of its ended children so far, and the clock."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime, time.perf_counter()


def main() -> None:
    """Runs the command with `pipeline.index` timed."""
    report, index = Path(sys.argv[1]), pipeline.index

    def timed(*given: Any) -> Any:  # noqa: ANN401  # whatever the step takes and gives
        cpu, wall = seconds()
        made = index(*given)
        cpu_after, wall_after = seconds()
        report.write_text(json.dumps({"cpu": cpu_after - cpu, "wall": wall_after - wall}), encoding="utf-8")
        return made

    pipeline.index = timed
    sys.exit(cli.main(sys.argv[2:]))


if __name__ == "__main__":
    main()
