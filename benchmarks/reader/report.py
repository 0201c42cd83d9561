"""What results.json says of reading, as Markdown on standard output."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

TARGETS = {"desktop": {"performance": 95, "accessibility": 95, "best-practices": 95, "seo": 95}, "mobile": {"performance": 90}}
LCP, WEIGHT = 1000, 40 * 1024
NAMES = {"home": "home page", "issue": "an issue", "article": "an article", "search": "search"}


def _score(value: float, least: int | None) -> str:
    return f"{value:g}" if least is None or value >= least else f"**{value:g}** (≥ {least})"


def _rows(pages: dict[str, Any], preset: str) -> list[str]:
    rows = []
    for name, page in pages.items():
        look = page[preset]
        scores = [
            _score(look[key], TARGETS[preset].get(key)) for key in ("performance", "accessibility", "best-practices", "seo")
        ]
        lcp = f"{look['lcp'] / 1000:.2f} s" if preset == "mobile" or look["lcp"] <= LCP else f"**{look['lcp'] / 1000:.2f} s**"
        rows.append(
            f"| {NAMES[name]} | {' | '.join(scores)} | {lcp} | {look['cls']:.3f} | {', '.join(look['failed']) or '—'} |"
        )
    return rows


def main() -> None:
    """Prints the report."""
    found = json.loads((Path(__file__).parent / "results.json").read_text(encoding="utf-8"))
    pages = found["pages"]
    heading = [
        "| page | performance | accessibility | best practices | SEO | LCP | CLS | complaints |",
        "|---|---|---|---|---|---|---|---|",
    ]
    lines = [
        "# Benchmarks of reading",
        "",
        "Written by `python benchmarks/reader/run.py --work DIR --write`; not edited by hand.",
        "",
        f"Measured {found['day']} at commit {found['commit']}: {found['tool']}, {found['chromium']}; medians of {found['runs']} runs against the built",
        "site of this project, served with gzip on loopback.  In bold what misses its target.",
        "",
        "## Desktop preset",
        "",
        "Targets: 95 in each category, LCP at most 1 s.",
        "",
        *heading,
        *_rows(pages, "desktop"),
        "",
        "## Mobile preset",
        "",
        "Target: performance 90.",
        "",
        *heading,
        *_rows(pages, "mobile"),
        "",
        "## What a page weighs",
        "",
        "HTML and style sheet with gzip, the font as it is: at most 40 KB.",
        "",
        "| page | HTML | CSS | font | together |",
        "|---|---|---|---|---|",
    ]
    for name, page in pages.items():
        parts = page["weight"]
        total = sum(parts.values())
        shown = f"{total / 1024:.1f} KB" if total <= WEIGHT else f"**{total / 1024:.1f} KB**"
        lines.append(
            f"| {NAMES[name]} | {' | '.join(f'{parts[key] / 1024:.1f} KB' for key in ('html', 'css', 'font'))} | {shown} |"
        )
    print("\n".join(lines))


if __name__ == "__main__":
    main()
