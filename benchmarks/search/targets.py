"""What the search has to reach, and where in the results each figure stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from asked import EXACT

Results = Mapping[str, Any]
"""results.json: a part's name → what it measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A figure and its bound; `least` where more is better."""

    what: str
    value: Callable[[Results], float]
    bound: float
    unit: str = ""
    digits: int = 1
    least: bool = False

    def met(self, results: Results) -> bool | None:
        """Whether the figure, as it is printed, is within its bound; None where its part was not run."""
        measured = self.measured(results)
        if measured is None:
            return None
        shown = round(measured, self.digits)
        return shown >= self.bound if self.least else shown <= self.bound

    def measured(self, results: Results) -> float | None:
        """The figure, or None where its part was not run."""
        try:
            return self.value(results)
        except KeyError:
            return None


def _worst(part: str) -> Callable[[Results], float]:
    """The lowest recall or precision of the sets that must be exact, zero controls included."""

    def worst(results: Results) -> float:
        held = results[part]["session"]["sets"]
        return min(
            min(held[name]["recall"], held[name]["precision"]) for name in (*EXACT, "traditional", "zero") if name in held
        )

    return worst


def _at(*path: str) -> Callable[[Results], float]:
    def value(results: Results) -> float:
        found: Any = results
        for key in path:
            found = found[key]
        return float(found)

    return value


def _peak_gb(part: str) -> Callable[[Results], float]:
    peak = _at("builds", part, "first", "whole", "peak")
    return lambda results: peak(results) / 1024


def _ways(results: Results) -> float:
    return min(way["reached"] for way in results["pinyin"]["ways"].values())


TARGETS: dict[str, tuple[Target, ...]] = {
    "news": (
        Target(what="recall and precision, worst set", value=_worst("news"), bound=1, digits=3, least=True),
        Target(what="first answer, search files", value=_at("news", "session", "cold", "kb"), bound=100, unit="KB", digits=0),
        Target(
            what="first answer, from the address", value=_at("news", "session", "cold", "ms"), bound=500, unit="ms", digits=0
        ),
        Target(what="next query, median", value=_at("news", "session", "next_kb", "median"), bound=15, unit="KB"),
        Target(what="next query, 95 %", value=_at("news", "session", "next_kb", "p95"), bound=32, unit="KB"),
        Target(what="list, first time, median", value=_at("news", "session", "list_ms", "median"), bound=30, unit="ms"),
        Target(what="list, first time, 95 %", value=_at("news", "session", "list_ms", "p95"), bound=90, unit="ms"),
        Target(what="list, repeated, median", value=_at("news", "session", "again_ms", "median"), bound=2, unit="ms"),
        Target(what="list, repeated, 95 %", value=_at("news", "session", "again_ms", "p95"), bound=5, unit="ms"),
        Target(what="whole words in the top ten", value=_at("news", "pairs", "share"), bound=0.70, digits=2, least=True),
        Target(what="exact titles first", value=_at("news", "titles", "first"), bound=1, digits=3, least=True),
        Target(what="index, CPU", value=_at("builds", "news", "first", "search_cpu"), bound=14, unit="s"),
        Target(what="index, peak", value=_peak_gb("news"), bound=1.3, unit="GB", digits=2),
        Target(what="open bundle alone, CPU", value=_at("builds", "news", "edited", "bundles_cpu"), bound=1.5, unit="s"),
    ),
    "large": (
        Target(what="recall and precision, worst set", value=_worst("large"), bound=1, digits=3, least=True),
        Target(what="first answer, search files", value=_at("large", "session", "cold", "kb"), bound=230, unit="KB", digits=0),
        Target(what="next query, median", value=_at("large", "session", "next_kb", "median"), bound=28, unit="KB"),
        Target(what="next query, 95 %", value=_at("large", "session", "next_kb", "p95"), bound=65, unit="KB"),
        Target(what="list, first time, median", value=_at("large", "session", "list_ms", "median"), bound=40, unit="ms"),
        Target(what="list, first time, 95 %", value=_at("large", "session", "list_ms", "p95"), bound=100, unit="ms"),
        Target(what="list, repeated, median", value=_at("large", "session", "again_ms", "median"), bound=2, unit="ms"),
        Target(what="exact titles first", value=_at("large", "titles", "first"), bound=1, digits=3, least=True),
        Target(what="title parts first", value=_at("large", "title_parts", "first"), bound=0.97, digits=3, least=True),
        Target(what="index, CPU", value=_at("builds", "large", "first", "search_cpu"), bound=45, unit="s"),
        Target(what="index, peak", value=_peak_gb("large"), bound=1.5, unit="GB", digits=2),
        Target(what="open bundle alone, CPU", value=_at("builds", "large", "edited", "bundles_cpu"), bound=3, unit="s"),
    ),
    "small": (
        Target(what="recall and precision, worst set", value=_worst("small"), bound=1, digits=3, least=True),
        Target(what="first answer, search files", value=_at("small", "session", "cold", "kb"), bound=60, unit="KB", digits=0),
    ),
    "laws": (Target(what="recall and precision, worst set", value=_worst("laws"), bound=1, digits=3, least=True),),
    "otherwise": (
        Target(
            what="CMRC: right answer first", value=_at("questions", "cmrc", "with", "hit1"), bound=0.98, digits=3, least=True
        ),
        Target(
            what="STARD: right among ten", value=_at("questions", "stard", "with", "hit10"), bound=0.93, digits=3, least=True
        ),
        Target(
            what="a first question",
            value=_at("questions", "cmrc", "with", "first_kb", "median"),
            bound=160,
            unit="KB",
            digits=0,
        ),
        Target(what="pinyin: words reached, worst way", value=_ways, bound=1, digits=3, least=True),
        Target(what="pinyin: first look-up", value=_at("pinyin", "first_kb", "median"), bound=16, unit="KB"),
        Target(what="pinyin: later look-ups", value=_at("pinyin", "later_kb", "median"), bound=9, unit="KB"),
        Target(what="typos, words: precision", value=_at("slips", "words, any", "precision"), bound=0.95, digits=3, least=True),
        Target(what="typos, words: found", value=_at("slips", "words, any", "found"), bound=0.90, digits=3, least=True),
        Target(
            what="typos, phrases: precision", value=_at("slips", "phrases, any", "precision"), bound=1, digits=3, least=True
        ),
        Target(what="typos, phrases: found", value=_at("slips", "phrases, any", "found"), bound=0.80, digits=3, least=True),
    ),
}
"""By the heading they are printed under."""
