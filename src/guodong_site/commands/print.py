"""`guodong print ISSUE`: the PDF of one issue alone; with `--office` the desk's own edition, with 发： and who has reviewed it."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from tempfile import TemporaryDirectory

from guodong_site.album import illustrated
from guodong_site.catalogue import Copy
from guodong_site.command import USAGE, Command
from guodong_site.config import Settings
from guodong_site.diagnostics import Diagnostic, Span
from guodong_site.edition import Printing
from guodong_site.editions import composed, lacking, read_template, refusals
from guodong_site.gallery import Gallery
from guodong_site.listing import Listing, figures_of, public
from guodong_site.load import IssueFile, content, find_issue, read_issue
from guodong_site.machine import reason
from guodong_site.manuscript import Manuscript
from guodong_site.memory import Memory
from guodong_site.model import Issue
from guodong_site.office import read_office
from guodong_site.print_data import Office, opening
from guodong_site.report import Reporter, exit_code
from guodong_site.reviews import file_of, read_reviews, stale
from guodong_site.shelves import libraries
from guodong_site.signing import hashes_of
from guodong_site.typefaces import Filling
from guodong_site.typesetter import Typesetter, UnprintableError
from guodong_site.words import Cutter

_LACKS = 4


def add(one: argparse.ArgumentParser) -> None:
    """Its options."""
    one.add_argument("issue", metavar="期", help="哪一期，如 2024-07")
    one.add_argument("--office", action="store_true", help="内部用的全本：印“发：”和审核人，含先不发布的文章；不要放到网上")
    one.add_argument("--out", type=Path, metavar="文件", help="写到哪里（默认：当前文件夹里的 期.pdf）")
    one.add_argument("--system-fonts", action="store_true", help="用这台电脑上的方正小标宋、仿宋等字体，并说明各用了哪一种")


def run(options: argparse.Namespace, reporter: Reporter) -> int:
    """Reads the issue as `build` would, sets it, writes the one file."""
    root: Path = options.root
    settings, wrong = read_office(root)
    if settings is None:
        return _told(wrong, reporter)
    file = find_issue(root, options.issue)
    if file is None:
        reporter.refuse(f"没有“{options.issue}”这一期。")
        return USAGE
    made = read_issue(file, content(file), settings, Cutter(settings.words, libraries(root)))
    if made.issue is None or any(one.stops_build for one in made.found):
        return _told(list(made.found), reporter)
    if made.issue.history.withdrawn:
        reporter.refuse(f"{made.issue.label}已经撤回，不再排印。")
        return USAGE
    lacks = lacking(root, Span(path=file.name), system=options.system_fonts)
    if lacks is not None:
        _told([lacks], reporter)
        return _LACKS
    printing = _set(root, file, made.issue, settings, options, reporter)
    if isinstance(printing, int):
        return printing
    return _put(options.out or Path(f"{options.issue}{'-内部' if options.office else ''}.pdf"), printing, reporter)


def _set(
    root: Path, file: IssueFile, whole: Issue, settings: Settings, options: argparse.Namespace, reporter: Reporter
) -> Printing | int:
    """The edition that was asked for, or the exit code where there is none."""
    template = read_template(root)
    if isinstance(template, Diagnostic):
        return _told([template], reporter)
    office = _office(root, file, whole, settings, reporter) if options.office else None
    issue, gallery = whole if options.office else public(whole), Gallery(Memory(None))
    copy = Copy(file, b"", lambda: Manuscript(issue=issue, found=()), lambda _: ())
    copy.listing = Listing(head=None, found=(), figures=tuple(figures_of(issue)))
    broken = [one for one in gallery.hang([copy]) if one.stops_build]
    if broken:
        return _told(broken, reporter)
    issue = illustrated(issue, copy.plates)
    with TemporaryDirectory(prefix="guodong-print-") as desk:
        setter = Typesetter(root, Path(desk), template, system=options.system_fonts)
        data, shown = composed(issue, settings, gallery.prints, office)
        try:
            printing = setter.set(data, opening(data), shown)
        except UnprintableError as fault:
            return _told(list(refusals(issue, fault, setter)), reporter)
        if options.system_fonts:
            for filling in setter.filled:
                reporter.say(_filled(filling))
    return printing


def _office(root: Path, file: IssueFile, issue: Issue, settings: Settings, reporter: Reporter) -> Office:
    """The reviews that stand; one the issue has changed after is told and not printed."""
    found: list[Diagnostic] = []
    reviews = read_reviews(root, file_of(file.name), found)
    now = hashes_of(file, issue, settings)
    for review in reviews:
        if stale(review, now):
            reporter.say(f"{review.level}（{review.name}）之后稿件改过，没有印上。")
    if found:
        reporter.say(f"审核记录 {file_of(file.name)} 读不出来，没有印审核人。")
    return Office(reviews=tuple(f"{review.level} {review.name}" for review in reviews if not stale(review, now)))


def _filled(filling: Filling) -> str:
    return f"{filling.role.name}（{filling.role.use}）：{filling.family}{'（代用）' if filling.substituted else ''}"


def _told(found: list[Diagnostic], reporter: Reporter) -> int:
    code = exit_code(tuple(found))
    reporter.checked(tuple(found), (), code, 1)
    reporter.refuse("没有写出 PDF。")
    return code or 1


def _put(out: Path, printing: Printing, reporter: Reporter) -> int:
    """The file, whole."""
    part = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        part.write_bytes(printing.pdf)
        part.replace(out)
    except OSError as fault:
        part.unlink(missing_ok=True)
        reporter.refuse(f"没有写成 {out}：{reason(fault, '写入')}。")
        return _LACKS
    reporter.say(f"写在 {out}：{printing.pages}页，{len(printing.pdf) / 1024:.0f} KB。")
    return 0


COMMAND = Command(name="print", summary="把一期排成印刷版（PDF），供打印", add=add, run=run)
