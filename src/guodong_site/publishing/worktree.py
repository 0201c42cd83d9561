"""The commit a project stands at, and what of it is in no commit.  Asks the git program; writes nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

RECEIPTS = "releases"
"""Where `publish` keeps what stands at each target: written after a release, so in no commit it was made from."""

_INPUTS = ("site.yaml", "issues/", "templates/", "static/", "editorial/")
"""What the site is made from: here even what git is told to ignore counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worktree:
    """`commit` is empty where there is none, and `why` says so; `dirty` are the files that are not as the commit has them."""

    commit: str = ""
    dirty: tuple[str, ...] = ()
    why: str = ""


def worktree(root: Path) -> Worktree:
    """What git says of the project at `root`."""
    try:
        head = _git(root, "rev-parse", "--verify", "HEAD^{commit}")
        status = _git(
            root, "status", "--porcelain=v1", "-z", "--untracked-files=all", "--ignored=matching", "--no-renames", "--", "."
        )
        prefix = _git(root, "rev-parse", "--show-prefix").stdout.decode("utf-8", "replace").strip()
    except OSError:
        return Worktree(why="这台电脑没有 git 程序，不知道发布的是哪一次提交")
    if head.returncode or status.returncode:
        said = (head.stderr or status.stderr).decode("utf-8", "replace")
        if "dubious ownership" in said:
            return Worktree(why="git 不信任这个文件夹：它属于另一个用户")
        known = "not a git repository" not in said
        return Worktree(why="项目里还没有任何提交" if known else "项目文件夹不是 Git 仓库，不知道发布的是哪一次提交")
    entries = status.stdout.decode("utf-8", "surrogateescape").split("\0")
    dirty = [name.removeprefix(prefix) for entry in entries if (name := _dirty(entry, prefix))]
    return Worktree(commit=head.stdout.decode().strip(), dirty=tuple(sorted(dirty)))


def _dirty(entry: str, prefix: str) -> str:
    """The path in a line of `git status`, where it counts."""
    state, path = entry[:2], entry[3:]
    inside = path.removeprefix(prefix)
    if not path or inside.startswith(f"{RECEIPTS}/"):
        return ""
    return path if state != "!!" or inside.startswith(_INPUTS) else ""


def _git(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    program = shutil.which("git")
    if program is None:
        raise FileNotFoundError(program)
    environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}  # its words are read; nothing is written
    return subprocess.run([program, "-C", str(root), *arguments], capture_output=True, check=False, env=environment)
