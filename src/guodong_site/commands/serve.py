"""`guodong serve`: live preview on this computer."""

from __future__ import annotations

import argparse

from guodong_site.command import USAGE, Command
from guodong_site.pipeline import Options
from guodong_site.report import Reporter


def add(one: argparse.ArgumentParser) -> None:
    """Its options."""
    one.add_argument("--port", type=int, default=8000, metavar="端口", help="端口号（默认 8000）")


def run(options: argparse.Namespace, reporter: Reporter) -> int:
    """Serves until interrupted."""
    if not 0 < options.port < 1 << 16:
        reporter.refuse(f"端口要写 1 到 65535 之间的整数，“{options.port}”不是。")
        return USAGE
    from guodong_site.serve import serve  # noqa: PLC0415  # a web server, which no other command need wait for

    return serve(Options(root=options.root), options.port, reporter)


COMMAND = Command(name="serve", summary="边写边看：在本机预览，保存后自动刷新", add=add, run=run)
