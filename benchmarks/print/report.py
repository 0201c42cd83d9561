"""The benchmark of print as a page: what results.json says, beside the targets."""

from __future__ import annotations

import json
from pathlib import Path

_PAGE = """\
# Benchmarks of print

Written by `python benchmarks/print/run.py --write`; not edited by hand.

Measured {date} at commit {commit} on 2 cores, load {load} at the beginning (other work beside: wall times are upper bounds); the given
issue and 59 of its length with other words.  In bold what misses its target.

| what | target | measured |
|---|---|---|
{rows}
"""


def report() -> str:
    """The page."""
    held = json.loads((Path(__file__).parent / "results.json").read_text(encoding="utf-8"))
    warm, process, sixty = held["warm"], held["process"], held["sixty"]
    rows = (
        (
            "an issue in a warm process, PDF and cover",
            "≤ 100 ms",
            warm["wall_ms"] <= 100,
            f"{warm['wall_ms']:.0f} ms (CPU {warm['cpu_ms']:.0f})",
        ),
        (
            "`guodong print`, whole process",
            "≤ 0.6 s",
            process["wall"] <= 0.6,
            f"{process['wall']:.2f} s (CPU {process['cpu']:.2f})",
        ),
        ("60 issues in a build", "≤ 8 s", sixty["wall"] <= 8, f"{sixty['wall']:.1f} s (CPU {sixty['cpu']:.1f})"),
        ("memory of the building process by then", "≤ 250 MB", sixty["megabytes"] <= 250, f"{sixty['megabytes']} MB"),
        ("the given issue's PDF", "≤ 450 KB", warm["kilobytes"] <= 450, f"{warm['kilobytes']} KB"),
    )
    lines = (f"| {what} | {target} | {said if good else f'**{said}**'} |" for what, target, good, said in rows)
    return _PAGE.format(**held, rows="\n".join(lines))


if __name__ == "__main__":
    print(report(), end="")
