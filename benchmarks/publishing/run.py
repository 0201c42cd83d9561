"""What publishing costs, beside the build: `python benchmarks/publishing/run.py --write` (a quarter of an hour; `--quick`: 24 issues).

1. An archive of 240 issues goes to a folder; one article is edited; it goes out again; then nothing has changed.  Publishing is every
   step after the build.  Bytes that really changed are those of new and changed files and of the release's own.
2. A made-up site of 44,000 files: summed, and compared with a release of which one in a hundred files was another.
3. `verify` of it, beside `sha256sum` and `cat` of the same files, all from the disk's cache: medians of three.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
RESULTS = HERE / "results.json"
sys.path[:0] = [str(HERE.parent / "build"), str(ROOT / "src")]

import archive  # noqa: E402
import layouts  # noqa: E402

from guodong_site.publishing import manifest  # noqa: E402
from guodong_site.publishing.verifying import verify_folder  # noqa: E402
from guodong_site.publishing.weighing import good, listed, weighed  # noqa: E402
from guodong_site.release import MANIFEST, SUMS, Release, between, sums  # noqa: E402

FILES, RUNS = 44_000, 3
_AFTER_THE_BUILD = "核对提交和审核"
_FORCE = ("--force", "checks", "--reason", "measured")  # the texts are recombined, slips and all; the archive ends in 2023
_STEP = re.compile(r"^\d+\. (\S+?)(?:：.*)?：([\d.]+) 秒（CPU ([\d.]+) 秒", re.MULTILINE)


def git(root: Path, *arguments: str) -> None:
    """One git command."""
    who = ("-c", "user.name=b", "-c", "user.email=b@example.org")
    subprocess.run(["git", "-C", str(root), *who, *arguments], check=True, capture_output=True)


def published(root: Path) -> dict[str, Any]:
    """One publication: its own steps' wall and CPU seconds, what was sent, what really changed."""
    command = [sys.executable, "-m", "guodong_site", "publish", "portal"]
    done = subprocess.run(
        [*command, "--format", "json", "--timings", *_FORCE],
        cwd=root,
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
    )
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    said = json.loads(done.stdout)
    steps = _STEP.findall(done.stderr)
    own = steps[[name for name, _, _ in steps].index(_AFTER_THE_BUILD) :]
    current = root.parent / "www" / "current"
    changed = sum(one["size"] for one in (*said.get("created", ()), *said.get("changed", ())))
    return {
        "seconds": round(sum(float(wall) for _, wall, _ in own), 2),
        "cpu": round(sum(float(cpu) for _, _, cpu in own), 2),
        "sent": said["sent"]["bytes"] if "sent" in said else 0,
        "changed": changed + sum((current / name).stat().st_size for name in (MANIFEST, SUMS)),
        "files": len(said.get("created", ())) + len(said.get("changed", ())),
    }


def delta(folder: Path, size: int) -> dict[str, Any]:
    """An archive of so many issues: the first publication, one of an edit, one of nothing."""
    root = folder / "project"
    root.mkdir()
    for name in ("templates", "static", "editorial"):
        shutil.copytree(ROOT / name, root / name)
    site = (ROOT / "site.yaml").read_text(encoding="utf-8")
    (root / "site.yaml").write_text(
        site + "\nreviews: false\ntargets: {portal: {kind: folder, path: ../www}}\n", encoding="utf-8"
    )
    (root / ".gitignore").write_text(".cache/\n", encoding="utf-8")
    newest = root
    for path, text in layouts.OURS.files(archive.archive(size)):
        newest = root / path
        newest.parent.mkdir(parents=True, exist_ok=True)
        newest.write_text(text, encoding="utf-8")
    newest = max((root / "issues").rglob("*.md"), key=lambda one: one.stem)
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "all")
    first = published(root)
    text = newest.read_text(encoding="utf-8")
    at = text.index("。", len(text) // 2)
    newest.write_text(f"{text[:at]}，成效明显{text[at:]}", encoding="utf-8")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "edit")
    edit = published(root)
    total = len(listed(root.parent / "www" / "current"))
    return {"issues": size, "files": total, "first": first, "edit": edit, "again": published(root)}


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Median wall and CPU seconds, those of children included."""
    walls, cpus = [], []
    for _ in range(RUNS):
        wall, cpu = time.perf_counter(), sum(os.times()[:4])
        work()
        walls.append(time.perf_counter() - wall)
        cpus.append(sum(os.times()[:4]) - cpu)
    return round(statistics.median(walls), 2), round(statistics.median(cpus), 2)


def made_up(folder: Path, files: int) -> Release:
    """A published folder of so many files, most as long as a page, some as an index."""
    dice = random.Random(7)
    block = dice.randbytes(1 << 20)
    for at in range(files):
        place = folder / f"issues/{at // 20:04}/{at % 20}"
        place.mkdir(parents=True, exist_ok=True)
        start, size = dice.randrange(1 << 19), dice.choice((4_000, 8_000, 9_000, 12_000, 30_000))
        (place / "index.html").write_bytes(block[start : start + size])
    release = _release(folder)
    (folder / MANIFEST).write_bytes(manifest.written(release))
    (folder / SUMS).write_text(sums(release.files), encoding="utf-8")
    return release


def _release(folder: Path) -> Release:
    weights = good(weighed(folder, [path for path in listed(folder) if path not in (MANIFEST, SUMS)]))
    files = tuple(weight.file for weight in weights)
    return Release(commit="0" * 40, base_url="https://example.org/", generator="benchmark", files=files, items=())


def planning(folder: Path, files: int) -> dict[str, Any]:
    """Summing and comparing, and verifying, of so many files."""
    release = made_up(folder, files)
    other = replace(
        release,
        files=tuple(replace(f, sha256="0" * 64) if n % 100 == 0 else f for n, f in enumerate(release.files)),
    )
    stood = manifest.written(other)

    def plan() -> None:
        now = _release(folder)
        found = between(manifest.parse(stood), now)
        assert len(found.changed) == (files + 99) // 100  # noqa: S101
        manifest.written(now)

    def verify() -> None:
        differences = verify_folder(folder).differences
        assert [one.path for one in differences] == [SUMS], differences[:3]  # noqa: S101  # it was written without release.json

    def run(command: str) -> Callable[[], object]:
        return lambda: subprocess.run(command, shell=True, cwd=folder, check=False, stdout=subprocess.DEVNULL)  # noqa: S602  # ours

    size = sum(file.size for file in release.files)
    every = {
        "plan": plan,
        "verify": verify,
        "sha256sum": run("sha256sum -c SHA256SUMS"),
        "cat": run("find issues -type f -exec cat {} +"),
    }
    return {"files": files, "bytes": size, **{name: timed(work) for name, work in every.items()}}


def main() -> None:
    """Measures, keeps the results, and writes docs/benchmarks.md with --write."""
    quick = "--quick" in sys.argv
    with tempfile.TemporaryDirectory() as folder:
        made = delta(Path(folder), 24 if quick else 240)
    with tempfile.TemporaryDirectory() as folder:
        planned = planning(Path(folder), 2_000 if quick else FILES)
    results = {
        "day": time.strftime("%Y-%m-%d"),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "delta": made,
        "planning": planned,
    }
    print(json.dumps(results, indent=1))
    if "--write" in sys.argv and not quick:
        RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
        subprocess.run([sys.executable, str(HERE.parent / "document.py")], check=True)


if __name__ == "__main__":
    main()
