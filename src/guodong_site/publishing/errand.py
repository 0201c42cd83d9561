"""The errand of `guodong publish`: what was typed → an order, what came of it → sentences.  The clock is asked here, once."""

from __future__ import annotations

import argparse
import datetime
import os
import time
from collections.abc import Iterator
from pathlib import Path

from guodong_site.command import USAGE
from guodong_site.config import CHINA, Destination
from guodong_site.fields import near
from guodong_site.machine import cores
from guodong_site.office import read_office
from guodong_site.publishing.destinations import faults_of, kinds
from guodong_site.publishing.publish import Order, Outcome, publish, told
from guodong_site.publishing.receipts import receipt_of
from guodong_site.publishing.sealing import Seal
from guodong_site.publishing.target import LackingError, TargetError
from guodong_site.publishing.withdrawing import taken_back
from guodong_site.release import KEY_VARIABLE, Delta, File
from guodong_site.report import Reporter, exit_code
from guodong_site.steps import Steps
from guodong_site.turn import turn

STOPPED, LACKING, FAILED = 3, 4, 5


def run_errand(options: argparse.Namespace, reporter: Reporter) -> int:
    """Refuses what cannot be meant, waits for its turn, publishes."""
    root: Path = options.root
    if wrong := _misused(options):
        reporter.refuse(wrong)
        return USAGE
    settings, found = read_office(root)
    named = {one.name: one for one in settings.destinations} if settings else {}
    destination = named.get(options.target)
    if destination is None and any(one.stops_build for one in found):  # it may be the one that cannot be read
        code = exit_code(tuple(found)) or 1
        reporter.published(tuple(found), code, ("没有发布。",), {})
        return code
    if destination is None:
        reporter.refuse(_unknown(options.target, named))
        return USAGE
    if faulty := tuple(faults_of(destination)):
        reporter.published(faulty, 1, ("没有发布。",), {})
        return 1
    steps = Steps(reporter.waiting)
    try:
        with turn(root, lambda: reporter.say("这个项目里另一次生成或发布还没有结束，等它结束……")):
            code = _in_turn(options, reporter, destination, steps)
    except TargetError as fault:
        steps.end()
        code = LACKING if isinstance(fault, LackingError) else FAILED
        reporter.refuse(f"{fault}。" + (f"{fault.hint}。" if fault.hint else ""))
        reporter.published((), code, (), {"error": str(fault), "hint": fault.hint})
    if options.timings:
        reporter.timed(steps.ended)
    return code


def _in_turn(options: argparse.Namespace, reporter: Reporter, destination: Destination, steps: Steps) -> int:
    root: Path = options.root
    kind, now = kinds()[destination.kind], datetime.datetime.now(CHINA)
    if options.rollback:
        release = taken_back(root, destination, kind, now, steps.tick)
        sentence = f"{destination.name} 退回到了 {release.id}（提交 {release.commit[:12]}）。读者看到的已经是这一版。"
        reporter.published((), 0, (sentence,), {"release": release.id, "commit": release.commit})
        return 0
    key = options.sign_key or (Path(os.environ[KEY_VARIABLE]) if os.environ.get(KEY_VARIABLE) else None)
    limit = destination.options.get("limit")
    order = Order(
        root=root,
        destination=destination,
        kind=kind,
        moment=now,
        wait=time.sleep,
        force=dict(zip(options.force, options.reason, strict=True)),
        limit=options.limit if options.limit is not None else int(limit) if limit else None,
        seal=Seal(sm3=destination.options.get("sm3") == "true", key=key),
        rehearsal=options.dry_run,
        pdf=not options.no_pdf,
        jobs=cores(),
        step=steps,
    )
    outcome = publish(order)
    steps.end()
    stopped = told(outcome.stops)
    code = (exit_code(stopped) if exit_code(stopped) == LACKING else STOPPED) if stopped else 0
    reporter.published(stopped or outcome.found, code, tuple(_sentences(order, outcome)), _data(order, outcome))
    return code


def _sentences(order: Order, outcome: Outcome) -> Iterator[str]:
    name, release = order.destination.name, outcome.release
    if order.rehearsal and outcome.delta:
        yield from _planned(outcome.delta)
    if outcome.stops:
        yield f"没有发布：{name} 上还是原来的一版。"
        gates = sorted({stop.gate for stop in outcome.stops if stop.gate})
        if gates:
            yield f"确有必要放过的关口，写明理由：--force {gates[0]} --reason 理由（能放过的：{'、'.join(gates)}）"
    elif outcome.stands and release:
        yield f"{name} 上已经是这一版（{release.id}），没有发送任何文件。"
    elif order.rehearsal:
        yield "只是预演，没有发送。"
    elif outcome.sent and outcome.delta and release:
        sent, delta = outcome.sent, outcome.delta
        changes = f"新增 {len(delta.created)} 个文件，更新 {len(delta.changed)} 个，删除 {len(delta.removed)} 个"
        yield f"已发布到 {name}：{release.id}（提交 {release.commit[:12]}），{changes}。"
        again = f"，上次已送到 {sent.resumed} 个" if sent.resumed else ""
        tries = f"，中途断线，试了 {outcome.tries} 次" if outcome.tries > 1 else ""
        yield f"发送 {sent.files} 个文件、{_size(sent.bytes)}，目标自己链接 {sent.linked} 个{again}{tries}。"
        yield from (f"{note}。" for note in sent.notes)
        if outcome.kept:
            yield f"回执没有写成（{outcome.kept}）：网站已经发布，请腾出空间后再运行一次，补写 {receipt_of(name)}。"
        else:
            yield f"回执写在 {receipt_of(name)}，请提交到仓库。"


def _planned(delta: Delta) -> Iterator[str]:
    for what, files in (("新增", delta.created), ("更新", delta.changed), ("删除", delta.removed)):
        yield f"{what} {len(files)} 个文件，{_size(sum(file.size for file in files))}"
        yield from (f"  {_line(file)}" for file in files)
    yield f"不变 {len(delta.kept)} 个文件"


def _line(file: File) -> str:
    return f"{_size(file.size):>10}  {file.path}"


def _size(size: int) -> str:
    return f"{size} 字节" if size < 1024 else f"{size / 1024:.1f} KB" if size < 1 << 20 else f"{size / (1 << 20):.1f} MB"


def _data(order: Order, outcome: Outcome) -> dict[str, object]:
    data: dict[str, object] = {"target": order.destination.name, "stands": outcome.stands, "dry_run": order.rehearsal}
    if outcome.release:
        data |= {"release": outcome.release.id, "commit": outcome.release.commit}
    if outcome.delta:
        for name in ("created", "changed", "removed"):
            data[name] = [{"path": file.path, "size": file.size} for file in getattr(outcome.delta, name)]
    if outcome.sent:
        sent = outcome.sent
        data["sent"] = {"bytes": sent.bytes, "files": sent.files, "linked": sent.linked, "resumed": sent.resumed}
    return data


def _misused(options: argparse.Namespace) -> str:
    if len(options.force) != len(options.reason) or any(not reason.strip() for reason in options.reason):
        return "每个 --force 后面都要有 --reason 写明理由，如 --force reviews --reason 主任已在纸质审核表上签字。"
    if options.rollback and (options.dry_run or options.force):
        return "--rollback 单独用。"
    return "--limit 要写 0 或更大的整数。" if options.limit is not None and options.limit < 0 else ""


def _unknown(name: str, known: dict[str, Destination]) -> str:
    if not known:
        return f"没有“{name}”这个目标：site.yaml 里还没有 targets。参看 docs/发布手册.md。"
    guess = near(name, known)
    return f"没有“{name}”这个目标。" + (f"您是不是想写“{guess}”？" if guess else "") + f"site.yaml 里有：{'、'.join(known)}。"
