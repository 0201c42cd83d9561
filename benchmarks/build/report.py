"""results.json → its part of docs/benchmarks.md: every figure, date and version comes from the results, the words round them
from here.  `python benchmarks/build/report.py` prints it; `benchmarks/document.py` makes the page of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from statistics import median
from typing import Any

import remarks
from sites import MODES
from targets import TARGETS, Latency, Ratio, Results
from tools import NAMES

_ROUNDS = ("runs", "others")


def document(results: Results) -> str:
    """The whole part."""
    sizes = [size for size in results if size.isdigit()]
    parts = [
        _opening(results),
        "## Against the targets\n",
        remarks.TARGETS,
        _targets(results),
        "## Times\n",
        remarks.TIMES,
        *(_times(results[size]) for size in sizes),
        _server(results, sizes),
        _bytes(results, sizes),
        _december(results, sizes),
        remarks.HOW,
    ]
    return "\n".join(part for part in parts if part)


def _opening(results: Results) -> str:
    held = [part for size in results if size.isdigit() for part in results[size].values() if "commit" in part]
    dates, commits = (list(dict.fromkeys(sorted(part[name] for part in held))) for name in ("date", "commit"))
    machine, loads = results["machine"], [part["load"] for part in held]
    versions = ", ".join(f"{name} {number}" for name, number in machine["versions"].items() if number)
    return (
        "# Benchmarks of the build\n\n"
        "Written by `python benchmarks/build/run.py --write`; not edited by hand.\n\n"
        f"Measured {' to '.join(dict.fromkeys((dates[0], dates[-1])))} at commit {', '.join(commits)}, {machine['system']}, "
        f"{machine['cores']} cores ({machine['processor']}), {machine['memory_gb']} GB, {machine['disk']}; {versions}. "
        f"Load of the machine when a part ended, the benchmark's own included: {min(loads):.1f} to {max(loads):.1f}.\n"
    )


def _targets(results: Results) -> str:
    rows = []
    for target in TARGETS:
        met, better = target.reached(results, target.must), target.reached(results, target.aim)
        verdict = "not measured" if met is None else "met, the aim too" if better else "met" if met else "**not met**"
        rows.append((target.what, _against(target), f"{target.size:,}", *_bounds(target), target.said(results), verdict))
    return _table(("", "against", "issues", "must", "aim", "measured", ""), rows)


def _bounds(target: Ratio | Latency) -> tuple[str, str]:
    more = f" and {target.most:g} ms" if isinstance(target, Latency) else ""
    return f"≤ {target.must:g}{more}", f"{target.aim:g}"


def _against(target: Ratio | Latency) -> str:
    return "Hugo's server" if isinstance(target, Latency) else NAMES[target.pair[1]]


def _times(held: Mapping[str, Any]) -> str:
    rows = []
    for part in (name for name in _ROUNDS if name in held):
        figures, rounds = held[part]["medians"], held[part]["rounds"]
        for key in (key for key in NAMES if key in figures):
            cells = [_time(figures[key].get(mode)) if mode in figures[key] else "–" for mode in MODES]
            cold = figures[key].get("cold")
            rows.append((NAMES[key], *cells, f"{cold['peak']:,.0f}" if cold else "–", str(len(rounds))))
    if not rows:
        return ""
    facts = held["archive"]
    heading = f"{facts['issues']:,} issues, {facts['articles']:,} articles, {facts['characters']:,} characters"
    return f"### {heading}\n\n" + _table(("wall / CPU s", *MODES.values(), "peak MB", "rounds"), rows)


def _time(figures: Mapping[str, float] | None) -> str:
    return f"{_seconds(figures['wall'])} / {_seconds(figures['cpu'])}" if figures else "given up"


def _seconds(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:.0f}"


def _server(results: Results, sizes: list[str]) -> str:
    rows = []
    for size in (size for size in sizes if "server" in results[size]):
        tools = results[size]["server"]["tools"]
        rows.append(
            (f"{int(size):,} issues", *(_served(tools[key]) if key in tools else "–" for key in ("ours-index", "hugo")))
        )
    if not rows:
        return ""
    times = max(len(held["ms"]) for size in sizes for held in results[size].get("server", {}).get("tools", {}).values())
    head = ("median, least to most", "this site", "Hugo's server")
    return "## From an edit to the page\n\n" + remarks.SERVER.format(times=times) + "\n" + _table(head, rows)


def _served(held: Mapping[str, Any]) -> str:
    if "gave_up" in held:
        return f"not within {held['gave_up']:g} s"
    return f"{held['median']:,.0f} ms, {min(held['ms']):,.0f} to {max(held['ms']):,.0f}"


def _bytes(results: Results, sizes: list[str]) -> str:
    rows = []
    for size in (size for size in sizes if "identical" in results[size]):
        for key, changes in results[size]["identical"]["changes"].items():
            cells = (_same(changes[mode]) if mode in changes else "–" for mode in ("edit", "template", "add"))
            rows.append((f"{int(size):,} issues, {NAMES[key]}", *cells))
    if not rows:
        return ""
    opening = "## The same bytes\n\nA build that re-uses, against one from nothing in another folder.\n\n"
    return opening + _table(("", MODES["edit"], MODES["template"], MODES["add"]), rows)


def _same(found: Mapping[str, Any]) -> str:
    wrong = found["differing"]
    return f"{found['files']:,} files, " + (f"**{len(wrong)} or more differ**: {wrong[0]}" if wrong else "identical")


def _december(results: Results, sizes: list[str]) -> str:
    parts = []
    for size in (size for size in sizes if "december" in results[size]):
        runs = [one["ours-index"]["add"] for one in results[size]["december"]["rounds"]]
        wall, cpu, peak = (median(run[name] for run in runs) for name in ("wall", "cpu", "peak"))
        figures = f"{_seconds(wall)} s wall, {_seconds(cpu)} s CPU, {peak:,.0f} MB, medians of {len(runs)}"
        parts.append("## The open year full\n\n" + remarks.DECEMBER.format(count=f"{int(size):,}", figures=figures))
    return "\n".join(parts)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    columns = list(head)
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


if __name__ == "__main__":
    print(document(json.loads((Path(__file__).parent / "results.json").read_text(encoding="utf-8"))), end="")
