"""results.json → its part of docs/benchmarks.md: every figure, date and version comes from the results, the words round them
from here.  `python benchmarks/search/report.py` prints it; `benchmarks/document.py` makes the page of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import remarks
from asked import EXACT, SET, SLIPS
from targets import TARGETS, Results, Target

_OURS = {"news": "news", "large": "news recombined", "small": "news, the first", "laws": "laws and regulations"}
_BRIEF = ("word", "phrase", "person", "place", "substring")


def document(results: Results) -> str:
    """The whole part."""
    parts = [
        _opening(results),
        "## Against the targets\n",
        *(_targets(name, held, results) for name, held in TARGETS.items()),
        "## Recall and precision\n",
        remarks.SETS.format(queries=SET),
        _sets(results),
        "## Order\n",
        remarks.ORDER,
        _order(results),
    ]
    for part, own in (("peers", "news"), ("large-peers", "large")):
        if part in results and own in results:
            facts = results[own]["corpus"]
            parts += [
                f"## Beside others: {facts['articles']:,} articles\n",
                remarks.PEERS if part == "peers" else "",
                _peers(results, own, part),
            ]
    parts += [_questions(results), _slips(results), _pinyin(results), _build(results), remarks.HOW]
    return "\n".join(part for part in parts if part)


def _opening(results: Results) -> str:
    dates = sorted({part["date"] for part in results.values() if "date" in part})
    machine = results["machine"]
    versions = ", ".join(f"{name} {number}" for name, number in machine["versions"].items() if number)
    when = dates[0] if len(dates) == 1 else f"{dates[0]} to {dates[-1]}"
    return (
        "# Benchmarks of the search\n\n"
        "Written by `python benchmarks/search/run.py --write`; not edited by hand.\n\n"
        f"Measured {when} at commit {machine['commit']}, {machine['system']}, {machine['cores']} cores, {machine['memory_gb']} GB; "
        f"{versions}. One run each: times move between runs, all else does not. {_load(results)}\n"
    )


def _load(results: Results) -> str:
    loads = [part["load"] for part in results.values() if "load" in part]
    return (
        f"Load of the machine when a part ended, the benchmark's own included: {min(loads):.1f} to {max(loads):.1f}."
        if loads
        else ""
    )


def _targets(name: str, held: Sequence[Target], results: Results) -> str:
    rows = []
    for target in held:
        measured = target.measured(results)
        if measured is None:
            continue
        unit = f" {target.unit}" if target.unit else ""
        sign = "≥" if target.least else "≤"
        verdict = "met" if target.met(results) else "**not met**"
        rows.append((target.what, f"{sign} {target.bound:g}{unit}", f"{measured:.{target.digits}f}{unit}", verdict))
    if not rows:
        return ""
    return f"### {_heading(name, results)}\n\n" + _table(("", "target", "measured", ""), rows)


def _heading(name: str, results: Results) -> str:
    if name not in _OURS:
        return "Asked otherwise: questions, pinyin, typos"
    facts = results[name]["corpus"]
    return f"{_OURS[name].capitalize()}: {facts['articles']:,} articles, {facts['characters']:,} characters, {facts['years']} years"


def _sets(results: Results) -> str:
    own = [name for name in _OURS if name in results]
    names = [*EXACT, "traditional", "zero", "glued"]
    rows = []
    for name in names:
        cells = []
        for part in own:
            figures = results[part]["session"]["sets"].get(name)
            cells.append(f"{figures['recall']:.3f} / {figures['precision']:.3f}" if figures else "–")
        rows.append((name, *cells))
    return _table(("recall / precision", *(_corpus(results, part) for part in own)), rows)


def _order(results: Results) -> str:
    rows = []
    for part in (name for name in _OURS if name in results):
        held = results[part]
        pairs = f"{held['pairs']['share']:.3f} ({held['pairs']['at_random']:.3f} at random)" if "pairs" in held else "–"
        rows.append((_corpus(results, part), pairs, _share(held["titles"]), _share(held["title_parts"])))
    return _table(("", "whole words in the top ten", "exact titles first", "title parts first"), rows)


def _share(figures: Mapping[str, float]) -> str:
    return f"{figures['first']:.3f} of {figures['queries']:.0f}"


def _peers(results: Results, own: str, part: str) -> str:
    step = results.get("builds", {}).get(own)
    ours = (
        {**results[own], "build": {**step["first"]["whole"], "cpu": step["first"]["search_cpu"], "size": step["size"]}}
        if step
        else None
    )
    others = {
        name: {**held, "build": {**held["build"]["whole"], **held["build"]}}
        for name, held in results[part].items()
        if isinstance(held, dict)
    }
    rows = []
    for name, held in {**({"**this site**": ours} if ours else {}), **others}.items():
        session, build = held["session"], held["build"]
        quality = session["sets"]
        rows.append(
            (
                name,
                "/".join(_short(quality[one]["recall"]) for one in _BRIEF),
                "/".join(_short(quality[one]["precision"]) for one in _BRIEF),
                _short(quality["zero"]["recall"]),
                f"{held['pairs']['share']:.2f}",
                f"{held['titles']['first']:.2f}",
                f"{session['cold']['kb']:,.0f}",
                f"{session['cold']['ms']:,.0f}",
                f"{session['next_kb']['median']:.1f}/{session['next_kb']['p95']:.0f}",
                f"{session['list_ms']['median']:.1f}/{session['list_ms']['p95']:.0f}",
                f"{session['again_ms']['median']:.1f}",
                f"{build['size'] / 1024**2:.1f}",
                f"{build['cpu']:.1f}",
                f"{build['peak']:.0f}",
            )
        )
    head = (
        "",
        "recall",
        "precision",
        "zero",
        "order",
        "titles",
        "cold KB",
        "cold ms",
        "next KB",
        "list ms",
        "again ms",
        "MB",
        "CPU s",
        "peak MB",
    )
    return _table(head, rows)


def _questions(results: Results) -> str:
    if "questions" not in results:
        return ""
    rows = []
    for name in ("cmrc", "stard"):
        for kind in ("with", "without"):
            held = results["questions"][name][kind]
            ranks = (f"{held['hit1']:.3f}", f"{held['hit10']:.3f}", f"{held['mrr']:.3f}")
            cost = (
                f"{held['first_kb']['median']:.0f} / {held['first_kb']['max']:.0f}",
                f"{held['ms']['median']:.1f} / {held['ms']['p95']:.0f}",
            )
            where = f"{name.upper()}, {held['questions']:,} questions, {results['questions'][name]['articles']} texts"
            rows.append((where, f"{kind} synonyms", *ranks, *cost))
    head = ("", "", "hit@1", "hit@10", "MRR@10", "KB first, median / largest", "ms in a session, median / 95 %")
    return "## Questions in everyday words\n\n" + remarks.QUESTIONS + "\n" + _table(head, rows)


def _slips(results: Results) -> str:
    if "slips" not in results:
        return ""
    rows = []
    for name, held in results["slips"].items():
        if isinstance(held, dict):
            counts = (str(held["right"]), str(held["wrong"]), str(held["none"]))
            shares = (f"{held['precision']:.3f}", f"{held['found']:.3f}")
            cost = (
                f"{held['kb']['median']:.1f} / {held['kb']['p95']:.0f}",
                f"{held['ms']['median']:.0f} / {held['ms']['p95']:.0f}",
            )
            rows.append((name, *counts, *shares, *cost))
    head = ("", "right", "wrong", "not repaired", "precision", "found", "KB", "ms")
    return "## Homophone typos\n\n" + remarks.SLIPS.format(wanted=SLIPS) + "\n" + _table(head, rows)


def _pinyin(results: Results) -> str:
    if "pinyin" not in results:
        return ""
    held = results["pinyin"]
    rows = [
        (way, f"{f['words']:,}", f"{f['reached']:.3f}", f"{f['among_nine']:.3f}", f"{f['shown']:.3f}")
        for way, f in held["ways"].items()
    ]
    said = (
        f"The archive has {held['vocabulary']:,} words. A first look-up (modules, syllables, words) costs {held['first_kb']['median']:.1f} KB, "
        f"at most {held['first_kb']['max']:.1f}; a later one {held['later_kb']['median']:.1f}, at most {held['later_kb']['max']:.1f}. "
        f"Asking the index whether the letters stand there, and then for the word, costs {held['search_kb']['median']:.0f} KB more.\n"
    )
    head = ("typed", "words", "found by the look-up", "among its first nine", "shown on the page")
    return "## Pinyin\n\n" + remarks.PINYIN + "\n" + said + "\n" + _table(head, rows)


def _build(results: Results) -> str:
    if "builds" not in results:
        return ""
    rows = []
    for part in (name for name in _OURS if name in results and name in results["builds"]):
        held = results["builds"][part]
        first, edited = held["first"], held["edited"]
        bundles = " + ".join(map(str, results[part]["bundles"]))
        whole = [f"{one['whole']['wall']:.1f} / {one['whole']['cpu']:.1f} s" for one in (first, edited)]
        step = [f"{one['search_wall']:.1f} / {one['search_cpu']:.1f} ({one['bundles_cpu']:.1f}) s" for one in (first, edited)]
        memory = (f"{first['whole']['peak']:.0f} MB", f"{first['whole']['child']:.0f} MB", f"{held['size'] / 1024**2:.1f} MB")
        rows.append((_corpus(results, part), bundles, whole[0], step[0], whole[1], step[1], *memory))
    head = (
        "wall / CPU",
        "bundles",
        "whole build",
        "search step",
        "after an edit",
        "search step",
        "peak",
        "Pagefind",
        "index on disk",
    )
    return "## The build\n\n" + remarks.BUILD + "\n" + _table(head, rows)


def _corpus(results: Results, part: str) -> str:
    return f"{results[part]['corpus']['articles']:,} {'laws' if part == 'laws' else 'articles'}"


def _short(value: float) -> str:
    text = f"{value:.2f}"
    return {"1.00": "1", "0.00": "0"}.get(text, text.lstrip("0"))


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    columns = list(head)
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


if __name__ == "__main__":
    print(document(json.loads((Path(__file__).parent / "results.json").read_text(encoding="utf-8"))), end="")
