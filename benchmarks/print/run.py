"""The benchmark of print: `python benchmarks/print/run.py [--runs 9] [--write]`.

The given issue, and sixty others made of it, each with other words: how long one takes in a warm process, `guodong print` as a whole
process, and the step of a build that sets all sixty; what memory that takes, and how large the given issue's PDF is.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(PROJECT / "src"))

from guodong_site.editions import composed  # noqa: E402
from guodong_site.pipeline import Options, make  # noqa: E402
from guodong_site.print_data import opening  # noqa: E402
from guodong_site.typesetter import Typesetter  # noqa: E402

RESULTS = Path(__file__).parent / "results.json"
ISSUES = 60


def project(folder: Path, count: int) -> None:
    """A project with the given issue and others of its length."""
    for name in ("templates", "static", "editorial", "site.yaml"):
        source = PROJECT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    (folder / "issues").mkdir()
    given = (PROJECT / "issues/2023-03.md").read_text(encoding="utf-8")
    shutil.copy(PROJECT / "issues/2023-03.md", folder / "issues")
    words = "春夏秋冬东南西北山海江河"
    for number in range(count - 1):
        year, at = 2018 + number // 12, number % 12
        text = given.replace("date: 2023-03", f"date: {year}-{at + 1:02}").replace(
            "会议", f"会{words[at]}{words[number // 12]}议"
        )
        (folder / f"issues/{year}-{at + 1:02}.md").write_text(text, encoding="utf-8")


def warm(folder: Path) -> dict[str, float]:
    """Milliseconds an issue takes in a process that has set others: PDF and picture of the first page."""
    archive = make(Options(root=folder, search=False)).archive
    if archive is None:
        sys.exit("the given issue has faults")
    template = (folder / "templates/print/bulletin.typ").read_bytes()
    times = []
    size = 0
    with tempfile.TemporaryDirectory() as desk:
        setter = Typesetter(folder, Path(desk), template)
        for issue in archive.site.issues:
            data, shown = composed(issue, archive.settings, archive.prints)
            begun, worked = time.perf_counter(), time.process_time()
            printing = setter.set(data, opening(data), shown)
            times.append((time.perf_counter() - begun, time.process_time() - worked))
            if issue.id == "2023-03":
                size = len(printing.pdf)
    wall, cpu = (statistics.median(column) * 1000 for column in zip(*times[3:], strict=True))
    return {"wall_ms": round(wall, 1), "cpu_ms": round(cpu, 1), "kilobytes": round(size / 1024)}


def process(folder: Path, *arguments: str) -> tuple[float, float, float, str]:
    """A command as a whole process: wall and CPU seconds, the most memory of one process in MB, what it printed."""
    command = [sys.executable, "-m", "guodong_site", *arguments]
    begun = time.perf_counter()
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "src")}
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", env=environment
    ) as one:
        said = one.stdout.read() if one.stdout else ""
        _, status, used = os.wait4(one.pid, 0)
        one.returncode = os.waitstatus_to_exitcode(status)
    if one.returncode:
        sys.exit(said)
    return time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, said


def main() -> None:
    """Measures, says it, and with --write keeps it and writes docs/benchmarks.md anew."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--runs", type=int, default=9)
    asked.add_argument("--write", action="store_true")
    options = asked.parse_args()
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=PROJECT, capture_output=True, text=True, check=True)
    results: dict[str, Any] = {"date": time.strftime("%Y-%m-%d"), "commit": commit.stdout.strip(), "runs": options.runs}
    results["load"] = round(os.getloadavg()[0], 1)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        project(folder, ISSUES)
        *_, said = process(folder, "build", "--no-search", "--timings")
        step = re.findall(r"排印刷版：.*?：([\d.]+) 秒（CPU ([\d.]+) 秒，内存 ([\d.]+) MB", said)
        results["sixty"] = {"wall": float(step[0][0]), "cpu": float(step[0][1]), "megabytes": round(float(step[0][2]))}
        results["warm"] = warm(folder)
        runs = [process(folder, "print", "2023-03") for _ in range(options.runs)]
        wall, cpu, memory = (statistics.median(one[at] for one in runs) for at in range(3))
        results["process"] = {"wall": round(wall, 2), "cpu": round(cpu, 2), "megabytes": round(memory)}
    print(json.dumps(results, indent=1))
    if options.write:
        RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
        subprocess.run([sys.executable, str(PROJECT / "benchmarks/document.py")], check=True)


if __name__ == "__main__":
    main()
