"""Whether a build that re-uses gives the bytes of a build from nothing, in another folder."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from filecmp import cmp
from pathlib import Path
from typing import Any

from sites import Site
from tools import SITE

CHANGES = ("edit", "template", "add")
_OWN = ".guodong"  # how the output folder is known as ours: no page


def compared(site: Site) -> dict[str, Any]:
    """Change → how many files there are, and the first of those that differ."""
    found: dict[str, Any] = {}
    other = replace(site, root=site.root.with_name(f"{site.root.name}-cold"))
    for mode in CHANGES:
        with site.changed(mode):
            _built(site)
            site.expect(mode)
            shutil.rmtree(other.root, ignore_errors=True)
            for name in ("issues", *SITE):
                source = site.root / name
                (shutil.copytree if source.is_dir() else shutil.copy)(source, _made(other.root) / name)
            _built(other)
            left, right = _files(site.out), _files(other.out)
            differing = [
                n for n in sorted(left | right) if n not in left & right or not cmp(site.out / n, other.out / n, False)
            ]
            found[mode] = {"files": len(right), "differing": differing[:10]}
        _built(site)
        print(f"{site.root.parent.name:>12} {site.tool.key:14} {mode:9} {found[mode]}", flush=True)
    shutil.rmtree(other.root)
    return found


def _built(site: Site) -> None:
    if site.build() is None:
        sys.exit(f"{site.root.name}: not built in time")


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _files(out: Path) -> set[str]:
    paths = (path.relative_to(out) for path in out.rglob("*") if path.is_file())
    return {str(path) for path in paths if path.parts[0] != _OWN}
