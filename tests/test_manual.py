"""docs/编辑手册.md, tried as a new editor would: its commands, in its order, in a fresh project."""

from __future__ import annotations

import re
import shlex

from conftest import GOOD, ROOT, Project

MANUAL = (ROOT / "docs/编辑手册.md").read_text(encoding="utf-8")


def commands(heading: str) -> list[list[str]]:
    """The commands in the blocks below a heading, without `guodong`."""
    part = MANUAL.split(heading, 1)[1].split("\n## ", 1)[0]
    lines = [line for block in re.findall(r"```sh\n(.*?)```", part, re.DOTALL) for line in block.splitlines()]
    return [shlex.split(line)[1:] for line in lines if line.startswith("guodong ")]


def test_from_a_new_issue_to_the_site(project: Project) -> None:
    """A new issue, the manual's own example put in, four reviews, the check, the site."""
    began = project.run("new", "--date", "2024-07-15")
    (path,) = (project.root / "issues").glob("*.md")
    text = path.read_text(encoding="utf-8").replace("draft: true\n", "").replace("number: 1", "number: 7")
    project.write("issues/2024-07.md", text.split("# 要闻")[0] + GOOD.split("---\n", 2)[2].lstrip())
    path.unlink()
    signs = [project.run(*command) for command in commands("## 四、谁可以签")]
    checked = project.run("check")
    built = project.run("build")

    assert began.code == 0, began.said
    assert len(signs) == 4
    assert [done.said for done in signs if done.code] == []
    assert "没有初审" not in checked.out
    assert built.code == 0, built.said
    assert "发布时间：" in project.site()["issues/2024-07/1/index.html"].decode()


def test_from_word_to_a_draft(project: Project) -> None:
    """The import, as the manual says it, with the text of the given issue as a Word document."""
    from manuscripts import docx, p

    lines = (ROOT / "tests/data/given-issue.txt").read_text(encoding="utf-8").splitlines()
    project.write("简报.docx", docx(*(p(line) for line in lines if line.strip())))
    (command,) = commands("## 七、从 Word 导入")
    done = project.run(*command, "--date", "2023-03")
    built = project.run("build", "--no-search", "--drafts")

    assert done.code == 0, done.said
    assert "一个字也没有丢" in done.out
    assert built.code == 0, built.said


def test_the_printed_editions(good: Project) -> None:
    """The two commands of the section, one after the other: the public edition and the desk's."""
    good.write("issues/2024-07.md", GOOD.replace("number: 3\ndate: 2024-03-15", "number: 7\ndate: 2024-07-15"))
    done = [good.run(*command) for command in commands("## 八、印刷版")]

    assert [one.code for one in done] == [0, 0], [one.said for one in done]
    assert sorted(path.name for path in good.root.glob("*.pdf")) == ["2024-07-内部.pdf", "2024-07.pdf"]


def test_every_command_it_names_exists() -> None:
    """No command or option in the manual is one the program does not know."""
    from guodong_site.cli import commands_of, parser

    known = parser(commands_of(())).format_help()
    named = set(re.findall(r"guodong ([a-z]+)", MANUAL))

    assert {name for name in named if f"    {name} " not in known} == set()


def test_every_picture_it_shows_is_there() -> None:
    """A picture for every screen an editor meets, said in words too; none is left over."""
    shown = re.findall(r"!\[(.+?)\]\((screenshots/[a-z-]+\.png)\)", MANUAL)
    there = {path.name for path in (ROOT / "docs/screenshots").glob("manual-*.png")}

    assert {name.removeprefix("screenshots/") for _, name in shown} == there
    assert all(len(said) > 8 for said, _ in shown)
