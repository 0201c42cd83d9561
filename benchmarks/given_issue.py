"""How long a build of the given issue takes as a whole process, and its peak memory: `python benchmarks/given_issue.py --write`.

Cold: an empty output folder and no cache.  Again: nothing changed.  Prints medians of nine runs; with --write they go into the README, dated.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
RUNS = 9


def once(root: Path) -> tuple[float, float, float]:
    """One build: wall seconds, CPU seconds, peak memory in MB (the largest single process)."""
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, str(root / "build.py"), "--root", str(root), "--quiet", "--no-pdf"])
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(process.returncode)
    return time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    """Measures both cases in turn and prints one sentence."""
    rows: dict[str, list[tuple[float, float, float]]] = {"cold": [], "no change": []}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("issues", "templates", "static", "editorial", "src"):
            shutil.copytree(ROOT / name, root / name)
        for name in ("site.yaml", "build.py"):
            shutil.copy(ROOT / name, root)
        for _ in range(RUNS):
            for place in ("public", ".cache"):
                shutil.rmtree(root / place, ignore_errors=True)
            rows["cold"].append(once(root))
            rows["no change"].append(once(root))
    said = []
    for name, runs in rows.items():
        wall, cpu, peak = (statistics.median(column) for column in zip(*runs, strict=True))
        said.append(f"{name} {wall:.2f} s wall, {cpu:.2f} s CPU, {peak:.0f} MB")
    sentence = f"{'; '.join(said)} ({time.strftime('%Y-%m-%d')})."
    print(sentence)
    if "--write" in sys.argv:
        readme = ROOT / "README.md"
        text = readme.read_text(encoding="utf-8")
        mark = "<!-- benchmarks/given_issue.py -->"
        before, _, after = text.split(mark)
        readme.write_text(f"{before}{mark}\n{sentence}\n{mark}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
