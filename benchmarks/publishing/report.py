"""What results.json says of publishing, as a page: `python benchmarks/publishing/report.py`."""

from __future__ import annotations

import json
from pathlib import Path

RESULTS = Path(__file__).with_name("results.json")


def page() -> str:
    """The page."""
    held = json.loads(RESULTS.read_text(encoding="utf-8"))
    delta, plan = held["delta"], held["planning"]
    edit, again = delta["edit"], delta["again"]
    ratio = edit["sent"] / edit["changed"]
    rate = plan["bytes"] / (1 << 20) / plan["verify"][0]
    lines = [
        "# Benchmarks of publishing",
        "",
        f"{held['day']}, {held['cores']} cores, load {held['load']} when it ended. `python benchmarks/publishing/run.py --write`",
        "repeats them. Seconds are wall (CPU). Publishing is every step after the build: gates, sums, comparing, sending to a folder of",
        "the same disk, reading all of it again, switching, receipt.",
        "",
        "| what | measured | target | |",
        "|---|---|---|---|",
        _row(
            f"one article edited, {delta['issues']} issues, {delta['files']:,} files: bytes sent / bytes that changed",
            f"{edit['sent']:,} / {edit['changed']:,} = {ratio:.2f}",
            "≤ 1.2",
            good=ratio <= 1.2,
        ),
        f"| of these, release.json and SHA256SUMS, which name every file of the site | {again['changed']:,} | | |",
        _row("the same: seconds", _seconds(edit["seconds"], edit["cpu"]), "≤ 2 s", good=edit["seconds"] <= 2),
        _row(
            "published again: bytes sent",
            f"{again['sent']:,}, {_seconds(again['seconds'], again['cpu'])}",
            "0",
            good=again["sent"] == 0,
        ),
        _row(f"planning {plan['files']:,} files", _seconds(*plan["plan"]), "≤ 3 s", good=plan["plan"][0] <= 3),
        _row(
            f"`verify` of them, {plan['bytes'] / (1 << 20):,.0f} MB",
            f"{_seconds(*plan['verify'])}, {rate:,.0f} MB/s",
            "disk speed",
            good=plan["verify"][0] <= plan["sha256sum"][0],
        ),
        f"| `sha256sum -c` of them; `cat` | {_seconds(*plan['sha256sum'])}; {_seconds(*plan['cat'])} | | |",
        "",
        f"The first publication sent {delta['first']['sent']:,} bytes in {_seconds(delta['first']['seconds'], delta['first']['cpu'])}.",
    ]
    return "\n".join(lines) + "\n"


def _row(what: str, measured: str, target: str, *, good: bool) -> str:
    return f"| {what} | {measured} | {target} | {'✓' if good else '✗'} |"


def _seconds(wall: float, cpu: float) -> str:
    return f"{wall:.2f} s ({cpu:.2f})"


def main() -> None:
    """Prints it."""
    print(page(), end="")


if __name__ == "__main__":
    main()
