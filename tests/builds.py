"""Builds of a program that is loaded with something of its own, and what two of them are compared by."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import press
from conftest import Done, Project, snapshot, typeless


class Press:
    """Commands of a program that is loaded with something of its own."""

    def __init__(self, program: press.Press) -> None:
        self._program = program

    def run(self, project: Project, *arguments: str) -> Done:
        """As `Project.run`."""
        return Done(*self._program.run(project.root, typeless(arguments), 600))


@contextmanager
def loaded(also: str = "") -> Iterator[Press]:
    """A program, loaded; `also` is Python to run in it before the first command."""
    with press.loaded(also) as one:
        yield Press(one)


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
