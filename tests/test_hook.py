"""The hook before a commit, in a real repository with a real git."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import GOOD, ROOT, Project

FAULTY = GOOD.replace("# 要闻", "# 要聞")


class Clone(Project):
    """A project in a repository with the hook switched on."""

    def git(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        who = {"GIT_AUTHOR_NAME": "编辑", "GIT_AUTHOR_EMAIL": "editor@example.org"}
        who |= {"GIT_COMMITTER_NAME": "编辑", "GIT_COMMITTER_EMAIL": "editor@example.org", "GIT_CONFIG_GLOBAL": os.devnull}
        env = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")} | who
        return subprocess.run(["git", *arguments], cwd=self.root, env=env, capture_output=True, text=True, check=False)

    def commit(self, *files: str) -> subprocess.CompletedProcess[str]:
        self.git("add", *files)
        return self.git("commit", "-m", "一期")


@pytest.fixture
def clone(good: Project) -> Clone:
    shutil.copytree(ROOT / ".githooks", good.root / ".githooks")
    good.write(".gitignore", ".cache/\n.venv\n")
    (good.root / ".venv/bin").mkdir(parents=True)
    (good.root / ".venv/bin/guodong").symlink_to(Path(sys.executable).parent / "guodong")
    clone = Clone(good.root)
    clone.git("init")
    clone.git("add", ".")
    clone.git("commit", "-m", "开始")
    done = clone.git("config", "core.hooksPath", ".githooks")
    assert done.returncode == 0, done.stderr
    return clone


def test_a_faulty_issue_is_not_committed(clone: Clone) -> None:
    """Stopped with place, cure and the way on; mended, it goes in.  A name with blanks and Chinese folders is no trouble."""
    clone.write("issues/二零二四/2024-04.md", FAULTY.replace("number: 3", "number: 4").replace("03-15", "04-15"))
    refused = clone.commit("issues")
    clone.write("issues/二零二四/2024-04.md", GOOD.replace("number: 3", "number: 4").replace("03-15", "04-15"))
    done = clone.commit("issues")

    assert refused.returncode == 1
    assert "2024-04.md" in refused.stdout + refused.stderr
    assert "# 要闻" in refused.stdout + refused.stderr
    assert "稿件有错，没有提交" in refused.stderr
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_is_staged_is_what_is_checked(clone: Clone) -> None:
    """Mended on the disk but not added: stopped.  Staged well and broken since, or another file broken: committed."""
    clone.write("issues/2024-03.md", FAULTY)
    clone.git("add", "issues/2024-03.md")
    clone.write("issues/2024-03.md", GOOD)
    stale = clone.git("commit", "-m", "一期")
    clone.write("issues/2024-03.md", GOOD.replace("200余份", "300余份"))
    clone.git("add", "issues/2024-03.md")
    clone.write("issues/2024-03.md", FAULTY)
    clone.write("issues/2024-05.md", FAULTY)
    done = clone.git("commit", "-m", "一期")

    assert (stale.returncode, "稿件有错" in stale.stderr) == (1, True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert not [path for path in clone.root.iterdir() if path.name.startswith("tmp")]


def test_other_files_and_warnings_pass(clone: Clone) -> None:
    """A commit without an issue is none of the hook's business; a warning does not stop one; a deleted issue neither."""
    clone.write("editorial/words.txt", "志愿服务活动\n")
    other = clone.commit("editorial")
    clone.write("issues/2024-03.md", GOOD.replace("召开工作会议\n", "召开工作会议。\n", 1))
    warned = clone.commit("issues")
    clone.git("rm", "issues/2024-03.md")
    gone = clone.git("commit", "-m", "删去")

    assert [done.returncode for done in (other, warned, gone)] == [0, 0, 0], (other, warned, gone)


def test_without_the_program_nothing_goes_in_unseen(clone: Clone) -> None:
    """Where guodong is not installed, the commit stops and says how to go on."""
    (clone.root / ".venv/bin/guodong").unlink()
    clone.write("issues/2024-03.md", GOOD.replace("200余份", "300余份"))
    clone.git("add", "issues")
    done = subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-m", "一期"],
        cwd=clone.root,
        env={"PATH": "/usr/bin:/bin", "HOME": str(clone.root)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, "没有找到 guodong" in done.stderr) == (1, True), done.stderr


def test_the_hook_is_standard_sh() -> None:
    """dash, which knows nothing of bash, reads it."""
    done = subprocess.run(["sh", "-n", str(ROOT / ".githooks/pre-commit")], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    assert os.access(ROOT / ".githooks/pre-commit", os.X_OK)
