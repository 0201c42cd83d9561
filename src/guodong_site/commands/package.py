"""`guodong package`: what the portal takes in, as a folder: in full, or what is new since it last took something."""

from __future__ import annotations

import argparse
from pathlib import Path

from guodong_site.command import Command
from guodong_site.report import Reporter

OPENED = ("checks", "reviews", "commit")
"""The gates that a package knows and that may be opened."""


def add(one: argparse.ArgumentParser) -> None:
    """Its options."""
    one.add_argument("--out", type=Path, metavar="文件夹", help="写进这个文件夹（默认：package）")
    one.add_argument("--full", action="store_true", help="全部文章（默认）")
    told = "只要新的：与这份 release.json、发布回执或上次数据包的 manifest.json 比"
    one.add_argument("--since", type=Path, metavar="文件", help=told)
    ways = "folder 通用；trs 一个 XML 批量导入文件；spreadsheet 人工录入"
    one.add_argument("--adapter", default="folder", metavar="方式", help=f"交给谁：{ways}（默认 folder）")
    one.add_argument("--no-figures", action="store_true", help="图片写成段落，给会删去 figure 标签的系统")
    one.add_argument("--no-pdf", action="store_true", help="不带印刷版（PDF）")
    opened = "、".join(OPENED)
    one.add_argument("--force", action="append", choices=OPENED, default=[], metavar="关口", help=f"放过一个关口：{opened}")
    one.add_argument("--reason", action="append", default=[], metavar="理由", help="为什么放过；写进数据包")


def run(options: argparse.Namespace, reporter: Reporter) -> int:
    """Hands it to who knows how."""
    from guodong_site.publishing.handover import run_package  # noqa: PLC0415  # what it loads costs every other command time

    return run_package(options, reporter)


COMMAND = Command(name="package", summary="给政务公开平台的数据包：全部文章，或上次以后新的", add=add, run=run)
