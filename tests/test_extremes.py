"""What no designer draws: titles of 200 characters and of one, a text of 100,000, a table of 30 columns, an archive of 2,400 issues."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import GOOD, Project, new_project, served
from faces import reader
from test_access import BEYOND

LONG = "市国动办召开国防动员体制改革和人防工程建设重点项目推进工作专题会议并对下一步工作作出部署安排" * 5
RARE = "𠮷野家的𬭸与㐂、昇堃犇喆玥䶮"
MARKS = "“A<b>”&“C”'d'《“甲”》"
ISSUE = f"""---
number: 3
date: 2024-03-15
---

# 要闻

## {LONG[:200]}

一个段落。

## 令

只有一个字的标题。

## {MARKS.replace("<", "&lt;")} {{#marks}}

标题里有尖括号、和号和引号。

## {RARE} {{#rare}}

生僻字：{RARE}。

## 十万字 {{#huge}}

{(("国防动员建设是一项长期任务，" * 30).rstrip("，") + "。" + chr(10) + chr(10)) * 240}

## 三十栏的表 {{#table}}

| {" | ".join(f"第{n}栏" for n in range(1, 31))} |
|{"---|" * 30}
| {" | ".join(str(n * 1000) for n in range(1, 31))} |

## {"A" * 120} {{#latin}}

一个没有空格的长词：{"https://example.gov.cn/" + "x" * 200}
"""
PLACES = ("", "issues/2024-03/", *(f"issues/2024-03/{item}/" for item in ("1", "2", "marks", "rare", "huge", "table", "latin")),
          "years/2024/", "sections/yaowen/", "sections/xieying/", "sitemap/")  # fmt: skip


@pytest.fixture(scope="module")
def extremes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site over HTTP: its address with the final slash."""
    project = new_project(tmp_path_factory.mktemp("extremes"))
    project.write("issues/2024-03.md", ISSUE)
    done = project.run("build", "--no-search")
    assert done.code == 0, done.said
    for address in served(project.out):
        yield address + "/"


@pytest.mark.parametrize(
    ("width", "chosen"),
    [(320, {}), pytest.param(1280, {}, marks=pytest.mark.long), (360, {"mode": "elder"})],
    ids=["phone", "desk", "elder"],
)
def test_nothing_breaks_the_page(chromium: Any, extremes: str, width: int, chosen: dict[str, str]) -> None:
    """Nothing runs out of the page; a wide table scrolls in a box of its own that the keyboard reaches."""
    beyond = []
    with reader(chromium, chosen, width) as page:
        for place in PLACES:
            page.goto(extremes + place)
            beyond += [(place, one) for one in page.evaluate(BEYOND)]
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                beyond.append((place, "scrolls"))
        page.goto(extremes + "issues/2024-03/table/")
        box = page.evaluate(
            "(() => { const box = document.querySelector('.prose .scrollx');"
            " return [box.scrollWidth > box.clientWidth, box.tabIndex, box.getAttribute('role'), box.getAttribute('aria-label')]; })()"
        )

    assert beyond == []
    assert box == [True, 0, "region", "表格1"]


def test_titles_are_said_whole(chromium: Any, extremes: str) -> None:
    """Every character of a title stands in heading, browser tab, tags and citation."""
    with reader(chromium) as page:
        for item, title in (("1", LONG[:200]), ("2", "令"), ("marks", MARKS), ("rare", RARE)):
            page.goto(f"{extremes}issues/2024-03/{item}/")

            assert page.text_content("h1") == title
            assert page.title().startswith(title + " - ")
            assert page.get_attribute("meta[name=ArticleTitle]", "content") == title
            assert title in page.text_content(".cite >> nth=0")
    assert html.escape(MARKS) != MARKS


def test_a_section_without_items_says_so(chromium: Any, extremes: str) -> None:
    """An empty column is no blank page."""
    with reader(chromium) as page:
        page.goto(extremes + "sections/xieying/")

        assert "还没有文章" in page.inner_text("main")


@pytest.mark.long
def test_a_very_long_archive_is_laid_out(chromium: Any, project: Project) -> None:
    """2,400 issues in 200 years: the ledger, the list of years and the site map hold; nothing runs out of the page."""
    for year in range(1949, 2149):
        for month in range(1, 13):
            text = GOOD.replace("number: 3", f"number: {month}").replace("2024-03-15", f"{year}-{month:02}-15")
            project.write(f"issues/{year}/{year}-{month:02}.md", text)
    done = project.run("build", "--no-search", "--quiet", timeout=600)
    assert done.code == 0, done.said
    beyond = []
    for address in served(project.out):
        for width in (360, 1280):
            with reader(chromium, {}, width) as page:
                for place in ("", "years/", "years/2000/", "sections/yaowen/", "sitemap/", "issues/2148-12/"):
                    page.goto(f"{address}/{place}")
                    beyond += [(width, place, one) for one in page.evaluate(BEYOND)]

    assert beyond == []
