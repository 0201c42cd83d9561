"""`guodong usage`: items taken up from each source and district, month by month, as a table for a spreadsheet."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

from guodong_site.command import USAGE, Command
from guodong_site.machine import cores, reason
from guodong_site.memory import Memory
from guodong_site.pipeline import Options, make
from guodong_site.report import Reporter, exit_code
from guodong_site.usage import as_csv, table, use_of
from guodong_site.write import WORKSHOP


def add(one: argparse.ArgumentParser) -> None:
    """Its options."""
    one.add_argument("--year", type=int, metavar="年份", help="只统计这一年（默认：所有年份）")
    one.add_argument("--out", type=Path, metavar="文件", help="写进这个 CSV 文件，可用 Excel、WPS 打开（默认：显示出来）")


def run(options: argparse.Namespace, reporter: Reporter) -> int:
    """Counts what is published; an archive with faults is not counted, since what cannot be read would be missing."""
    out: Path | None = options.out
    if out is not None and any((folder / WORKSHOP).exists() for folder in out.resolve().parents):
        reporter.refuse(f"“{out}”在公开网站的文件夹里；采用统计只供内部用，请换一个地方。")
        return USAGE
    made = make(Options(root=options.root, pages=False, jobs=cores()), memory=partial(Memory, writes=False))
    stopping = tuple(found for found in made.found if found.stops_build)
    if made.archive is None or stopping:
        code = exit_code(stopping, building=True)
        reporter.checked(stopping, (), code, 0)
        reporter.refuse("稿件有错，统计会有遗漏，没有统计。")
        return code
    years = made.archive.years
    if options.year is not None and options.year not in years:
        known = f"有：{'、'.join(str(year) for year in years)}。" if years else "还没有任何一期。"
        reporter.refuse(f"没有 {options.year} 年的期刊。{known}")
        return USAGE
    used = made.archive.sums(use_of)
    lines = table({year: use for year, use in used.items() if options.year in (None, year)}, made.archive.settings)
    if out is None:
        reporter.tabled(as_csv(lines), [line.cells for line in lines])
        return 0
    try:
        out.write_bytes(as_csv(lines).encode("utf-8-sig"))  # without the mark, Excel and WPS take it for GBK
    except OSError as fault:
        reporter.refuse(f"没有写成 {out}：{reason(fault, '写入')}。如果正用 Excel 或 WPS 打开着它，请先关上。")
        return 4
    reporter.say(f"采用统计写在 {out}：{len(lines)} 行。")
    return 0


COMMAND = Command(name="usage", summary="采用统计：各来源、各区市每月采用了多少篇", add=add, run=run)
