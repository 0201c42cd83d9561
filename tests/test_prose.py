"""Our Markdown: cases a person can read, and what one text of a page is."""

from __future__ import annotations

from pathlib import Path

import pytest

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
