"""The command line: parse, call, report, exit.  All an editor reads is Chinese.

Exit codes: 0 good · 1 faults in the content · 2 wrong usage · 3 a veto · 4 the machine lacks something ·
5 publishing failed · 70 our bug.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from guodong_site import __version__, commands
from guodong_site.command import USAGE, Command
from guodong_site.config import SITE_FILE
from guodong_site.registry import discover
from guodong_site.report import FORMATS, Reporter

BUG = 70
STOPPED, CLOSED = 130, 141  # as shells call an end by Ctrl+C and by a closed pipe

_PROBLEMS = (
    (r"argument (\S+): expected one argument", r"\1 后面缺少内容"),
    (r"argument (\S+): invalid int value: '(.*)'", r"\1 后面要写整数，“\2”不是"),
    (r"argument (\S+): invalid choice: '(.*?)' \(choose from (.*)\)", r"\1 不能写“\2”，可以写：\3"),
    (r"unrecognized arguments: (.*)", r"不认识“\1”"),
    (r"the following arguments are required: (.*)", r"缺少 \1"),
    (r"ambiguous option: (\S+) could match (.*)", r"“\1”不明确，可能是：\2"),
)


class _Help(argparse.HelpFormatter):
    """argparse's layout with Chinese headings."""

    def add_usage(self, usage, actions, groups, prefix=None) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        """`用法：` instead of `usage: `."""
        super().add_usage(usage, actions, groups, prefix or "用法：")


class _Parser(argparse.ArgumentParser):
    """argparse that speaks Chinese and leaves with exit code 2."""

    def __init__(self, *, add_options: bool = True, **known: object) -> None:
        super().__init__(formatter_class=_Help, add_help=False, allow_abbrev=False, **known)  # type: ignore[arg-type]
        self._positionals.title, self._optionals.title = "内容", "选项"
        if add_options:
            self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        """One sentence, and where to read more."""
        for english, chinese in _PROBLEMS:
            message = re.sub(english, chinese, message)
        print(f"{message}。\n查看用法：{self.prog} --help", file=sys.stderr)
        sys.exit(USAGE)


def commands_of(arguments: Sequence[str]) -> tuple[Command, ...]:
    """The one that is asked for, where that comes first, as it does nearly always; else all: to load them costs a third of a second."""
    return discover(commands, "COMMAND", Command, only=arguments[0] if arguments else "")


def parser(known: Sequence[Command]) -> argparse.ArgumentParser:
    """These commands with their help; docs are tested against it."""
    top = _Parser(prog="guodong", description="把工作动态的 Markdown 期刊文件做成可检索的网站。")
    top.add_argument("--version", action="version", version=f"guodong-site {__version__}", help="显示版本")
    _add_common(top)
    common = _Parser(add_options=False, argument_default=argparse.SUPPRESS)  # before or behind the command, as one types
    _add_common(common)
    found = top.add_subparsers(title="命令", dest="command", required=True, metavar="命令", parser_class=_Parser)

    for one in known:
        one.add(
            found.add_parser(one.name, prog=f"guodong {one.name}", help=one.summary, description=one.summary, parents=[common])
        )
    return top


def _add_common(one: _Parser) -> None:
    """The options every command has; a parser without defaults leaves what stood before the command."""
    suppressed = one.argument_default is argparse.SUPPRESS

    def default(value: object) -> object:
        return argparse.SUPPRESS if suppressed else value

    group = one.add_argument_group("通用选项")
    group.add_argument(
        "--root", type=Path, default=default(Path()), metavar="文件夹", help="项目所在的文件夹（默认：当前文件夹）"
    )
    group.add_argument(
        "--format",
        choices=FORMATS,
        default=default("text"),
        help="结果写成文字、JSON、GitHub 标注、GitLab 代码质量报告或 SARIF（默认 text）",
    )
    group.add_argument("--no-color", action="store_true", default=default(False), help="不用颜色")
    group.add_argument("--timings", action="store_true", default=default(False), help="最后列出每一步用的时间和内存")
    group.add_argument("--quiet", action="store_true", default=default(False), help="只报错误")


def main(arguments: Sequence[str], known: Sequence[Command]) -> int:
    """Runs one of the commands that are `known` and gives its exit code.  A bug of ours leaves its traceback in a log file it names."""
    try:
        options = parser(known).parse_args(arguments)
    except SystemExit as leave:
        return leave.code if isinstance(leave.code, int) else USAGE
    color = not (options.no_color or os.environ.get("NO_COLOR"))
    reporter = Reporter(options.format, color=color, quiet=options.quiet)
    try:
        return _flushed(_run(known, options, reporter))
    except BrokenPipeError:  # `guodong … | head`: the reader has what it wanted
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains when it leaves
        return CLOSED
    except KeyboardInterrupt:
        reporter.say("已停止。")
        return STOPPED
    except Exception:  # noqa: BLE001  # the last resort: a clerk gets a sentence, a developer the log
        with tempfile.NamedTemporaryFile("w", prefix="guodong-", suffix=".log", delete=False, encoding="utf-8") as log:
            log.write(traceback.format_exc())
        reporter.refuse(f"程序出错了，这不是稿件的问题。详情记在 {log.name}，请把它发给技术人员。")
        return BUG


def _flushed(code: int) -> int:
    """The exit code once all is printed: here a closed pipe can still be met."""
    sys.stdout.flush()
    return code


def _run(known: Sequence[Command], options: argparse.Namespace, reporter: Reporter) -> int:
    command = next(one for one in known if one.name == options.command)
    root: Path = options.root
    if not (command.anywhere or (root / SITE_FILE).is_file()):
        reporter.refuse(f"“{root.resolve()}”里没有 {SITE_FILE}，不是工作动态的项目文件夹。请进入项目文件夹，或用 --root 指明。")
        return USAGE
    return command.run(options, reporter)
