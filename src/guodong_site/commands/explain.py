"""`guodong explain CODE`: what a fault means, with 错/对 example."""

from __future__ import annotations

import argparse

from guodong_site.command import USAGE, Command
from guodong_site.judging import rules
from guodong_site.report import Reporter


def add(one: argparse.ArgumentParser) -> None:
    """Its options."""
    one.add_argument("code", metavar="代码", help="如 F015，也可写名称 unknown-key；写 all 列出全部")


def run(options: argparse.Namespace, reporter: Reporter) -> int:
    """One rule, or all."""
    known, code = rules(), options.code
    if code == "all":
        reporter.explained(tuple(known.values()))
        return 0
    wanted = known.get(code.upper()) or next((r for r in known.values() if r.name == code), None)
    if wanted is None:
        reporter.refuse(f"没有“{code}”这个代码。列出全部代码：guodong explain all")
        return USAGE
    reporter.explained((wanted,))
    return 0


COMMAND = Command(name="explain", summary="解释一个问题代码，附错、对示例", add=add, run=run, anywhere=True)
