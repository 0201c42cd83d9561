"""The commands: parse, call, report, exit.  All an editor reads is Chinese.

Exit codes: 0 good · 1 faults in the content · 2 wrong usage · 3 a veto · 4 the machine lacks something · 70 our bug.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from guodong_site import __version__
from guodong_site.load import ISSUES
from guodong_site.machine import reason
from guodong_site.office import SITE_FILE, is_address
from guodong_site.pipeline import Options, build, check, rules
from guodong_site.report import FORMATS, Reporter, exit_code
from guodong_site.stamp import Stamp
from guodong_site.steps import Steps
from guodong_site.turn import turn
from guodong_site.unchanged import choice
from guodong_site.write import refusal

USAGE, BUG = 2, 70
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


def parser() -> argparse.ArgumentParser:
    """Every command with its help; docs are tested against it."""
    top = _Parser(prog="guodong", description="把工作动态的 Markdown 期刊文件做成可检索的网站。")
    top.add_argument("--version", action="version", version=f"guodong-site {__version__}", help="显示版本")
    _add_common(top)
    common = _Parser(add_options=False, argument_default=argparse.SUPPRESS)  # before or behind the command, as one types
    _add_common(common)
    commands = top.add_subparsers(title="命令", dest="command", required=True, metavar="命令", parser_class=_Parser)

    def command(name: str, summary: str) -> _Parser:
        return commands.add_parser(name, prog=f"guodong {name}", help=summary, description=summary, parents=[common])

    one = command("build", "生成整个网站")
    one.add_argument("--out", type=Path, metavar="文件夹", help="输出文件夹（默认：public）")
    one.add_argument("--base-url", metavar="网址", help="代替 site.yaml 里的网址")
    one.add_argument("--no-cache", action="store_true", help="不用上次留下的中间结果，全部重做；结果一样")
    one.add_argument("--no-search", action="store_true", help="不做全文索引")
    one.add_argument("--drafts", action="store_true", help="连草稿一起生成（只供内部看）")
    one.add_argument("--profile", type=Path, metavar="文件", help="把各函数用的时间记进文件，供程序员用 python -m pstats 查看")
    one.add_argument("--jobs", type=int, metavar="数目", help="同时工作的进程数（默认：处理器核数，最多 4）；结果一样")
    one = command("check", "检查稿件，不写任何文件")
    one.add_argument("files", nargs="*", type=Path, metavar="文件", help="只看这些文件的问题（默认：全部）")
    one = command("serve", "边写边看：在本机预览，保存后自动刷新")
    one.add_argument("--port", type=int, default=8000, metavar="端口", help="端口号（默认 8000）")
    one = command("explain", "解释一个问题代码，附错、对示例")
    one.add_argument("code", metavar="代码", help="如 F015，也可写名称 unknown-key；写 all 列出全部")
    command("doctor", "检查这台电脑是否就绪")
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
        "--format", choices=FORMATS, default=default("text"), help="结果写成文字、JSON 或 GitHub 标注（默认 text）"
    )
    group.add_argument("--no-color", action="store_true", default=default(False), help="不用颜色")
    group.add_argument("--timings", action="store_true", default=default(False), help="最后列出每一步用的时间和内存")
    group.add_argument("--quiet", action="store_true", default=default(False), help="只报错误")


def main(arguments: Sequence[str]) -> int:
    """Runs one command and gives its exit code.  A bug of ours leaves its traceback in a log file it names."""
    try:
        options = parser().parse_args(arguments)
    except SystemExit as leave:
        return leave.code if isinstance(leave.code, int) else USAGE
    color = not (options.no_color or os.environ.get("NO_COLOR"))
    reporter = Reporter(options.format, color=color, quiet=options.quiet)
    try:
        return _flushed(_run(options, reporter))
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


def _run(options: argparse.Namespace, reporter: Reporter) -> int:
    if options.command == "explain":
        return _explain(options.code, reporter)
    if options.command == "doctor":
        return _doctor(reporter)
    root: Path = options.root
    if not (root / SITE_FILE).is_file():
        reporter.refuse(f"“{root.resolve()}”里没有 {SITE_FILE}，不是工作动态的项目文件夹。请进入项目文件夹，或用 --root 指明。")
        return USAGE
    if options.command == "check":
        return _check(options, reporter)
    if options.command == "serve":
        if not 0 < options.port < 1 << 16:
            reporter.refuse(f"端口要写 1 到 65535 之间的整数，“{options.port}”不是。")
            return USAGE
        from guodong_site.serve import serve  # noqa: PLC0415  # a web server, which a build need not wait for

        return serve(Options(root=root), options.port, reporter)
    return _build(options, reporter)


def _build(options: argparse.Namespace, reporter: Reporter) -> int:
    root: Path = options.root
    if options.base_url is not None and not is_address(options.base_url):
        reporter.refuse(f"“{options.base_url}”不是完整的网址。写成 https://www.example.org/ 这样。")
        return USAGE
    if options.jobs is not None and options.jobs < 1:
        reporter.refuse(f"--jobs 要写 1 或更大的整数，“{options.jobs}”不是。")
        return USAGE
    out = options.out or root / "public"
    refused = refusal(out, root)
    if refused is not None:
        reporter.refuse(f"{refused}。没有写出任何内容。")
        return USAGE
    with turn(root, lambda: reporter.say("这个项目里另一次生成还没有结束，等它结束……")):
        return _in_turn(options, reporter, out)


def _in_turn(options: argparse.Namespace, reporter: Reporter, out: Path) -> int:
    root: Path = options.root
    steps = Steps(reporter.waiting)
    chosen = Options(
        root=root,
        base_url=options.base_url,
        search=not options.no_search,
        cache=not options.no_cache,
        drafts=options.drafts,
        jobs=1 if options.profile else options.jobs or _cores(),  # what is to be seen stays in one process
        step=steps,
    )
    stamp = Stamp(root, out, choice(base_url=options.base_url, search=chosen.search, drafts=chosen.drafts))
    if chosen.cache:
        stamp.begin()
    with _profiled(options.profile, reporter):
        result = build(chosen, out, stamp.inputs, stamp)
    steps.end()
    code = exit_code(result.found, building=True)
    reporter.built(result, code, out)
    if options.timings:
        reporter.timed(steps.ended)
    made = result.made
    emptied = made.archive is None or not made.archive.volumes  # which is said each time
    if chosen.cache and code == 0 and made.printed and result.written and not emptied:
        stamp.keep(
            made.inputs,
            reporter.rehearsed(result, out),
            {one.name: (one.identity, one.paths) for one in made.printed},
            result.written.touched,
        )
    return code


def _cores() -> int:
    """How many processes may work at the same time, where nobody chose."""
    return min(4, os.cpu_count() or 1)


@contextmanager
def _profiled(file: Path | None, reporter: Reporter) -> Iterator[None]:
    """Measures each function on the way, if somebody wants to know."""
    if file is None:
        yield
        return
    import cProfile  # noqa: PLC0415  # rarely asked for

    with cProfile.Profile() as profile:
        yield
    try:
        profile.dump_stats(file)
    except OSError as fault:
        reporter.refuse(f"用时记录没有写成：{reason(fault, '写入')}。")
    else:
        reporter.say(f"各函数的用时记在 {file}。查看：python -m pstats {file}")


def _check(options: argparse.Namespace, reporter: Reporter) -> int:
    root: Path = options.root
    wanted: set[str] = set()
    for file in options.files:
        inside = _inside(file, root)
        if inside is None:
            reporter.refuse(f"“{file}”不是 {ISSUES}/ 里的期刊文件（.md）。")
            return USAGE
        wanted |= inside
    steps = Steps(reporter.waiting)
    made = check(Options(root=root, step=steps, jobs=_cores()))
    steps.end()

    def asked(path: str) -> bool:  # faults of settings, words and templates concern every issue
        return not wanted or path in wanted or not path.startswith(f"{ISSUES}/")

    found = tuple(d for d in made.found if asked(d.where.path))
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


def _explain(code: str, reporter: Reporter) -> int:
    known = rules()
    if code == "all":
        reporter.explained(tuple(known.values()))
        return 0
    wanted = known.get(code.upper()) or next((r for r in known.values() if r.name == code), None)
    if wanted is None:
        reporter.refuse(f"没有“{code}”这个代码。列出全部代码：guodong explain all")
        return USAGE
    reporter.explained((wanted,))
    return 0


def _doctor(reporter: Reporter) -> int:
    from guodong_site.doctor import examine  # noqa: PLC0415  # only asked for

    findings = examine()
    code = 4 if any(finding.needed and not finding.good for finding in findings) else 0
    reporter.examined(findings, code)
    return code
