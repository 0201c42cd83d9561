"""What the build has to reach: this site's figure divided by the best peer's, the median of the rounds' own ratios."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any

from rounds import ratios

Results = Mapping[str, Any]
"""results.json."""

_ALIKE = ("ours", "hugo")
_INDEXED = ("ours-index", "hugo-extended")
_SAID = {"cpu": "CPU", "wall": "wall", "peak": "peak"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """At most `must`, better `aim`; the worst of the judged measures counts."""

    what: str
    size: int
    mode: str
    pair: tuple[str, str]
    must: float
    aim: float
    judged: tuple[str, ...] = ("cpu", "wall")

    def measured(self, results: Results) -> dict[str, float]:
        """Measure → ratio, as it is printed; CPU and wall both, whichever is judged.  Empty where it was not measured."""
        rounds = results.get(str(self.size), {}).get("runs", {}).get("rounds", [])
        shown = self.judged if "peak" in self.judged else ("cpu", "wall")
        found = {name: ratios(rounds, self.mode, self.pair, name) for name in shown}
        return {name: round(median(held), 3) for name, held in found.items() if held}

    def said(self, results: Results) -> str:
        """The figures in words, the judged ones in bold."""
        found = self.measured(results)
        words = [f"{_SAID[name]} {found[name]:.3f}" for name in found]
        return " · ".join(f"**{text}**" if name in self.judged else text for name, text in zip(found, words, strict=True))

    def reached(self, results: Results, bound: float) -> bool | None:
        """Whether it is within a bound; None where it was not measured."""
        found = self.measured(results)
        return max(found[name] for name in self.judged) <= bound if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Latency:
    """… of the time from an edit to the page served; and at most `most` milliseconds."""

    what: str
    size: int
    pair: tuple[str, str]
    must: float
    aim: float
    most: float

    def measured(self, results: Results) -> tuple[float, float | None] | None:
        """Milliseconds and ratio; no ratio where the peer did not see the edit."""
        held = results.get(str(self.size), {}).get("server", {}).get("tools", {})
        ours, theirs = (held.get(key, {}).get("median") for key in self.pair)
        return (ours, round(ours / theirs, 3) if theirs else None) if ours else None

    def said(self, results: Results) -> str:
        """The figures in words."""
        found = self.measured(results)
        if found is None:
            return ""
        ratio = f"**{found[1]:.3f}**" if found[1] else "the other gave up"
        return f"{ratio} · **{found[0]:.0f} ms**"

    def reached(self, results: Results, bound: float) -> bool | None:
        """Whether ratio and milliseconds both are; None where it was not measured."""
        found = self.measured(results)
        return found[0] <= self.most and (found[1] or 0.0) <= bound if found else None


TARGETS: tuple[Ratio | Latency, ...] = (
    Ratio(what="no change", size=240, mode="same", pair=_ALIKE, must=0.05, aim=0.02),
    Ratio(what="no change", size=2400, mode="same", pair=_ALIKE, must=0.015, aim=0.009),
    Ratio(what="one issue more, pages only", size=24, mode="add", pair=_ALIKE, must=0.9, aim=0.6),
    Ratio(what="one issue more, pages only", size=240, mode="add", pair=_ALIKE, must=0.2, aim=0.1),
    Ratio(what="one issue more, pages only", size=2400, mode="add", pair=_ALIKE, must=0.03, aim=0.01),
    Ratio(what="one issue more, with the index", size=240, mode="add", pair=_INDEXED, must=0.25, aim=0.15),
    Ratio(what="one issue more, with the index", size=2400, mode="add", pair=_INDEXED, must=0.03, aim=0.01),
    Ratio(what="cold, pages only", size=24, mode="cold", pair=_ALIKE, must=1.3, aim=1.0, judged=("cpu",)),
    Ratio(what="cold, pages only", size=240, mode="cold", pair=_ALIKE, must=0.9, aim=0.6, judged=("cpu",)),
    Ratio(what="cold, pages only", size=2400, mode="cold", pair=_ALIKE, must=0.8, aim=0.5, judged=("cpu",)),
    Ratio(what="cold, with the index", size=240, mode="cold", pair=_INDEXED, must=2.0, aim=1.4, judged=("cpu",)),
    Ratio(what="cold, with the index", size=240, mode="cold", pair=_INDEXED, must=1.3, aim=0.9, judged=("wall",)),
    Ratio(what="peak memory, cold with the index", size=2400, mode="cold", pair=_INDEXED, must=0.3, aim=0.1, judged=("peak",)),
    Latency(what="from an edit to the page served", size=240, pair=("ours-index", "hugo"), must=0.2, aim=0.1, most=200),
)
