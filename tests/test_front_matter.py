"""Slips of the front matter: every one of a file in one run, each at its own characters, with what to type instead."""

from __future__ import annotations

import pytest
from test_bad_input import BODY, FACTS, facts, read


def marked(text: str) -> list[tuple[str, int, str]]:
    """What is wrong with an issue: code, line, the very characters the caret stands under."""
    return [
        (d.rule.code, d.where.line, d.where.excerpt[-1][d.where.column - 1 : d.where.end_column] if d.where.excerpt else "")
        for d in read(text.encode())
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            'title: "国动\nnumber: 三\ndaet: 2024-03-15\ndate: 2024-02-30',
            [("F013", 2, '"'), ("F016", 3, "三"), ("F015", 4, "daet"), ("F018", 5, "2024-02-30")],
        ),
        (
            "channels: [甲, 乙\nnumber: 3\ndate: 2024-13\nnumber: 4\nsummary: '甲",
            [("F011", 2, "["), ("F018", 4, "2024-13"), ("F014", 5, "number"), ("F013", 6, "'")],
        ),
        ("number\t: 三\ndate:\t2024-02-30\ntitle: 甲\t\t乙", [
            ("F012", 2, "\t"), ("F016", 2, "三"), ("F012", 3, "\t"), ("F018", 3, "2024-02-30"), ("F012", 4, "\t\t"),
        ]),
        ("number: 3\n\tdate: 2024-02-30", [("F012", 3, "\t"), ("F018", 3, "2024-02-30")]),
        ("number 3\ndate: 2024-02-30", [("F011", 2, "number 3"), ("F018", 3, "2024-02-30")]),
        ("number: 3\ndate 2024-03-15\ntittle: 甲", [("F011", 3, "date 2024-03-15"), ("F015", 4, "tittle")]),
        ("title: 国\x07\nnumber: 三\ndate: 2024-03-15", [("F031", 2, "\x07"), ("F016", 3, "三")]),
    ],
)  # fmt: skip
def test_one_slip_hides_no_other(text: str, said: list[tuple[str, int, str]]) -> None:
    """An open quote, an open bracket, tabs, a missing colon: the other lines are read all the same."""
    assert marked(facts(text)) == said


@pytest.mark.parametrize(
    ("text", "said", "message", "hint"),
    [
        ("number: 3\n  date: 2024-03-15", ("F011", 3, "  "), "“date”前面有空格", "删去行首的空格"),
        ("  number: 3\ndate: 2024-03-15", ("F011", 2, "  "), "“number”前面有空格", "删去行首的空格"),
        ("number: 3 date: 2024-03-15", ("F011", 2, "date"), "一行写了两项", "“date”另起一行写"),
        (
            FACTS + '\nsummary: "国动" 工作',
            ("F011", 4, '"国动" 工作'),
            "引号只括住了一部分",
            "用一对英文单引号把整项内容括起来",
        ),
        (FACTS + "\ntitle: *重点*", ("F011", 4, "*重点*"), "不能以“*”开头", "用英文引号把整项内容括起来"),
        (FACTS + "\ntitle: @甲", ("F011", 4, "@甲"), "不能以“@”开头", "用英文引号把整项内容括起来"),
    ],
)
def test_the_slip_is_named(text: str, said: tuple[str, int, str], message: str, hint: str) -> None:
    """The reason, not what PyYAML stumbles over; nothing else is complained of."""
    (fault,) = read(facts(text).encode())

    assert marked(facts(text)) == [said]
    assert (message in fault.message, hint in fault.hint) == (True, True), fault


@pytest.mark.parametrize(
    ("text", "said", "message", "hint"),
    [
        ("1024-03-15", "1024-03-15", "“1024-03-15”的年份不对", "核对年份 1024"),
        ("2204年3月15日", "2204年3月15日", "的年份不对", "核对年份 2204"),
    ],
)
def test_a_year_that_cannot_be_meant(text: str, said: str, message: str, hint: str) -> None:
    """A bulletin of the eleventh century is a slip of the keyboard."""
    (fault,) = read(facts(f"number: 3\ndate: {text}").encode())

    assert marked(facts(f"number: 3\ndate: {text}")) == [("F018", 3, said)]
    assert (message in fault.message, hint in fault.hint) == (True, True), fault


@pytest.mark.parametrize(
    ("text", "said", "hint"),
    [
        ("channels: [甲，乙]", "甲，乙", "channels: [甲, 乙]"),
        ("keywords: 甲、乙", "甲、乙", "keywords: [甲, 乙]"),
        ("keywords: 甲, 乙", "甲, 乙", "keywords: [甲, 乙]"),
        ("channels: [甲, 乙；丙]", "乙；丙", "channels: [乙, 丙]"),
    ],
)
def test_a_list_with_chinese_marks_is_not_one_word(text: str, said: str, hint: str) -> None:
    """What is meant as several is not published as one; in quotes the mark belongs to the name."""
    (fault,) = read(facts(f"{FACTS}\n{text}").encode())

    assert marked(facts(f"{FACTS}\n{text}")) == [("F016", 4, said)]
    assert hint in fault.hint
    assert marked(facts(f'{FACTS}\nkeywords: ["政策、法规", 千人]')) == []


@pytest.mark.parametrize(
    ("name", "meant"),
    [("期号: 3", "number"), ("日期: 2024-03-15", "date"), ("关键词：甲", "keywords"), ("密级: 公开", "classification")],
)
def test_a_chinese_name_is_understood(name: str, meant: str) -> None:
    """The key to type is named, though no letter of it stands there."""
    (fault,) = read(facts(f"{FACTS}\n{name}").encode())

    assert (fault.rule.code, fault.where.line, fault.hint) == ("F015", 4, f"您是不是想写“{meant}”？")


@pytest.mark.parametrize(
    ("text", "line", "said", "message"),
    [
        (f"---\n{FACTS}\n----\n\n{BODY}", 4, "----", "写的是减号“----”"),
        (f"—\n{FACTS}\n---\n\n{BODY}", 1, "—", "写的是破折号“—”"),
        (f"---\n{FACTS}\n——\n\n{BODY}\n---\n", 4, "——", "写的是破折号“——”"),
        (f"---\n{FACTS}\n ---\n\n{BODY}", 4, " ---", "写的是减号“---”"),
    ],
)
def test_a_mark_that_is_almost_one(text: str, line: int, said: str, message: str) -> None:
    """Four dashes, or what Word makes of three, are shown where they stand; the rest is read as it was meant."""
    (fault,) = read(text.encode())

    assert marked(text) == [("F010", line, said)]
    assert (message in fault.message, "改成 ---（三个减号）" in fault.hint) == (True, True), fault


@pytest.mark.parametrize("text", ["- " * 100_000 + "甲", "[" * 100_000, "\n".join(" " * n + "a:" for n in range(2000))])
def test_depth_is_refused_before_the_reader_falls_into_it(text: str) -> None:
    """A list of a hundred thousand levels would end the whole program."""
    assert [d.rule.code for d in read(f"---\n{FACTS}\na:\n{text}\n---\n\n{BODY}".encode())] == ["F032"]
