"""What an article's HTML becomes on paper: nothing lost, nothing out of order; titles broken between words."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guodong_site.galley import Node, set_blocks
from guodong_site.model import Title
from guodong_site.prose import convert
from guodong_site.source import SourceText
from guodong_site.title_lines import WIDEST, title_lines, width


def picture(address: str, text: str) -> Node | None:
    """Every picture is there but one."""
    return None if "gone" in address else {"name": "p.jpeg", "alt": text, "width": 50.0}


def put(source: str) -> list[Node]:
    return set_blocks(source, picture, "https://example.org")


def said(value: Any) -> str:
    """All texts of a tree, in order; a picture's text is not read, its caption is."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "".join(map(said, value))
    return "".join(said(value[key]) for key in ("text", "c", "cap", "items", "lines", "cells") if key in value)


_MARKDOWN = (
    "一段话。", "**粗**的字", "*斜*", "`a<b`", "[链接](https://www.gov.cn/)", "\n\n", "\n", "### 小标题\n", "> 引", "- 项\n", "1. 一\n",
    "    - 嵌套\n", "| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |\n", "---\n", "<u>下</u>", "<br>", "<sub>2</sub>", "&amp;", "a b  c", "　", "\\*", "#",
    '<table><tr><td rowspan="3">甲</td><td colspan="9">乙</td></tr><tr><td>丙</td></tr></table>',
    "<div>文<p>段</p>尾</div>", "<dl><dt>词</dt><dd>义</dd></dl>", "<pre>  行\n 二</pre>", "<ruby>昇<rt>sheng</rt></ruby>",
)  # fmt: skip


@given(st.lists(st.one_of(st.sampled_from(_MARKDOWN), st.text("国防“”，。abc1 ", max_size=12)), max_size=14))
def test_nothing_is_lost(parts: list[str]) -> None:
    """Every text that a reader of the page sees is set, in its order."""
    text = "".join(parts)
    source = SourceText(path="a.md", text=text)
    prose, _ = convert(source, 1, text.split("\n"), lambda target, _, __: target)
    made = [said(put(block.html)) for block in prose.blocks]
    expected = ["".join(block.units) for block in prose.blocks]

    assert [re.sub(r"\s", "", one) for one in made] == [re.sub(r"\s", "", one) for one in expected]


@pytest.mark.parametrize(
    ("source", "made"),
    [
        ("<p>甲 \n 乙<strong>丙</strong></p>", [{"t": "p", "c": ["甲 乙", {"t": "strong", "c": ["丙"]}]}]),
        ('<p><a href="/a/">站内</a></p>', [{"t": "p", "c": [{"t": "a", "c": ["站内"], "href": "https://example.org/a/"}]}]),
        ('<p><a href="#x">此处</a></p>', [{"t": "p", "c": [{"t": "span", "c": ["此处"], "href": "#x"}]}]),
        (f"<p>看{'a' * 30}</p>", [{"t": "p", "c": ["看", {"t": "long", "text": "a" * 30}]}]),
        ('<p><img src="/a" alt="图"></p>', [{"t": "fig", "name": "p.jpeg", "alt": "图", "width": 50.0, "cap": []}]),
        ('<p><img src="/gone" alt="图"></p>', []),
        (
            '<figure><img src="/a" alt="图"><figcaption>注</figcaption></figure>',
            [{"t": "fig", "name": "p.jpeg", "alt": "图", "width": 50.0, "cap": ["注"]}],
        ),
        ("<pre>  a\n b</pre>", [{"t": "pre", "lines": ["  a", " b"]}]),
        (
            '<ol start="3"><li>一</li></ol>',
            [{"t": "list", "ordered": True, "start": 3, "items": [[{"t": "p", "c": ["一"]}]]}],
        ),
    ],
)
def test_what_is_set(source: str, made: list[Node]) -> None:
    """One by one."""
    assert put(source) == made


def test_cells_never_overlap() -> None:
    """Spans that reach over each other or out of the table are cut, gaps are filled."""
    rows = '<tr><td rowspan="5">甲</td><td>乙</td></tr><tr><td colspan="4">丙</td></tr><tr><td>丁</td></tr>'
    (table,) = put(f"<table>{rows}</table>")
    taken = [
        (cell["x"] + x, cell["y"] + y)
        for cell in table["cells"]
        for x in range(cell["colspan"])
        for y in range(cell["rowspan"])
    ]

    assert sorted(taken) == [(x, y) for x in range(table["columns"]) for y in range(table["rows"])]


def test_titles_break_between_words() -> None:
    """An editor's line that fits stays; a wider one is broken at a word's edge, into lines much alike."""
    kept = Title(lines=("青岛市国动办召开2023年度", "推进全面从严治党工作会议"))
    words = (
        "市",
        "国动办",
        "党组",
        "会议",
        "学习",
        "贯彻",
        "落实",
        "全市",
        "国防",
        "动员",
        "工作",
        "会议",
        "精神",
        "的",
        "情况",
        "通报",
    )
    long = Title(lines=("".join(words),), segments=(words,))
    endless = Title(lines=("a" * 200,), segments=(("a" * 200,),))

    assert title_lines(kept) == kept.lines
    assert title_lines(long) == ("市国动办党组会议学习贯彻落实全市", "国防动员工作会议精神的情况通报")
    assert [max(map(width, title_lines(one))) <= WIDEST for one in (long, endless)] == [True, True]
    assert ["".join(title_lines(one)) for one in (long, endless)] == [long.text, endless.text]
