"""Asked differently: where no article holds what was typed, the answer says what was looked for instead, and is never exact."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from conftest import Project, new_project, served

ISSUE = """---
number: {number}
date: {date}
---

# 要闻

## 市国动办召开工作会议

3月6日上午，市国动办召开工作会议，部署国防动员和人防工程建设。国防教育同步开展。

## 拉响防空警报

全市试鸣防空警报，居民按预案疏散。{more}

## 农民防治病虫害现场会

农民防治病虫害现场会在平度市举行，个人防护用品发放到户，运动员代表参观。共和国防洪工程同日开工。

# 人防科技撷英

## 民防日的由来（摘自《中国国防报》）

民防是国际通行的说法，民防日每年三月一日。一段简单的介绍。
"""


@pytest.fixture(scope="module")
def page(chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The search page of an archive of three years."""
    project: Project = new_project(tmp_path_factory.mktemp("otherwise"))
    for year in (2022, 2023, 2024):
        text = ISSUE.format(number=1, date=f"{year}-01-05", more="西海岸新区同日演练。")
        project.write(f"issues/{year}-01.md", text)
    assert project.run("build").code == 0
    for address in served(project.out):
        page = chromium.new_page()
        page.goto(address + "/search/")
        page.wait_for_function("window.guodong && window.guodong.search")
        yield page
        page.close()


def ask(page: Any, query: str, **choice: Any) -> dict[str, Any]:
    answer: dict[str, Any] = page.evaluate("([q, c]) => window.guodong.search(q, c)", [query, {"limit": 100, **choice}])
    return answer


def titles(answer: dict[str, Any]) -> list[str]:
    return [item["title"] for item in answer["items"]]


@pytest.mark.parametrize(
    ("typed", "meant", "said"),
    [
        ("國防動員", "国防动员", "简体"),
        ("國防动员", "国防动员", "简体"),
        ("防空洞", "人防工程", "同义"),
        ("人防办", "国动办", "同义"),
        ("市人防办", "市国动办", "同义"),
        ("国防动员办公室", "国动办", "同义"),
        ("黄岛", "西海岸新区", "同义"),
        ("guofangdongyuan", "国防动员", "拼音"),
        ("gfdy", "国防动员", "拼音"),
        ("guofangdy", "国防动员", "拼音"),
        ("guofang动员", "国防动员", "拼音"),
        ("guo fang dong yuan", "国防动员", "拼音"),
        ("guófáng", "国防", "拼音"),
        ("GuoFangJiaoYu", "国防教育", "拼音"),
        ("gongzuohuiyi", "工作会议", "拼音"),
        ("国访动员", "国防动员", "已按“国防动员”"),
        ("人防公程", "人防工程", "已按“人防工程”"),
        ("国防动圆", "国防动员", "已按“国防动员”"),
        ("防空警保", "防空警报", "已按“防空警报”"),
        ("防空警鲍", "防空警报", "已按“防空警报”"),
        ("防空敬报", "防空警报", "已按“防空警报”"),
        ("防空吗报", "防空警报", "已按“防空警报”"),
    ],
)
def test_what_was_meant_is_found_and_said(page: Any, typed: str, meant: str, said: str) -> None:
    """Traditional characters, synonyms, pinyin in every mixture, slips: the articles of what was meant, labelled."""
    answer, right = ask(page, typed), ask(page, meant)

    assert right["exact"]
    assert right["total"] > 0
    assert not answer["exact"]
    assert {item["url"] for item in answer["items"]} == {item["url"] for item in right["items"]}
    assert said in answer["note"]
    assert meant in answer["note"]


def test_exact_hits_are_never_mixed(page: Any) -> None:
    """A word that stands in the archive is answered with itself alone; its synonyms are offered beside."""
    answer = ask(page, "民防日")

    assert answer["exact"]
    assert titles(answer) == ["民防日的由来（摘自《中国国防报》）"] * 3
    assert ask(page, "国动办")["note"] == ""


def test_synonyms_are_offered_beside_exact_hits(page: Any) -> None:
    """国动办 is in the archive; 民防's related words that are in it are offered, with their reason."""
    offered = ask(page, "民防")["suggestions"]

    assert {"text": "人防", "why": "同义的说法"} in offered
    assert all(ask(page, offer["text"])["exact"] for offer in offered)


@pytest.mark.parametrize(
    ("query", "first", "trap"),
    [("民防", "民防日的由来（摘自《中国国防报》）", "农民防治病虫害现场会"), ("国防", "市国动办召开工作会议", "农民防治病虫害现场会"),
     ("人防", "市国动办召开工作会议", "农民防治病虫害现场会"), ("动员", "市国动办召开工作会议", "农民防治病虫害现场会")],
)  # fmt: skip
def test_false_friends_come_last(page: Any, query: str, first: str, trap: str) -> None:
    """农民防治 holds 民防, 共和国防洪 国防, 个人防护 人防, 运动员 动员: found, as they must be, and after every real one."""
    found = titles(ask(page, query))

    assert found.count(trap) == 3
    assert found[-3:] == [trap] * 3
    assert first in found[:-3]


@pytest.mark.parametrize("typed", ["动员国防会议", "防空警报国防教育", "疏散演练国防", "青岛国防动员会议"])
def test_words_glued_together_are_cut(page: Any, typed: str) -> None:
    """Two words nobody wrote together are found apart, and it is said."""
    answer = ask(page, typed)

    assert not answer["exact"]
    assert "分成" in answer["note"] or "其中" in answer["note"]
    assert answer["total"] > 0


def test_a_question_is_answered_only_when_asked(page: Any) -> None:
    """A question in everyday words is ranked by its pairs on Enter, and not while it is typed."""
    question = "防空警报响了以后居民应该怎么疏散"
    asked, typing = ask(page, question), ask(page, question, typing=True)

    assert titles(asked)[0] == "拉响防空警报"
    assert not asked["exact"]
    assert "最相近的在前" in asked["note"]
    assert typing["total"] == 0


def test_known_words_that_stand_nowhere_together(page: Any) -> None:
    """Two words with a blank that no article holds both: the articles with one of them, and it is said."""
    answer = ask(page, "疏散 病虫害")

    assert not answer["exact"]
    assert "没有一篇同时含有" in answer["note"]
    assert set(titles(answer)) == {"拉响防空警报", "农民防治病虫害现场会"}


@pytest.mark.parametrize("query", ["海水淡化厂", "zzz", "王府井", "xyzw", "鑫", "国国国国国国"])
def test_nothing_is_still_nothing(page: Any, query: str) -> None:
    """What the archive does not know and nothing is near to: no junk."""
    answer = ask(page, query)

    assert (answer["total"], answer["exact"], answer["note"]) == (0, True, "")


def test_a_choice_narrows_a_fallback_too(page: Any) -> None:
    """Facets count and narrow what was found otherwise."""
    answer = ask(page, "防空洞", year="2023")

    assert answer["total"] == 1
    assert {facet["value"]: facet["count"] for facet in answer["facets"]["year"]} == {"2024": 1, "2023": 1, "2022": 1}


def test_word_borders_decide_nothing_about_finding(page: Any) -> None:
    """段简 lies across 一段 and 简单."""
    assert ask(page, "段简")["total"] == 3
