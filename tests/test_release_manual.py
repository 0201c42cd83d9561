"""docs/发布手册.md, followed from the first release to the restoring from nothing: its very lines, in their order, on real folders."""

from __future__ import annotations

import datetime
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import FACTS, GOOD, ROOT, Done, new_project, snapshot

from guodong_site.publishing.destinations import kinds

MANUAL = (ROOT / "docs/发布手册.md").read_text(encoding="utf-8")
_LEVELS = ("初审", "复审", "保密", "终审")


class Office:
    """An office's repository with a remote; /srv is a folder of its own, this month's issue is the manual's 2024-07."""

    def __init__(self, home: Path) -> None:
        self.home, self.srv = home, home / "srv"
        self.srv.mkdir()
        (home / "project").mkdir()
        self.project = new_project(home / "project")
        today = datetime.date.today()  # noqa: DTZ011  # what is published is of today, or the home page is stale
        self.issue, self.today = f"{today:%Y}-07", today
        self.program = home / "bin"
        self.program.mkdir()
        script = self.program / "guodong"
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m guodong_site "$@"\n')
        script.chmod(0o755)
        names = {"GIT_AUTHOR_NAME": "技术员", "GIT_AUTHOR_EMAIL": "t@example.org"}
        names |= {key.replace("AUTHOR", "COMMITTER"): value for key, value in names.items()}
        self.environment = {**os.environ, **names, "PATH": f"{self.program}:{os.environ['PATH']}"}

    def here(self, text: str) -> str:
        """The manual's words with this office's folders and issue in them."""
        return text.replace("/srv", str(self.srv)).replace("2024-07", self.issue)

    def shell(self, script: str, at: Path | None = None) -> Done:
        done = subprocess.run(
            ["bash", "-e", "-c", script],
            cwd=at or self.project.root, env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        return Done(done.returncode, done.stdout, done.stderr)

    def follow(self, heading: str, at: Path | None = None) -> Done:
        """Types the lines below a heading, as they stand there."""
        part = re.split(r"\n##+ ", MANUAL.split(f"# {heading}\n", 1)[1])[0]
        blocks = re.findall(r"```sh\n(.*?)```", part, re.DOTALL)
        assert blocks, heading
        done = self.shell(self.here("\n".join(blocks)), at)
        assert done.code == 0, (heading, done.said)
        return done

    def settings(self, heading: str) -> None:
        """Puts the YAML below a heading into site.yaml."""
        (block,) = re.findall(r"```yaml\n(.*?)```", MANUAL.split(f"## {heading}\n", 1)[1].split("\n## ")[0], re.DOTALL)
        path = self.project.root / "site.yaml"
        before, _, after = path.read_text(encoding="utf-8").partition(f"    path: {self.srv}/bulletin\n")
        held = f"    path: {self.srv}/bulletin\n" if after else ""  # a further target goes below the first
        path.write_text(before + held + self.here(block) + after, encoding="utf-8")

    def signed(self) -> None:
        for level in _LEVELS:
            done = self.project.run("sign", self.issue, "--level", level, "--name", f"{level}的人")
            assert done.code == 0, done.said

    def edit(self, old: str, new: str) -> None:
        path = self.project.root / f"issues/{self.issue}.md"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    @property
    def page(self) -> str:
        return (self.srv / f"bulletin/current/issues/{self.issue}/1/index.html").read_text(encoding="utf-8")

    @property
    def release(self) -> str:
        name: str = json.loads((self.srv / "bulletin/current/release.json").read_bytes())["id"]
        return name


@pytest.fixture
def office(tmp_path: Path) -> Office:
    one = Office(tmp_path)
    root = one.project.root
    one.settings("一、准备（只做一次）")
    with (root / "site.yaml").open("a", encoding="utf-8") as site:
        site.write(FACTS + "checks: {thin-article: warning, number-gap: warning}\n")
    shutil.copy(ROOT / ".gitignore", root)
    first = one.today - datetime.timedelta(days=1)
    text = GOOD.replace("2024-03-15", first.isoformat()).replace("number: 3", "number: 6")
    one.project.write(f"issues/{one.today:%Y}-06.md", text.replace("工作会议", "年度会议"))
    for level in _LEVELS:
        assert one.project.run("sign", f"{one.today:%Y}-06", "--level", level, "--name", "张三").code == 0
    started = one.shell(f"""
        git init -q --bare -b main {tmp_path}/remote.git
        git init -q -b main && git add -A && git commit -qm 开始
        git remote add origin {tmp_path}/remote.git && git push -qu origin main
    """)
    assert started.code == 0, started.said
    return one


@pytest.mark.long
def test_from_the_first_release_to_the_last_backup(office: Office) -> None:
    """First release, weekly release, back, corrected, withdrawn, moved, packed, archived, restored: all as the manual says it."""
    first = office.follow("二、第一次发布")
    assert "只是预演" in first.out
    assert (office.project.root / "releases/portal.json").is_file()
    old = office.release

    office.project.write(
        f"issues/{office.issue}.md", GOOD.replace("2024-03-15", office.today.isoformat()).replace("number: 3", "number: 7")
    )
    office.signed()
    weekly = office.follow("三、每期发布")
    assert "三审和保密审查都已完成" in weekly.out
    assert "总结去年工作" in office.page
    new = office.release
    assert new != old

    office.follow("退回上一版")
    assert office.release == old
    office.shell("git add releases && git commit -qm 退回")

    office.edit("总结去年工作", "回顾去年工作")
    office.edit("---\n\n#", f'changes: {{"1": [{{date: {office.today}, note: “总结”改为“回顾”。}}]}}\n---\n\n#')
    office.signed()
    office.follow("更正")
    assert "回顾去年工作" in office.page
    assert "“总结”改为“回顾”。" in office.page

    office.edit("---\n\n#", f'withdrawn: {{"1": {{date: {office.today}, reason: 内容有误}}}}\n---\n\n#')
    office.signed()
    office.follow("撤回")
    assert "内容有误" in office.page
    assert "回顾去年工作" not in office.page

    office.settings("五、换服务器")
    office.follow("五、换服务器")
    assert snapshot(office.srv / "new/current").keys() == snapshot(office.srv / "bulletin/current").keys()

    office.follow("六、交给政务公开平台")
    delta = json.loads((office.project.root / "package-new/manifest.json").read_bytes())
    assert {one["op"] for one in delta["items"]} == {"unchanged"}
    shutil.rmtree(office.project.root / "package-new")

    office.follow("七、归档")
    stood, standing = office.release, snapshot(office.srv / "bulletin/current")
    shutil.rmtree(office.srv / "bulletin")
    shutil.rmtree(office.project.root)
    restored = office.follow("八、只剩下仓库", office.home)
    assert stood in restored.out
    now = snapshot(office.srv / "bulletin/current")
    assert sorted(path for path in now.keys() | standing.keys() if now.get(path) != standing.get(path)) in (
        [],
        ["SHA256SUMS", "release.json"],
    )

    written = office.follow("九、让 CI 来做", office.home / "restored")
    assert ".gitlab-ci.yml" in written.out


@pytest.mark.long
def test_what_it_says_of_refusals_is_so(office: Office) -> None:
    """An unsigned issue, an uncommitted change: nothing goes out, exit 3."""
    office.follow("二、第一次发布")
    old = office.release
    office.project.write(
        f"issues/{office.issue}.md", GOOD.replace("2024-03-15", office.today.isoformat()).replace("number: 3", "number: 7")
    )
    done = office.project.run("publish", "portal")

    assert done.code == 3
    assert "没有初审" in done.out
    assert "有改动没有提交" in done.out
    assert office.release == old


def test_every_command_it_names_exists() -> None:
    """No command in the manual is one the program does not know."""
    from guodong_site.cli import commands_of, parser

    known = parser(commands_of(())).format_help()
    named = set(re.findall(r"guodong ([a-z]+)", MANUAL))

    assert {name for name in named if f"    {name} " not in known} == set()


def test_every_target_it_shows_is_one() -> None:
    """The options of each example are those of its kind, none that it needs is left out; what is secret has no place among them."""
    shown = re.findall(r"```yaml\n(targets:.*?)```", MANUAL, re.DOTALL)
    known = kinds()
    examples = [dict(re.findall(r"^    (\w+): (.+)$", block, re.MULTILINE)) for block in shown]

    assert [one["kind"] for one in examples] == ["folder", "sftp", "rclone"]
    for one in examples:
        kind = known[one["kind"]]
        assert set(one) - {"kind", "url", "limit", "sm3"} <= set(kind.options), one
        assert set(kind.required) <= set(one), one
    for name in re.findall(r"GUODONG_\w+", MANUAL):
        assert any(name in path.read_text("utf-8") for path in (ROOT / "src/guodong_site/publishing").rglob("*.py")), name
