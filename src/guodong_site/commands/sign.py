"""`guodong sign ISSUE --level 初审|复审|终审|保密 --name N`: records a review, bound to the content; `--form` prints the paper one.

Without a level it says who has signed and what is missing.
"""

from __future__ import annotations

import argparse
import datetime
import os
from pathlib import Path

from guodong_site.command import USAGE, Command
from guodong_site.config import CHINA, Settings
from guodong_site.diagnostics import Diagnostic
from guodong_site.load import IssueFile, content, find_issue, read_issue
from guodong_site.machine import reason
from guodong_site.model import Issue
from guodong_site.office import read_office
from guodong_site.report import Reporter, exit_code
from guodong_site.review_form import review_form
from guodong_site.reviews import LEVELS, SECRECY, Review, file_of, missing, read_reviews, stale, written
from guodong_site.shelves import libraries
from guodong_site.signing import hashes_of, released
from guodong_site.source import decode, respelled
from guodong_site.words import Cutter


def add(one: argparse.ArgumentParser) -> None:
    """Its options."""
    one.add_argument("issue", metavar="期", help="哪一期，如 2024-07")
    one.add_argument("--level", choices=(*LEVELS, SECRECY), metavar="层级", help="初审、复审、终审或保密")
    one.add_argument("--name", metavar="姓名", help="审核人")
    one.add_argument("--form", type=Path, metavar="文件", help="写出可打印的信息发布审核表（HTML）")


def run(options: argparse.Namespace, reporter: Reporter) -> int:
    """Reads the issue as `build` would; a faulty one or a draft cannot be signed."""
    root: Path = options.root
    settings, wrong = read_office(root)
    if settings is None:
        return _told(wrong, reporter)
    file = find_issue(root, options.issue)
    if file is None:
        reporter.refuse(f"没有“{options.issue}”这一期。")
        return USAGE
    if bool(options.level) != bool(options.name):
        reporter.refuse("--level 和 --name 要一起写，如 --level 初审 --name 张三。")
        return USAGE
    made = read_issue(file, content(file), settings, Cutter(settings.words, libraries(root)))
    faulty = [one for one in made.found if one.stops_build]
    if made.issue is None or faulty:
        return _told(list(made.found), reporter)
    found: list[Diagnostic] = []
    reviews = read_reviews(root, file_of(file.name), found)
    if found:
        return _told(found, reporter)
    now = hashes_of(file, made.issue, settings)
    if options.form:
        form = review_form(settings, made.issue, reviews, now)
        return _put({options.form: form.encode()}, f"审核表写在 {options.form}，用浏览器打开后打印。", reporter)
    if not options.level:
        return _state(made.issue, reviews, now, reporter)
    refused = _refused(made.issue, reviews, now, options.level)
    if refused:
        reporter.refuse(refused)
        return 1
    review = Review(level=options.level, name=options.name, time=_moment(), items=now)
    return _signed(
        root, file, made.issue, settings, (*(one for one in reviews if one.level != options.level), review), reporter
    )


def _refused(issue: Issue, reviews: tuple[Review, ...], now: dict[str, str], level: str) -> str:
    """Why this review cannot be given yet."""
    if issue.draft:
        return f"{issue.label}还是草稿：写好后先删去 draft: true 这一行，再审核。"
    before = LEVELS[: LEVELS.index(level)] if level in LEVELS else ()
    for needed in (*before, *((SECRECY,) if level == LEVELS[-1] else ())):
        held = next((one for one in reviews if one.level == needed), None)
        if held is None:
            return f"还没有{needed}，不能{level}。先运行 guodong sign {issue.id} --level {needed} --name 姓名"
        if stale(held, now):
            return f"{needed}（{held.name}）之后稿件改过，要重新{needed}，再{level}。看改了哪里：guodong sign {issue.id}"
    return ""


def _signed(
    root: Path, file: IssueFile, issue: Issue, settings: Settings, reviews: tuple[Review, ...], reporter: Reporter
) -> int:
    """Writes the record; the last review also stamps the issue, which touches no review."""
    latest = reviews[-1]
    order = {level: at for at, level in enumerate((LEVELS[0], LEVELS[1], SECRECY, LEVELS[2]))}
    files = {root / file_of(file.name): written(sorted(reviews, key=lambda one: order[one.level])).encode()}
    said = f"已记下：{issue.label}，{latest.level}，{latest.name}，{latest.time}，共{len(issue.articles)}篇。"
    data = content(file)
    text = decode(file.name, data)[0] if isinstance(data, bytes) else None
    if latest.level == LEVELS[-1] and text is not None and isinstance(data, bytes):
        stamped = released(text, settings, latest.time)
        if stamped != text.text:
            files[file.path] = respelled(data, stamped)
            said += f"\n{file.name} 里写上了发布时间和各篇的编号，网址从此不变。"
    same = {one.name for one in reviews if one.level in LEVELS}
    if len(same) < sum(1 for one in reviews if one.level in LEVELS):
        said += "\n请注意：三审里有两级是同一个人。"
    return _put(files, said, reporter)


def _state(issue: Issue, reviews: tuple[Review, ...], now: dict[str, str], reporter: Reporter) -> int:
    for review in reviews:
        mark = "（之后稿件改过）" if stale(review, now) else ""
        reporter.say(f"{review.level}　{review.name}　{review.time}{mark}")
    lacks = missing(reviews, now)
    reporter.say(f"{issue.label}：{'；'.join(lacks)}。" if lacks else f"{issue.label}：三审和保密审查都已完成。")
    return 0


def _moment() -> str:
    """Now, by the office's own time, to the minute."""
    return datetime.datetime.now(CHINA).strftime("%Y-%m-%d %H:%M")


def _told(found: list[Diagnostic], reporter: Reporter) -> int:
    code = exit_code(tuple(found))
    reporter.checked(tuple(found), (), code, 1)
    reporter.refuse("没有签。")
    return code or 1


def _put(files: dict[Path, bytes], said: str, reporter: Reporter) -> int:
    """All files, each whole; all are written beside first, so that a full disk leaves the old ones."""
    parts = {path: path.with_name(f".{path.name}.{os.getpid()}") for path in files}
    try:
        for path, data in files.items():
            parts[path].write_bytes(data)
        for path, part in parts.items():
            part.replace(path)
    except OSError as fault:
        for part in parts.values():
            part.unlink(missing_ok=True)
        reporter.refuse(f"没有写成：{reason(fault, '写入')}。")
        return 4
    reporter.say(said)
    return 0


COMMAND = Command(name="sign", summary="记下一次审核，与稿件内容绑在一起", add=add, run=run)
