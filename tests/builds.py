"""Builds in a process each, of a program that is loaded once: dozens of them in the time of one that starts from nothing."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from conftest import Done, Project, snapshot, typeless

_PARENT = """
import functools, importlib, json, os, pkgutil, sys
from importlib.util import find_spec
from pathlib import Path

import guodong_site
from guodong_site.door import main

for module in pkgutil.walk_packages(guodong_site.__path__, "guodong_site."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
from guodong_site import lexicon, pinyin, words

words._jieba_itself()
for home, name, file in ((lexicon, "jieba", "dict.txt"), (pinyin, "pypinyin", "")):  # read once, not in every child
    home._cut = functools.cache(home._cut)
    home._cut(Path(find_spec(name).origin).parent / file)
os.sync = os.fsync = lambda *_: None  # no power cut is tested here
exec(sys.argv[1])
for line in sys.stdin:
    folder, arguments, said = json.loads(line)
    child = os.fork()
    if not child:
        code = 70
        try:
            os.chdir(folder)
            paper = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(paper, 1)
            os.dup2(paper, 2)
            code = main(arguments)
            sys.stdout.flush()
        finally:
            os._exit(code)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
"""Forks a child for each build: nothing that one has in memory is there for the next, as with commands of their own."""


class Press:
    """The commands of one program that is loaded once."""

    def __init__(self, process: subprocess.Popen[str], paper: Path) -> None:
        self._process, self._paper = process, paper

    def run(self, project: Project, *arguments: str) -> Done:
        """As `Project.run`; what is printed to both streams is in `out`."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([str(project.root), typeless(arguments), str(self._paper)]) + "\n")
        self._process.stdin.flush()
        code = int(self._process.stdout.readline())
        return Done(code, self._paper.read_text(encoding="utf-8"), "")


@contextmanager
def loaded(paper: Path, also: str = "") -> Iterator[Press]:
    """A program, loaded; `also` is Python to run in it before the first build."""
    command = [sys.executable, "-c", _PARENT, also]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=paper.parent
    ) as process:
        yield Press(process, paper)
        assert process.stdin is not None
        process.stdin.close()


def looks(folder: Path) -> dict[str, tuple[int, int]]:
    """When each file and folder was last changed, and which one it is."""
    return {str(p.relative_to(folder)): (p.stat().st_mtime_ns, p.stat().st_ino) for p in folder.rglob("*")}


def judgement(done: Done) -> tuple[int, object]:
    """The exit code and all that was said but where the site went and how many files were written."""
    if done.said.startswith("{"):
        told = json.loads(done.said)
        told.pop("written", None)
        return done.code, told
    return done.code, re.sub(r"^完成：(.*?)，写在.*$", r"完成：\1", done.said, flags=re.MULTILINE)


def different(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The paths at which two sites differ."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


def fresh(press: Press | Project, project: Project, *options: str) -> tuple[Done, dict[str, bytes]]:
    """What a build from nothing gives: its end, and its site where there is one."""
    cold = project.root / "cold"
    shutil.rmtree(cold, ignore_errors=True)
    command = ("build", "--no-cache", "--out", "cold", *options)
    done = press.run(*command) if isinstance(press, Project) else press.run(project, *command)
    return done, snapshot(cold) if cold.exists() else {}
