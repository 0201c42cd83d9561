"""guodong with a stopwatch on its search step: `python stopwatch.py REPORT command …`; REPORT gets CPU and wall seconds of
the step and CPU seconds of the bundles made in it, as JSON.

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
from guodong_site.search import index


def seconds() -> tuple[float, float]:
    """CPU of this process and of its ended children so far, and the clock."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime, time.perf_counter()


def main() -> None:
    """Runs the command with the search step and the making of bundles timed."""
    report, step, bundle = Path(sys.argv[1]), pipeline.index, index.make_bundle
    bundles = [0.0]

    def timed_bundle(*given: Any) -> Any:  # noqa: ANN401  # whatever it takes and gives
        cpu, _ = seconds()
        made = bundle(*given)
        bundles.append(seconds()[0] - cpu)
        return made

    def timed_step(*given: Any) -> Any:  # noqa: ANN401
        cpu, wall = seconds()
        made = step(*given)
        cpu_after, wall_after = seconds()
        used = {"cpu": cpu_after - cpu, "wall": wall_after - wall, "bundles_cpu": sum(bundles)}
        report.write_text(json.dumps(used), encoding="utf-8")
        return made

    pipeline.index, index.make_bundle = timed_step, timed_bundle
    sys.exit(cli.main(sys.argv[2:]))


if __name__ == "__main__":
    main()
