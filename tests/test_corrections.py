"""What happens after publication: a correction is told, a withdrawn text is nowhere, an old address leads on, a draft item waits."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from builds import different
from conftest import GOOD, UNTOLD, Project, served, snapshot

from guodong_site.pipeline import Options, make

HIDDEN = "海防云哨"
"""Stands in the article that is withdrawn or held back, and nowhere else."""

ISSUE = f"""---
number: 3
date: 2024-03-15
published: 2024-03-16 09:00
---

# 要闻

## 市国动办召开工作会议

3月6日上午，市国动办召开工作会议，总结去年工作，部署今年任务。

## {HIDDEN}今日投用

{HIDDEN}由民兵值守，市北区市民参观{HIDDEN}。

# 区市动态

## 各区市开展防空警报试鸣

市北区开展防空警报试鸣。

# 简讯

市国动办开展志愿服务活动，向居民发放手册200余份。
"""
NAME = "issues/2024-03.md"
WITHDRAWN = 'withdrawn:\n  "2": {date: 2024-04-02, reason: 内容有误，另行发布。}\n'


def said(text: str, issue: str = ISSUE) -> str:
    """The issue with a further entry of its front matter."""
    return issue.replace("---\n\n", f"{text.rstrip()}\n---\n\n", 1)


def linked(page: str) -> dict[str, Any]:
    """What a page says of itself as linked data, by type."""
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    return {thing["@type"]: thing for thing in json.loads(data)["@graph"]}


def build(project: Project, *options: str) -> dict[str, str]:
    """The site as text."""
    done = project.run("build", *options)
    assert done.code == 0, done.said
    return {path: data.decode("utf-8", "replace") for path, data in project.site().items()}


@pytest.fixture
def told(project: Project) -> Project:
    """A project whose issue was built as it was first published, beside an issue before and one after."""
    project.write(NAME, ISSUE)
    project.write("issues/2023-12.md", GOOD.replace("number: 3\ndate: 2024-03-15", "number: 12\ndate: 2023-12-15"))
    project.write("issues/2024-04.md", GOOD.replace("number: 3\ndate: 2024-03-15", "number: 4\ndate: 2024-04-15"))
    build(project)
    return project


def test_a_correction_is_told(told: Project) -> None:
    """Above the text, oldest first, with 最后更新, in linked data and the sitemap; on the issue's page too, led to its article."""
    told.write(
        NAME,
        said(
            'changes:\n  "1":\n    - {date: 2024-05-01, note: 又改一处。}\n    - date: 2024-04-01\n      note: “去”改为<今>。'
        ),
    )
    site = build(told, "--no-search")
    page, issue = site["issues/2024-03/1/index.html"], site["issues/2024-03/index.html"]

    assert re.findall(r"<span>([^<]*)</span></li>", page) == ["“去”改为&lt;今&gt;。", "又改一处。"]
    assert '<span>最后更新：<time datetime="2024-05-01">2024年5月1日</time></span>' in page
    assert page.index('<aside class="notice corr"') < page.index('<div class="prose')
    assert linked(page)["NewsArticle"]["dateModified"] == "2024-05-01"
    assert '<a href="#i1">市国动办召开工作会议</a><span>又改一处。' in issue
    assert '最后更新：<time datetime="2024-05-01">' in issue
    assert linked(issue)["PublicationIssue"]["dateModified"] == "2024-05-01"
    assert "<loc>https://example.org/issues/2024-03/1/</loc><lastmod>2024-05-01<" in site["sitemaps/2024.xml"]
    assert "<loc>https://example.org/issues/2024-03/2/</loc><lastmod>2024-03-16T09:00" in site["sitemaps/2024.xml"]
    assert "notice corr" not in site["issues/2024-03/2/index.html"]


def test_a_correction_touches_its_own_pages_only(told: Project) -> None:
    """A note is told on the article and on its issue, in the data of the issue and in the book of its year, dated in its sitemap and in
    the feeds that name the article; no other file is another."""
    before = told.site()
    told.write(NAME, said('changes:\n  "1": {date: 2024-04-01, note: 改了一个字。}'))
    build(told)

    assert different(before, told.site()) == [
        "api/issues/2024-03.json",
        "atom.xml",
        "feed.json",
        "issues/2024-03/1/index.html",
        "issues/2024-03/index.html",
        "sections/yaowen/atom.xml",
        "sections/yaowen/feed.json",
        "sitemaps/2024.xml",
        "years/2024/2024.epub",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "changes:\n  - {date: 2024-04-01, note: 刊头更正。}",
        "changes: {date: 2024-04-01, note: 刊头更正。}",
        "changes:\n  全期: {date: 2024-04-01, note: 刊头更正。}",
    ],
)
def test_a_correction_of_the_issue(told: Project, text: str) -> None:
    """A list, a single one or 全期: on the page of the issue, not on those of its articles."""
    told.write(NAME, said(text))
    site = build(told, "--no-search")

    assert "<span>刊头更正。</span>" in site["issues/2024-03/index.html"]
    assert "刊头更正" not in site["issues/2024-03/1/index.html"]


def test_a_withdrawn_article_is_nowhere(told: Project) -> None:
    """Its address says so; its words are in no file, index and data included, and no other address moves."""
    before = {path for path in told.site() if path.startswith("issues/")}
    told.write(NAME, said(WITHDRAWN))
    site = build(told)
    page = site["issues/2024-03/2/index.html"]

    assert [path for path, text in site.items() if HIDDEN in text] == []
    assert [path for path in site if HIDDEN.encode() in told.site()[path]] == []
    assert {path for path in site if path.startswith("issues/")} == before
    assert ("本文已撤回" in page, "2024年4月2日" in page, "内容有误，另行发布。" in page) == (True, True, True)
    assert '<meta name="robots" content="noindex">' in page
    assert '<a href="/issues/2024-03/">2024年第3期，要闻</a>' in page
    assert (
        '<p class="gone" id="i2"><span>本篇已于2024年4月2日撤回。</span><a href="/issues/2024-03/2/">'
        in site["issues/2024-03/index.html"]
    )
    assert "issues/2024-03/2/" not in site["sitemaps/2024.xml"]
    assert "各区市开展防空警报试鸣" in site["issues/2024-03/3/index.html"]
    assert [article["id"] for article in json.loads(site["api/archive.json"])["issues"][1]["articles"]] == [
        "2024-03/1", "2024-03/3", "2024-03/4",
    ]  # fmt: skip


def test_an_incremental_withdrawal_is_that_of_a_build_from_nothing(told: Project) -> None:
    """What was made before holds nothing back of it."""
    told.write(NAME, said(WITHDRAWN))
    build(told)
    assert told.run("build", "--no-cache", "--out", "cold").code == 0

    assert different(told.site(), snapshot(told.root / "cold")) == []


def test_what_is_wrong_with_a_withdrawn_text_stops_nothing(told: Project) -> None:
    """Its text may be broken, or gone: that may be why it was withdrawn."""
    for text in (f"{HIDDEN}<script>x</script>![](none.jpg)", ""):
        told.write(NAME, said(WITHDRAWN).replace(f"{HIDDEN}由民兵值守，市北区市民参观{HIDDEN}。", text))
        assert "本文已撤回" in build(told, "--no-search")["issues/2024-03/2/index.html"]


def test_all_of_a_section_withdrawn(told: Project) -> None:
    """The section stays on the issue's page with nothing but that; a link to what was withdrawn is not dead."""
    told.write(NAME, said('withdrawn:\n  "3": {date: 2024-04-02, reason: 有误。}\n  "4": {date: 2024-04-02, reason: 有误。}'))
    told.write(
        "issues/2024-04.md", GOOD.replace("3月6日", "见[那一篇](2024-03.md#3)。3月6日").replace("number: 3", "number: 4")
    )
    site = build(told, "--no-search")
    issue = site["issues/2024-03/index.html"]

    assert issue.index('id="qushi"') < issue.index('id="i3"') < issue.index('id="jianxun"') < issue.index('id="i4"')
    assert "本文已撤回" in site["issues/2024-03/4/index.html"]


@pytest.mark.parametrize(
    "form", ["withdrawn: {date: 2024-04-02, reason: 全期有误。}", "withdrawn:\n  全期: {date: 2024-04-02, reason: 全期有误。}"]
)
def test_a_withdrawn_issue_is_nowhere(told: Project, form: str) -> None:
    """Its address and those of its articles say so; nothing names it, though its neighbours stand where they stood."""
    told.write(NAME, said(form))
    site = build(told)
    own = {path for path, text in site.items() if "2024-03" in text or "2024年第3期" in text}

    assert own == {f"issues/2024-03/{item}index.html" for item in ("", "1/", "2/", "3/", "4/")}
    assert ("本期已撤回" in site["issues/2024-03/index.html"], "全期有误。" in site["issues/2024-03/4/index.html"]) == (
        True,
        True,
    )
    assert 'href="/issues/2023-12/"' in site["issues/2024-04/index.html"]


def test_the_only_issue_withdrawn(good: Project) -> None:
    """The site is that of an empty archive, and the address still answers."""
    good.write(NAME, said("withdrawn: {date: 2024-04-02, reason: 有误。}", GOOD))
    done = good.run("build")

    assert (done.code, "F034" in done.out) == (0, False), done.said
    assert "本期已撤回" in good.site()["issues/2024-03/index.html"].decode()


def test_a_withdrawal_taken_back(told: Project) -> None:
    """The site is byte for byte the one before."""
    before = told.site()
    for text in (said(WITHDRAWN), ISSUE):
        told.write(NAME, text)
        build(told)

    assert different(before, told.site()) == []


def test_old_addresses_lead_on(told: Project) -> None:
    """Files and folders, of an issue, of articles, of a withdrawn one; below a base path; another text makes none anew."""
    text = 'aliases:\n  全期: /bulletin/3\n  "1": [/old/path/3.html, issues/2023-03/trends/]\n  "2": /旧/网页.HTM\n' + WITHDRAWN
    told.write(NAME, said(text))
    site = build(told, "--no-search", "--base-url", "https://example.org/gzdt/")
    ways = {
        "old/path/3.html": "1/", "issues/2023-03/trends/index.html": "1/", "旧/网页.HTM": "2/", "bulletin/3/index.html": "",
    }  # fmt: skip
    for path, item in ways.items():
        target = f"/gzdt/issues/2024-03/{item}"
        assert f'<meta http-equiv="refresh" content="0; url={target}">' in site[path]
        assert f'<link rel="canonical" href="https://example.org{target}">' in site[path]
        assert f'<a href="{target}">打开新网址</a>' in site[path]
        assert '<meta name="robots" content="noindex">' in site[path]
    assert not any("old/path" in text for text in site.values())


def test_an_editor_may_link_to_an_old_address(told: Project) -> None:
    """It leads on, so it is not dead."""
    told.write(
        NAME, said('aliases: {"1": /issues/2023-03/trends/}').replace("总结去年工作", "见[旧文](/issues/2023-03/trends/)")
    )
    build(told, "--no-search")


def test_a_browser_is_led_on(told: Project, chromium: Any) -> None:
    """Without a script, below a base path, under the policy of every page."""
    told.write(NAME, said('aliases: {"1": /old/3.html}'))
    done = told.run("build", "--no-search", "--base-url", "https://example.org/gzdt/", "--out", "www/gzdt")
    assert done.code == 0, done.said
    site: Iterator[str] = served(told.root / "www")
    for address in site:
        page = chromium.new_context(java_script_enabled=False).new_page()
        page.goto(f"{address}/gzdt/old/3.html")
        page.wait_for_url("**/gzdt/issues/2024-03/1/")


def test_an_article_held_back(told: Project) -> None:
    """Public as if it were not there, but for its number; with --drafts as a draft.  Each way keeps to itself, warm or cold."""
    told.write(NAME, said('draft: {"2": true, 4: 否}'))
    public = build(told)
    drafts = build(told, "--drafts", "--out", "public")

    assert [path for path, text in public.items() if HIDDEN in text] == []
    assert ("issues/2024-03/2/index.html" in public, "issues/2024-03/3/index.html" in public) == (False, True)
    assert ("草稿" in drafts["issues/2024-03/2/index.html"], HIDDEN in drafts["issues/2024-03/index.html"]) == (True, True)
    assert "<b>草稿</b>" not in drafts["issues/2024-03/1/index.html"]
    assert build(told) == public


def test_all_articles_held_back(told: Project) -> None:
    """The issue is there, empty; nothing else breaks."""
    told.write(NAME, said("draft: {1: true, 2: true, 3: true, 4: true}"))
    site = build(told)

    assert "issues/2024-03/index.html" in site
    assert not any(HIDDEN in text for text in site.values())


# What an editor adds to the front matter: code, line, column, words of the message, words of the hint.
CASES = {
    "unknown item": ('changes: {"50": {date: 2024-04-01, note: 改。}}', "F035", 5, 11, "没有编号为“50”的文章", "这一期有：1、2、3、4"),
    "misspelt item": ("draft: {trends: true}", "F035", 5, 9, "“trends”", "“trend”"),
    "no date": ('withdrawn: {"2": {reason: 有误。}}', "F017", 5, 18, "缺少“date”", "哪一天"),
    "no reason": ('withdrawn:\n  "2": {date: 2024-04-02}', "F017", 6, 8, "缺少“reason”", "原因"),
    "no note": ("changes:\n  - {date: 2024-04-02}", "F017", 6, 5, "缺少“note”", "改了什么"),
    "empty note": ("changes: {date: 2024-04-02, note: }", "F016", 5, 35, "“note”后面没有内容", "写上内容"),
    "only a text": ("changes: 改了一个字。", "F016", 5, 10, "“changes”的写法不对", "- {date: 2024-04-01, note:"),
    "only a day": ('withdrawn: {"2": 2024-04-02}', "F016", 5, 18, "“2”的写法不对", "reason: 内容有误"),
    "misspelt name": ('changes: {"2": {date: 2024-04-02, nota: 改。}}', "F017", 5, 16, "缺少“note”", "改了什么"),
    "before the issue": ("changes: {date: 2024-03-14, note: 改。}", "D002", 5, 17, "早于本期的签发日期 2024-03-15", "核对"),
    "only a month": ("changes: {date: 2024-04, note: 改。}", "F018", 5, 17, "缺少“日”", "年-月-日"),
    "30 February": ("changes: {date: 2024-02-30, note: 改。}", "F018", 5, 17, "不是真实的日期", "年-月-日"),
    "another site": ("aliases: https://www.example.com/old/3.html", "F036", 5, 10, "别的网站", "/old/3.html"),
    "a host": ("aliases: //www.example.com/old/", "F036", 5, 10, "别的网站", "/old/"),
    "a question": ("aliases: ['/show?id=3']", "F036", 5, 11, "? 或 #", "服务器"),
    "upwards": ("aliases: [/../etc/passwd.html]", "F036", 5, 11, "不能做网址", "以点开头"),
    "encoded upwards": ("aliases: [/%2e%2e/x.html]", "F036", 5, 11, "不能做网址", "以点开头"),
    "our workshop": ("aliases: /.guodong/built/", "F036", 5, 10, "不能做网址", "以点开头"),
    "backslash": (r"aliases: \old\3.html", "F036", 5, 10, "不能做网址", "斜线"),
    "a program": ("aliases: /old/3.aspx", "F036", 5, 10, "以 .aspx 结尾", "服务器"),
    "twice in one issue": ("aliases: {1: /old/, 3: /OLD/index.html}", "F037", 5, 24, "在第 5 行已经写过", "只能转到一篇"),
    "a page": ("aliases: {1: /sections/}", "F037", 5, 14, "是本站现有的网页", "删去这一条"),
    "itself": ("aliases: {1: issues/2024-03/1/}", "F037", 5, 14, "是本站现有的网页", "删去这一条"),
    "the home page": ("aliases: /", "F037", 5, 10, "是本站现有的网页", "删去这一条"),
    "below a file": ("aliases: {1: /404.html/x/}", "F037", 5, 14, "是本站现有的网页", "删去这一条"),
    "below another": ("aliases: {1: /old.html, 3: /old.html/x/}", "F037", 5, 28, "在“/old.html”的下面", "去掉一个"),
    "draft in words": ('draft: {"2": 也许}', "F016", 5, 14, "只能写 true（是）或 false（否）", "true"),
    "in Chinese": ("撤回: {date: 2024-04-02, reason: 改。}", "F015", 5, 1, "不认识的名称“撤回”", "“withdrawn”"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_is_wrong_is_said(project: Project, name: str) -> None:
    """One sentence at its place, with the cure; it stops the build."""
    text, code, line, column, message, hint = CASES[name]
    project.write(NAME, said(text).replace("投用\n", "投用 {#trend}\n") if name == "misspelt item" else said(text))
    made = make(Options(root=project.root, search=False))
    found = [one for one in made.found if one.rule.code not in UNTOLD]

    assert [(d.rule.code, d.where.line, d.where.column) for d in found[:1]] == [(code, line, column)], found
    assert (message in found[0].message, hint in found[0].hint) == (True, True), found[0]
    assert made.files is None


def test_an_old_address_claimed_by_two_issues(told: Project) -> None:
    """The second is told where the first is; the site stays as it was."""
    before = told.site()
    told.write(NAME, said("aliases: /old/3.html"))
    told.write(
        "issues/2024-04.md",
        said("aliases: {2: old/3.html}", GOOD.replace("number: 3\ndate: 2024-03", "number: 4\ndate: 2024-04")),
    )
    done = told.run("build")

    assert (done.code, "旧网址“/old/3.html”在 issues/2024-04.md 第 4 行已经写过" in done.out) == (1, True), done.said
    assert "F037" in done.out
    assert told.site() == before


def test_what_was_an_old_address_becomes_a_page(told: Project) -> None:
    """The redirect stands from the build before; the new page at its address is a fault all the same, warm as cold."""
    told.write(NAME, said("aliases: {1: /issues/2024-05/}"))
    build(told, "--no-search")
    told.write("issues/2024-05.md", GOOD.replace("number: 3\ndate: 2024-03", "number: 5\ndate: 2024-05"))
    warm, cold = told.run("build", "--no-search"), told.run("build", "--no-search", "--no-cache", "--out", "cold")

    assert (warm.code, "F037" in warm.out) == (1, True)
    assert warm.out == cold.out


def test_pages_of_the_browser(told: Project, chromium: Any) -> None:
    """A corrected, a withdrawn and a moved page fit a screen of 320 px, in every mode."""
    told.write(NAME, said('changes:\n  "1": {date: 2024-04-01, note: ' + "改" * 80 + "。}\naliases: /old/\n" + WITHDRAWN))
    build(told, "--no-search")
    for address in served(told.out):
        for mode in ("", "elder"):
            page = chromium.new_context(viewport={"width": 320, "height": 640}).new_page()
            page.add_init_script(f"localStorage.setItem('guodong.display', '{json.dumps({'mode': mode} if mode else {})}')")
            for path in ("issues/2024-03/1/", "issues/2024-03/2/", "issues/2024-03/"):
                page.goto(f"{address}/{path}")
                assert page.evaluate("document.documentElement.scrollWidth") == 320, path


def test_the_data_and_the_feeds_tell_of_changes(good: Project) -> None:
    """A correction stands in the issue's data and moves `updated`; a withdrawn article is named there, and nothing of its text."""
    good.write(
        "issues/2024-03.md",
        GOOD.replace(
            "date: 2024-03-15",
            'date: 2024-03-15\npublished: 2024-03-16 09:00\nchanges:\n  "1":\n    - {date: 2024-04-01, note: 第一段改了一个字。}\n'
            'withdrawn:\n  "2": {date: 2024-04-02, reason: 内容有误。}',
        ),
    )
    done = good.run("build")
    files = good.site()
    issue = json.loads(files["api/issues/2024-03.json"])
    feed = json.loads(files["feed.json"])
    (article,) = issue["sections"][0]["articles"]

    assert done.code == 0, done.said
    assert article["changes"] == [{"date": "2024-04-01", "note": "第一段改了一个字。"}]
    assert issue["withdrawn"] == [{"id": "2024-03/2", "date": "2024-04-02", "reason": "内容有误。"}]
    assert [(item["date_published"], item["date_modified"]) for item in feed["items"]] == [
        ("2024-03-16T09:00:00+08:00", "2024-04-01T00:00:00+08:00")
    ]
    assert b"<updated>2024-04-01T00:00:00+08:00</updated>" in files["atom.xml"]
    assert [path for path, data in files.items() if "志愿服务活动".encode() in data] == []
