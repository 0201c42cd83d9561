"""`guodong import FILE`: a Word, WPS or text manuscript → a draft issue file with its report.  Overwrites nothing."""

from __future__ import annotations

import argparse
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from guodong_site import faults
from guodong_site.command import USAGE, Command
from guodong_site.diagnostics import Diagnostic, Span
from guodong_site.fields import parse_date
from guodong_site.load import ISSUES, is_issue_id, list_issues
from guodong_site.machine import reason, unreadable
from guodong_site.office import read_office
from guodong_site.report import Reporter, exit_code
from guodong_site.shelves import libraries

LIMIT = 300 * 1024 * 1024
"""Bytes: no manuscript is larger, and a mistaken one must not fill the memory."""
REPORTS = "导入报告"


def add(one: argparse.ArgumentParser) -> None:
    """Its options."""
    one.add_argument("file", type=Path, metavar="文件", help="原稿：.docx、.txt，或 .doc、.wps（要装 LibreOffice）")
    one.add_argument("--date", metavar="日期", help="签发日期，如 2024-07-15；旧刊查不到日子时写到月：2024-07")
    one.add_argument("--out", metavar="文件", help="写成哪个期刊文件（默认：issues/年份-期号.md）")
    one.add_argument("--report", type=Path, metavar="文件", help=f"报告写到哪里（默认：{REPORTS}/ 里）")
    one.add_argument("--accept-changes", action="store_true", help="有修订时按“接受所有修订”导入，隐藏文字不要")


def run(options: argparse.Namespace, reporter: Reporter) -> int:
    """Reads, recognises, proves, and only then writes: report and pictures first, the issue file last."""
    from guodong_site.intake import summary  # noqa: PLC0415  # no other command needs any of it
    from guodong_site.intake.importing import Order, imported  # noqa: PLC0415
    from guodong_site.intake.report_page import page  # noqa: PLC0415

    root: Path = options.root
    settings, wrong = read_office(root)
    if settings is None:
        return _refused(tuple(wrong), reporter)
    date = parse_date(options.date) if options.date else None
    if options.date and date is None:
        reporter.refuse(f"“{options.date}”不是日期，写成 2024-07-15 这样；查不到日子的旧刊，写到月：2024-07。")
        return USAGE
    out = _inside(root, options.out) if options.out else None
    if options.out and out is None:
        reporter.refuse(
            f"“{options.out}”不行：要写 {ISSUES}/ 里的 .md 文件，名称用小写字母、数字和连字符，如 {ISSUES}/2024-07.md。"
        )
        return USAGE
    data = _content(options.file)
    if isinstance(data, Diagnostic):
        return _refused((data,), reporter)
    owners = {file.issue_id: file.name for file in list_issues(root, {})[0]}

    def taken(issue_id: str) -> str | None:
        return owners.get(issue_id) or (f"{ISSUES}/{issue_id}" if (root / ISSUES / issue_id).exists() else None)

    order = Order(date=date, out=out, accept=options.accept_changes)
    made = imported(data, options.file.name, settings, order, taken, libraries(root))
    if isinstance(made, Diagnostic):
        return _refused((made,), reporter)
    report = options.report or root / REPORTS / f"{made.issue_id}.html"
    if report.exists() and options.report:
        reporter.refuse(f"{report} 已经有了，没有覆盖它。换一个名称。")
        return 1
    fault = _written(root, _Files(name=made.name, text=made.draft.text, pictures=made.pictures, page=page(made)), report)
    if fault is not None:
        return _refused((fault,), reporter)
    reporter.outcome(summary.sentences(made, report), summary.data(made, report))
    return 0


def _refused(found: tuple[Diagnostic, ...], reporter: Reporter) -> int:
    code = exit_code(found)
    reporter.checked(found, (), code, 0)
    return code


def _inside(root: Path, written: str) -> str | None:
    """The file a person named, as the project calls it; None where it is no issue file."""
    place, home = Path(written), root.resolve()
    name = place if not place.is_absolute() else place.relative_to(home) if place.is_relative_to(home) else None
    if name is None or name.parts[:1] != (ISSUES,) or ".." in name.parts or name.suffix != ".md" or not is_issue_id(name.stem):
        return None
    return name.as_posix()


def _content(file: Path) -> bytes | Diagnostic:
    """The bytes of the manuscript."""
    name = file.name
    try:
        if file.is_dir():
            return faults.UNREADABLE_FILE.at(Span(path=name), "打不开：它是文件夹，不是文件", "写上文件夹里那个文件的名称")
        if file.stat().st_size > LIMIT:
            size = f"{file.stat().st_size / 1024 / 1024:.0f} MB"
            return faults.UNREADABLE_SOURCE.at(Span(path=name), f"文件有 {size}，太大了，没有读取", "压缩文档里的图片后再导入")
        return file.read_bytes()
    except OSError as fault:
        return unreadable(name, fault, "看看文件名写对了没有、有没有权限")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Files:
    """What is to be written: the draft under its name in the project, its pictures by name, the report's page."""

    name: str
    text: str
    pictures: Mapping[str, bytes]
    page: str


def _written(root: Path, made: _Files, report: Path) -> Diagnostic | None:
    """Everything whole and in its place, or nothing: the issue file comes last and never over another."""
    target = root / made.name
    album = target.with_suffix("")
    part = target.with_name(f".{target.name}.{os.getpid()}")
    stage = target.with_name(f".{album.name}.{os.getpid()}")
    draft = report.with_name(f".{report.name}.{os.getpid()}")
    undo: list[Path] = []
    doing = report
    try:
        report.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(made.page, encoding="utf-8")
        doing = target
        target.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(made.text.encode())
        if made.pictures:
            stage.mkdir()
            for name, data in made.pictures.items():
                (stage / name).write_bytes(data)
            stage.rename(album)
            undo.append(album)
        _placed(part, target)
        undo.append(target)
        draft.replace(report)
    except OSError as fault:
        for path in undo:
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        message = f"没有写成 {PurePosixPath(doing.as_posix()).name}：{reason(fault, '写入')}"
        return faults.UNWRITABLE_OUTPUT.at(
            Span(path=str(doing)), message, "请管理员开通权限，或清理磁盘；报告可以用 --report 写到别处"
        )
    finally:
        for left in (part, draft):
            with suppress(OSError):
                left.unlink(missing_ok=True)
        shutil.rmtree(stage, ignore_errors=True)
    return None


def _placed(part: Path, target: Path) -> None:
    """Under its name, unless somebody has just made a file of that name; a disk that knows no links is asked first."""
    try:
        os.link(part, target)
    except FileExistsError:
        raise
    except (OSError, AttributeError):
        if target.exists():
            raise FileExistsError(target) from None
        part.rename(target)


COMMAND = Command(name="import", summary="把 Word、WPS 或文本原稿导入成草稿，一个字也不丢", add=add, run=run)
