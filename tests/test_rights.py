"""A computer that refuses: files without rights, folders that cannot be written, said in Chinese at the file itself.

Root may read everything, so as root the commands run without that power, and a test proves that they do.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import GOOD, Done, Project, jpeg, typeless

ISSUE = "issues/2024-03.md"
AS_CLERK = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
"""Takes from root the right to pass over rights; others have none."""


def as_clerk(project: Project, *arguments: str) -> Done:
    """Runs `guodong …` as somebody to whom rights apply."""
    command = [*AS_CLERK, sys.executable, "-m", "guodong_site", *typeless(arguments)]
    done = subprocess.run(command, cwd=project.root, capture_output=True, text=True, encoding="utf-8", check=False)
    return Done(done.returncode, done.stdout, done.stderr)


def test_rights_apply_to_these_tests(tmp_path: Path) -> None:
    """Without this the rest would prove nothing."""
    closed = tmp_path / "closed"
    closed.touch(mode=0)
    done = subprocess.run([*AS_CLERK, "cat", str(closed)], capture_output=True, check=False)

    assert done.returncode == 1, done.stderr


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        (ISSUE, 1, "错误 F004  issues/2024-03.md：打不开：没有读取权限"),
        ("issues", 1, "错误 F004  issues：打不开：没有读取权限"),
        ("site.yaml", 1, "错误 F004  site.yaml：打不开：没有读取权限"),
        ("editorial/words.txt", 1, "错误 F004  editorial/words.txt：打不开：没有读取权限"),
        ("editorial/districts.yaml", 1, "错误 F004  editorial/districts.yaml：打不开：没有读取权限"),
        ("templates/base.html", 1, "错误 F004  templates/base.html：打不开：没有读取权限"),
        ("templates/macros/titles.html", 1, "错误 F004  templates/macros/titles.html：打不开：没有读取权限"),
        ("static/css/base.css", 1, "错误 F033  static/css/base.css：打不开：没有读取权限"),
        ("issues/2024-03/a.jpg", 1, "错误 F004  issues/2024-03/a.jpg：打不开：没有读取权限"),
    ],
)
def test_a_file_without_rights(good: Project, name: str, code: int, said: str) -> None:
    """One sentence at the file that cannot be read, nothing at innocent lines, no English; the site as it was."""
    good.write("issues/2024-03/a.jpg", jpeg(1))
    good.write(ISSUE, GOOD + "\n![照片](2024-03/a.jpg)\n")
    assert good.run("build", "--no-search").code == 0
    before = good.site()
    (good.root / name).chmod(0)
    done = as_clerk(good, "build", "--no-search")
    (good.root / name).chmod(0o755)
    faults = [line for line in done.out.splitlines() if line.startswith("错误")]

    assert (done.code, faults) == (code, [said]), done.said
    assert re.findall("[A-Z][a-z]+ [a-z]+", done.said) == []
    assert good.site() == before


def test_an_output_folder_without_rights(good: Project) -> None:
    """A read-only public/ is the machine's fault (4); the site stays as it was."""
    assert good.run("build", "--no-search").code == 0
    before = good.site()
    good.write(ISSUE, GOOD.replace("总结去年工作", "全面总结"))
    folders = [good.out, *(path for path in good.out.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    done = as_clerk(good, "build", "--no-search")
    for folder in folders:
        folder.chmod(0o755)

    assert (done.code, "E002  public：写不进“public”：没有写入权限；网站保持原样" in done.out) == (4, True), done.said
    assert good.site() == before
