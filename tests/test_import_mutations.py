"""Bulletins as clerks really send them: whatever is done to one, no character is lost, and its structure is right or doubted."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import hypothesis.strategies as st
import pytest
from conftest import ROOT
from hypothesis import HealthCheck, example, given, settings

from guodong_site.fields import parse_date
from guodong_site.intake.importing import Imported, Order, imported
from guodong_site.intake.report_page import page
from guodong_site.office import read_office

GIVEN = (Path(__file__).parent / "data/given-issue.txt").read_text(encoding="utf-8")
_OFFICE, _ = read_office(ROOT)
assert _OFFICE is not None
OFFICE = _OFFICE
ROUTINE = "没有找到期号"
"""What is said of every bulletin without a masthead."""

Signature = list[tuple[str, list[tuple[str, int]]]]


def taken(text: str | bytes) -> Imported:
    """The import of a text, which is never refused for lost characters."""
    data = text if isinstance(text, bytes) else text.encode()
    made = imported(data, "a.txt", OFFICE, Order(date=parse_date("2023-03")), lambda _: None)
    assert isinstance(made, Imported), made
    return made


def signature(made: Imported) -> Signature:
    """Sections with the titles of their items and how many blocks each has."""
    return [
        (
            column.kind.name,
            [("".join(re.sub(r"\s", "", leaf.tidy) for leaf in item.title), len(item.blocks)) for item in column.items],
        )
        for column in made.bulletin.columns
    ]


def doubted(made: Imported) -> list[str]:
    return [one.said for one in made.doubts if not one.said.startswith(ROUTINE)]


REFERENCE = signature(taken(GIVEN))


def wrapped(text: str, width: int) -> str:
    """Every line broken after so many characters, as an old editor does."""
    return "\n".join("\n".join(line[at : at + width] for at in range(0, len(line), width)) for line in text.split("\n"))


def without_marks(text: str) -> str:
    return re.sub(r"(?m)^【.*】\n", "", text)


TITLE = "认清国防动员发展趋势"
LAST = REFERENCE[-1][1][0][1]


def last_article(title: str, blocks: int) -> Signature:
    """The reference with another last article."""
    return [*REFERENCE[:-1], (REFERENCE[-1][0], [(title, blocks)])]


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        ("unchanged", GIVEN, REFERENCE),
        ("no blank lines", re.sub(r"\n\s*\n", "\n", GIVEN), REFERENCE),
        ("double blank lines", GIVEN.replace("\n", "\n\n"), REFERENCE),
        ("full-width indents", re.sub(r"(?m)^(?=\S)", "　　", GIVEN), REFERENCE),
        ("CRLF and no-break spaces", GIVEN.replace("\n", "\r\n\u00a0"), REFERENCE),
        ("[ ]", GIVEN.replace("【", "[").replace("】", "]"), REFERENCE),
        ("［ ］", GIVEN.replace("【", "［").replace("】", "］"), REFERENCE),
        ("〔 〕", GIVEN.replace("【", "〔").replace("】", "〕"), REFERENCE),
        ("（ ）", GIVEN.replace("【", "（").replace("】", "）"), REFERENCE),
        ("plain lines", GIVEN.replace("【", "").replace("】", ""), REFERENCE),
        ("★ ★", GIVEN.replace("【", "★ ").replace("】", " ★"), REFERENCE),
        ("title in one line", GIVEN.replace("近平总书记\n\n在中央", "近平总书记在中央"), REFERENCE),
        ("title in three", GIVEN.replace("2023年春季学期开学典礼上的重要", "\n2023年春季学期开学典礼上的重要", 1), REFERENCE),
        ("half-width marks", GIVEN.replace("。", ".").replace("，", ","), REFERENCE),
        ("hard lines of 38", wrapped(GIVEN, 38), REFERENCE),
        ("hard lines of 60", wrapped(GIVEN, 60), REFERENCE),
        ("hard lines of 30", wrapped(GIVEN, 30), REFERENCE),
        (
            "headings 一、",
            GIVEN.replace("体系化特点是国防动员的一大发展趋势。", "一、体系化特点\n体系化特点是国防动员的一大发展趋势。"),
            last_article(TITLE, LAST + 1),
        ),
        (
            "subtitle",
            GIVEN.replace(f"{TITLE}\n", f"{TITLE}\n——关于新年度工作的思考\n", 1),
            last_article(f"{TITLE}——关于新年度工作的思考", LAST),
        ),
        ("by-line", GIVEN.replace(f"{TITLE}\n", f"{TITLE}\n张三\n", 1), REFERENCE),
        ("作者：", GIVEN.replace(f"{TITLE}\n", f"{TITLE}\n作者：张　三\n", 1), REFERENCE),
        ("source of its own line", GIVEN.replace("（来源：", "\n（来源："), last_article(TITLE, LAST + 1)),
        ("source without brackets", GIVEN.replace("（来源：中国国防报）", "\n来源：中国国防报"), REFERENCE),
        ("转自", GIVEN.replace("（来源：中国国防报）", "（转自《解放军报》）"), REFERENCE),
        ("GB18030", GIVEN.encode("gb18030"), REFERENCE),
        ("UTF-16", GIVEN.encode("utf-16"), REFERENCE),
        ("page numbers", GIVEN.replace("\n\n", "\n\n— 3 —\n\n", 3), REFERENCE),
        (
            "a masthead",
            "工 作 动 态\n\n2023年第3期（总第312期）\n青岛市国防动员办公室编　2023年3月10日\n————————\n" + GIVEN,
            REFERENCE,
        ),
    ],
)
def test_right(name: str, text: str | bytes, wanted: Signature) -> None:
    """Of the fifteen mutations and some more, all that carry enough evidence are read right."""
    made = taken(text)

    assert signature(made) == wanted, (name, doubted(made))


def test_missing_marks_are_doubted() -> None:
    """Without section marks briefs cannot be told from an article: it is said which sections are not there."""
    assert any("没有找到栏目：区市动态、简讯、人防科技撷英" in said for said in doubted(taken(without_marks(GIVEN))))


def test_authors_and_sources_are_taken() -> None:
    """By-lines and sources in all their places end in the attributes, a bare name with a doubt."""

    def last(text: str) -> tuple[str, str]:
        item = taken(text).bulletin.items[-1]
        return (item.author.tidy if item.author else "", item.source.tidy if item.source else item.told or "")

    named = GIVEN.replace(f"{TITLE}\n", f"{TITLE}\n张三\n", 1)

    assert last(named) == ("张三", "")
    assert any("“张三”按作者处理" in said for said in doubted(taken(named)))
    assert last(GIVEN.replace(f"{TITLE}\n", f"{TITLE}\n作者：张三\n", 1)) == ("张三", "")
    assert last(GIVEN.replace(f"{TITLE}\n", f"{TITLE}\n通讯员 李四\n", 1)) == ("通讯员 李四", "")
    assert last(GIVEN.replace("（来源：中国国防报）", "\n来源：中国国防报")) == ("", "中国国防报")
    assert last(GIVEN.replace("（来源：中国国防报）", "（转自《解放军报》）")) == ("", "《解放军报》")


def test_sections_by_another_name_are_doubted() -> None:
    """简讯 as 工作简讯, a slip, a section nobody knows, one twice."""
    assert any("栏目“工作简讯”按“简讯”处理" in said for said in doubted(taken(GIVEN.replace("【简讯】", "【工作简讯】"))))
    assert any(
        "栏目“区市动太”按“区市动态”处理" in said for said in doubted(taken(GIVEN.replace("【区市动态】", "【区市动太】")))
    )
    assert any("“观点”不是本刊的栏目" in said for said in doubted(taken(GIVEN.replace("【简讯】", "【观点】"))))
    assert any("“简讯”出现了两次" in said for said in doubted(taken(GIVEN.replace("【人防科技撷英】", "【简讯】"))))


def test_text_behind_the_tail_is_doubted() -> None:
    """Lines like those of a tail in the middle are text, and are said."""
    made = taken(GIVEN.rstrip() + "\n\n补充一篇文章\n\n3月9日，市国动办又召开了会议，补充一篇文章。\n")

    assert any("像版记，但后面还有正文" in said for said in doubted(made))


@dataclass(frozen=True)
class Story:
    """An article of a made bulletin."""

    subject: str
    paragraphs: int

    @property
    def title(self) -> str:
        return f"市国动办组织开展{self.subject}工作"

    def text(self, at: int) -> str:
        if not at:
            return f"3月{len(self.subject)}日上午，市国动办组织开展{self.subject}工作，参加人员听取了情况介绍，研究了下一步的安排。"
        return (
            f"会议第{at}项要求，各单位要把{self.subject}摆上重要位置，落实责任，加强督促检查，务求取得实效，确保完成全年任务。"
        )


SUBJECTS = [
    "防空警报试鸣",
    "人防工程普查",
    "国防教育宣传",
    "应急疏散演练",
    "安全生产检查",
    "通信指挥训练",
    "队伍整组",
    "潜力调查统计",
]
stories = st.lists(
    st.builds(Story, st.sampled_from(SUBJECTS), st.integers(1, 4)), min_size=1, max_size=3, unique_by=lambda one: one.subject
)


@dataclass(frozen=True)
class Made:
    """A bulletin as lines (empty ones between paragraphs), and what it should be read as."""

    lines: tuple[str, ...]
    wanted: Signature


@st.composite
def bulletins(draw: st.DrawFn) -> Made:
    lines: list[str] = []
    wanted: Signature = []
    for name in ("要闻", "区市动态", "简讯", "人防科技撷英"):
        if name != "要闻" or draw(st.booleans()):
            lines.append(f"【{name}】")
        items: list[tuple[str, int]] = []
        for story in draw(stories):
            if name == "简讯":
                lines.append(story.text(0))
                items.append(("", 1))
            else:
                lines += [story.title, *(story.text(at) for at in range(story.paragraphs))]
                items.append((story.title, story.paragraphs))
        wanted.append((name, items))
    lines += ["发：各区（市）国动办，办领导", "政务公开：工作动态，国动办门户网"]
    return Made(lines=tuple(lines), wanted=wanted)


def split_title(lines: list[str]) -> list[str]:
    """The first title over two lines."""
    at = next(at for at, line in enumerate(lines) if line.startswith("市国动办组织开展") and line.endswith("工作"))
    return [*lines[:at], lines[at][:6], lines[at][6:], *lines[at + 1 :]]


def bracketed(marks: str) -> Callable[[list[str]], list[str]]:
    return lambda lines: [line.replace("【", marks[0]).replace("】", marks[1]) for line in lines]


def unmarked(lines: list[str]) -> list[str]:
    """One section mark lost."""
    at = max(at for at, line in enumerate(lines) if line.startswith("【"))
    return [*lines[:at], *lines[at + 1 :]]


LINES: list[Callable[[list[str]], list[str]]] = [
    split_title,
    unmarked,
    *(bracketed(marks) for marks in ("[]", "［］", "〔〕", "（）", "〖〗", "  ", "◆◆")),
    lambda lines: ["　　" + line for line in lines],
    lambda lines: [f"  {line}  " for line in lines],
    lambda lines: [line.replace("。", ".").replace("，", ",") for line in lines],
    lambda lines: [line.replace("，", "，\u200b") for line in lines],
    lambda lines: ["工作动态", "2023年第3期", *lines],
    lambda lines: [*lines[:3], "— 1 —", *lines[3:]],
    lambda lines: [line + "（来源：青岛日报）" if line.endswith("实效，确保完成全年任务。") else line for line in lines],
]
TEXTS: list[Callable[[list[str]], str]] = [
    "\n".join,
    "\n\n".join,
    "\n\n\n".join,
    "\r\n".join,
    "\r\n \r\n".join,
    lambda lines: wrapped("\n\n".join(lines), 26),
    lambda lines: wrapped("\n".join(lines), 33),
]
ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be"]


@given(
    bulletins(),
    st.lists(st.sampled_from(range(len(LINES))), max_size=3, unique=True),
    st.sampled_from(range(len(TEXTS))),
    st.sampled_from(ENCODINGS),
)
@settings(max_examples=150, suppress_health_check=list(HealthCheck))
def test_structure_is_right_or_doubted(made: Made, changes: list[int], join: int, encoding: str) -> None:
    """Any mutations at once: the structure that was meant, or a doubt; the characters all there either way."""
    lines = [*made.lines]
    for change in sorted(changes):
        lines = LINES[change](lines)
    got = taken(TEXTS[join](lines).encode(encoding))

    assert signature(got) == made.wanted or doubted(got), (lines, signature(got))


PIECES = st.sampled_from(
    "【简讯】 【区市动态】 简讯 【观点】 #要闻 ##标题 --- ``` |a|b| |---|---| 发：各区 政务公开：甲，乙：丙 第3期 2024年3月5日 一、建设 （一）加强 （来源：报） 来源：报 作者：张三 张三 ——副题 <br> "
    "<script>x</script> {#x} ![图](a.jpg) [x]:y 1.列表 -列表 >引 <!--x &lt; &#35; http://a.b/c_d 本期要目 目录 —3— … ：x === 【 】 ［1］ \\ * _ ＃".split()
)
CHARACTERS = "市国动办会议。，：；！？、“”‘’（）《》【】[]()<>{}#*_-+=~`|\\/&^%$@!1234. 　\t\u00a0\u200b\x0b\x00abc—…·＃：一二\ufeff\u2028"
ANYTHING = st.one_of(
    st.text(CHARACTERS, max_size=30),
    PIECES,
    st.tuples(PIECES, st.text(CHARACTERS, max_size=12)).map("".join),
    st.text(max_size=12),
)


@given(st.lists(ANYTHING, min_size=1, max_size=25), st.sampled_from(["\n", "\n\n", "\r\n"]))
@example(["【简讯】", "A", "1", "【简讯】", "1"], "\n")
@example(["1", "一、#"], "\n")
@example(["标题{#a}", "正文{#b}。"], "\n")
@example(["# 标题 #", "1. 正文<b>&amp;。"], "\n")
@settings(max_examples=250, suppress_health_check=list(HealthCheck))
def test_any_text_is_conserved(lines: list[str], between: str) -> None:
    """Whatever a file holds: no crash, no character lost between source, draft and what our own reader reads; a report of it."""
    data = between.join(lines).encode("utf-8", "ignore")
    made = imported(data, "a.txt", OFFICE, Order(date=parse_date("2023-03")), lambda _: None)

    if isinstance(made, Imported):
        assert page(made).endswith("</html>\n")
    else:
        assert made.rule.code == "F051", made.message


BULLETIN = """国防动员工作简报
第十二期
（总第88期）
青岛市国防动员办公室        2023年12月1日

本期要目
◆市国动办召开年度工作会议………1
◆市国动办开展应急疏散演练………3

市国动办召开年度工作会议
12月1日，市国动办召开年度工作会议，总结今年工作。
青岛市国防动员办公室
2023年12月1日
市国动办开展应急疏散演练
11月7日，市国动办开展应急疏散演练，效果良好。
                （通讯员 李四）
【简讯】
市北区开展宣传。
李沧区开展演练。
报：市委办公厅
发：各区（市）国动办
    市国动办各处室
编辑：王五    审核：赵六
青岛市国防动员办公室        2023年12月1日印发
"""


def test_masthead_contents_and_tail() -> None:
    """All that stands round the articles: facts, a list of contents, signatures, by-lines, who gets it, who made it."""
    made = imported(BULLETIN.encode(), "a.txt", OFFICE, Order(), lambda _: None)
    assert isinstance(made, Imported), made
    facts = made.bulletin.facts

    assert (facts.number, facts.total, facts.date, made.name) == (12, 88, "2023-12-01", "issues/2023-12.md")
    assert signature(made) == [
        ("要闻", [("市国动办召开年度工作会议", 3), ("市国动办开展应急疏散演练", 1)]),
        ("简讯", [("", 1), ("", 1)]),
    ]
    assert "distribution: 各区（市）国动办 市国动办各处室\n" in made.draft.text
    assert '演练 {#2 author="通讯员 李四"}' in made.draft.text
    assert [one.said for one in made.doubts] == ["没有找到栏目：区市动态、人防科技撷英", "“报：”一行没有放进草稿"]


def test_a_secret_bulletin_is_never_public_by_accident() -> None:
    """A mark of secrecy becomes the classification, which no build publishes."""
    made = imported(f"机密★10年\n{BULLETIN}".encode(), "a.txt", OFFICE, Order(), lambda _: None)
    assert isinstance(made, Imported), made

    assert "\nclassification: 机密\n" in made.draft.text
    assert any("刊头写着“机密★10年”" in one.said for one in made.doubts)
