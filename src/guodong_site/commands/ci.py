"""`guodong ci github|gitlab|gitea`: the file that lets CI check what is proposed and publish what is agreed; it overwrites none."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from guodong_site.command import USAGE, Command
from guodong_site.machine import reason
from guodong_site.office import read_office
from guodong_site.report import Reporter
from guodong_site.scaffolding import LOCKED, PLACES, Scaffold, scaffold

_NAMELESS = "portal"
"""The target's name where site.yaml has none yet, as the manual calls it."""


def add(one: argparse.ArgumentParser) -> None:
    """Its options."""
    one.add_argument("service", choices=sorted(PLACES), metavar="平台", help="github、gitlab 或 gitea")
    one.add_argument("--target", metavar="目标", help="发布到 site.yaml 里的哪一个目标（默认：第一个）")


def run(options: argparse.Namespace, reporter: Reporter) -> int:
    """Puts the file down where there is none; shows what differs where there is another."""
    root: Path = options.root
    settings, found = read_office(root)
    if settings is None:
        reporter.published(tuple(found), 1, ("没有写出任何内容。",), {})
        return 1
    known = [one.name for one in settings.destinations]
    if options.target is not None and options.target not in known:
        said = f"site.yaml 里有：{'、'.join(known)}。" if known else "site.yaml 里还没有 targets，参看 docs/发布手册.md。"
        reporter.refuse(f"没有“{options.target}”这个目标。{said}")
        return USAGE
    target = options.target or (known[0] if known else _NAMELESS)
    made = scaffold(options.service, target)
    path = root / made.place
    try:
        if path.exists() or path.is_symlink():
            return _compared(path, made, reporter)
        _put(path, made.text)
    except OSError as fault:
        reporter.refuse(f"{made.place} 没有写成：{reason(fault, '写入')}。")
        return 4
    reporter.say(f"写好了 {made.place}，发布到“{target}”。文件开头写着要准备哪些密钥；看过以后提交。")
    if not known:
        reporter.say(f"site.yaml 里还没有 targets：写上“{target}”以后才能发布，参看 docs/发布手册.md。")
    if not (root / LOCKED).is_file():
        reporter.say(f"项目里没有 {LOCKED}，CI 里装不上程序：从程序的仓库里取来，一同提交。")
    return 0


def _compared(path: Path, made: Scaffold, reporter: Reporter) -> int:
    stands = path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
    if stands == made.text:
        reporter.say(f"{made.place} 已经是这样，没有改动。")
        return 0
    reporter.proposed(stands, made.text, made.place)
    reporter.refuse(f"{made.place} 已经有了，与这一版不同（见上），没有改动。要换成这一版，先把它改名或删去，再运行一次。")
    return 1


def _put(path: Path, text: str) -> None:
    """The file, whole or not there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        part.write_text(text, encoding="utf-8", newline="\n")
        os.link(part, path)  # never over what somebody has put there meanwhile
    finally:
        part.unlink(missing_ok=True)


COMMAND = Command(name="ci", summary="写出 GitHub、GitLab 或 Gitea 的 CI 文件：自动检查、自动发布", add=add, run=run)
