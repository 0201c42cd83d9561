"""Bad files, bad machines, bad commands: unreadable issues, broken templates, output folders that are none; and what is printed."""

from __future__ import annotations

import json
import os
import re
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import GOOD, ROOT, UNTOLD, Project, snapshot
from hypothesis import given
from hypothesis import strategies as st
from test_bad_input import BODY, ISSUE, attempt, body, built, facts, more, read

from guodong_site.door import main
from guodong_site.judging import rules
from guodong_site.pipeline import Result
from guodong_site.report import exit_code
from guodong_site.source import decode


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project whose one faultless issue is built; the tests leave it as it is."""
    return built(tmp_path_factory.mktemp("master") / "project")


@pytest.fixture
def old(master: Project, tmp_path: Path) -> Project:
    """A copy of it, to break."""
    return Project(Path(shutil.copytree(master.root, tmp_path / "project")))


def holding(data: bytes) -> Callable[[Path], object]:
    """Writes these bytes."""
    return lambda path: path.write_bytes(data)


def leading_to(target: str) -> Callable[[Path], object]:
    """Makes a symbolic link."""
    return lambda path: path.symlink_to(target)


def huge(path: Path) -> None:
    """50 MB that take no room."""
    path.touch()
    os.truncate(path, 50 * 2**20)


# How the file comes about, code, line, words of the message, words of the hint.
FILES: dict[str, tuple[Callable[[Path], object], str, int, str, str]] = {
    "2001-01 UTF-16": (holding(GOOD.encode("utf-16")), "F002", 1, "UTF-16（记事本的“Unicode”）编码", "编码选 UTF-8"),
    "2001-02 UTF-16 big end": (holding(b"\xfe\xff" + GOOD.encode("utf-16-be")), "F002", 1, "UTF-16", "编码选 UTF-8"),
    "2001-03 UTF-16 unmarked": (holding(GOOD.encode("utf-16-le")), "F002", 1, "二进制内容", "UTF-8"),
    "2001-04 binary": (holding(b"PK\x03\x04\x14\0\x06\0\xff"), "F002", 1, "二进制内容，不是文本", "Word 文件请先另存为纯文本"),
    "2001-05 two encodings": (holding(GOOD.encode() + b"\n\xff\xff\n"), "F002", 16, "第 16 行", "重新从原稿复制"),
    "2001-06 empty": (holding(b""), "F001", 1, "文件是空的", "删掉这个文件"),
    "2001-07 blank": (holding(b" \r\n\t\n"), "F001", 1, "文件是空的", "删掉这个文件"),
    "2001-08 BOM alone": (holding(b"\xef\xbb\xbf\r\n"), "F001", 1, "文件是空的", "删掉这个文件"),
    "2001-09 50 MB": (huge, "F003", 1, "文件有 50 MB，太大了，没有读取", "把图片移到与本期同名的文件夹里"),
    "2001-10 folder": (Path.mkdir, "F004", 1, "打不开：它是文件夹，不是文件", "重新保存"),
    "2001-11 broken link": (leading_to("gone.md"), "F004", 1, "失效的链接，指向的文件已经不在", "把真正的文件放进来"),
    "2001-12 loop": (leading_to("2001-12.md"), "F004", 1, "失效的链接", "把真正的文件放进来"),
    "2001-13 no end": (leading_to("/dev/zero"), "F004", 1, "链接，指向项目以外", "把真正的文件放进"),
    "2001-14 memory": (leading_to("/proc/self/mem"), "F004", 1, "链接，指向项目以外", "把真正的文件放进"),
    "第三期 Chinese name": (holding(GOOD.encode()), "F007", 1, "文件名“第三期”不能做网址", "如 2024-03.md"),
    "A3 capital name": (holding(GOOD.encode()), "F007", 1, "文件名“A3”不能做网址", "如 2024-03.md"),
}


@pytest.fixture(scope="module")
def one_run(master: Project, tmp_path_factory: pytest.TempPathFactory) -> Result:
    """One build over all these files at once; it leaves the old site byte for byte as it was."""
    project = Project(Path(shutil.copytree(master.root, tmp_path_factory.mktemp("all") / "project")))
    for name, (come_about, *_) in FILES.items():
        come_about(project.root / f"issues/{name.split()[0]}.md")
    before = project.site()
    _, result = attempt(project)
    assert (result.written, project.site() == before) == (None, True)
    return result


@pytest.mark.parametrize("name", FILES)
def test_a_bad_file(one_run: Result, name: str) -> None:
    """Among all others it is said, once, in Chinese, with the cure; alone it would end with exit code 1."""
    _, code, line, message, hint = FILES[name]
    found = [d for d in one_run.found if d.where.path == f"issues/{name.split(maxsplit=1)[0]}.md"]

    assert [(d.rule.code, d.where.line, d.where.column) for d in found] == [(code, line, 1)]
    assert (message in found[0].message, hint in found[0].hint) == (True, True), found[0]
    assert re.findall("[A-Za-z]{4,}", found[0].message.replace("Unicode", "")) == []
    assert exit_code(found, building=True) == 1


@pytest.mark.parametrize("name", ["2001-01 UTF-16", "2001-09 50 MB", "2001-10 folder", "2001-12 loop", "2001-14 memory"])
def test_a_bad_file_stops_the_build(old: Project, name: str) -> None:
    """The command itself: what it prints, exit code 1, and the old site byte for byte."""
    come_about, code, _, message, _ = FILES[name]
    come_about(old.root / "issues/2001-12.md")
    before = old.site()
    done = old.run("build", "--no-search")

    assert (done.code, f"{code}  issues/2001-12.md：" in done.out, message in done.out) == (1, True, True), done.said
    assert "没有写出任何内容" in done.out
    assert old.site() == before


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("2024-07.md.txt", "期刊文件的名称要以 .md 结尾", "把文件改名为 2024-07.md"),
        ("2024/2024-07.markdown", "期刊文件的名称要以 .md 结尾", "把文件改名为 2024-07.md"),
        ("2024-07", "期刊文件的名称要以 .md 结尾", "把文件改名为 2024-07.md"),
        ("第七期.txt", "期刊文件的名称要以 .md 结尾", "把文件改名为 年份-期号.md"),
        ("2024-03.txt", "期刊文件的名称要以 .md 结尾", "已经有 2024-03.md"),
        ("2024-07.docx", "文字处理软件的文档", "用 guodong import 导入成 2024-07.md"),
        ("照片.jpg", "不会发布", "放进与本期同名的文件夹"),
    ],
)
def test_a_file_that_is_no_issue(old: Project, name: str, message: str, hint: str) -> None:
    """It is not passed over in silence: a warning says what to call it."""
    old.write(f"issues/{name}", GOOD)
    left, result = attempt(old)
    (fault,) = (d for d in result.found if d.rule.code not in UNTOLD)

    assert (left, fault.rule.code, fault.where.path) == (0, "F009", f"issues/{name}")
    assert (message in fault.message, hint in fault.hint) == (True, True), fault


def test_files_that_may_lie_among_the_issues(old: Project) -> None:
    """Pictures and attachments of an issue, reviews, hidden files and what Windows leaves are no news."""
    for name in ("2024-03/a.jpg", "2024-03/原稿/b.docx", "2024-03.review.yaml", ".x.txt", "~$2024-03.docx", "Thumbs.db"):
        old.write(f"issues/{name}", "x")
    _, result = attempt(old)

    assert [d.rule.code for d in result.found if d.rule.code not in UNTOLD] == []


def test_an_emptied_archive_is_said(old: Project) -> None:
    """The last issue gone takes the public ones with it: built, but not without a word."""
    (old.root / ISSUE).unlink()
    left, result = attempt(old)
    again, second = attempt(old)

    assert (left, [d.rule.code for d in result.found]) == (0, ["F034", "M002", "M001"])
    assert (again, [d.rule.code for d in second.found]) == (0, ["M002", "M001"])


def test_a_pipe_is_not_waited_for(old: Project) -> None:
    """A named pipe that nobody writes to is a fault, not an endless wait."""
    os.mkfifo(old.root / "issues/2024-04.md")
    done = old.run("build", "--no-search", timeout=15)

    assert (done.code, "F004  issues/2024-04.md" in done.out) == (1, True), done.said


def test_a_picture_that_cannot_be_read(old: Project) -> None:
    """It stops the build like a missing one; the old site stays."""
    old.write(ISSUE, more("![照片](2024-03/a.jpg)"))
    (old.root / "issues/2024-03").mkdir()
    (old.root / "issues/2024-03/a.jpg").symlink_to("/proc/self/mem")
    before = old.site()
    done = old.run("build", "--no-search")

    assert (done.code, "a.jpg" in done.out) == (1, True), done.said
    assert old.site() == before


def test_issues_that_is_no_folder(old: Project) -> None:
    """A file in the place of issues/ does not empty the public site."""
    shutil.rmtree(old.root / "issues")
    old.write("issues", "x")
    before = old.site()
    left, _ = attempt(old)

    assert (left, old.site() == before) == (1, True)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("name: [甲", ("F011", 1)),
        ("\tname: 甲", ("F012", 1)),
        ("name: 工作动态\nname: 甲", ("F014", 2)),
        ("nmae: 工作动态", ("F015", 1)),
    ],
)
def test_bad_settings(old: Project, text: str, fault: tuple[str, int]) -> None:
    """site.yaml is read with the same care: exit 1 at its place, the old site as it was."""
    rest = re.sub("(?m)^name: .*$", "", (old.root / "site.yaml").read_text(encoding="utf-8"))
    old.write("site.yaml", f"{text}\n{rest}")
    before = old.site()
    left, result = attempt(old)

    assert fault in [(d.rule.code, d.where.line) for d in result.found if d.where.path == "site.yaml"]
    assert (left, old.site() == before) == (1, True)


@pytest.mark.parametrize(
    ("name", "right", "typo"),
    [
        ("base.html", "{% endblock", "{% endblok"),
        ("pages/article.html", "{{ ", "{{ nosuch."),
        ("pages/article.html", "{{ ", "{{ 1 / 0 ~ "),
        ("macros/titles.html", "{{ title", "{{ nosuch ~ title"),
        ("pages/article.html", "{% block", "{% bloc"),
    ],
)
def test_a_template_with_a_typo(old: Project, name: str, right: str, typo: str) -> None:
    """Exit 1 with file and line of the template; no page is written, not even the good ones."""
    template = old.root / "templates" / name
    text = template.read_text(encoding="utf-8")
    line = text[: text.index(right)].count("\n") + 1
    template.write_text(text.replace(right, typo, 1), encoding="utf-8")
    old.write(ISSUE, GOOD.replace("总结去年工作", "全面总结"))
    before = old.site()
    done = old.run("build", "--no-search")

    assert (done.code, f"F030  templates/{name} 第 {line} 行" in done.out, "模板写错了" in done.out) == (1, True, True), (
        done.said
    )
    assert old.site() == before


@pytest.mark.parametrize(
    ("out", "code", "words"),
    [
        ("issues", 2, "不能放在 issues/ 里面"),
        ("issues/2024/site", 2, "不能放在 issues/ 里面"),
        ("templates/x", 2, "不能放在 templates/ 里面"),
        ("static", 2, "不能放在 static/ 里面"),
        ("benchmarks/x", 2, "不能放在 benchmarks/ 里面"),
        (".ci", 2, "不能放在 .ci/ 里面"),
        (".", 2, "不能是项目文件夹本身"),
        ("..", 2, "不能是项目文件夹本身或它的上级"),
        ("/", 2, "不能是项目文件夹本身或它的上级"),
        ("site.yaml", 2, "“site.yaml”是一个文件，不是文件夹"),
        ("editorial/../notes", 2, "文件夹“notes”里已有别的文件（如“mine.txt”）"),
        ("site.yaml/www", 4, "写不进“site.yaml/www”：上级不是文件夹"),
        ("/proc/guodong/www", 4, "写不进“/proc/guodong/www”："),
        ("/dev/null/www", 4, "写不进“/dev/null/www”：上级不是文件夹"),
    ],
)
def test_an_output_folder_that_is_none(master: Project, out: str, code: int, words: str) -> None:
    """Refused (2) or impossible (4) in a Chinese sentence; nothing in the project is written or deleted."""
    master.write("notes/mine.txt", "我的")
    before = snapshot(master.root)
    done = master.run("build", "--no-search", "--out", out)
    (sentence,) = (line for line in done.said.split("\n") if words in line)

    assert done.code == code, done.said
    assert re.findall("[A-Za-z]{2,}", sentence.rpartition("：")[2] if code == 4 else "") == []
    assert "没有写出任何内容" in done.said
    assert snapshot(master.root) == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "缺少 命令"),
        (["bild"], "不能写“bild”，可以写："),
        (["build", "--fast"], "不认识“--fast”"),
        (["build", "--out"], "--out 后面缺少内容"),
        (["build", "--out"], "查看用法：guodong build --help"),
        (["build", "--format", "xml"], "--format 不能写“xml”，可以写："),
        (["build", "--base-url", "example"], "“example”不是完整的网址"),
        (["build", "--base-url", "http://[x/"], "“http://[x/”不是完整的网址"),
        (["build", "--root", "issues"], "不是工作动态的项目文件夹"),
        (["check", "issues/2024-99.md"], "“issues/2024-99.md”"),
        (["serve", "--port", "x"], "--port 后面要写整数，“x”不是"),
        (["explain"], "缺少 代码"),
        (["explain", "Z999"], "没有“Z999”这个代码"),
    ],
)
def test_wrong_usage(master: Project, arguments: list[str], words: str) -> None:
    """Exit 2, one Chinese sentence, nothing written."""
    before = snapshot(master.root)
    done = master.run(*arguments)

    assert (done.code, words in done.said) == (2, True), done.said
    assert snapshot(master.root) == before


@pytest.mark.parametrize("code", rules())
def test_every_code_is_explained(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    """By code and by name: why, a wrong and a right example."""
    rule = rules()[code]
    said = []
    for word in (code, code.lower(), rule.name):
        assert main(["explain", word]) == 0
        said.append(capsys.readouterr().out)

    assert said[0].startswith(f"{code}  {rule.title}（{rule.name}，")
    assert [part in said[0] for part in (rule.why, "错：", "对：")] == [True] * 3
    assert said == said[:1] * 3


LONG = (ROOT / "tests/data/given-issue.txt").read_text(encoding="utf-8").split("\n")[5]
THREE = {
    "issues/2024-01.md": facts("number: 1\ndate：2024年13月"),
    "issues/2024-02.md": body("# 要聞动态\n\n## 甲\n\n乙").replace("number: 3", "number: 2"),
    "issues/2024-04.md": more(LONG[:120] + "召开<iframe>会议" + LONG[120:240]).replace("number: 3", "number: 4"),
}


def cells(text: str) -> int:
    """How wide a terminal shows it: a 汉字 takes two cells."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def test_the_caret_stands_under_the_right_character(good: Project) -> None:
    """Below the line shown, as far right and as wide as the fault itself, also in a line too long to show."""
    for name, text in THREE.items():
        good.write(name, text)
    lines = good.run("check").out.split("\n")
    marked = []
    for number, line in enumerate(lines):
        if "▶" in line:
            carets = lines[number + 1]
            begin, end = cells(carets[: carets.index("^")]), cells(carets)
            marked.append("".join(c for n, c in enumerate(line) if begin <= cells(line[:n]) < end))

    assert marked == ["2024年13月", "要聞动态", "<iframe>", "https://example.org/"]


def test_the_json_a_program_reads(good: Project) -> None:
    """The shape of the design; `item` names the article where there is one."""
    for name, text in THREE.items():
        good.write(name, text)
    done = good.run("check", "--format", "json")
    data = json.loads(done.out)
    hint = "写成 2024-03-15 这样的年-月-日，并核对这一天是否存在；“2024年3月15日”也可以"
    (title,) = (one for one in data["inferred"] if one["field"] == "title")

    assert sorted(data) == ["counts", "diagnostics", "exit", "inferred", "version"]
    assert (done.code, data["exit"], data["version"], done.err) == (3, 3, 1, "")
    assert data["counts"] == {"veto": 1, "error": 2, "warning": 2, "info": 0}
    assert [one["code"] for one in data["diagnostics"]] == ["F018", "F021", "S001", "M002", "M001"]
    assert data["diagnostics"][0] == {
        "code": "F018", "name": "impossible-date", "severity": "error", "file": "issues/2024-01.md", "line": 3, "column": 6,
        "end_column": 13, "message": "“2024年13月”不是真实的日期", "hint": hint, "item": None,
    }  # fmt: skip
    assert title == {
        "file": ISSUE, "line": 14, "item": "2024-03/2", "field": "title", "value": "市国动办开展志愿服务活动", "evidence": "第一分句",
    }  # fmt: skip


def test_the_annotations_github_shows(good: Project) -> None:
    """One workflow command a fault, nothing else; marks that would end a property are escaped."""
    for name, text in THREE.items():
        good.write(name, text)
    good.write("issues/a,b：100%.md", "")
    lines = good.run("check", "--format", "github").out.splitlines()

    assert lines[0] == (
        "::error file=issues/2024-01.md,line=3,col=6,endColumn=13,title=F018::“2024年13月”不是真实的日期。改法：写成 "
        "2024-03-15 这样的年-月-日，并核对这一天是否存在；“2024年3月15日”也可以"
    )
    assert [line.split(" ")[0] for line in lines] == ["::error"] * 4 + ["::warning"] * 2
    assert lines[3].startswith("::error file=issues/a%2Cb：100%25.md,line=1,col=1,endColumn=1,title=F007::文件名“a,b：100%25”")


PIECES = ("---\n", "number: 3\n", "date: 2024-03-15\n", "channels: [", "]", "{", "}", '"', "'", ": ", "：", "\t", "- ", "&a ", "*a", "!!", "|\n",
    "? ", "# ", "\n", "\n\n", "  ", "\u3000", "＃", "# 要闻\n", "# 简讯\n", "## ", "### ", "国动", "，", "。", "3月6日", "2024-02-30", "市北区",
    "{#a ", "source=", "“", "”", "<b>", "<script>", "</", "<!--", "<br>", "onclick=", "![", "](", ")", "[1]: ", "//", "http://", "2024-03.md#1",
    "javascript:", "`", "```\n", "*", "**", "_", "> ", "1. ", "|", "|-|-|\n", "&#", "&lt;", "\\", "\x07", "\x02", "\u2028", "\ufeff", "😀", "\r")  # fmt: skip
SCRIBBLE = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=40).map("".join)


def places_are_real(data: bytes) -> None:
    """Reads a file; each fault says something, at a place the file has."""
    text, _ = decode(ISSUE, data)
    lines = text.text.split("\n") if text else []
    found = read(data)
    assert text is not None or found
    for fault in found:
        assert fault.message
        assert text is None or 1 <= fault.where.line <= len(lines), fault
        assert not fault.where.excerpt or 1 <= fault.where.column <= len(lines[fault.where.line - 1]) + 1, fault


@given(st.binary() | st.binary().map(lambda data: GOOD.encode("gb18030") + data))
def test_reading_never_raises_whatever_the_bytes(data: bytes) -> None:
    """Bytes become text or a fault."""
    places_are_real(data)


@given(SCRIBBLE)
def test_reading_never_raises_whatever_the_front_matter(scribble: str) -> None:
    """Any YAML, and what is no YAML, becomes facts or faults."""
    places_are_real(f"---\n{scribble}\n---\n\n{BODY}".encode("utf-8", "replace"))


@given(SCRIBBLE)
def test_reading_never_raises_whatever_the_body(scribble: str) -> None:
    """Any Markdown, and any rubbish, becomes articles or faults."""
    places_are_real(body(f"{BODY}{scribble}").encode("utf-8", "replace"))


@pytest.mark.parametrize(
    "text",
    ["[甲](//[乙)", "- " * 2000 + "甲", "\n".join("    " * n + "- 甲" for n in range(300))],
    ids=["address", "list", "nested list"],
)
def test_rubbish_of_a_kind_that_breaks_parsers(old: Project, text: str) -> None:
    """An address that is none, a thousand levels: built or refused, in a sentence, never our bug (70)."""
    old.write(ISSUE, more(text))
    done = old.run("build", "--no-search")

    assert done.code in {0, 1, 3}, done.said
