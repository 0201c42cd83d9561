"""Small readers: outlines, briefs' titles, attributes, districts, dates, titles that may break."""

from __future__ import annotations

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from guodong_site.fields import parse_date
from guodong_site.gazetteer import leading_district
from guodong_site.manuscript import Manuscript, read_manuscript
from guodong_site.model import Title
from guodong_site.office import read_office
from guodong_site.outline import first_clause
from guodong_site.source import SourceText
from guodong_site.words import Cutter

SETTINGS = read_office(ROOT)[0]
assert SETTINGS is not None
CUTTER = Cutter(SETTINGS.words)
HEAD = "---\nnumber: 3\ndate: 2024-03-15\n---\n\n"


def read(body: str) -> Manuscript:
    assert SETTINGS is not None
    return read_manuscript(SourceText(path="issues/2024-03.md", text=HEAD + body), "2024-03", SETTINGS, CUTTER)


@pytest.mark.parametrize(
    ("paragraph", "title"),
    [
        ("市国动办开展训练，全体人员参加。", "市国动办开展训练"),
        ("3月6日上午，市国动办开展训练，全体人员参加。", "市国动办开展训练"),
        ("2024年3月6日至8日，平度市开展拉练。", "平度市开展拉练"),
        ("近日，莱西市召开会议。", "莱西市召开会议"),
        ("市国动办开展“学雷锋，当先锋”活动，发放手册。", "市国动办开展“学雷锋，当先锋”活动"),
        ("召开（扩大，全体）会议。", "召开（扩大，全体）会议"),
        ("没有标点的一段", "没有标点的一段"),
        ("3月6日。", "3月6日。"),
    ],
)
def test_the_title_of_a_brief(paragraph: str, title: str) -> None:
    """Its first clause outside quotes and brackets; a clause that is only a date does not count."""
    assert first_clause(paragraph) == title


@pytest.mark.parametrize(
    ("paragraph", "slug"),
    [
        ("市北区国动办联合青岛市国动办", "shibei"),
        ("西海岸新区借助自媒体", "xihaian"),
        ("青岛西海岸新区开展演练", "xihaian"),
        ("黄岛区开展演练", "xihaian"),
        ("即墨组织民防宣传", "jimo"),
        ("莱西市人防办分别在北京路社区", "laixi"),
        ("市北分校举行演练", None),
        ("崂山路沿线开展宣传", None),
        ("胶州湾大桥维护", None),
        ("平度路小学开展活动", None),
        ("青岛市国动办召开会议", None),
        ("各区市国动办同步开展", None),
    ],
)
def test_districts_at_the_beginning(paragraph: str, slug: str | None) -> None:
    """A paragraph belongs to the district it begins with, not to a school or street of that name."""
    assert SETTINGS is not None
    district = leading_district(paragraph, SETTINGS.districts)

    assert (district.slug if district else None) == slug


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024-02-29", "2024-02-29"),
        ("2024年3月5日", "2024-03-05"),
        ("2023-03", "2023-03"),
        ("2023年3月", "2023-03"),
        ("2024-2-9", "2024-02-09"),
        ("2023-02-29", None),
        ("2023年13月", None),
        ("2023", None),
        ("三月", None),
    ],
)
def test_dates(text: str, iso: str | None) -> None:
    """Real days and months in both spellings; nothing else."""
    date = parse_date(text)

    assert (date.iso if date else None) == iso


def test_attributes_of_headings_and_briefs() -> None:
    """Id, source, author, date and districts on a heading; an id at the end of a brief."""
    body = (
        "# 要闻\n\n## 认清趋势 {#trends source=中国国防报 author=“张 三” date=2024-03-01 districts=市北区,平度}\n\n正文。\n\n"
        "# 简讯\n\n市国动办开展训练，全体参加。 {#drill}\n"
    )
    made = read(body)
    assert made.issue is not None
    story, brief = made.issue.articles

    assert made.found == ()
    assert (story.id, story.title.text, story.source, story.author) == ("trends", "认清趋势", "中国国防报", "张 三")
    assert (story.date.iso if story.date else None, story.districts) == ("2024-03-01", ("shibei", "pingdu"))
    assert (brief.id, brief.title.text, brief.prose.text) == ("drill", "市国动办开展训练", "市国动办开展训练，全体参加。")


def test_briefs_take_pictures_and_ordinary_items() -> None:
    """In a section of briefs a picture belongs to the brief before it, and `##` makes an ordinary item."""
    body = "# 简讯\n\n甲办开展训练，参加。\n\n乙办开展活动，参加。\n第二行。\n\n## 丙办召开会议\n\n第一段。\n\n第二段。\n"
    made = read(body)
    assert made.issue is not None

    assert [(a.id, a.title.text, a.brief, len(a.prose.blocks)) for a in made.issue.articles] == [
        ("1", "甲办开展训练", True, 1),
        ("2", "乙办开展活动", True, 1),
        ("3", "丙办召开会议", False, 2),
    ]


def test_what_was_concluded_is_said() -> None:
    """The title of a brief, a district, a source: each with its evidence."""
    made = read("# 简讯\n\n市北区开展训练，全体参加。（来源：青岛日报）\n")

    assert [(i.field, i.value) for i in made.inferred] == [
        ("title", "市北区开展训练"),
        ("source", "青岛日报"),
        ("district", "shibei"),
    ]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("市国动办召开", "工作会议"), "市国动办召开工作会议"),
        (("LED", "显示屏"), "LED显示屏"),
        (("Civil Defence", "2023"), "Civil Defence 2023"),
    ],
)
def test_title_lines_join(lines: tuple[str, ...], text: str) -> None:
    """Without a blank, except between two Latin words or numbers."""
    assert Title(lines=lines).text == text


@given(st.text())
def test_segments_lose_nothing(title: str) -> None:
    """The words of a title, joined, are the title."""
    assert "".join(CUTTER.segments(title)) == title


def test_titles_break_between_words() -> None:
    """Names of the office stay whole; numbers keep their measure; closing marks stay behind."""
    assert (
        "|".join(CUTTER.segments("青岛市国动办启动2023年国际民防日宣传周活动"))
        == "青岛市国动办|启动|2023年|国际民防日|宣传周|活动"
    )
