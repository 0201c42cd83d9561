"""A build with nothing to do: read from the command line and the stamp alone, before any library is loaded.

Whatever is unusual goes the whole way: `cli` knows every option, this module only those of an everyday build.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from guodong_site.stamp import Stamp

_WITH_VALUE = frozenset({"--root", "--out", "--base-url", "--jobs"})
_ALONE = frozenset({"--no-search", "--no-pdf", "--drafts", "--no-color", "--quiet"})


def choice(*, base_url: str | None, search: bool, pdf: bool, drafts: bool) -> str:
    """What makes two builds into one folder different."""
    return repr((base_url, search, pdf, drafts))


def said_again(arguments: Sequence[str]) -> str | None:
    """What to print for a build that changes nothing; None for everything else."""
    values: dict[str, str] = {}
    alone: set[str] = set()
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        name, given, value = word.partition("=")
        if word in _ALONE:
            alone.add(word)
        elif name in _WITH_VALUE and (given or rest):
            values[name] = value if given else rest.pop(0)
        elif word != "build" or "build" in alone:
            return None
        else:
            alone.add(word)
    if "build" not in alone:
        return None
    root = Path(values.get("--root", "."))
    out = Path(values["--out"]) if "--out" in values else root / "public"
    with_search, with_pdf = "--no-search" not in alone, "--no-pdf" not in alone
    made = choice(base_url=values.get("--base-url"), search=with_search, pdf=with_pdf, drafts="--drafts" in alone)
    said = Stamp(root, out, made).unchanged()
    if said is None:
        return None
    plain, colored, quiet = said
    if "--quiet" in alone:
        return quiet
    color = sys.stdout.isatty() and "--no-color" not in alone and not os.environ.get("NO_COLOR")
    return (colored or None) if color else plain  # what was built without a terminal knows no colours
