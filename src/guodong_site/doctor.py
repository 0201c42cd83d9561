"""Is this computer ready?  Looks at Python, the libraries, Pagefind and jieba; changes nothing, prints nothing."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from guodong_site.darkroom import equipped
from guodong_site.diagnostics import Span
from guodong_site.editions import lacking
from guodong_site.machine import LIBRARIES, PICTURE_LIBRARY, SEARCH_ENGINE, absent, reason
from guodong_site.search.pagefind import PAGEFIND_VERSION, pagefind_binary
from guodong_site.words import Cutter


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at and, where it is not good, the cure; `needed` where a build cannot do without it."""

    what: str
    good: bool
    seen: str
    cure: str = ""
    needed: bool = True

    @property
    def detail(self) -> str:
        """What was seen, and what to do about it."""
        return f"{self.seen}；{self.cure}" if self.cure and not self.good else self.seen


def examine() -> tuple[Finding, ...]:
    """All findings, in the order a person would mend them."""
    libraries = (_library(package) for package in LIBRARIES.values())
    return (_python(), *libraries, examine_pagefind(), _jieba(), _pictures(), _print(), _git())


def _python() -> Finding:
    spoken = ".".join(map(str, sys.version_info[:3]))
    return Finding(what="Python", good=sys.version_info >= (3, 11), seen=spoken, cure="需要 3.11 或更新的版本")


def _library(package: str) -> Finding:
    good, name = package not in absent(), package.partition("==")[0]
    return Finding(
        what=f"程序库 {name}", good=good, seen=version(name) if good else "没有安装", cure=f"运行 pip install {package}"
    )


def _attempt(what: str, package: str, act: Callable[[], str]) -> Finding:
    """Tries a thing for real: an installed package may still not run on this machine."""
    cure = f"运行 pip install {package}"
    try:
        return Finding(what=what, good=True, seen=act())
    except ImportError:
        return Finding(what=what, good=False, seen=f"没有安装 {package.partition('==')[0]}", cure=cure)
    except OSError as fault:
        return Finding(what=what, good=False, seen=f"不能用：{reason(fault, '运行')}", cure=cure)
    except Exception as fault:  # noqa: BLE001  # whatever goes wrong is the answer
        return Finding(what=what, good=False, seen=f"不能用（{fault}）", cure=cure)


def examine_pagefind() -> Finding:
    """The engine of the full-text index: is it there, does it run, is it the one version whose files we can read."""

    def run() -> str:
        done = subprocess.run([str(pagefind_binary()), "--version"], capture_output=True, text=True, check=False, timeout=30)
        spoken = (done.stdout.split() or ["？"])[-1]
        if spoken != PAGEFIND_VERSION:
            message = f"版本是 {spoken}，应当是 {PAGEFIND_VERSION}" if not done.returncode else "运行出错"
            raise RuntimeError(message)
        return spoken

    return _attempt("搜索引擎 pagefind", SEARCH_ENGINE, run)


def _jieba() -> Finding:
    return _attempt("中文分词", LIBRARIES["jieba"], lambda: "／".join(Cutter().cut("国防动员办公室")))


def _pictures() -> Finding:
    seen = version("pillow") if equipped() else "没有安装"
    cure = f"运行 pip install {PICTURE_LIBRARY}；没有它，图片按原来的大小发布"
    return Finding(what="图片处理 pillow", good=equipped(), seen=seen, cure=cure, needed=False)


def _print() -> Finding:
    lacks = lacking(Path(), Span(path=""))
    seen = lacks.message.partition("：这台电脑")[2] if lacks else version("typst")
    cure = f"{lacks.hint.partition('，')[0]}；没有它，网站没有印刷版（PDF）" if lacks else ""
    return Finding(what="排版程序 typst", good=lacks is None, seen=seen, cure=cure, needed=False)


def _git() -> Finding:
    place = shutil.which("git")
    return Finding(
        what="git", good=bool(place), seen=place or "没有安装", cure="生成网站不需要它，提交稿件才需要", needed=False
    )
