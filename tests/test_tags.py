"""What machines read in a page: the portal's tags, Open Graph, linked data, the policy; each against what a reader sees."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from conftest import FACTS, ROOT, Project
from faces import PAGES, VNU, fetched

FULL = """---
number: 7
date: 2024-07-15
published: 2024-07-16 09:00
keywords: [防空警报, 培训]
summary: 本期报道防空警报试鸣。
---

# 要闻

## 市国动办召开“<试鸣>”工作会议 {author="张三"}

7月6日上午，市国动办召开防空警报试鸣工作会议，总结去年工作，部署今年任务。

# 人防科技撷英

## 国防动员的趋势 {author="李四" date=2024-06-01}

文章说的是国防动员的趋势，这是防空警报的事情。[原文](https://www.mod.gov.cn/gfdy/)（来源：中国国防报）
"""
COLUMN = ["ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"]
SITE = ["SiteName", "SiteDomain", "SiteIDCode"]


class Read(HTMLParser):
    """A page as far as these tests ask: meta elements, links, scripts, and texts by element."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.metas: list[tuple[str, str]] = []
        self.links: list[dict[str, str]] = []
        self.scripts: list[tuple[dict[str, str], str]] = []
        self.texts: dict[str, str] = {}
        self._in: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        had = {name: value or "" for name, value in attrs}
        if tag == "meta" and "charset" not in had:
            self.metas.append((had.get("name") or had.get("property") or had.get("http-equiv", ""), had.get("content", "")))
        elif tag == "link":
            self.links.append(had)
        elif tag == "script":
            self.scripts.append((had, ""))
            self._in.append("script")
        elif tag in ("h1", "title", "footer"):
            self._in.append(tag)
        elif tag == "p" and "meta" in had.get("class", ""):
            self._in.append("facts")

    def handle_endtag(self, tag: str) -> None:
        if self._in and (self._in[-1] == tag or (self._in[-1] == "facts" and tag == "p")):
            self._in.pop()

    def handle_data(self, data: str) -> None:
        if self._in and self._in[-1] == "script":
            self.scripts[-1] = (self.scripts[-1][0], self.scripts[-1][1] + data)
        for name in self._in:
            self.texts[name] = self.texts.get(name, "") + data

    def meta(self, name: str) -> str:
        (value,) = [value for key, value in self.metas if key == name]
        return value

    @property
    def things(self) -> dict[str, Any]:
        (text,) = [text for had, text in self.scripts if had.get("type") == "application/ld+json"]
        return {one["@type"]: one for one in json.loads(text)["@graph"]}


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """An issue of which everything is known, on a site of which everything is known, below a base path."""
    from conftest import new_project

    project = new_project(tmp_path_factory.mktemp("full"))
    project.write("issues/2024-07.md", FULL)
    settings = (ROOT / "site.yaml").read_text(encoding="utf-8")
    project.write("site.yaml", FACTS + settings.replace("https://example.org/", "https://gdb.example.gov.cn/gzdt/"))
    done = project.run("build", "--no-search")
    assert (done.code, "警告" in done.said) == (0, False), done.said
    return project


def names(page: Read) -> list[str]:
    return [name for name, _ in page.metas if name[:1].isupper() and "-" not in name]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("index.html", SITE + COLUMN),
        ("sections/yaowen/index.html", SITE + COLUMN),
        ("sections/yaowen/2024/index.html", SITE + COLUMN),
        ("years/2024/index.html", SITE + COLUMN),
        ("districts/shibei/index.html", SITE + COLUMN),
        ("topics/index.html", SITE + COLUMN),
        ("issues/2024-07/index.html", [*SITE, *COLUMN, "ArticleTitle", "PubDate", "ContentSource", "Keywords", "Description", "Url"]),
        ("issues/2024-07/1/index.html", [*SITE, *COLUMN, "ArticleTitle", "PubDate", "ContentSource", "Author", "Description", "Url"]),
        ("search/index.html", SITE),
        ("404.html", SITE),
    ],
)  # fmt: skip
def test_each_page_carries_its_tags(full: Project, path: str, expected: list[str]) -> None:
    """Site tags everywhere, column tags on lists and articles, content tags on issues and articles; each once, none empty."""
    page = Read(full.out / path)

    assert names(page) == expected
    assert [name for name, value in page.metas if not value] == []


def test_tags_say_what_the_reader_sees(full: Project) -> None:
    """Title, source and time of publication are those on the page; the column is the section."""
    page = Read(full.out / "issues/2024-07/1/index.html")
    reprint = Read(full.out / "issues/2024-07/2/index.html")

    assert page.meta("ArticleTitle") == page.texts["h1"] == "市国动办召开“<试鸣>”工作会议"
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}", page.meta("PubDate"))
    assert f"发布时间：{page.meta('PubDate')}" in page.texts["facts"]
    assert f"来源：{page.meta('ContentSource')}" in page.texts["facts"]
    assert f"作者：{page.meta('Author')}" in page.texts["facts"]
    assert (page.meta("ColumnName"), page.meta("ColumnType")) == ("要闻", "工作动态")
    assert (page.meta("SiteDomain"), page.meta("SiteIDCode")) == ("gdb.example.gov.cn", "3702000000")
    assert page.meta("Url") == "https://gdb.example.gov.cn/gzdt/issues/2024-07/1/"
    assert reprint.meta("ContentSource") == "中国国防报"
    assert Read(full.out / "index.html").meta("ColumnType") == "首页"
    assert "，" not in page.meta("ColumnKeywords")


def test_what_nobody_knows_is_absent(given: Project) -> None:
    """The given issue has no time of publication, the site no code: no tag, no date in machine fields, nothing in the footer."""
    page = Read(given.root / "www/gzdt/issues/2023-03/2/index.html")
    things = page.things

    assert {"PubDate", "SiteIDCode", "Author"}.isdisjoint(names(page))
    assert "article:published_time" not in dict(page.metas)
    assert "datePublished" not in json.dumps(things)
    assert [word for word in ("标识码", "备案", "联系方式", "找错") if word in page.texts["footer"]] == []


def test_the_footer_says_all_that_is_known(full: Project) -> None:
    """Every page ends with what a government site must say of itself."""
    text = Read(full.out / "sitemap/index.html").texts["footer"]
    wanted = ["青岛市国防动员办公室", "0532-12345678", "3702000000", "鲁ICP备12345678号", "鲁公网安备37020002000001号"]

    assert [word for word in [*wanted, "党政机关网站标识", "我为政府网站找错", "站点地图"] if word not in text] == []


def test_linked_data_is_one_chain(full: Project) -> None:
    """Periodical → PublicationIssue → NewsArticle, and the trail a reader sees."""
    article = Read(full.out / "issues/2024-07/1/index.html").things
    issue = Read(full.out / "issues/2024-07/index.html").things["PublicationIssue"]
    home = Read(full.out / "index.html").things["Periodical"]
    story = article["NewsArticle"]
    trail = [(step["position"], step["name"]) for step in article["BreadcrumbList"]["itemListElement"]]

    assert story["isPartOf"]["@id"] == issue["@id"]
    assert story["isPartOf"]["isPartOf"]["@id"] == issue["isPartOf"]["@id"] == home["@id"]
    assert (issue["issueNumber"], issue["datePublished"], issue["dateCreated"]) == (7, "2024-07-16T09:00+08:00", "2024-07-15")
    assert (story["headline"], story["author"]["name"], story["articleSection"]) == (
        "市国动办召开“<试鸣>”工作会议",
        "张三",
        "要闻",
    )
    assert trail == [(1, "首页"), (2, "2024年第7期"), (3, "要闻"), (4, "正文")]
    assert all(
        step["item"].startswith("https://gdb.example.gov.cn/gzdt/") for step in article["BreadcrumbList"]["itemListElement"]
    )


def test_a_text_cannot_end_the_script_it_stands_in(full: Project) -> None:
    """`<` in a title never closes an element."""
    raw = (full.out / "issues/2024-07/1/index.html").read_text(encoding="utf-8")

    assert "\\u003c试鸣>" in raw
    assert "<试鸣>" not in raw


def test_open_graph_and_canonical_agree(full: Project) -> None:
    """A link to the page is shown with its own title and address."""
    page = Read(full.out / "issues/2024-07/1/index.html")
    (canonical,) = [link["href"] for link in page.links if link["rel"] == "canonical"]

    assert page.meta("og:url") == canonical == page.meta("Url")
    assert (page.meta("og:type"), page.meta("og:title")) == ("article", page.texts["h1"])
    assert page.meta("article:published_time") == "2024-07-16T09:00+08:00"


def test_the_policy_names_the_only_inline_script(full: Project) -> None:
    """Files of our own and one digest; nothing unsafe; it stands before all that it rules."""
    for path in full.out.rglob("*.html"):
        page = Read(path)
        policy = page.meta("Content-Security-Policy")
        inline = [text for had, text in page.scripts if "src" not in had and had.get("type") != "application/ld+json"]
        digests = {base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in inline}

        assert set(re.findall(r"'sha256-([^']+)'", policy)) == digests, path
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert page.metas[0][0] == "Content-Security-Policy"


def test_titles_are_unique(full: Project) -> None:
    """文章名 - 栏目 - 站名; no two pages bear the same."""
    titles = [Read(path).texts["title"] for path in full.out.rglob("index.html")]

    assert sorted(titles) == sorted(set(titles))


def test_the_html_is_valid(given: Project) -> None:
    """The Nu checker has nothing to say about any page, nor about the style sheet."""
    from browsers.install import JAVA

    folder = given.root / "www/gzdt"
    done = subprocess.run(
        [JAVA.got(), "-jar", str(fetched(VNU)), "--skip-non-html", "--errors-only", "--format", "json", str(folder)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    said = json.loads(done.stderr)["messages"]

    assert [(one["url"].split("gzdt")[-1], one["message"]) for one in said] == []
    assert len(PAGES) > 20


def test_what_is_lacking_is_said(good: Project) -> None:
    """One finding names every fact the footer lacks, another each section without a description; both can be weighed."""
    settings = (good.root / "site.yaml").read_text(encoding="utf-8")
    good.write("site.yaml", re.sub(r"    description: .*\n", "", settings, count=1) + "icp: 鲁ICP备1号\n")
    done = good.run("check")

    assert done.code == 0
    assert "M002" in done.said
    assert "site_id_code" in done.said
    assert "（icp）" not in done.said
    assert "M003" in done.said
    assert "“要闻”没有说明" in done.said
