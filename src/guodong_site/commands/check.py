"""`guodong check`: all that a build would complain about; writes nothing."""

from __future__ import annotations

import argparse
from pathlib import Path

from guodong_site.command import USAGE, Command
from guodong_site.diagnostics import ordered
from guodong_site.load import ISSUES
from guodong_site.machine import cores
from guodong_site.pipeline import Options, check
from guodong_site.report import Reporter, exit_code
from guodong_site.signing import unreviewed_issues
from guodong_site.steps import Steps


def add(one: argparse.ArgumentParser) -> None:
    """Its options."""
    one.add_argument("files", nargs="*", type=Path, metavar="文件", help="只看这些文件的问题（默认：全部）")


def run(options: argparse.Namespace, reporter: Reporter) -> int:
    """Reads everything, since some faults are seen across issues; shows what was asked for."""
    root: Path = options.root
    wanted: set[str] = set()
    for file in options.files:
        inside = _inside(file, root)
        if inside is None:
            reporter.refuse(f"“{file}”不是 {ISSUES}/ 里的期刊文件（.md）。")
            return USAGE
        wanted |= inside
    steps = Steps(reporter.waiting)
    made = check(Options(root=root, step=steps, jobs=cores()))
    steps.end()

    def asked(path: str) -> bool:  # faults of settings, words and templates concern every issue
        return not wanted or path in wanted or not path.startswith(f"{ISSUES}/")

    every = list(made.found)
    if made.archive:  # reviews are no matter of a build (DESIGN.md §2)
        read = ((copy.file, copy.manuscript.issue) for copy in made.copies)
        every += unreviewed_issues(root, made.archive.settings, read)
    found = tuple(d for d in ordered(every) if asked(d.where.path))
    concluded = made.inferred if options.format == "json" else ()
    inferred = tuple(i for i in concluded if asked(i.where.path))
    code = exit_code(found)
    reporter.checked(found, inferred, code, len(wanted) or sum(1 for _ in made.archive.entries) if made.archive else 0)
    if options.timings:
        reporter.timed(steps.ended)
    return code


def _inside(file: Path, root: Path) -> set[str] | None:
    """The issue files a clerk means by a path, as the project calls them; None where it means none."""
    place = file.parent.resolve() / file.name if file.name else file.resolve()
    home = root.resolve()
    if not place.is_relative_to(home / ISSUES) or not (place.exists() or place.is_symlink()):
        return None
    if place.is_dir() and place.suffix.lower() != ".md":
        return {p.relative_to(home).as_posix() for p in place.rglob("*") if p.suffix.lower() == ".md"}
    return {place.relative_to(home).as_posix()} if place.suffix.lower() == ".md" else None


COMMAND = Command(name="check", summary="检查稿件，不写任何文件", add=add, run=run)
