"""Is this computer ready?  Looks at Python, the libraries, Pagefind and jieba; changes nothing, prints nothing."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from guodong_site.search.pagefind import PAGEFIND_VERSION, pagefind_binary
from guodong_site.words import Cutter

_LIBRARIES = ("jinja2", "markdown", "pyyaml", "jieba", "nh3", "rich")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at; `needed` where a build cannot do without it."""

    what: str
    good: bool
    detail: str
    needed: bool = True


def examine() -> tuple[Finding, ...]:
    """All findings, in the order a person would mend them."""
    return (_python(), *(_library(name) for name in _LIBRARIES), _pagefind(), _jieba(), _git())


def _python() -> Finding:
    spoken = ".".join(map(str, sys.version_info[:3]))
    good = sys.version_info >= (3, 11)
    return Finding(what="Python", good=good, detail=spoken if good else f"{spoken}，需要 3.11 或更新的版本")


def _library(name: str) -> Finding:
    try:
        return Finding(what=f"程序库 {name}", good=True, detail=version(name))
    except PackageNotFoundError:
        return Finding(what=f"程序库 {name}", good=False, detail=f"没有安装；运行 pip install {name}")


def _attempt(what: str, cure: str, act: Callable[[], str]) -> Finding:
    """Tries a thing for real: an installed package may still not run on this machine."""
    try:
        return Finding(what=what, good=True, detail=act())
    except Exception as fault:  # noqa: BLE001  # whatever goes wrong is the answer
        return Finding(what=what, good=False, detail=f"不能用（{fault}）；{cure}")


def _pagefind() -> Finding:
    def run() -> str:
        done = subprocess.run([str(pagefind_binary()), "--version"], capture_output=True, text=True, check=True, timeout=30)
        spoken = done.stdout.split()[-1]
        if spoken != PAGEFIND_VERSION:
            message = f"版本是 {spoken}"
            raise RuntimeError(message)
        return spoken

    return _attempt("搜索引擎 pagefind", f"运行 pip install pagefind-bin=={PAGEFIND_VERSION}", run)


def _jieba() -> Finding:
    return _attempt("中文分词", "运行 pip install jieba", lambda: "／".join(Cutter().cut("国防动员办公室")))


def _git() -> Finding:
    place = shutil.which("git")
    return Finding(what="git", good=bool(place), detail=place or "没有安装；生成网站不需要它，提交稿件才需要", needed=False)
