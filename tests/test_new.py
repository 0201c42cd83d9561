"""`guodong new`: the next issue and a further item; nothing is overwritten, nothing else changes, no address moves."""

from __future__ import annotations

import datetime
import shutil
from typing import cast

from conftest import GOOD, ROOT, Project
from hypothesis import given, settings
from hypothesis import strategies as st

from guodong_site.config import Settings
from guodong_site.front_matter import read_front_matter
from guodong_site.manuscript import read_manuscript
from guodong_site.memory import Memory
from guodong_site.model import Issue
from guodong_site.numbering import numbered
from guodong_site.office import read_office
from guodong_site.source import SourceText
from guodong_site.words import Cutter

HEAD = "---\nnumber: {number}\ntotal: {total}\ndate: {date}\ndistribution: 各区（市）国动办, 成员单位\nchannels: [工作动态, 国动办门户网]\n---\n"
OFFICE = cast("Settings", read_office(ROOT)[0])
CUTTER = Cutter(OFFICE.words, Memory(None))


def issue(number: int, date: str, total: int) -> str:
    return HEAD.format(number=number, date=date, total=total) + GOOD.split("---\n", 2)[2]


def test_the_next_issue(project: Project) -> None:
    """Number and total go on, the year begins at 1, what is printed each time is carried over; it parses and is a draft."""
    project.write("issues/2024/2024-11.md", issue(11, "2024-11-15", 320))
    first = project.run("new", "--date", "2024-12-16")
    text = (project.root / "issues/2024/2024-12.md").read_text(encoding="utf-8")
    second = project.run("new", "--date", "2025年1月10日")
    following = (project.root / "issues/2025/2025-01.md").read_text(encoding="utf-8")
    done = project.run("check")

    assert (first.code, second.code, done.code) == (0, 0, 0), first.said + second.said + done.said
    assert text == (
        '---\nnumber: 12\ntotal: 321\ndate: 2024-12-16\ndistribution: "各区（市）国动办, 成员单位"\n'
        "channels: [工作动态, 国动办门户网]\ndraft: true\n---\n\n# 要闻\n\n# 区市动态\n\n# 简讯\n\n# 人防科技撷英\n"
    )
    assert following.startswith("---\nnumber: 1\ntotal: 322\ndate: 2025-01-10\n")
    assert "issues/2024/2024-12.md" in first.out
    assert "guodong serve" in first.out


def test_the_first_issue_of_all(project: Project) -> None:
    """An empty archive begins with number 1 of today's year."""
    done = project.run("new")
    today = datetime.date.today()  # noqa: DTZ011  # as a clerk's computer says
    path = project.root / f"issues/{today.year}-01.md"

    assert done.code == 0, done.said
    assert f"date: {today.isoformat()}\n" in path.read_text(encoding="utf-8")


def test_what_an_editor_should_look_at_is_said(project: Project) -> None:
    """A year with an issue of no number, a day before the newest issue, a name that is taken."""
    shutil.copy(ROOT / "issues/2023-03.md", project.root / "issues")
    project.write("issues/2023-01.md", issue(1, "2023-01-15", 300).replace("number: 1", "number: 1"))
    before = (project.root / "issues/2023-03.md").read_bytes()
    two = project.run("new", "--date", "2023-02-15")
    three = project.run("new", "--date", "2023-05-15")

    assert "没有期号" in two.out
    assert "请核对日期" in two.out
    assert (project.root / "issues/2023-02.md").exists()
    assert (project.root / "issues/2023-04.md").exists()  # 2023-03 is the given issue's
    assert "number: 4\n" in (project.root / "issues/2023-04.md").read_text(encoding="utf-8")
    assert (project.root / "issues/2023-03.md").read_bytes() == before
    assert three.code == 0


def test_wrong_usage(good: Project) -> None:
    """A date that is none, a section that is none, an issue that is none: a sentence, exit code 2, nothing written."""
    before = {path: path.read_bytes() for path in (good.root / "issues").rglob("*")}
    said = [
        good.run("new", *words) for words in (("--date", "明天"), ("--item", "要聞"), ("--item", "要闻", "--issue", "1999-01"))
    ]

    assert [done.code for done in said] == [2, 2, 2]
    assert "2024-07-15" in said[0].err
    assert "要闻、区市动态、简讯、人防科技撷英" in said[1].err
    assert "1999-01" in said[2].err
    assert {path: path.read_bytes() for path in (good.root / "issues").rglob("*")} == before


def test_no_permission(good: Project) -> None:
    """What cannot be written is said, and nothing is left behind."""
    from test_rights import as_clerk

    (good.root / "issues").chmod(0o555)
    done = as_clerk(good, "new", "--date", "2024-05-01")
    (good.root / "issues").chmod(0o755)

    assert done.code == 4, done.said
    assert "没有写成" in done.err
    assert sorted(path.name for path in (good.root / "issues").iterdir()) == ["2024-03.md"]


def parsed(text: str) -> Issue:
    made = read_manuscript(SourceText(path="issues/2024-03.md", text=text), "2024-03", OFFICE, CUTTER).issue
    assert made is not None
    return made


def said(one: Issue) -> list[tuple[str, str, str, str]]:
    return [(article.id, article.section.key, article.title.text, article.prose.text) for article in one.articles]


def test_a_further_item(good: Project) -> None:
    """It stands at the end of its section with an id of its own; every other item keeps the address it had."""
    path = good.root / "issues/2024-03.md"
    before = parsed(path.read_text(encoding="utf-8"))
    done = good.run("new", "--item", "要闻")
    brief = good.run("new", "--item", "jianxun", "--issue", "2024-03")
    new_section = good.run("new", "--item", "区市动态")
    after = parsed(path.read_text(encoding="utf-8"))

    assert (done.code, brief.code, new_section.code) == (0, 0, 0), done.said + brief.said + new_section.said
    assert [one for one in said(after) if one[0] in {"1", "2"}] == said(before)
    assert [(one[0], one[1], one[2]) for one in said(after)] == [
        ("1", "yaowen", "市国动办召开工作会议"),
        ("3", "yaowen", "（在这里写标题）"),
        ("5", "qushi", "（在这里写标题）"),
        ("2", "jianxun", "市国动办开展志愿服务活动"),
        ("4", "jianxun", "（在这里写正文）"),
    ]
    assert "编号 3" in done.out


def test_only_what_is_added_changes(good: Project) -> None:
    """Line ends, byte order mark and encoding stay; without the new lines and the ids the bytes are those of before."""
    path = good.root / "issues/2024-03.md"
    for spelt in (
        GOOD.encode(),
        b"\xef\xbb\xbf" + GOOD.encode(),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.encode("gb18030"),
    ):
        path.write_bytes(spelt)
        assert good.run("new", "--item", "人防科技撷英").code == 0
        end = b"\r\n" if b"\r\n" in spelt else b"\n"
        encoding = "utf-8" if b"\xef\xbb\xbf" in spelt or spelt != GOOD.encode("gb18030") else "gb18030"
        added = "\n# 人防科技撷英\n\n## （在这里写标题） {#3}\n\n（在这里写正文）\n".encode(encoding).replace(b"\n", end)
        after = path.read_bytes()

        assert after.replace(added, b"").replace(b" {#1}", b"").replace(b" {#2}", b"") == spelt


TITLES = st.text(st.sampled_from("甲乙丙，“”（）A1#{}"), min_size=1, max_size=8)


@st.composite
def sources(draw: st.DrawFn) -> str:
    """Issues with items of every kind, some with ids and attributes, some without."""
    lines = ["---", "number: 3", "date: 2024-03-15", "draft: true", "---", ""]
    used: set[str] = set()
    for kind in OFFICE.sections:
        lines += [f"# {kind.name}", ""]
        for _ in range(draw(st.integers(0, 3))):
            item = draw(st.sampled_from(["", "", "a", "b7", "20", "c-d"]))
            item = "" if item in used else item
            used.add(item)
            mark = draw(st.sampled_from(["", 'source="新华社"', "author=甲 date=2024-03-01"])) if kind.key != "jianxun" else ""
            braces = f" {{{' '.join(filter(None, [item and '#' + item, mark]))}}}" if item or mark else ""
            words = draw(TITLES).strip().strip("#{} ") or "题"
            if kind.key == "jianxun":
                lines += [f"{words}，这是一条简讯。{braces}", ""]
            else:
                lines += [f"## {words}{braces}", "", "正文一段。", ""]
    return "\n".join(lines)


@settings(max_examples=150)
@given(sources())
def test_writing_ids_changes_nothing_else(text: str) -> None:
    """The same articles with the same ids, all written; doing it twice is doing it once."""
    source = SourceText(path="issues/2024-03.md", text=text)
    body = read_front_matter(source, OFFICE, [])[-1]
    written = numbered(source, body, OFFICE.sections)

    assert said(parsed(written)) == said(parsed(text))
    assert numbered(SourceText(path=source.path, text=written), body, OFFICE.sections) == written
    assert len(written.split("\n")) == len(text.split("\n"))


def test_the_given_issue_can_be_numbered() -> None:
    """Every item of the one real issue, briefs too."""
    text = (ROOT / "issues/2023-03.md").read_text(encoding="utf-8")
    source = SourceText(path="issues/2023-03.md", text=text)
    written = numbered(source, read_front_matter(source, OFFICE, [])[-1], OFFICE.sections)
    before = read_manuscript(source, "2023-03", OFFICE, CUTTER).issue
    after = read_manuscript(SourceText(path=source.path, text=written), "2023-03", OFFICE, CUTTER).issue

    assert before is not None
    assert after is not None
    assert said(after) == said(before)
    assert written.count("{#") == 11


def test_a_further_item_is_no_fault_of_a_draft(project: Project) -> None:
    """Its place for the text stops no commit while the issue is a draft, and is said once it is none."""
    project.write("issues/2024-03.md", GOOD)
    project.run("new", "--date", "2024-04-15")
    project.run("new", "--item", "简讯")
    drafted = project.run("check", "--today", "2024-04-16")
    path = project.root / "issues/2024-04.md"
    path.write_text(path.read_text(encoding="utf-8").replace("draft: true\n", ""), encoding="utf-8")
    done = project.run("check", "--today", "2024-04-16")

    assert (drafted.code, "D019" in drafted.out) == (0, False), drafted.out
    assert "错误 D019  issues/2024-04.md" in done.out
