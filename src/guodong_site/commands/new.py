"""`guodong new`: the next issue file, number filled in; `--item`: a further item with a stable id.  Overwrites nothing."""

from __future__ import annotations

import argparse
import datetime
import os
from pathlib import Path

from guodong_site.command import USAGE, Command
from guodong_site.config import Settings
from guodong_site.diagnostics import Diagnostic
from guodong_site.drafting import Draft, Filed, next_issue, next_item
from guodong_site.fields import parse_date
from guodong_site.front_matter import read_front_matter
from guodong_site.load import IssueFile, content, list_issues
from guodong_site.machine import reason
from guodong_site.office import read_office
from guodong_site.report import Reporter, exit_code
from guodong_site.source import decode, respelled


def add(one: argparse.ArgumentParser) -> None:
    """Its options."""
    one.add_argument("--date", metavar="日期", help="签发日期，如 2024-07-15（默认：今天）")
    one.add_argument("--item", metavar="栏目", help="不建新的一期，在一期的这个栏目里加一篇")
    one.add_argument("--issue", metavar="期", help="加到哪一期，如 2024-07（默认：最新的一期）")


def run(options: argparse.Namespace, reporter: Reporter) -> int:
    """Writes one new file, or a few lines into one that is there."""
    root: Path = options.root
    settings, wrong = read_office(root)
    if settings is None:
        code = exit_code(tuple(wrong), building=True)
        reporter.checked(tuple(wrong), (), code, 0)
        return code
    date = parse_date(options.date) if options.date else None
    if options.date and not (date and date.day):
        reporter.refuse(f"“{options.date}”不是日期，写成 2024-07-15 这样。")
        return USAGE
    files, _ = list_issues(root, {})
    if options.item:
        kind = next((kind for kind in settings.sections if options.item in (kind.name, kind.key)), None)
        if kind is None:
            reporter.refuse(f"没有“{options.item}”这个栏目。可以写：{'、'.join(kind.name for kind in settings.sections)}。")
            return USAGE
        filed = _filed(files, settings)
        newest = max(filed, key=lambda one: (one.facts.date.first_day, one.facts.number or 0), default=None)
        wanted = options.issue or (newest.issue_id if newest else "")
        file = next((file for file in files if file.issue_id == wanted), None)
        if file is None:
            reporter.refuse(f"没有“{wanted}”这一期。" if wanted else "还没有任何一期，先运行 guodong new。")
            return USAGE
        data = content(file)
        text = decode(file.name, data)[0] if isinstance(data, bytes) else None
        made = next_item(text, settings, kind) if text else None
        if made is None or isinstance(data, Diagnostic):
            reporter.refuse(f"{file.name} 读不了，没有改动。运行 guodong check 看问题在哪里。")
            return 1
        changed, item_id, line = made
        return _written(
            file.path,
            respelled(data, changed),
            f"已在 {file.name} 第 {line + 1} 行加了一篇（编号 {item_id}）：把括号里的话换成标题和正文。",
            reporter,
        )
    today = datetime.date.today()  # noqa: DTZ011  # the clerk's own day
    draft = next_issue(_filed(files, settings), settings, date.first_day if date else today)
    return _begun(root, draft, reporter)


def _filed(files: list[IssueFile], settings: Settings) -> list[Filed]:
    """The issues of which the front matter can be read; the others are `check`'s to tell."""
    found = []
    for file in files:
        data = content(file)
        text = decode(file.name, data)[0] if isinstance(data, bytes) else None
        facts = read_front_matter(text, settings, [])[0] if text else None
        if facts:
            found.append(Filed(name=file.name, issue_id=file.issue_id, facts=facts))
    return found


def _begun(root: Path, draft: Draft, reporter: Reporter) -> int:
    path = root / draft.name
    if path.exists():
        reporter.refuse(f"{draft.name} 已经有了，没有改动它。要再写一期，先给它补上期号和日期。")
        return 1
    for remark in draft.remarks:
        reporter.say(f"请注意：{remark}。")
    said = f"新的一期：{draft.name}。写好后删去 draft: true 这一行；边写边看：guodong serve"
    return _written(path, draft.text.encode(), said, reporter)


def _written(path: Path, data: bytes, said: str, reporter: Reporter) -> int:
    """Whole or not at all."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        part.replace(path)
    except OSError as fault:
        part.unlink(missing_ok=True)
        reporter.refuse(f"没有写成 {path.name}：{reason(fault, '写入')}。")
        return 4
    reporter.say(said)
    return 0


COMMAND = Command(name="new", summary="新建下一期，或在一期里加一篇", add=add, run=run)
