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


@pytest.mark.parametrize("text", ["- " * 100_000 + "甲", "[" * 100_000, "\n".join(" " * n + "a:" for n in range(3000))])
def test_depth_is_refused_before_the_reader_falls_into_it(text: str) -> None:
    """A list of a hundred thousand levels would end the whole program."""
    assert [d.rule.code for d in read(f"---\n{FACTS}\na:\n{text}\n---\n\n{BODY}".encode())] == ["F032"]
