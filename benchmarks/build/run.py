"""The benchmark of the build: `python benchmarks/build/run.py --work DIR [--sizes 24,240,2400] [--rounds 5] [--write]`.

Parts of a size: `runs` (this site and Hugo, with an index and without, side by side), `others` (slower generators, fewer rounds),
`identical` (what is re-used gives the same bytes), `server` (from an edit to the page served), `december` (the open year full).
A part is kept in results.json as it is measured; what is there of the same program is not measured again, but by --only.  With
--tools it is only a look: figures are shown, not kept.
--write then makes docs/benchmarks.md of all that is there, --page does so and measures nothing.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import archive
import identical
import results
import servers
from archive import Issue
from environments import Environments
from rounds import Round, medians, one_round, shown, warmed
from sites import MODES, Site
from tools import FAST, NAMES, OTHERS, PROJECT, tool

DOCUMENT = PROJECT / "benchmarks" / "document.py"
_LARGE = 1000
"""Issues from which the slow ones are built once, and what is untimed is left out."""

_DECEMBER, _ELEVEN = 240, (2023, 11)
_SLOW = {24: 3}
"""Rounds of the slow ones by size; two elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """One run of the benchmark: where, of what, how often."""

    work: Path
    tools: tuple[str, ...]
    rounds: int
    again: bool
    store: results.Store

    def sites(self, size: int, keys: Sequence[str], last: archive.Month | None = None) -> list[Site]:
        """The tools' archives of a size; Hugo's is one, with an index or without."""
        wanted = [key for key in keys if key in self.tools]
        if "hugo-extended" in wanted and "hugo" in wanted:
            wanted.remove("hugo")
        issues: tuple[Issue, ...] = archive.archive(size, last)
        folder = self.work / str(size)
        made = [tool(key, Environments(self.work / "environments")) for key in wanted]
        return [Site(one, folder / (one.key if last is None else f"{one.key}-{last[0]}-{last[1]:02}"), issues) for one in made]

    def runs(self, size: int) -> None:
        """Us and Hugo."""
        self._rounds("runs", size, self.sites(size, FAST), tuple(MODES), self.rounds)

    def others(self, size: int) -> None:
        """The slower ones; very large archives once, from nothing."""
        if size < _LARGE:
            self._rounds("others", size, self.sites(size, OTHERS), tuple(MODES), min(self.rounds, _SLOW.get(size, 2)))
            return
        keys = [key for key in OTHERS if key != "pelican-cache"]  # from nothing it is Pelican
        self._rounds("others", size, self.sites(size, keys), ("cold",), 1, warm=False)

    def december(self, size: int) -> None:
        """One issue more, which makes the open year full: the largest the open bundle can be."""
        sites = self.sites(size, ("ours-index",), _ELEVEN)
        self._rounds("december", size, sites, ("add",), self.rounds)

    def identical(self, size: int) -> None:
        """Bytes of a build that re-uses, against those of one from nothing."""
        found = {}
        for site in self.sites(size, FAST[:2]):
            warmed([site])
            found[site.tool.key] = identical.compared(site)
        self.store.keep(size, "identical", {"changes": found})

    def server(self, size: int) -> None:
        """Our live preview and Hugo's."""
        found = {}
        for site in self.sites(size, ("ours-index", "hugo")):
            figures = servers.latency(site)
            found[site.tool.key] = figures | ({"median": median(figures["ms"])} if figures["ms"] else {})
        self.store.keep(size, "server", {"tools": found})

    def _rounds(
        self, part: str, size: int, sites: list[Site], modes: tuple[str, ...], rounds: int, *, warm: bool = True
    ) -> None:
        """So many rounds, each kept as it ends; goes on where it was interrupted, with the same tools."""
        keys = [key for site in sites for key in (site.tool.key, site.tool.with_index) if key]
        held: list[Round] = [one for one in self.store.part(size, part).get("rounds", []) if set(one) == set(keys)]
        if len(held) >= rounds:
            if not self.again:
                return
            held = []
        if warm:
            warmed(sites)
        for site in sites:
            site.prepare()
        for at in range(len(held), rounds):
            held.append(one_round(sites[:: -1 if at % 2 else 1], modes))  # nobody is always first
            self.store.keep(size, part, {"rounds": held, "medians": medians(held)})
        shown(f"{size} medians", medians(held))


PARTS: dict[str, Callable[[Bench, int], None]] = {
    "runs": Bench.runs,
    "others": Bench.others,
    "identical": Bench.identical,
    "server": Bench.server,
    "december": Bench.december,
}


def default(part: str, size: int) -> bool:
    """Whether a part is measured at a size without being asked for."""
    return {"december": size == _DECEMBER, "identical": size < _LARGE}.get(part, True)


def facts(size: int) -> dict[str, Any]:
    """How much it is."""
    issues = archive.archive(size)
    return {
        "issues": size,
        "articles": sum(len(one.articles) for one in issues),
        "characters": archive.characters(issues),
        "from": issues[0].id,
        "to": issues[-1].id,
    }


def listed(known: Sequence[str]) -> Callable[[str], tuple[str, ...]]:
    """Words with commas between, all of them known."""

    def words(text: str) -> tuple[str, ...]:
        if unknown := sorted(set(text.split(",")) - set(known)):
            fault = f"{', '.join(unknown)}? There is: {', '.join(known)}"
            raise argparse.ArgumentTypeError(fault)
        return tuple(text.split(","))

    return words


def main() -> None:
    """Measures what is asked for and not there yet."""
    parser = argparse.ArgumentParser(description="The benchmark of the build.")
    parser.add_argument(
        "--work", type=Path, default=PROJECT / "build" / "build-benchmark", help="where archives and programs lie"
    )
    parser.add_argument("--sizes", default="24,240,2400", help="issues")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--tools", type=listed(tuple(NAMES)), default=tuple(NAMES), help=", ".join(NAMES))
    parser.add_argument("--only", type=listed(tuple(PARTS)), help=f"these parts, again: {', '.join(PARTS)}")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    parser.add_argument("--page", action="store_true", help="write it from earlier figures, measure nothing")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    bench = Bench(
        work=options.work.resolve(),
        tools=options.tools,
        rounds=options.rounds,
        again=bool(options.only),
        store=results.opened(look=options.tools != tuple(NAMES)),
    )
    for size in [] if options.page else map(int, options.sizes.split(",")):
        bench.store.results.setdefault(str(size), {})["archive"] = facts(size)
        for name in options.only or [name for name in PARTS if default(name, size)]:
            if name in ("identical", "server") and bench.store.part(size, name) and not options.only:
                continue
            PARTS[name](bench, size)
            bench.store.results["machine"] = results.machine(bench.work)
            bench.store.save()
    if options.write or options.page:
        subprocess.run([sys.executable, str(DOCUMENT)], check=True)


if __name__ == "__main__":
    main()
