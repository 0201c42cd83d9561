"""What `package` does: asks the gates of a release, packs what the portal is to have, puts it down whole."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from guodong_site.command import USAGE
from guodong_site.config import CHINA
from guodong_site.diagnostics import ordered
from guodong_site.fields import near
from guodong_site.machine import cores, reason
from guodong_site.pipeline import Options, make
from guodong_site.portal import adapters
from guodong_site.portal.comparison import Before, NotComparableError, read
from guodong_site.portal.delivery import deliver, stranger
from guodong_site.portal.making import made
from guodong_site.portal.packing import packed
from guodong_site.portal.parcel import Adapter, Parcel
from guodong_site.portal.workbook import equipped
from guodong_site.publishing import gates
from guodong_site.publishing.accounts import accounts
from guodong_site.publishing.worktree import worktree
from guodong_site.registry import discover
from guodong_site.report import Reporter, exit_code
from guodong_site.steps import Steps
from guodong_site.turn import turn
from guodong_site.write import WORKSHOP, refusal

LACKING, STOPPED = 4, 3
_LACKING = "这台电脑没有制作 Excel 表格的程序库，运行 pip install --editable '.[deploy]' 装上"


def run_package(options: argparse.Namespace, reporter: Reporter) -> int:
    """Refuses what cannot be meant, then makes all of it in memory and puts it down whole."""
    root: Path = options.root
    out: Path = options.out or root / "package"
    if options.full and options.since:
        reporter.refuse("--full 和 --since 只能写一个。")
        return USAGE
    if len(options.force) != len(options.reason) or not all(reason.strip() for reason in options.reason):
        reporter.refuse("每个 --force 后面都要有 --reason 写明理由，如 --force reviews --reason 主任已在纸质审核表上签字。")
        return USAGE
    named = {one.name: one for one in _adapters()}
    adapter = named.get(options.adapter)
    if adapter is None:
        guess = near(options.adapter, named)
        said = f"您是不是想写“{guess}”？" if guess else f"可以写：{'、'.join(named)}。"
        reporter.refuse(f"没有“{options.adapter}”这种方式。{said}")
        return USAGE
    if adapter.workbook and not equipped():
        reporter.refuse(f"{_LACKING}，再做。没有写出任何内容。")
        return 4
    try:
        before = read(options.since.read_bytes()) if options.since else Before()
    except OSError as fault:
        reporter.refuse(f"打不开“{options.since}”：{reason(fault)}。没有写出任何内容。")
        return USAGE
    except NotComparableError as fault:
        reporter.refuse(f"“{options.since}”不能用来比较：{fault}。没有写出任何内容。")
        return USAGE
    refused = _refused(out, root)
    if refused:
        reporter.refuse(f"{refused}。没有写出任何内容。")
        return USAGE
    with turn(root, lambda: reporter.say("这个项目里另一次生成还没有结束，等它结束……")):
        return _made(options, out, adapter, before, reporter)


def _refused(out: Path, root: Path) -> str | None:
    """Why the package may not be put there."""
    if any((folder / WORKSHOP).exists() for folder in (out.resolve(), *out.resolve().parents)):
        return f"“{out}”在公开网站的文件夹里，请换一个地方"
    foreign = stranger(out)
    if foreign is not None:
        return f"文件夹“{out.name}”里有不属于数据包的文件（如“{foreign}”），请把它移走，或换一个文件夹"
    return refusal(out, root, foreign=False)


def _made(options: argparse.Namespace, out: Path, adapter: Adapter, before: Before, reporter: Reporter) -> int:
    root: Path = options.root
    steps, now = Steps(reporter.waiting), datetime.datetime.now(CHINA)
    site = make(Options(root=root, search=False, pdf=not options.no_pdf, jobs=cores(), day=now.date(), step=steps))
    steps("核对提交和审核")
    told, tree = accounts(root, site), worktree(root)
    stops = [*gates.checks(site.found), *gates.commit(tree), *gates.moments(told, now)]
    if site.archive is None:
        return _stopped([stop for stop in stops if stop.gate is None], reporter)
    stops += gates.reviews(root, site.archive.settings, told)
    left, forced = gates.opened(stops, dict(zip(options.force, options.reason, strict=True)))
    if left:
        return _stopped(left, reporter)
    steps("整理各篇")
    digests = {account.issue: account.hashes for account in told}
    parcel = packed(site.archive, digests, before, figures=not options.no_figures)
    if not isinstance(parcel, Parcel):
        return _stopped([gates.Stop(gate=None, found=found) for found in parcel], reporter)
    parcel = replace(parcel, commit=tree.commit, forced=forced)
    steps("写出数据包")
    files = made(parcel, adapter)
    try:
        changed = deliver(files, out)
    except OSError as fault:
        reporter.refuse(f"数据包没有写成“{out}”：{reason(fault, '写入')}。原来的没有动。")
        return 4
    steps.end()
    reporter.outcome(_said(parcel, out, len(files), changed=changed), _data(parcel, adapter, out, files, changed=changed))
    if options.timings:
        reporter.timed(steps.ended)
    return 0


def _stopped(stops: Sequence[gates.Stop], reporter: Reporter) -> int:
    """Who takes the package in publishes it: so what stops `publish` stops it too."""
    found = ordered(stop.found for stop in stops)
    code = exit_code(found) if exit_code(found) == LACKING else STOPPED
    named = sorted({stop.gate for stop in stops if stop.gate})
    way = f"确有必要放过的关口，写明理由：--force {named[0]} --reason 理由（能放过的：{'、'.join(named)}）。" if named else ""
    reporter.published(found, code, ("没有做数据包，原来的没有动。", *((way,) if way else ())), {})
    return code


def _said(parcel: Parcel, out: Path, files: int, *, changed: bool) -> list[str]:
    counts = parcel.counts
    new = f"与 {parcel.since} 相比，" if parcel.since else "全部文章："
    told = (
        f"新增 {counts['create']} 篇、更新 {counts['update']} 篇、撤回 {counts['withdraw']} 篇、不变 {counts['unchanged']} 篇"
    )
    done = f"写在 {out}/，共 {files} 个文件" if changed else f"{out}/ 与上次完全相同，没有改动"
    lacking = [] if equipped() else [f"目录只有 CSV，没有 Excel 表格：{_LACKING}。"]
    return [f"数据包：{new}{told}；{done}。", *lacking]


def _data(parcel: Parcel, adapter: Adapter, out: Path, files: dict[str, bytes], *, changed: bool) -> dict[str, object]:
    known = {"version": 1, "exit": 0, "out": str(out), "adapter": adapter.name, "since": parcel.since}
    return known | {"counts": parcel.counts, "files": len(files), "changed": changed}


def _adapters() -> tuple[Adapter, ...]:
    return discover(adapters, "ADAPTER", Adapter)
