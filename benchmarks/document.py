"""docs/benchmarks.md: what the reports of the build, the search, reading, print and publishing make of their results.json, in turn.

`python benchmarks/document.py` writes it, which is what --write of each benchmark does; `--print` only shows it.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "benchmarks.md"
_PARTS = ("build", "search", "reader", "print", "publishing")
_OPENING = """\
# Benchmarks

[The build](#benchmarks-of-the-build), [the search](#benchmarks-of-the-search), [reading](#benchmarks-of-reading), [print](#benchmarks-of-print)
and [publishing](#benchmarks-of-publishing), against their targets and beside others. Each part is written
from its own results, measured on its own day.
"""


def document() -> str:
    """The whole page."""
    return "\n".join((_OPENING, *map(_part, _PARTS)))


def _part(name: str) -> str:
    """One report, its headings a level down.  A process of its own: both benchmarks have a module of each name."""
    command = [sys.executable, str(HERE / name / "report.py")]
    said = subprocess.run(command, capture_output=True, check=True, env={"PYTHONUTF8": "1"}).stdout.decode()
    return re.sub(r"^#", "##", said, flags=re.MULTILINE)


def main() -> None:
    """Writes the page, or shows it."""
    if "--print" in sys.argv:
        print(document(), end="")
    else:
        PAGE.write_text(document(), encoding="utf-8")


if __name__ == "__main__":
    main()
