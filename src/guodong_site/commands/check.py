"""`guodong check`: all that a build would complain about, and what depends on the day; writes nothing without `--fix`."""

from __future__ import annotations

import argparse
import datetime
import sys
from pathlib import Path

from guodong_site.command import USAGE, Command
from guodong_site.diagnostics import ordered
from guodong_site.fields import parse_date
from guodong_site.load import ISSUES, list_issues
from guodong_site.machine import cores, reason
from guodong_site.mending import put, repairs
from guodong_site.pipeline import Options, check
from guodong_site.report import Reporter, exit_code
from guodong_site.signing import unreviewed_issues
from guodong_site.steps import Steps


def add(one: argparse.ArgumentParser) -> None:
    """Its options."""
    one.add_argument("files", nargs="*", type=Path, metavar="文件", help="只看这些文件的问题（默认：全部）")
    one.add_argument("--today", metavar="日期", help="按这一天检查更新是否及时、豁免是否到期，如 2024-07-15（默认：今天）")
    one.add_argument("--fix", action="store_true", help="改正标点、空格和编码：先给您看改哪里，同意了才写")
    one.add_argument("--yes", action="store_true", help="与 --fix 同用，不问，直接改（供程序用）")


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
    day = parse_date(options.today) if options.today else None
    if options.today and not (day and day.day):
        reporter.refuse(f"“{options.today}”不是日期，写成 2024-07-15 这样。")
        return USAGE
    if options.yes and not options.fix:
        reporter.refuse("--yes 要与 --fix 同用。")
        return USAGE
    if options.fix and (code := _fix(options, reporter, wanted)):
        return code
    today = day.first_day if day else datetime.date.today()  # noqa: DTZ011  # the desk's own day
    steps = Steps(reporter.waiting)
    made = check(Options(root=root, step=steps, jobs=cores(), day=today))
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


def _fix(options: argparse.Namespace, reporter: Reporter, wanted: set[str]) -> int:
    """Shows what would change, asks, writes; the exit code where it cannot go on, else 0."""
    files, _ = list_issues(options.root, {})
    found = list(repairs(file for file in files if not wanted or file.name in wanted))
    for one in found:
        reporter.proposed(one.before, one.after, one.name)
        if one.recoded:
            reporter.say(f"{one.name}：编码改成不带 BOM 的 UTF-8。")
    if not found:
        reporter.say("没有能自动改正的标点、空格和编码。")
        return 0
    if not options.yes:
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            reporter.refuse("没有改动任何文件。在终端里运行，看过以后回答；程序里用的，加上 --yes。")
            return USAGE
        reporter.say(f"改正这 {len(found)} 个文件吗？同意就输入 y，再按回车。")
        if sys.stdin.readline().strip().lower() not in ("y", "yes", "是"):
            reporter.say("没有改动任何文件。")
            return 0
    for one in found:
        try:
            put(one)
        except OSError as fault:
            reporter.refuse(f"{one.name} 没有改成：{reason(fault, '写入')}。")
            return 1
    reporter.say(f"改正了 {len(found)} 个文件。")
    return 0


def _inside(file: Path, root: Path) -> set[str] | None:
    """The issue files a clerk means by a path, as the project calls them; None where it means none."""
    place = file.parent.resolve() / file.name if file.name else file.resolve()
    home = root.resolve()
    if not place.is_relative_to(home / ISSUES) or not (place.exists() or place.is_symlink()):
        return None
    if place.is_dir() and place.suffix.lower() != ".md":
        return {p.relative_to(home).as_posix() for p in place.rglob("*") if p.suffix.lower() == ".md"}
    return {place.relative_to(home).as_posix()} if place.suffix.lower() == ".md" else None


COMMAND = Command(name="check", summary="检查稿件；加 --fix 改正标点和空格，否则不写任何文件", add=add, run=run)
