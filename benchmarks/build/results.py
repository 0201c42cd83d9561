"""results.json: what was measured, size by size and part by part, kept as it comes so that an interrupted run loses little.

{"machine": …, "24": {"archive": …, "runs": {…, "rounds": [round, …], "medians": round}, …}, "240": …}.  A part bears its date,
commit, the digest of the program it measured, and the load of the machine.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import environments
from tools import PROJECT, SITE

PLACE = Path(__file__).parent / "results.json"

Results = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Store:
    """results.json, open; a `look` leaves it as it is."""

    results: Results
    look: bool = False

    def part(self, size: int, name: str) -> Results:
        """What is known of a part, of this very program; empty where nothing is."""
        held = self.results.get(str(size), {}).get(name, {})
        return dict(held) if held.get("program") == program() else {}

    def keep(self, size: int, name: str, figures: Mapping[str, Any]) -> None:
        """Puts a part in, and the whole on disk."""
        facts = {
            "date": time.strftime("%Y-%m-%d"),
            "commit": commit(),
            "program": program(),
            "load": round(os.getloadavg()[0], 1),
        }
        self.results.setdefault(str(size), {})[name] = {**facts, **figures}
        self.save()

    def save(self) -> None:
        """On disk, whole or not at all; sizes in order."""
        if self.look:
            return
        sizes = sorted((key for key in self.results if key.isdigit()), key=int)
        ordered = {key: self.results[key] for key in ("machine", *sizes) if key in self.results}
        part = PLACE.with_suffix(".part")
        part.write_text(_compact(json.dumps(ordered, ensure_ascii=False, indent=1)) + "\n", encoding="utf-8")
        part.replace(PLACE)


def opened(*, look: bool) -> Store:
    """What there is so far."""
    return Store(json.loads(PLACE.read_text(encoding="utf-8")) if PLACE.exists() else {}, look)


@cache
def program() -> str:
    """A digest of all of this project that a build depends on."""
    found = hashlib.sha256()
    for path in _sources():
        found.update(path.relative_to(PROJECT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()[:12]


@cache
def commit() -> str:
    """The commit, with a plus where the files are not those of it."""
    names = ["src", "build.py", *SITE]
    head = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=PROJECT, capture_output=True, text=True, check=False)
    dirty = subprocess.run(
        ["git", "status", "--porcelain", "--", *names], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    return head.stdout.strip() + ("+" if dirty.stdout else "")


def machine(work: Path) -> Results:
    """Where the figures were taken, and with what."""
    pages, page = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout.strip()
    own = ("guodong-site", "jieba", "rjieba", "pagefind-bin", "markdown", "jinja2")
    return {
        "cores": os.cpu_count(),
        "memory_gb": round(pages * page / 1024**3),
        "processor": _processor(),
        "system": platform.system(),
        "disk": _disk(work),
        "versions": {
            "Python": platform.python_version(),
            "Node": node.lstrip("v"),
            **{name: version(name) for name in own},
            **environments.versions(),
        },
    }


def _disk(work: Path) -> str:
    """The file system the archives lie on."""
    mounts = Path("/proc/mounts").read_text(encoding="utf-8") if Path("/proc/mounts").exists() else ""
    kinds = {Path(line.split()[1]): line.split()[2] for line in mounts.splitlines()}
    return next((kinds[folder] for folder in (work, *work.parents) if folder in kinds), "")


def _processor() -> str:
    facts = Path("/proc/cpuinfo").read_text(encoding="utf-8") if Path("/proc/cpuinfo").exists() else ""
    found = re.search(r"^model name\s*:\s*(.+)$", facts, re.MULTILINE)
    return found[1] if found else platform.machine()


def _sources() -> Iterator[Path]:
    for name in ("src", "build.py", *SITE):
        place = PROJECT / name
        yield from (
            [place]
            if place.is_file()
            else sorted(path for path in place.rglob("*") if path.is_file() and path.suffix != ".pyc")
        )


def _compact(text: str) -> str:
    """A run on one line: thousands of lines of three figures would hide the rest."""
    return re.sub(r"\{\s+(\"wall\": [\d.]+),\s+(\"cpu\": [\d.]+),\s+(\"peak\": [\d.]+)\s+\}", r"{\1, \2, \3}", text)
