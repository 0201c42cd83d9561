"""`guodong build`: the whole site; what did not change is left standing."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from guodong_site.command import USAGE, Command
from guodong_site.machine import cores, reason
from guodong_site.office import is_address
from guodong_site.pipeline import Options, build
from guodong_site.report import Reporter, exit_code
from guodong_site.stamp import Stamp
from guodong_site.steps import Steps
from guodong_site.turn import turn
from guodong_site.unchanged import choice
from guodong_site.write import refusal


def add(one: argparse.ArgumentParser) -> None:
    """Its options; `unchanged` knows those of an everyday build too."""
    one.add_argument("--out", type=Path, metavar="文件夹", help="输出文件夹（默认：public）")
    one.add_argument("--base-url", metavar="网址", help="代替 site.yaml 里的网址")
    one.add_argument("--no-cache", action="store_true", help="不用上次留下的中间结果，全部重做；结果一样")
    one.add_argument("--no-search", action="store_true", help="不做全文索引")
    one.add_argument("--no-pdf", action="store_true", help="不排印刷版（PDF）")
    one.add_argument("--drafts", action="store_true", help="连草稿一起生成（只供内部看，不排印刷版）")
    one.add_argument("--profile", type=Path, metavar="文件", help="把各函数用的时间记进文件，供程序员用 python -m pstats 查看")
    one.add_argument("--jobs", type=int, metavar="数目", help="同时工作的进程数（默认：处理器核数，最多 4）；结果一样")


def run(options: argparse.Namespace, reporter: Reporter) -> int:
    """Refuses what cannot be meant, waits for its turn, builds."""
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
        pdf=not options.no_pdf,
        cache=not options.no_cache,
        drafts=options.drafts,
        jobs=1 if options.profile else options.jobs or cores(),  # what is to be seen stays in one process
        step=steps,
    )
    stamp = Stamp(root, out, choice(base_url=options.base_url, search=chosen.search, pdf=chosen.pdf, drafts=chosen.drafts))
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


COMMAND = Command(name="build", summary="生成整个网站", add=add, run=run)
