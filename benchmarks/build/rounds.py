"""Rounds of builds side by side: all tools in one mode, then in the next, so that a pair is measured minutes apart at most."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from statistics import median

from processes import Used
from sites import Site

Figures = dict[str, float] | None
"""wall, cpu (seconds) and peak (MB) of a run; None where it was given up."""

Round = dict[str, dict[str, Figures]]
"""Tool → mode → what it used."""


def warmed(sites: Iterable[Site]) -> None:
    """Every archive written, and built once untimed: programs read from disk, Python's own files compiled."""
    for site in sites:
        site.prepare()
        site.clean()
        if site.build() is None:
            sys.exit(f"{site.root.name}: not built in time")
        site.expect("cold")


def one_round(sites: Sequence[Site], modes: Iterable[str]) -> Round:
    """Every mode of every site once."""
    figures: Round = {}
    for mode in modes:
        for site in sites:
            for key, used in measured(site, mode).items():
                one = {key: {mode: _figures(used)}}
                shown(site.root.parent.name, one)
                figures.setdefault(key, {}).update(one[key])
    return figures


def measured(site: Site, mode: str) -> dict[str, Used | None]:
    """One build, from a state in which nothing had changed; the state is that again after."""
    if mode == "cold":
        site.clean()
    with site.changed(mode):
        used = site.build()
        found = {site.tool.key: used}
        if site.tool.then:
            indexed = site.index() if used else None
            found[site.tool.with_index] = used.then(indexed) if used and indexed else None
        if used:
            site.expect(mode)
    if site.tool.stateful and mode not in ("cold", "same"):
        site.build()
    return found


def shown(label: str, figures: Round) -> None:
    """For who watches."""
    for key, held in figures.items():
        for mode, used in held.items():
            said = f"{used['wall']:8.2f} s wall {used['cpu']:8.2f} s CPU {used['peak']:6.0f} MB" if used else "given up"
            print(f"{label:>12} {key:14} {mode:9} {said}", flush=True)


def medians(rounds: Sequence[Round]) -> Round:
    """Of each figure over all rounds."""
    found: Round = {}
    for key, mode in {(key, mode): None for one in rounds for key, held in one.items() for mode in held}:
        runs = [run for one in rounds if (run := one.get(key, {}).get(mode))]
        of = {name: round(median(run[name] for run in runs), 4) for name in ("wall", "cpu", "peak")} if runs else None
        found.setdefault(key, {})[mode] = of
    return found


def ratios(
    rounds: Iterable[Mapping[str, Mapping[str, Figures]]], mode: str, pair: tuple[str, str], measure: str
) -> list[float]:
    """One tool's figure divided by another's, round by round."""
    runs = [(one.get(pair[0], {}).get(mode), one.get(pair[1], {}).get(mode)) for one in rounds]
    return [ours[measure] / theirs[measure] for ours, theirs in runs if ours and theirs]


def _figures(used: Used | None) -> Figures:
    """As kept: a tenth of a millisecond, a tenth of a MB."""
    return {"wall": round(used.wall, 4), "cpu": round(used.cpu, 4), "peak": round(used.peak, 1)} if used else None
