"""Our Markdown: cases a person can read, and what one text of a page is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given as given_any
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from guodong_site.model import Prose
from guodong_site.prose import convert, shifted
from guodong_site.source import SourceText

CASES = (Path(__file__).parent / "prose/dialect.md").read_text(encoding="utf-8").split("\n.\n")[:-1]


def prose(body: str) -> Prose:
    text = SourceText(path="issues/x.md", text=body)
    made, found = convert(text, 1, body.split("\n"), lambda target, _picture, _where: "/at/" + target)

    assert found == []
    return made


@pytest.mark.parametrize(
    ("title", "source", "expected"), list(zip(CASES[::3], CASES[1::3], CASES[2::3], strict=True)), ids=CASES[::3]
)
def test_dialect(title: str, source: str, expected: str) -> None:
    """Each case of dialect.md gives its HTML."""
    assert "\n".join(block.html for block in prose(source).blocks) == expected, title


def test_units_are_what_a_reader_sees_as_one_text() -> None:
    """Paragraphs, list items, cells and captions are texts of their own; inline marks are not."""
    body = '一**段**文字\n\n- 甲\n- 乙\n\n| 单位 | 数 |\n|---|---|\n| 市北 | 3 |\n\n![说明文字](a.jpg "图题")'

    assert prose(body).units == ("一段文字", "甲", "乙", "单位", "数", "市北", "3", "图题")


def test_a_picture_alone_is_a_figure_with_its_caption() -> None:
    """The picture's title is the caption; its address is the site's."""
    (block,) = prose('![市民参观](a.jpg "3月1日，市民参观人防工程")').blocks

    assert block.html.startswith("<figure><img ")
    assert 'src="/at/a.jpg"' in block.html
    assert "<figcaption>3月1日，市民参观人防工程</figcaption></figure>" in block.html


def test_headings_move_with_their_page() -> None:
    """`###` is a second-level heading on the article's page and a fourth-level one inside the issue."""
    (block, _) = prose("### 一、总体要求\n\n正文。").blocks

    assert (shifted(block, -1), shifted(block, 1)) == ("<h2>一、总体要求</h2>", "<h4>一、总体要求</h4>")


def test_links_know_where_they_were_written() -> None:
    """The same target twice: each link at its own place in the file."""
    made = prose("见[甲](a.md)。\n再见[乙](a.md)。")

    assert [(link.where.line, link.where.column) for link in made.links] == [(1, 6), (2, 7)]


_PLAIN = st.text(
    st.sampled_from("青岛国防动员办公室，。！？；：“”（）《》、—…·ABcd12 34%/.-+=#>:\u3000\u2003\t~^|{}$@'\"&<*_`[]\\"),
    max_size=14,
)


@hypothesis_settings(max_examples=400)
@given_any(
    st.lists(st.one_of(_PLAIN, st.just(""), st.just("市国动办召开会议，研究工作。"), st.just("3月6日上午，")), max_size=9)
)
def test_plain_paragraphs_are_what_markdown_makes_of_them(lines: list[str]) -> None:
    """What goes past Markdown comes out as by Markdown: the same HTML, the same texts, the same complaints."""
    text = SourceText(path="x.md", text="\n".join(lines))
    short, short_found = convert(text, 1, lines, lambda *_: None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("guodong_site.prose._MARKED", re.compile(""))
        long, long_found = convert(text, 1, lines, lambda *_: None)

    assert [(block.html, block.units, block.heading) for block in short.blocks] == [
        (block.html, block.units, block.heading) for block in long.blocks
    ]
    assert (short.links, short_found) == (long.links, long_found)


def test_plain_paragraphs_are_found_where_they_stand() -> None:
    """The place of a paragraph is its first line, from its first letter to its last."""
    lines = ["", "\u3000\u3000市国动办召开会议，", "研究工作。", "", "“学习”"]
    made, _ = convert(SourceText(path="x.md", text="\n".join(lines)), 1, lines, lambda *_: None)

    assert [(block.places[0].line, block.places[0].column, block.places[0].end_column) for block in made.blocks] == [
        (2, 3, 10),
        (5, 2, 3),
    ]
