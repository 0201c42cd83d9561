"""`guodong publish TARGET`: builds, asks the gates, brings the release to a target named in site.yaml; `--rollback` takes it back."""

from __future__ import annotations

import argparse
from pathlib import Path

from guodong_site.command import Command
from guodong_site.release import GATES, KEY_VARIABLE
from guodong_site.report import Reporter


def add(one: argparse.ArgumentParser) -> None:
    """Its options."""
    one.add_argument("target", metavar="目标", help="site.yaml 里 targets 下面的名称")
    one.add_argument("--dry-run", action="store_true", help="只列出要新增、更新、删除哪些文件，不发送")
    one.add_argument("--no-pdf", action="store_true", help="不排印刷版（PDF）；已经发布过的不会因此删去，而是不能发布")
    one.add_argument("--rollback", action="store_true", help="退回到上一版")
    one.add_argument(
        "--force", action="append", choices=GATES, default=[], metavar="关口", help=f"放过一个关口：{'、'.join(GATES)}"
    )
    one.add_argument("--reason", action="append", default=[], metavar="理由", help="为什么放过；写进这一版，所有人看得到")
    one.add_argument("--limit", type=int, metavar="数目", help="这一次最多可以删去多少个文件（默认：20 个或 5%%）")
    one.add_argument("--sign-key", type=Path, metavar="文件", help=f"给这一版签名的 SSH 密钥（默认：环境变量 {KEY_VARIABLE}）")


def run(options: argparse.Namespace, reporter: Reporter) -> int:
    """Its errand, which no other command needs to know."""
    from guodong_site.publishing.errand import run_errand  # noqa: PLC0415  # TLS and threads cost every other command 0.05 s

    return run_errand(options, reporter)


COMMAND = Command(name="publish", summary="把这一次提交的网站发布到目标", add=add, run=run)
