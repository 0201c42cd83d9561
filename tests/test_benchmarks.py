"""The benchmark of the build measures what it says: the archive every tool gets, the changes made to it, the verdicts."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import ROOT, Project

_MODULES = "archive environments layouts processes rounds sites targets tools".split()


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The modules of benchmarks/build, which are scripts beside each other; gone again after."""
    monkeypatch.syspath_prepend(ROOT / "benchmarks" / "build")
    yield SimpleNamespace(**{name: importlib.import_module(name) for name in _MODULES})
    for name in _MODULES:
        sys.modules.pop(name, None)


def test_the_archive_is_faultless(bench: Any, project: Project) -> None:
    """A year and a bit, in our own format: nothing that stops a build.  Its texts are the given issue's, recombined, slips and all."""
    issues = bench.archive.archive(14)
    for path, text in bench.layouts.OURS.files(issues):
        project.write(path, text)

    assert (len(issues), issues[-1].id) == (14, "2023-03")
    assert [one for one in project.found() if one[0][0] in "FKES" and one[0] != "S016"] == []


def test_an_issue_depends_on_its_month_alone(bench: Any) -> None:
    """Written twice it is the same; the largest archive goes where its first issue can be dated."""
    archive = bench.archive
    written = archive.issue.__wrapped__

    assert written((2023, 3)) == written((2023, 3)) != written((2023, 4))
    assert [archive.newest(size) for size in (24, 240, 2400)] == [(2023, 3), (2023, 3), (2199, 3)]
    assert archive.months(2400, (2199, 3))[0] == (1999, 4)
    assert [archive.following(month) for month in ((2023, 3), (2023, 11), (2023, 12))] == [(2023, 4), (2023, 12), (2024, 1)]


@pytest.mark.parametrize("name", ["ours", "hugo", "eleventy", "pelican", "mkdocs"])
def test_a_change_is_made_and_put_back(bench: Any, tmp_path: Path, name: str) -> None:
    """Each change alters what it says and nothing else, and leaves no trace."""
    tool = bench.tools.Tool(
        key=name,
        layout=(layout := getattr(bench.layouts, name.upper())),
        base=tmp_path / "base",
        command=(),
        made=("out",),
        template="theme",
        page=lambda issue, article: f"{issue.id}/{article.number}.html",
    )
    site = bench.sites.Site(tool, tmp_path / name, bench.archive.archive(14))
    for base in ("templates", "static", "editorial"):
        (tmp_path / "base" / base).mkdir(parents=True)
    for base in ("site.yaml", "theme"):
        (tmp_path / "base" / base).write_text("<article>", encoding="utf-8")
    site.prepare()
    (site.root / "theme").write_text("<article>", encoding="utf-8")
    before = files(site.root)
    changed = {}
    for mode in ("edit", "template", "add"):
        with site.changed(mode):
            now = files(site.root)
        changed[mode] = {path for path in now.keys() | before.keys() if now.get(path) != before.get(path)}
        assert files(site.root) == before
    news = {path for path in changed["add"] if "2023-04" in path}

    assert (len(changed["edit"]), changed["template"]) == (1, {"theme"})
    assert len(news) == len(layout.issue(site.added))
    assert all("2023/index" in path or "lanmu" in path for path in changed["add"] - news)


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_a_command_used_is_its_own(bench: Any) -> None:
    """Not the memory of who measures it, but its children's CPU and memory."""
    held = bytearray(200_000_000)
    child = (
        "import subprocess, sys; subprocess.run([sys.executable, '-c', 'x = bytearray(100_000_000); sum(range(2_000_000))'])"
    )
    small = bench.processes.run([sys.executable, "-c", "pass"], ROOT)
    large = bench.processes.run([sys.executable, "-c", child], ROOT)

    assert (len(held), small.peak < 60, 100 < large.peak < 190) == (200_000_000, True, True)
    assert small.cpu < large.cpu <= large.wall + 0.5


def test_a_verdict_is_on_the_worse_of_pairs(bench: Any) -> None:
    """Ratios round by round; a round in which one gave up counts for none; the worse measure decides."""
    runs = [(1.0, 2.0, 4.0), (3.0, 4.0, 4.0), (1.0, 1.8, 2.0)]  # our wall and CPU, their both
    rounds: list[Any] = [
        {key: {"add": {"wall": wall, "cpu": cpu}} for key, wall, cpu in (("ours", w, c), ("hugo", h, h))} for w, c, h in runs
    ]
    rounds.append({"ours": {"add": {"wall": 99.0, "cpu": 99.0}}, "hugo": {"add": None}})
    target = next(one for one in bench.targets.TARGETS if (one.size, one.mode, one.pair[0]) == (24, "add", "ours"))
    results = {"24": {"runs": {"rounds": rounds}}}

    assert target.measured(results) == {"cpu": 0.9, "wall": 0.5}
    assert (target.reached(results, 0.9), target.reached(results, 0.8), target.reached({}, 1)) == (True, False, None)
