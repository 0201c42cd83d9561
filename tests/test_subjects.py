"""Keywords, the index of topics and related articles: from jieba's words, steered by the editors' lists."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import ROOT, Project, served

from guodong_site.model import Article, Issue
from guodong_site.pipeline import Options, make

HEAD = "---\nnumber: {number}\ndate: {date}\n---\n\n# 要闻\n\n"


def issues(project: Project) -> tuple[Issue, ...]:
    """The issues as the pages get them."""
    made = make(Options(root=project.root, search=False, cache=False))
    assert made.archive is not None
    assert made.files is not None, made.found
    return made.archive.site.issues


def articles(project: Project) -> dict[str, Article]:
    return {article.key: article for issue in issues(project) for article in issue.articles}


def write(project: Project, name: str, number: int, date: str, *stories: tuple[str, str]) -> None:
    body = "\n\n".join(f"## {title}\n\n{text}" for title, text in stories)
    project.write(f"issues/{name}.md", HEAD.format(number=number, date=date) + body + "\n")


DRILL = ("防空警报试鸣暨疏散演练", "防空警报鸣响后，疏散演练开始。居民按疏散演练预案，听防空警报信号进入人防工程掩蔽。")
SIREN = ("防空警报设施巡检", "巡检防空警报器，保证防空警报音响覆盖率。疏散演练前再查一遍人防工程。")
PARTY = ("主题党日学习党章", "党支部举办主题党日，重温入党誓词，学习党章。")


def test_keywords_of_the_given_issue(given: Project) -> None:
    """What a librarian would write on the card; no stop word, no word within another, none said only once."""
    found = articles(given)
    stop = set((ROOT / "editorial/stopwords.txt").read_text(encoding="utf-8").split())
    words = [word for article in found.values() for word in article.keywords]

    assert found["2023-03/3"].keywords[:2] == ("国际民防日", "宣传周")
    assert found["2023-03/11"].keywords[0] == "国防动员"
    assert "指挥通信系统" in found["2023-03/9"].keywords
    assert "全面从严治党" in found["2023-03/2"].keywords
    assert not stop & set(words)
    for article in found.values():
        text = article.title.text * 2 + article.prose.text
        assert all(text.count(word) > 1 for word in article.keywords)
        assert not [a for a in article.keywords for b in article.keywords if a != b and a in b]


def test_a_new_issue_changes_no_older_article(project: Project) -> None:
    """Keywords and related articles are those of the day an issue came out: no old page shifts."""
    write(project, "2024-01", 1, "2024-01-05", DRILL, PARTY)
    before = articles(project)
    write(project, "2024-02", 2, "2024-02-05", SIREN, DRILL)
    after = articles(project)

    assert {key: (a.keywords, a.related) for key, a in before.items()} == {
        key: (after[key].keywords, after[key].related) for key in before
    }
    assert {f"{one.issue}/{one.item}" for one in after["2024-02/1"].related} == {"2024-02/2", "2024-01/1"}


def test_related_articles_share_their_subject(project: Project) -> None:
    """Near is what says the same things; a party meeting is not near to a siren."""
    write(project, "2024-01", 1, "2024-01-05", DRILL, PARTY)
    write(project, "2024-02", 2, "2024-02-05", SIREN)
    found = articles(project)

    (near,) = found["2024-02/1"].related
    assert (near.issue, near.item, near.title, near.label) == ("2024-01", "1", found["2024-01/1"].title, "2024年第1期")
    assert found["2024-01/2"].related == ()


def test_stop_words_are_the_editors_to_choose(project: Project) -> None:
    """A word in editorial/stopwords.txt is no keyword any more."""
    write(project, "2024-01", 1, "2024-01-05", DRILL)
    before = articles(project)["2024-01/1"].keywords
    stop = project.root / "editorial/stopwords.txt"
    stop.write_text(stop.read_text(encoding="utf-8") + "防空警报\n", encoding="utf-8")

    assert "防空警报" in before
    assert "防空警报" not in articles(project)["2024-01/1"].keywords


def test_the_editors_words_change_cutting_and_keywords(project: Project) -> None:
    """A name jieba does not know becomes a keyword once it stands in editorial/words.txt, and titles break round it."""
    write(project, "2024-01", 1, "2024-01-05", ("鳌山湾海防云哨投用", "鳌山湾海防云哨今日投用，海防云哨由民兵值守。"))
    before = articles(project)["2024-01/1"]
    words = project.root / "editorial/words.txt"
    words.write_text(words.read_text(encoding="utf-8") + "海防云哨\n", encoding="utf-8")
    after = articles(project)["2024-01/1"]

    assert "海防云哨" not in before.keywords
    assert after.keywords[0] == "海防云哨"
    assert "海防云哨" not in before.title.joined
    assert "海防云哨" in after.title.joined


def first_for(chromium: Any, project: Project, query: str) -> list[str]:
    """The addresses of a search in the freshly built site, best first."""
    assert project.run("build").code == 0
    for address in served(project.out):
        page = chromium.new_page()
        page.goto(address + "/search/")
        page.wait_for_function("window.guodong && window.guodong.search")
        answer = page.evaluate("q => window.guodong.search(q)", query)
        page.close()
        return [item["url"] for item in answer["items"]]
    raise AssertionError


def test_the_editors_words_change_the_ranking(chromium: Any, project: Project) -> None:
    """防训班 is one word to jieba, so 防训 in it counts little; once the office names 防训, the newer article comes first."""
    write(project, "2024-01", 1, "2024-01-05", ("训练开班", "全市防训今日开班，各区市同时参加。"))
    write(project, "2024-02", 2, "2024-02-05", ("区里消息", "区里办起防训班。"))
    before = first_for(chromium, project, "防训")
    words = project.root / "editorial/words.txt"
    words.write_text(words.read_text(encoding="utf-8") + "防训\n", encoding="utf-8")
    after = first_for(chromium, project, "防训")

    assert before == ["/issues/2024-01/1/", "/issues/2024-02/1/"]
    assert after == ["/issues/2024-02/1/", "/issues/2024-01/1/"]


def test_a_long_name_of_the_office_keeps_its_parts(chromium: Any, project: Project) -> None:
    """国防动员 is one word to the editors; 动员 in it outranks 运动员, though the other article is newer and shorter."""
    write(project, "2024-01", 1, "2024-01-05", ("全市部署", "全市部署国防动员，各区市同时部署，各部门参加部署。"))
    write(project, "2024-02", 2, "2024-02-05", ("体育消息", "运动员代表参观。"))

    assert "国防动员" in (ROOT / "editorial/words.txt").read_text(encoding="utf-8").split()
    assert first_for(chromium, project, "动员") == ["/issues/2024-01/1/", "/issues/2024-02/1/"]


@pytest.fixture
def plain_page(chromium: Any) -> Any:
    """A page without JavaScript."""
    context = chromium.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_the_index_works_without_javascript(plain_page: Any, given_site: str) -> None:
    """From the index to the keyword to the article; an everyday word leads to the keyword it is looked up under."""
    plain_page.goto(given_site + "topics/")
    counted = plain_page.inner_text(".letter#G li:has-text('国际民防日')")
    plain_page.click("text=国际民防日")
    at = plain_page.url
    titles = plain_page.locator("section[id='国际民防日'] .lines a").all_inner_texts()
    plain_page.click("section[id='国际民防日'] .lines a >> nth=0")
    heading = plain_page.inner_text("h1")
    plain_page.goto(given_site + "topics/")
    plain_page.click("text=防空洞")

    assert counted.split() == ["国际民防日", "2篇"]
    assert at.split("/topics/")[1].startswith("g/#")
    assert len(titles) == 2
    assert heading.replace("\n", "") == "青岛市国动办启动2023年国际民防日宣传周活动"
    assert "/topics/r/#" in plain_page.url


def test_an_article_leads_to_its_keywords_and_neighbours(plain_page: Any, given_site: str) -> None:
    """主题词 lead into the index, 相关 to articles."""
    plain_page.goto(given_site + "issues/2023-03/3/")
    related = plain_page.locator(".after a").evaluate_all("all => all.map(a => a.pathname)")
    plain_page.click(".keywords a >> nth=0")

    assert "/gzdt/issues/2023-03/4/" in related
    assert "/topics/g/#" in plain_page.url


def test_a_large_index_stays_short(project: Project) -> None:
    """A letter with more keywords than fit shows the frequent ones and leads to the rest."""
    names = [chr(0x56FD) + chr(0x4E00 + n) + "网" for n in range(60)]
    words = project.root / "editorial/words.txt"
    words.write_text(words.read_text(encoding="utf-8") + "\n".join(names) + "\n", encoding="utf-8")
    write(project, "2024-01", 1, "2024-01-05", *((f"{name}开通", f"今日{name}开通。") for name in names))
    made = make(Options(root=project.root, search=False, cache=False))
    assert made.files is not None
    index, letter = made.files["topics/index.html"].decode(), made.files["topics/g/index.html"].decode()

    assert index.count("网</span>") == 40
    assert "全部60个主题词" in index
    assert letter.count('<section class="term"') == 60
