"""The caret stands under the faulty characters: attributes, front matter, site.yaml, paragraphs."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from conftest import GOOD, UNTOLD, Project
from test_bad_input import FACTS, body, read

from guodong_site.diagnostics import Diagnostic
from guodong_site.pipeline import Options, make

ISSUE = "issues/2024-03.md"


def marked(found: Iterable[Diagnostic]) -> list[tuple[str, int, str]]:
    """Code, line and the very characters the caret stands under."""
    return [
        (d.rule.code, d.where.line, d.where.excerpt[-1][d.where.column - 1 : d.where.end_column] if d.where.excerpt else "")
        for d in found
    ]


def said(project: Project) -> list[tuple[str, int, str]]:
    """What is wrong with a project besides its placeholder address."""
    return [one for one in marked(make(Options(root=project.root, search=False)).found) if one[0] not in UNTOLD]


@pytest.mark.parametrize(
    ("attributes", "fault"),
    [
        ("{#a districts=市北,城洋区}", ("F029", 8, "城洋区")),
        ('{#a districts="市北、城洋区"}', ("F029", 8, "城洋区")),
        ("{#a date=2024-02-30}", ("F018", 8, "2024-02-30")),
        ("{#a date=“1024-02-03” author=甲}", ("F018", 8, "1024-02-03")),
    ],
)
def test_an_attribute(attributes: str, fault: tuple[str, int, str]) -> None:
    """The value in the braces, not the title before them."""
    assert marked(read(body(f"# 要闻\n\n## 甲会议 {attributes}\n\n正文。").encode())) == [fault]


def test_an_item_number_given_twice() -> None:
    """The second number, behind a title and behind a brief."""
    text = body("# 要闻\n\n## 甲 {#a}\n\n正文。\n\n## 乙 {#a}\n\n正文。\n\n# 简讯\n\n丙开会。 {#a}")

    assert marked(read(text.encode())) == [("F027", 12, "#a"), ("F027", 18, "#a")]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("published: 2024-03-14 09:00", ("D001", 4, "2024-03-14 09:00")),
        ("classification: 秘密", ("S003", 4, "秘密")),
        ("disclosure: 不予公开", ("S003", 4, "不予公开")),
    ],
)
def test_a_fact_that_vetoes(project: Project, line: str, fault: tuple[str, int, str]) -> None:
    """The value of the field."""
    project.write(ISSUE, GOOD.replace(FACTS, f"{FACTS}\n{line}"))

    assert said(project) == [fault]


def test_a_default_that_vetoes_is_shown_in_site_yaml(good: Project) -> None:
    """Where the issue says nothing, the office does."""
    settings = (good.root / "site.yaml").read_text(encoding="utf-8")
    good.write("site.yaml", settings.replace("classification: 公开", "classification: 秘密"))
    line = settings[: settings.index("classification:")].count("\n") + 1

    assert said(good) == [("S003", line, "秘密")]


@pytest.mark.parametrize(
    ("text", "line", "shown"),
    [
        ("手册。\n\n发：市人防指挥部", 12, "发：市人防指挥部"),
        ("**手册**。\n\n**发：**市人防\n指挥部", 12, "发：**市人防"),
        ("手册。\n\n- 甲\n- 报：市人防", 13, "报：市人防"),
        ("手册。\n\n| 甲 | 乙 |\n|---|---|\n| 送：丁 | 抄送：市人防 |", 14, "送：丁"),
    ],
)
def test_a_distribution_line(good: Project, text: str, line: int, shown: str) -> None:
    """The paragraph, list entry or cell itself, not the title of its article."""
    good.write(ISSUE, body(f"# 人防科技撷英\n\n## 甲\n\n{text}"))
    found = [one for one in said(good) if one[0] == "S005"]

    assert found[0] == ("S005", line, shown)


def test_site_yaml(good: Project) -> None:
    """The placeholder address, a weight that is none, a check that is none."""
    settings = (good.root / "site.yaml").read_text(encoding="utf-8")
    good.write("site.yaml", settings + "\nchecks:\n  title-markup: error\n  title-fullstop: eror\n")
    last = settings.count("\n") + 4
    line = settings[: settings.index("base_url:")].count("\n") + 1

    assert marked(make(Options(root=good.root, search=False)).found) == [
        ("M002", 1, ""),
        ("M001", line, "https://example.org/"),
        ("F015", last, "title-fullstop"),
        ("F016", last, "eror"),
    ]
