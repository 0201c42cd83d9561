"""Bad issue files: a clear Chinese sentence at the right place, the right exit code, and the old site as it was."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from conftest import GOOD, ROOT, UNTOLD, Project, jpeg, new_project

from guodong_site.diagnostics import Diagnostic
from guodong_site.manuscript import read_manuscript
from guodong_site.office import read_office
from guodong_site.pipeline import Options, Result, build, stopped
from guodong_site.report import exit_code
from guodong_site.source import decode
from guodong_site.words import Cutter

ISSUE = "issues/2024-03.md"
FACTS = "number: 3\ndate: 2024-03-15"
BODY = "# 要闻\n\n## 甲会议\n\n正文。\n"
SETTINGS = read_office(ROOT)[0]
CUTTER = Cutter()


def read(data: bytes) -> list[Diagnostic]:
    """What is wrong with an issue file, by the project's own settings, without its neighbours."""
    assert SETTINGS is not None
    text, found = decode(ISSUE, data)
    return [*found, *(read_manuscript(text, "2024-03", SETTINGS, CUTTER).found if text else ())]


def facts(text: str) -> str:
    """An issue with this front matter (line 2 on) and a faultless body."""
    return f"---\n{text}\n---\n\n{BODY}"


def body(text: str) -> str:
    """An issue with a faultless front matter and this body, from line 6 on."""
    return f"---\n{FACTS}\n---\n\n{text}\n"


def more(text: str) -> str:
    """A faultless issue with this paragraph, at line 12."""
    return body(f"{BODY}\n{text}")


def attempt(project: Project) -> tuple[int, Result]:
    """Builds to public/ in this process: the exit code and the outcome."""
    result = build(Options(root=project.root, search=False), project.out)
    return exit_code(result.found, building=True), result


def built(folder: Path) -> Project:
    """A project in `folder` whose one faultless issue is built."""
    folder.mkdir()
    project = new_project(folder)
    project.write(ISSUE, GOOD)
    assert attempt(project)[0] == 0
    return project


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project the tests here begin with."""
    return built(tmp_path_factory.mktemp("master") / "project")


@pytest.fixture
def old(master: Project, tmp_path: Path) -> Project:
    """A copy of it, to break."""
    return Project(Path(shutil.copytree(master.root, tmp_path / "project")))


# What a clerk saves (OWN: the issue's own id): content, code, line, column (0: any), words of the message, words of the hint, exit code.
Case = tuple[str, str, int, int, str, str, int]
CASES: dict[str, Case] = {
    "bracket open on the last line": (facts(FACTS + "\nchannels: [甲, 乙"), "F011", 4, 0, "方括号没有配对", "[甲, 乙]", 1),
    "bracket open": (facts("channels: [甲, 乙\n" + FACTS), "F011", 2, 0, "方括号没有配对", "[甲, 乙]", 1),
    "colon missing on the first line": (facts("number 3\ndate: 2024-03-15"), "F011", 2, 0, "缺少冒号", "名称: 内容", 1),
    "colon missing on the last line": (facts("number: 3\ndate 2024-03-15"), "F011", 3, 0, "缺少冒号", "名称: 内容", 1),
    "two colons": (facts("title: 甲: 乙\n" + FACTS), "F011", 2, 9, "冒号的位置不对", "引号", 1),
    "a list": (facts("- 甲"), "F011", 2, 1, "不是“名称: 内容”的形式", "冒号后面留一个空格", 1),
    "control character": (facts(FACTS + "\ntitle: 国动\x07办"), "F031", 4, 10, "控制符", "重新输入", 1),
    "tab": (facts("number:\t3\ndate: 2024-03-15"), "F012", 2, 8, "制表符（Tab）", "改用空格", 1),
    "unclosed quote": (facts(FACTS + '\ntitle: "国动工作'), "F013", 4, 8, "没有配对的引号", "补上同样的引号", 1),
    "unclosed single quote": (facts("title: '国动\n" + FACTS), "F013", 2, 8, "没有配对的引号", "补上同样的引号", 1),
    "unclosed quote before another": (
        facts(f'title: "国动\n{FACTS}\nissuer: "乙"'), "F013", 2, 8, "没有配对的引号", "补上同样的引号", 1,
    ),
    "duplicate key": (facts(FACTS + "\ndate: 2024-03-16"), "F014", 4, 1, "“date”写了两次，第一次在第 3 行", "只留下", 1),
    "unknown key": (facts(FACTS + "\ntittle: 甲"), "F015", 4, 1, "不认识的名称“tittle”", "您是不是想写“title”？", 1),
    "Chinese key": (facts(FACTS + "\n期号: 3"), "F015", 4, 1, "不认识的名称“期号”", "您是不是想写“number”？", 1),
    "number in words": (facts("number: 三\ndate: 2024-03-15"), "F016", 2, 9, "“三”不是", "number: 3", 1),
    "missing number": (facts("date: 2024-03-15"), "F017", 2, 1, "缺少“number”", "加一行 number", 1),
    "missing date": (facts("number: 3"), "F017", 2, 1, "缺少“date”", "加一行 date", 1),
    "30 February": (facts("number: 2\ndate: 2023-02-30"), "F018", 3, 7, "“2023-02-30”不是真实的日期", "是否存在", 1),
    "month 13": (facts("number: 2\ndate: 2023年13月"), "F018", 3, 7, "“2023年13月”不是真实的日期", "年-月-日", 1),
    "no day": (facts("number: 2\ndate: 2023-02"), "F018", 3, 7, "缺少“日”", "legacy: true", 1),
    "foreign order": (facts("number: 2\ndate: 15/03/2024"), "F018", 3, 7, "“15/03/2024”不是", "2024-03-15", 1),
    "hour 25": (facts(FACTS + "\npublished: 2024-03-16 25:00"), "F018", 4, 12, "日期和时间", "时:分", 1),
    "no front matter": (BODY, "F010", 1, 1, "没有刊头信息", "第一行写 ---", 1),
    "endless front matter": ("---\nnumber: 3\n", "F010", 1, 1, "缺少第二行 ---", "再写一行 ---", 1),
    "no body": (body(""), "F028", 1, 1, "没有正文", "# 要闻", 1),
    "no section": (body("## 甲\n\n乙"), "F028", 6, 1, "没有分栏目", "# 要闻", 1),
    "unknown section": (body("# 要聞\n\n## 甲\n\n乙"), "F021", 6, 3, "栏目“要聞”不在目录中", "您是不是想写“# 要闻”？", 1),
    "strange section": (body("# 通知公告\n\n## 甲\n\n乙"), "F021", 6, 3, "“通知公告”不在目录中", "可以写：要闻、区市动态", 1),
    "nameless section": (body("#\n\n## 甲\n\n乙"), "F021", 6, 2, "# 后面没有栏目名称", "可以写：", 1),
    "repeated section": (body(f"{BODY}\n{BODY}"), "F022", 12, 3, "栏目“要闻”已经在第 6 行出现过", "合到一个栏目下", 1),
    "text before the first section": (body(f"本期导读\n\n{BODY}"), "F020", 6, 1, "第一个栏目之前有文字", "# 要闻", 1),
    "empty section": (body(f"# 区市动态\n\n{BODY}"), "F023", 6, 3, "栏目“区市动态”下面没有文章", "删去这一行", 1),
    "item without a body": (body(f"{BODY}\n## 乙会议"), "F024", 12, 4, "“乙会议”没有正文", "<br>", 1),
    "script": (more("市国动办<script>alert(1)</script>"), "S001", 12, 5, "不许可的 HTML：<script>", "删去这段代码", 3),
    "script in a title": (body("# 要闻\n\n## 甲<script>x</script>\n\n乙"), "S001", 8, 5, "不许可的 HTML：<script>", "删去", 3),
    "onclick": (more('看<b onclick="x()">这里</b>'), "S001", 12, 2, '不许可的属性：onclick="x()"', "删去这个属性", 3),
    "unquoted onclick": (more("看<b ONCLICK=x()>这里</b>"), "S001", 12, 2, "不许可的属性：ONCLICK=x()", "删去这个属性", 3),
    "brackets in a text": (more("甲<b、c>丁"), "S001", 12, 2, "“<b、c>”会被当成 HTML 删去", "写成 &lt; 和 &gt;", 3),
    "a sentence in brackets": (more("x <b and c> y"), "S001", 12, 3, "“<b and c>”会被当成 HTML 删去", "写成 &lt; 和 &gt;", 3),
    "iframe": (more('<iframe src="https://a.cn/"></iframe>'), "S001", 12, 1, "不许可的 HTML：<iframe>", "删去", 3),
    "javascript link": (more("看[这里](javascript:alert)"), "S001", 12, 7, "不许可的链接：javascript:alert", "删去链接", 3),
    "javascript in HTML": (more('看<a href="JavaScript:x">这</a>'), "S001", 12, 0, "不许可的链接：JavaScript:x", "删去链接", 3),
    "javascript by reference": (more("看[这里][1]\n\n[1]: javascript:x"), "S001", 14, 6, "不许可的链接", "删去链接", 3),
    "javascript in disguise": (more("看[这里](java&#115;cript:x)"), "S001", 12, 0, "不许可的链接", "删去链接", 3),
    "foreign picture": (more("![照片](https://a.cn/b.jpg)"), "S002", 12, 7, "图片来自外站：https://a.cn/b.jpg", "相对路径", 3),
    "foreign picture without scheme": (more("![照片](//a.cn/b.jpg)"), "S002", 12, 7, "图片来自外站：//a.cn/b.jpg", "相对", 3),
    "foreign picture by reference": (more("![照片][1]\n\n[1]: https://a.cn/b.jpg"), "S002", 14, 6, "图片来自外站", "相对", 3),
    "missing picture": (more("![照片](OWN/启动仪式.png)"), "K001", 12, 7, "找不到“OWN/启动仪式.png”", "issues/OWN/", 1),
    "misspelt picture": (more("![照](OWN/Photo.jpg)"), "K001", 12, 6, "找不到", "您是不是想写它？", 1),
    "picture without text": (more("![](OWN/photo.jpg)"), "K003", 12, 5, "图片没有文字说明", "在方括号里写上", 1),
    "picture with blank text": (more("![ ](OWN/photo.jpg)"), "K003", 12, 6, "图片没有文字说明", "在方括号里写上", 1),
    "dead link to an issue": (more("见[上期](2024-02.md)。"), "K002", 12, 7, "“2024-02.md”指向的页面不存在", "核对期号", 3),
    "dead link to an item": (more("见[上文](2024-03.md#9)。"), "K002", 12, 7, "“2024-03.md#9”指向的页面不存在", "核对期号", 3),
    "dead link to a page": (more("见[首页](/nowhere/)。"), "K002", 12, 7, "链接“/nowhere/”打不开", "核对地址", 3),
}  # fmt: skip


ALONE = (
    "tab",
    "unknown key",
    "month 13",
    "unknown section",
    "script",
    "foreign picture",
    "missing picture",
    "dead link to a page",
)


def own(text: str, number: int) -> str:
    """The text in the issue of this number."""
    return text.replace("OWN", f"2001-{number:02}")


def place(project: Project, number: int, case: Case) -> str:
    """Puts a case into the project, with a picture in its folder; its path."""
    project.write(own("issues/OWN/photo.jpg", number), jpeg(1))
    project.write(own("issues/OWN.md", number), own(case[0], number))
    return own("issues/OWN.md", number)


def expected(number: int, case: Case) -> tuple[str, str, int, int]:
    """Code, file, line and column of what is to be found first."""
    return (case[1], own("issues/OWN.md", number), case[2], case[3])


@pytest.fixture(scope="module")
def one_run(master: Project, tmp_path_factory: pytest.TempPathFactory) -> Result:
    """One build over every case at once; it leaves the old site byte for byte as it was."""
    project = Project(Path(shutil.copytree(master.root, tmp_path_factory.mktemp("all") / "project")))
    for number, case in enumerate(CASES.values()):
        place(project, number, case)
    before = project.site()
    _, result = attempt(project)
    assert (result.written, project.site() == before) == (None, True)
    return result


@pytest.mark.parametrize(
    "name", [name for name in CASES if name != "dead link to a page"]
)  # … which is found on finished pages
def test_a_bad_issue(one_run: Result, name: str) -> None:
    """Among all others it is said, in one sentence at its place, with the cure; alone it would stop the build."""
    number, case = list(CASES).index(name), CASES[name]
    found = [d for d in one_run.found if d.where.path == own("issues/OWN.md", number) and d.rule.code not in UNTOLD]
    first = [(d.rule.code, d.where.path, d.where.line, d.where.column if case[3] else 0) for d in found[:1]]

    assert first == [expected(number, case)]
    assert {d.rule.code for d in found} == {case[1]}
    assert (own(case[4], number) in found[0].message, own(case[5], number) in found[0].hint) == (True, True), found[0]
    assert (stopped(found), exit_code(found, building=True)) == (True, case[6])


@pytest.mark.parametrize("name", ALONE)
def test_a_bad_issue_stops_the_build(old: Project, name: str) -> None:
    """The command itself: what it prints, how it leaves, and the old site byte for byte."""
    case = CASES[name]
    path = place(old, 1, case)
    before = old.site()
    done = old.run("build", "--no-search")

    assert done.code == case[6], done.said
    assert f"{case[1]}  {path} 第 {case[2]} 行第 {case[3]} 列：" in done.out
    assert (own(case[4], 1) in done.out, own(case[5], 1) in done.out) == (True, True), done.out
    assert "没有写出任何内容，网站保持上一次的样子。" in done.out
    assert old.site() == before


def test_two_files_with_one_id(old: Project) -> None:
    """The second file is named, with the first; no month is proposed, for the file alone knows its own."""
    old.write("issues/2024/2024-03.md", GOOD)
    before = old.site()
    left, result = attempt(old)
    (fault,) = (d for d in result.found if d.rule.code == "F008")

    assert (fault.where.path, fault.message) == ("issues/2024/2024-03.md", "与 issues/2024-03.md 是同一期（2024-03）")
    assert fault.hint == "同一期只留一个文件；如果是另一期，文件名改成它自己的 年份-期号.md"
    assert (left, old.site()) == (1, before)


def test_of_two_files_the_well_named_one_is_right(old: Project) -> None:
    """`2024 03.md` comes before `2024-03.md` in the folder, and is the one to go all the same."""
    old.write("issues/2024 03.md", GOOD)
    _, result = attempt(old)
    found = [(d.rule.code, d.where.path, d.message) for d in result.found if d.rule.code not in UNTOLD]

    assert found == [
        ("F006", "issues/2024 03.md", "文件名里有空格，网址按“2024-03”处理"),
        ("F008", "issues/2024 03.md", "与 issues/2024-03.md 是同一期（2024-03）"),
    ]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (more("甲<script>x</script>乙<SCRIPT>y</SCRIPT>"), ["S001", "S001"]),
        (more("甲</script>乙"), ["S001"]),
        (more("甲<iframe></script>乙"), ["S001", "S001"]),
        (more("[](x)"), ["K001"]),
        (more("[附件](OWN/a.pdf)"), ["K001"]),
        (body("# 要闻\n\n## 甲\n\n### 小标题"), ["F024"]),
        (body("# 简讯\n\n### 小标题"), ["F024"]),
    ],
)
def test_one_fault_is_said_once(old: Project, text: str, codes: list[str]) -> None:
    """A script by its beginning, a missing file by its name; a heading is no body."""
    old.write(ISSUE, text)
    _, result = attempt(old)

    assert [d.rule.code for d in result.found if d.rule.code not in UNTOLD] == codes


COLONS = GOOD.replace("number: ", "number：").replace("date: ", "date：\u3000")
FORGIVEN: dict[str, tuple[str, bytes, list[str]]] = {
    "GB18030": (ISSUE, GOOD.encode("gb18030"), ["F005"]),
    "blanks in the file name": ("issues/2024 \u300003.md", GOOD.encode(), ["F006"]),
    "BOM": (ISSUE, b"\xef\xbb\xbf" + GOOD.encode(), []),
    "CRLF": (ISSUE, GOOD.replace("\n", "\r\n").encode(), []),
    "full-width colons": (ISSUE, COLONS.encode(), []),
    "Chinese date": (ISSUE, GOOD.replace("2024-03-15", "2024年3月15日").encode(), []),
    "full-width number signs": (ISSUE, GOOD.replace("## ", "＃＃").replace("#", "＃").encode(), []),
}


@pytest.mark.parametrize("case", FORGIVEN.values(), ids=FORGIVEN.keys())
def test_what_is_forgiven(old: Project, case: tuple[str, bytes, list[str]]) -> None:
    """The very bytes the tidy file gives, at the very addresses, with a warning where there is something to mend."""
    name, data, said = case
    before = old.site()
    (old.root / ISSUE).unlink()
    old.write(name, data)
    left, result = attempt(old)

    assert [d.rule.code for d in result.found if d.rule.code not in UNTOLD] == said
    assert (left, old.site()) == (0, before)


def test_a_title_with_a_full_stop(good: Project) -> None:
    """It is printed as written, with a warning."""
    good.write(ISSUE, GOOD.replace("召开工作会议\n", "召开工作会议。\n", 1))
    left, result = attempt(good)
    page = re.sub("<wbr>", "", good.site()["issues/2024-03/1/index.html"].decode())

    assert left == 0
    assert [(d.rule.code, d.where.line, d.where.column) for d in result.found if d.rule.code not in UNTOLD] == [("L001", 8, 4)]
    assert '<h1 class="t">市国动办召开工作会议。</h1>' in page


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("number：三\ndate: 2024-03-15", 2, 8),
        ("number： 三\ndate: 2024-03-15", 2, 9),
        ("number：\u3000\u3000三\ndate: 2024-03-15", 2, 10),
        ("number ：三\ndate: 2024-03-15", 2, 9),
        ("number：3\ndate：2023年13月", 3, 6),
        ("title：甲\nnumber：3\ndate: 2023年13月", 4, 7),
    ],
)
def test_columns_behind_a_full_width_colon_are_those_of_the_file(text: str, line: int, column: int) -> None:
    """The blank that YAML needs is not in the file, and not counted."""
    assert [(d.where.line, d.where.column) for d in read(facts(text).encode())] == [(line, column)]


def test_the_lines_shown_are_those_of_the_file() -> None:
    """A full-width colon is shown as it was typed."""
    (fault,) = read(facts("number：3\ndate：2023年13月").encode())

    assert fault.where.excerpt == ("number：3", "date：2023年13月")


def test_every_fault_of_every_file_in_one_run(good: Project) -> None:
    """Front matter and body of three files, all at once, in reading order; the faultless file is not mentioned."""
    good.write("issues/2024-01.md", "---\nnumber：一\ndaet: 2024-01-15\n---\n\n# 要聞\n\n## 甲\n\n看<iframe>\n")
    good.write("issues/2024-02.md", b"\xff\xfe-\0")
    good.write("issues/2024/2024-04.md", facts("date: 2024-04-31\nnumber: 4\nnumber: 5") + "\n## 乙\n\n## 丙\n\n丁\n")

    assert [fault[:4] for fault in good.found()] == [
        ("F017", "issues/2024-01.md", 2, 1),
        ("F016", "issues/2024-01.md", 2, 8),
        ("F015", "issues/2024-01.md", 3, 1),
        ("F021", "issues/2024-01.md", 6, 3),
        ("S001", "issues/2024-01.md", 10, 2),
        ("F002", "issues/2024-02.md", 1, 1),
        ("F018", "issues/2024/2024-04.md", 2, 7),
        ("F014", "issues/2024/2024-04.md", 4, 1),
        ("F024", "issues/2024/2024-04.md", 13, 4),
    ]
