"""`targets:` in site.yaml against the kinds of targets there are: which one is meant, and whether it is said in full."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guodong_site import faults
from guodong_site.config import Destination
from guodong_site.diagnostics import Diagnostic
from guodong_site.fields import near
from guodong_site.office import is_address
from guodong_site.publishing import targets
from guodong_site.publishing.target import TargetKind
from guodong_site.registry import discover

COMMON = ("url", "limit", "sm3")
"""What `publish` itself reads of a target, whatever its kind: where readers see it, how many files may go at once, SM3 sums."""


def kinds() -> dict[str, TargetKind]:
    """Every kind of target by name."""
    return {kind.name: kind for kind in discover(targets, "TARGET", TargetKind)}


def faults_of(destination: Destination) -> Iterator[Diagnostic]:
    """What is wrong with how site.yaml says a target."""
    if not re.fullmatch(r"\w[\w-]{0,63}", destination.name):
        yield faults.WRONG_VALUE.at(
            destination.where, f"目标的名称“{destination.name}”不能做文件名", "用字母、数字、汉字和连字符"
        )
    known = kinds()
    kind = known.get(destination.kind)
    if kind is None:
        guess = near(destination.kind, known)
        hint = f"您是不是想写“{guess}”？" if guess else "可以写：" + "、".join(known)
        yield faults.WRONG_VALUE.at(
            destination.where, f"targets 里“{destination.name}”的 kind 不能写“{destination.kind}”", hint
        )
        return
    options = (*kind.options, *COMMON)
    for name in destination.options:
        if name not in options:
            guess = near(name, options)
            hint = f"您是不是想写“{guess}”？" if guess else "可以写：" + "、".join(options)
            yield faults.UNKNOWN_KEY.at(destination.places[name], f"{kind.name} 类的目标没有“{name}”这一项", hint)
    for name in kind.required:
        if not destination.options.get(name):
            yield faults.MISSING_KEY.at(destination.where, f"targets 里“{destination.name}”缺少 {name}", f"加一行 {name}: ……")
    yield from _common(destination)


def _common(destination: Destination) -> Iterator[Diagnostic]:
    limit, url, sm3 = (destination.options.get(name) for name in ("limit", "url", "sm3"))
    if limit and not (limit.isascii() and limit.isdigit()):
        yield faults.WRONG_VALUE.at(destination.places["limit"], f"limit 写的是“{limit}”", "写整数：一次最多删去多少个文件")
    if url and not is_address(url):
        yield faults.WRONG_VALUE.at(destination.places["url"], f"“{url}”不是完整的网址", "写成 https://www.example.org/gzdt/")
    if sm3 and sm3 not in ("true", "false"):
        yield faults.WRONG_VALUE.at(destination.places["sm3"], f"sm3 写的是“{sm3}”", "写 true 或 false")
