"""The portal's package: what is in it and what never is, in full and what is new, whole or not at all."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
from builds import Press, loaded
from conftest import FACTS, GOOD, ROOT, Done, Project, jpeg, new_project, snapshot
from lxml import etree
from openpyxl import load_workbook
from papers import text_of

from guodong_site.portal.fragment import TAGS, fragment, words
from guodong_site.portal.workbook import workbook

COLUMNS = "索引号 名称 内容概述 生成日期 主题分类 发布机构 成文日期 发布日期 有效性 文号 URL".split()
SCHEMAS = ROOT / "src/guodong_site/schemas"

SEVENTH = """---
number: 7
total: 312
date: 2024-07-15
published: 2024-07-16 09:00
distribution: 市人防指挥部成员单位，各区（市）国动办
channels: [工作动态]
draft: {"2": true}
changes: {"1": {date: 2024-08-01, note: 第二段“的”改为“地”。}}
---

# 要闻

## 市国动办召开2024年度<br>推进全面从严治党工作会议

7月3日上午，市国动办召开会议，**总结**上半年工作。见[第3期](2024-03.md)和[附表](2024-07/附表.xlsx)。

![会场](2024-07/photo.jpg "会议现场")

| 项目 | 数量 |
|---|---|
| 演练 | 3 |

## 先压住的一篇

这一篇还没有定稿，一个字也不能出去。

# 人防科技撷英

## 认清国防动员发展趋势 {author="王五"}

近年来，国防动员发生了变化。（来源：中国国防报）
"""

Standing = tuple[Project, dict[str, bytes]]
"""A project and its package."""

CALM = "checks: {number-gap: warning, stale-home: warning, stale-column: warning, thin-article: warning}\n"
"""Two issues made for a test are no archive: numbers lack, nothing came since, articles are short."""


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    with loaded() as one:
        yield one


def furnished(good: Project) -> Project:
    """Two issues: a plain one, and one with a picture, a paper, a table, a held article, a correction, a reprint."""
    good.write("issues/2024-07.md", SEVENTH)
    good.write("issues/2024-07/photo.jpg", jpeg(7, (640, 480), exif=b"Exif\0\0secret"))
    good.write("issues/2024-07/附表.xlsx", b"a paper")
    good.write("issues/2024-07/原稿.docx", b"never linked")
    with (good.root / "site.yaml").open("a", encoding="utf-8") as site:
        site.write("reviews: false\n" + FACTS + CALM)
    return good


@pytest.fixture
def office(good: Project) -> Project:
    """A project with them."""
    return furnished(good)


@pytest.fixture(scope="module")
def standing(press: Press, tmp_path_factory: pytest.TempPathFactory) -> Standing:
    """Such a project, packed once, for who only looks."""
    one = new_project(tmp_path_factory.mktemp("standing"))
    one.write("issues/2024-03.md", GOOD)
    furnished(one)
    return one, pack(press, one)


ON_PAPER = ("--force", "checks", "--reason", "旧刊照录")
"""The given issue has slips that were printed."""


@pytest.fixture
def old(tmp_path: Path) -> Project:
    """The given issue, of which only the month is known."""
    (tmp_path / "old").mkdir()
    one = new_project(tmp_path / "old")
    shutil.copy(ROOT / "issues/2023-03.md", one.root / "issues")
    return one


def committed(office: Project) -> None:
    """All there is to publish is committed."""
    office.write(".gitignore", "/*\n!/.gitignore\n!/issues/\n!/site.yaml\n!/templates/\n!/static/\n!/editorial/\n")
    names = {"GIT_AUTHOR_NAME": "技术员", "GIT_AUTHOR_EMAIL": "t@example.org", "GIT_AUTHOR_DATE": "2024-09-01T09:00:00+08:00"}
    names |= {key.replace("AUTHOR", "COMMITTER"): value for key, value in names.items()}
    for command in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "一期")):
        done = subprocess.run(["git", *command], cwd=office.root, env={**os.environ, **names}, capture_output=True, check=False)
        assert done.returncode == 0 or b"nothing to commit" in done.stdout, done


def run(press: Press, office: Project, *options: str) -> Done:
    committed(office)
    return press.run(office, "package", *options)


def pack(press: Press, office: Project, *options: str, out: str = "package") -> dict[str, bytes]:
    done = run(press, office, "--out", out, *options)

    assert done.code == 0, done.said
    return snapshot(office.root / out)


def manifest(package: dict[str, bytes]) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(package["manifest.json"])
    return told


def ops(package: dict[str, bytes]) -> dict[str, str]:
    return {one["id"]: one["op"] for one in manifest(package)["items"]}


def again(press: Press, office: Project, since: str = "package/manifest.json") -> dict[str, bytes]:
    """What is new since the package that stands."""
    return pack(press, office, "--since", since, out="delta")


def edit(office: Project, old: str, new: str, issue: str = "2024-07") -> None:
    path = office.root / f"issues/{issue}.md"
    text = path.read_text(encoding="utf-8")

    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_all_is_in_it(standing: Standing) -> None:
    """Each article with record and fragment, its files, the catalogue twice, feed, schemas, sums; a day before, after no name."""
    _, package = standing

    assert ops(package) == {"2024-07/1": "create", "2024-07/3": "create", "2024-03/1": "create", "2024-03/2": "create"}
    assert set(package) == {
        *(f"items/{key}.{end}" for key in ops(package) for end in ("json", "html")),
        "attachments/2024-07/photo.jpg",
        "attachments/2024-07/附表.xlsx",
        *"catalog.csv catalog.xlsx feed.xml schema/package.json schema/package-item.json".split(),
        *"manifest.json SHA256SUMS READY".split(),
    }


def test_it_is_as_its_schemas_say(press: Press, office: Project, old: Project) -> None:
    """Manifest and records hold to the schemas that lie in the package: in full, what is new, withdrawn, moved, of an old issue."""
    first = pack(press, office)
    edit(office, "draft: {", 'withdrawn: {"3": {date: 2024-08-02, reason: 有误}}\ndraft: {')
    edit(office, "2024-03-15\n", "2024-03-15\npublished: 2024-03-16 09:00\n", "2024-03")
    packages = (first, again(press, office), pack(press, old, *ON_PAPER))
    checked = 0
    for package in packages:
        whole, item = (json.loads(package[f"schema/{name}.json"]) for name in ("package", "package-item"))
        for schema, data in (
            (whole, package["manifest.json"]),
            *((item, data) for path, data in package.items() if path.startswith("items/") and path.endswith(".json")),
        ):
            jsonschema.Draft202012Validator.check_schema(schema)
            jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(json.loads(data))
            checked += 1

    assert checked == 3 + 4 + 3 + 11


@pytest.mark.parametrize("change", [{"title": None}, {"body_html": ""}, {"distribution": "各区"}, {"op": "unchanged"}])
def test_the_schema_refuses_what_is_wrong(standing: Standing, change: dict[str, object]) -> None:
    """A record without a title or a text, with the 发： line, with an operation that no record has."""
    _, package = standing
    told = json.loads(package["items/2024-07/1.json"]) | change

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(told, json.loads(package["schema/package-item.json"]))


def test_what_is_known_and_nothing_else(standing: Standing) -> None:
    """Facts of the issue and the article; what nobody wrote is null: a moment of publication, a number in a register."""
    _, package = standing
    known = json.loads(package["items/2024-07/1.json"])
    bare = json.loads(package["items/2024-03/1.json"])
    reprint = json.loads(package["items/2024-07/3.json"])

    assert {key: known[key] for key in ("title", "title_lines", "created", "published", "updated", "order")} == {
        "title": "市国动办召开2024年度推进全面从严治党工作会议",
        "title_lines": ["市国动办召开2024年度", "推进全面从严治党工作会议"],
        "created": "2024-07-15",
        "published": "2024-07-16T09:00:00+08:00",
        "updated": "2024-08-01",
        "order": 1,
    }
    assert (known["issue"]["number"], known["issue"]["total"], known["channels"]) == (7, 312, ["工作动态"])
    assert (reprint["source"], reprint["reprint"], reprint["author"]) == ("中国国防报", True, "王五")
    assert {key for key, value in bare.items() if value is None} == {
        *"author published updated event_date index_no doc_no subject withdrawn".split()
    }


def test_what_is_not_for_readers_is_not_in_it(press: Press, office: Project) -> None:
    """The 发： line, a held article, who reviewed, an original left in the folder, what a camera wrote: in no file, however packed."""
    for adapter in ("folder", "trs", "spreadsheet"):
        package = pack(press, office, "--adapter", adapter, out=adapter)
        held = b"".join(package.values())
        for data in package.values():
            if data[:2] == b"PK":
                with zipfile.ZipFile(io.BytesIO(data)) as book:
                    held += b"".join(book.read(name) for name in book.namelist())

        for secret in ("成员单位", "先压住的一篇", "还没有定稿", "赵六", "never linked", "secret", "原稿"):
            assert secret.encode() not in held, (adapter, secret)
        assert "召开2024年度".encode() in held


def test_sums_and_ready(standing: Standing) -> None:
    """`sha256sum -c` finds nothing wrong, the sums name all but themselves and READY, and READY was written last."""
    office, office_package = standing
    folder = office.root / "package"
    done = subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=folder, capture_output=True, check=False)
    summed = {line.split("  ", 1)[1] for line in office_package["SHA256SUMS"].decode().splitlines()}
    times = {path.name: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}

    assert done.returncode == 0, done.stderr
    assert summed == set(office_package) - {"SHA256SUMS", "READY"}
    assert office_package["READY"].decode().strip() == manifest(office_package)["id"]
    assert max(times, key=lambda name: times[name]) == "READY"
    for file in manifest(office_package)["files"]:
        data = office_package[file["path"]]
        assert (len(data), hashlib.sha256(data).hexdigest()) == (file["size"], file["sha256"])


def test_same_input_same_bytes(press: Press, office: Project, tmp_path: Path) -> None:
    """Twice, in another folder, on another day, without a cache: the same bytes; and the second time nothing is touched."""
    first = pack(press, office)
    stood = (office.root / "package/READY").stat()
    done = run(press, office)
    other = Project(tmp_path / "clone")
    subprocess.run(["git", "clone", "-q", str(office.root), str(other.root)], check=True)
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1", "TZ": "America/New_York", "PYTHONHASHSEED": "5", "LC_ALL": "C"}
    away = ["faketime", "2031-01-01"] if Path("/usr/bin/faketime").exists() else []
    command = [*away, sys.executable, "-m", "guodong_site", "package", "--no-pdf"]
    elsewhere = subprocess.run(command, cwd=other.root, env=environment, check=False, capture_output=True, text=True)

    assert elsewhere.returncode == 0, elsewhere.stdout
    assert "与上次完全相同" in done.out
    assert (office.root / "package/READY").stat() == stood
    assert differing(snapshot(other.root / "package"), first) == []


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.facts: set[tuple[str, str]] = set()
        self.addresses: set[str] = set()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.facts |= {(tag, name) for name, _ in attrs}
        self.addresses |= {value or "" for name, value in attrs if name in ("href", "src")}
        if tag not in ("br", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def read_tags(made: str) -> _Tags:
    seen = _Tags()
    seen.feed(made)
    seen.close()
    assert seen.open == []
    return seen


def test_the_fragment_is_clean(standing: Standing) -> None:
    """Only the tags of the table, no class, no style; links are whole, files lie where the fragment says."""
    _, package = standing
    made = package["items/2024-07/1.html"].decode()
    seen = read_tags(made)
    files = {f"items/2024-07/{address}" for address in seen.addresses if address.startswith("..")}
    stood = {os.path.normpath(unquote(path)) for path in files}

    assert seen.tags == {"p", "strong", "a", "figure", "figcaption", "img", "table", "thead", "tbody", "tr", "th", "td"}
    assert seen.tags <= TAGS
    assert seen.facts == {("a", "href"), ("img", "src"), ("img", "alt")}
    assert "https://example.org/issues/2024-03/" in seen.addresses
    assert stood == {"attachments/2024-07/photo.jpg", "attachments/2024-07/附表.xlsx"}
    assert stood <= set(package)
    assert json.loads(package["items/2024-07/1.json"])["body_html"] == made


def test_figures_may_be_paragraphs(press: Press, office: Project) -> None:
    """For systems that drop `figure`: the picture and its caption are paragraphs."""
    made = pack(press, office, "--no-figures")["items/2024-07/1.html"].decode()

    assert re.search(r'<p><img src="[^"]+" alt="会场"></p>\n<p>会议现场</p>', made)
    assert "figure" not in made


FRAGMENTS = (
    ("<h4>题</h4>", "<h3>题</h3>"),
    ("<p><b>甲</b><i>乙</i><u>丙</u><code>a&lt;b</code></p>", "<p><strong>甲</strong><em>乙</em>丙a&lt;b</p>"),
    ("<p>甲<del>误</del><s>错</s>乙</p>", "<p>甲乙</p>"),
    ("<p><ruby>崂<rp>（</rp><rt>láo</rt><rp>）</rp></ruby>山</p>", "<p>崂（láo）山</p>"),
    ("<div>散文<p>段</p></div>", "<p>散文</p>\n<p>段</p>"),
    ("<pre>一\n 二</pre><hr>", "<p>一<br> 二</p>"),
    ("<dl><dt>名</dt><dd>义</dd></dl>", "<p><strong>名</strong></p>\n<p>义</p>"),
    ('<ol start="3"><li>甲<ul><li>乙</li></ul></li></ol>', '<ol start="3"><li><p>甲</p><ul><li>乙</li></ul></li></ol>'),
    (
        '<table><caption>表一</caption><tbody><tr><td colspan="2" class="n">1</td></tr></tbody></table>',
        '<p>表一</p>\n<table><tbody><tr><td colspan="2">1</td></tr></tbody></table>',
    ),
    ("<blockquote><p>引</p></blockquote>", "<blockquote><p>引</p></blockquote>"),
    ('<p>x<sup>2</sup>，H<sub>2</sub>O，<abbr title="t">缩</abbr></p>', "<p>x<sup>2</sup>，H<sub>2</sub>O，缩</p>"),
    ('<p><a href="/a?b=1&amp;c=2" title="t">链</a></p>', '<p><a href="@/a?b=1&amp;c=2">链</a></p>'),
    ('<p>&lt;script&gt; &amp;amp; "引"</p>', '<p>&lt;script&gt; &amp;amp; "引"</p>'),
    (
        '<picture><source srcset="a.webp"><img src="a.jpg" alt="&quot;图&quot;" width="3" loading="lazy"></picture>',
        '<p><img src="@a.jpg" alt="&quot;图&quot;"></p>',
    ),
)


@pytest.mark.parametrize(("given", "wanted"), FRAGMENTS)
def test_what_has_no_tag_goes_on_as_text(given: str, wanted: str) -> None:
    """Every tag that may be published, as the portal gets it."""
    made = fragment([given], lambda address: "@" + address)
    read_tags(made)

    assert made == wanted + "\n"


def test_no_word_is_lost(given: Project, old: Project, press: Press) -> None:
    """The given issue's articles: the plain text is what the site searches, character for character."""
    package = pack(press, old, *ON_PAPER)
    with_text = {
        one["id"]: one["text"] for path in (given.root / "www/gzdt/api/issues").glob("*.json") for one in articles(path)
    }

    assert len(with_text) == 11
    for key, text in with_text.items():
        told = json.loads(package[f"items/{key}.json"])
        assert "".join(told["body_text"].split()) == "".join(text.split())
        assert words(told["body_html"]) == told["body_text"]


def articles(path: Path) -> list[dict[str, str]]:
    return [one for section in json.loads(path.read_bytes())["sections"] for one in section["articles"]]


def test_the_catalogue(standing: Standing) -> None:
    """CSV as Excel and WPS read it and a workbook, the same lines in both, every column of the portals; what nobody knows is empty."""
    _, package = standing
    lines = list(csv.reader(io.StringIO(package["catalog.csv"].decode("utf-8-sig"), newline="")))
    sheet = load_workbook(io.BytesIO(package["catalog.xlsx"])).active

    assert package["catalog.csv"].startswith(b"\xef\xbb\xbf")
    assert lines[0] == COLUMNS
    assert lines[1] == [
        "",
        "市国动办召开2024年度推进全面从严治党工作会议",
        "7月3日上午，市国动办召开会议，总结上半年工作。见第3期和附表。",
        "2024-07-15",
        "",
        "青岛市国防动员办公室",
        "2024-07-15",
        "2024-07-16",
        "有效",
        "",
        "https://example.org/issues/2024-07/1/",
    ]
    assert len(lines) == 1 + 4
    assert sheet is not None
    assert [[cell.value or "" for cell in row] for row in sheet.iter_rows()] == lines


EVIL = ('=HYPERLINK("http://x.example")', "+86", "-1", "@SUM(A1)", "＝1+1")


def test_no_cell_is_a_formula(press: Press, office: Project) -> None:
    """Titles that a spreadsheet would reckon: an apostrophe in the CSV, a text in the workbook, as it is in the record."""
    edit(
        office,
        "## 认清国防动员发展趋势",
        "\n\n".join(f"## {title}\n\n正文。" for title in EVIL) + "\n\n## 认清国防动员发展趋势",
    )
    package = pack(press, office)
    cells = [row[1] for row in csv.reader(io.StringIO(package["catalog.csv"].decode("utf-8-sig")))]
    workbooks = (package["catalog.xlsx"], pack(press, office, "--adapter", "spreadsheet", out="byhand")["导入清单.xlsx"])

    assert [cell for cell in cells if cell.startswith("'")] == [f"'{title}" for title in EVIL]
    assert [json.loads(package[f"items/2024-07/{at}.json"])["title"] for at in range(3, 8)] == list(EVIL)
    for data in workbooks:
        book = load_workbook(io.BytesIO(data))
        found = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value in EVIL]
        assert [(cell.data_type, cell.quotePrefix) for cell in found] == [("s", True)] * len(EVIL)
        with zipfile.ZipFile(io.BytesIO(data)) as held:
            assert not any(b"<f>" in held.read(name) for name in held.namelist())


def test_a_workbook_says_no_moment() -> None:
    """No date of making, nothing compressed: the same on every machine; what XML cannot hold is shown as missing."""
    data = workbook({"甲": (("头",), ("a\x01b\ud800",))})
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        dates = {info.date_time for info in held.infolist()}
        ways = {info.compress_type for info in held.infolist()}
        core = held.read("docProps/core.xml")
    sheet = load_workbook(io.BytesIO(data)).active

    assert (dates, ways) == ({(1980, 1, 1, 0, 0, 0)}, {zipfile.ZIP_STORED})
    assert b"dcterms:" not in core
    assert sheet is not None
    assert sheet["A2"].value == "a\ufffdb\ufffd"


def test_the_feed_is_of_what_is_new(press: Press, office: Project) -> None:
    """RSS that holds to its schema, marks escaped, a date only where there is one; of a delta only what it brings."""
    edit(office, "认清国防动员发展趋势", "甲 & 乙 <丙> ]]>")
    full = pack(press, office)
    edit(office, "志愿服务活动", "公益活动", "2024-03")
    delta = again(press, office)
    rules = etree.RelaxNG(etree.parse(ROOT / "tests/schemas/rss.rng"))
    for package, titles in ((full, 4), (delta, 1)):
        page = etree.fromstring(package["feed.xml"])
        link = etree.SubElement(page[0], "{http://www.w3.org/2005/Atom}link", rel="self", type="application/rss+xml")
        link.set("href", "https://example.org/feed.xml")  # which a feed in a folder has not, and the rules ask for
        rules.assertValid(page)
        assert len(page.findall(".//item")) == titles
    items = etree.fromstring(full["feed.xml"]).findall(".//item")

    assert items[1].findtext("title") == "甲 & 乙 <丙> ]]>"
    assert [item.findtext("pubDate") is not None for item in items] == [True, True, False, False]


def test_nothing_new(press: Press, office: Project) -> None:
    """Since the package that stands nothing happened: all are named as unchanged, none is carried."""
    pack(press, office)
    delta = again(press, office)

    assert set(ops(delta).values()) == {"unchanged"}
    assert not [path for path in delta if path.startswith(("items/", "attachments/"))]
    assert manifest(delta)["since"] == manifest(snapshot(office.root / "package"))["id"]


CHANGES = (
    ("总结", "回顾", {"2024-07/1": "update"}),
    ("published: 2024-07-16 09:00", "published: 2024-07-16 10:00", {"2024-07/1": "update", "2024-07/3": "update"}),
    ("第二段“的”改为“地”。", "第一段“的”改为“地”。", {"2024-07/1": "update"}),
    ('draft: {"2": true}\n', "", {"2024-07/2": "create", "2024-07/3": "update"}),
    ("changes: {", 'withdrawn: {"1": {date: 2024-08-02, reason: 有误}}\nchanges: {', {"2024-07/1": "withdraw"}),
)


def test_a_change_is_sent(press: Press, office: Project) -> None:
    """A word, the moment, a correction's note, an article let go (the one behind it moves), one withdrawn (none moves): no more."""
    pack(press, office)
    since = "package/manifest.json"
    for at, (old, new, wanted) in enumerate(CHANGES):
        edit(office, old, new)
        delta = pack(press, office, "--since", since, out=f"delta{at}")
        since = f"delta{at}/manifest.json"
        sent = {key: op for key, op in ops(delta).items() if op != "unchanged"}
        carried = {path.split("/", 1)[1].rpartition(".")[0] for path in delta if path.startswith("items/")}
        assert (sent, carried) == (wanted, set(wanted)), old
    assert set(ops(again(press, office, since)).values()) == {"unchanged"}


def test_another_picture_is_a_change(press: Press, office: Project) -> None:
    """A picture under the same name."""
    pack(press, office)
    office.write("issues/2024-07/photo.jpg", jpeg(8, (640, 480)))
    delta = again(press, office)

    assert {key for key, op in ops(delta).items() if op == "update"} == {"2024-07/1"}
    assert "attachments/2024-07/photo.jpg" in delta


def test_a_withdrawn_article_is_a_tombstone(press: Press, office: Project) -> None:
    """Its id, address, day and reason, and none of its words; in the catalogue and the feed it is not."""
    pack(press, office)
    edit(office, "draft: {", 'withdrawn: {"3": {date: 2024-08-02, reason: 内容有误}}\ndraft: {')
    for package, op in ((again(press, office), "withdraw"), (pack(press, office, "--full", out="full"), "withdraw")):
        assert json.loads(package["items/2024-07/3.json"]) == {
            "op": op,
            "id": "2024-07/3",
            "url": "https://example.org/issues/2024-07/3/",
            "withdrawn": {"date": "2024-08-02", "reason": "内容有误", "moved_to": None},
        }
        assert "items/2024-07/3.html" not in package
        assert not [path for path, data in package.items() if "认清".encode() in data]


def test_a_withdrawn_issue(press: Press, office: Project) -> None:
    """Every article of it is taken down; in the next package there is nothing more to do."""
    pack(press, office)
    edit(office, "number: 3\n", "number: 3\nwithdrawn: {全期: {date: 2024-08-02, reason: 整期有误}}\n", "2024-03")
    delta = again(press, office)

    assert {key: op for key, op in ops(delta).items() if op != "unchanged"} == {
        "2024-03/1": "withdraw",
        "2024-03/2": "withdraw",
    }
    assert set(ops(again(press, office, "delta/manifest.json")).values()) == {"unchanged"}


def test_a_new_id_of_an_article(press: Press, office: Project) -> None:
    """With the former address said, the old one is taken down and told where it is now."""
    pack(press, office)
    edit(office, '{author="王五"}', '{#trends author="王五"}')
    edit(office, "draft: {", "aliases: {trends: [/issues/2024-07/3/]}\ndraft: {")
    delta = again(press, office)
    gone = json.loads(delta["items/2024-07/3.json"])["withdrawn"]

    assert (ops(delta)["2024-07/trends"], ops(delta)["2024-07/3"]) == ("create", "withdraw")
    assert gone == {"date": None, "reason": None, "moved_to": "https://example.org/issues/2024-07/trends/"}


@pytest.mark.parametrize("how", ["gone", "held"])
def test_what_the_portal_has_cannot_vanish(press: Press, office: Project, how: str) -> None:
    """An article cut away, or held back again, without a word: refused with the line to write, and the package stands."""
    pack(press, office)
    pack(press, office, out="delta")
    before = snapshot(office.root / "delta")
    if how == "gone":
        edit(office, "# 人防科技撷英" + SEVENTH.split("# 人防科技撷英")[1], "")
    else:
        edit(office, 'draft: {"2": true}', 'draft: {"2": true, "3": true}')
    done = run(press, office, "--since", "package/manifest.json", "--out", "delta")

    assert done.code == 3
    assert "X040" in done.out
    assert "2024-07/3" in done.out
    assert 'withdrawn: {"3": {date: 年-月-日, reason: 原因}}' in done.out
    assert snapshot(office.root / "delta") == before


def test_against_a_release(press: Press, office: Project) -> None:
    """A release.json says less than a manifest (paths, no correction's note), and what it says decides."""
    told = manifest(pack(press, office))
    keys = ("id", "title", "sha256", "date", "op")
    items = [
        {**{key: one[key] for key in keys}, "url": one["url"][19:], "published": one["published"]} for one in told["items"]
    ]
    office.write("release.json", json.dumps({"version": 1, "id": "0011223344556677", "items": items, "files": []}))
    same = again(press, office, "release.json")
    edit(office, "总结", "回顾")
    changed = again(press, office, "release.json")

    assert set(ops(same).values()) == {"unchanged"}
    assert {key for key, op in ops(changed).items() if op != "unchanged"} == {"2024-07/1"}
    assert manifest(changed)["since"] == "0011223344556677"


BAD_SINCE = ("", "{}", "[]", "null", '{"id": "x", "items": [1]}', '{"id": 3, "items": []}', "\x00")


def test_what_cannot_be_compared(press: Press, office: Project) -> None:
    """A file that is none of the three: one sentence, exit 2, nothing written."""
    for text in BAD_SINCE:
        office.write("since.json", text)
        done = press.run(office, "package", "--since", "since.json")
        assert (done.code, "不能用来比较" in done.said) == (2, True), text
    assert not (office.root / "package").exists()


def test_wrong_usage(press: Press, office: Project) -> None:
    """Two modes at once, a file that is not there, a folder of someone else, the site's, the sources'."""
    office.write("others/notes.txt", "mine")
    office.write("public/.guodong/built.json", "{}")
    office.write("manifest/manifest.json", '{"files": []}')
    cases = {
        ("--full", "--since", "x"): "只能写一个",
        ("--since", "none.json"): "打不开",
        ("--out", "others"): "不属于数据包的文件（如“notes.txt”）",
        ("--out", "manifest"): "不属于数据包的文件（如“manifest.json”）",
        ("--out", "public/p"): "公开网站的文件夹里",
        ("--out", "issues/p"): "不能放在 issues/ 里面",
        ("--out", "."): "不属于数据包的文件",
        ("--out", "site.yaml"): "是一个文件",
        ("--adapter", "x"): "可以写：folder、spreadsheet、trs",
        ("--adapter", "tsr"): "是不是想写“trs”",
    }
    for options, said in cases.items():
        done = press.run(office, "package", *options)
        assert (done.code, said in done.said) == (2, True), (options, done.said)
    assert (office.root / "others/notes.txt").read_text() == "mine"
    assert not (office.root / "package").exists()


def test_a_note_left_in_the_package_is_not_lost(press: Press, office: Project) -> None:
    """The portal's receipt put into the folder: refused, and it is still there."""
    pack(press, office)
    office.write("package/回执.txt", "收到")
    edit(office, "总结", "回顾")
    done = run(press, office)

    assert (done.code, "回执.txt" in done.said) == (2, True)
    assert (office.root / "package/回执.txt").read_text(encoding="utf-8") == "收到"


def test_a_faulty_archive_gives_no_package(press: Press, office: Project) -> None:
    """A personal number is a veto, exit 3; a broken file exit 1; the package stands as it was."""
    before = pack(press, office)
    edit(office, "总结", "联系人手机13912345678，总结")
    veto = run(press, office)
    office.write("issues/2024-08.md", "---\nnumber: 8\n")
    broken = run(press, office)

    assert (veto.code, broken.code) == (3, 3)
    assert "没有做数据包，原来的没有动" in veto.out
    assert snapshot(office.root / "package") == before


def test_cut_short_at_any_rename(press: Press, office: Project) -> None:
    """Killed while writing beside, between the two renames, or before clearing up: the next run ends with a whole package."""
    first = pack(press, office)
    folder = office.root
    (folder / ".package.new/items").mkdir(parents=True)
    (folder / ".package.new/items/half").write_text("x")
    assert pack(press, office) == first
    (folder / "package").rename(folder / ".package.old")
    assert pack(press, office) == first
    edit(office, "总结", "回顾")
    (folder / ".package.old").mkdir()
    second = pack(press, office)

    assert ops(second).keys() == ops(first).keys()
    assert second != first
    assert [path.name for path in folder.iterdir() if path.name.startswith(".package")] == []


def test_a_long_title_and_a_month(press: Press, project: Project) -> None:
    """Three hundred characters go through every adapter; of an old issue only the month is known, and no day is made up."""
    title = "长" * 300
    old = GOOD.replace("number: 3\ndate: 2024-03-15", "legacy: true\ndate: 2024-03").replace(
        "市国动办召开工作会议\n", f"{title}\n"
    )
    project.write("issues/2024-03.md", old)
    package = pack(press, project)
    byhand = pack(press, project, "--adapter", "spreadsheet", out="byhand")
    trs = etree.fromstring(pack(press, project, "--adapter", "trs", out="trs")["documents.xml"])
    told = json.loads(package["items/2024-03/1.json"])
    sheet = load_workbook(io.BytesIO(byhand["导入清单.xlsx"]))["新增"]

    assert (told["title"], told["created"], told["published"]) == (title, "2024-03", None)
    assert (sheet["B2"].value, sheet["D2"].value, sheet["H2"].value) == (title, "2024-03", None)
    assert (trs.findtext(".//DOCTITLE"), trs.findtext(".//DOCCREATED"), trs.findtext(".//DOCRELTIME")) == (title, "2024-03", "")
    assert "pubDate" not in package["feed.xml"].decode()


def test_the_batch_of_xml(press: Press, office: Project) -> None:
    """Well-formed whatever a title holds; the text of a field is the text; what goes, and files that are there."""
    edit(office, "认清国防动员发展趋势", "甲 & 乙 <丙> ]]> “丁”")
    pack(press, office)
    edit(office, "总结", "回顾")
    edit(office, "draft: {", 'withdrawn: {"3": {date: 2024-08-02, reason: 有误 & 重发}}\ndraft: {')
    delta = pack(press, office, "--adapter", "trs", "--since", "package/manifest.json", out="delta")
    full = etree.fromstring(pack(press, office, "--adapter", "trs", out="trs")["documents.xml"])
    update, gone = etree.fromstring(delta["documents.xml"])

    assert (update.get("operation"), update.findtext("DOCOUTUPID")) == ("update", "2024-07/1")
    assert update.findtext("DOCRELTIME") == "2024-07-16 09:00:00"
    assert 'src="attachments/2024-07/photo.jpg"' in (update.findtext("DOCHTMLCON") or "")
    assert {one.get("file") for one in update.findall("APPENDIX")} <= set(delta)
    assert (gone.get("operation"), gone.findtext("WITHDRAWNREASON")) == ("withdraw", "有误 & 重发")
    assert len(full) == 3 + 1


def test_by_hand(press: Press, office: Project) -> None:
    """A sheet for what is to be added, changed, taken down; the texts open in a browser with their pictures."""
    pack(press, office)
    edit(office, "总结", "回顾")
    edit(office, 'draft: {"2": true}', 'withdrawn: {"3": {date: 2024-08-02, reason: 有误}}')
    delta = pack(press, office, "--adapter", "spreadsheet", "--since", "package/manifest.json", out="delta")
    book = load_workbook(io.BytesIO(delta["导入清单.xlsx"]))

    assert book.sheetnames == ["新增", "更新", "撤回"]
    assert [book[name].max_row for name in book.sheetnames] == [2, 2, 2]
    assert [cell.value for cell in book["撤回"][2]][:4] == [
        "2024-07/3",
        "https://example.org/issues/2024-07/3/",
        "2024-08-02",
        "有误",
    ]
    assert '<meta charset="utf-8">' in delta["items/2024-07/1.html"].decode()


WITHOUT = """
import importlib.util
real = importlib.util.find_spec
importlib.util.find_spec = lambda name, *more: None if name == "openpyxl" else real(name, *more)
"""


def test_without_the_library_for_workbooks(office: Project) -> None:
    """One sentence says what is lacking and how to get it; all else is there; the adapter that is a workbook is refused."""
    script = WITHOUT + "import sys; from guodong_site.door import main; sys.exit(main(sys.argv[1:]))"

    def run(*arguments: str) -> Done:
        command = [sys.executable, "-c", script, *arguments]
        done = subprocess.run(command, cwd=office.root, capture_output=True, text=True, check=False)
        return Done(done.returncode, done.stdout, done.stderr)

    committed(office)
    plain, byhand = run("package"), run("package", "--adapter", "spreadsheet", "--out", "byhand")
    package = snapshot(office.root / "package")

    assert (plain.code, byhand.code) == (0, 4), plain.said
    assert "pip install --editable '.[deploy]'" in plain.out
    assert "pip install --editable '.[deploy]'" in byhand.err
    assert ("catalog.csv" in package, "catalog.xlsx" in package, "READY" in package) == (True, False, True)
    assert not (office.root / "byhand").exists()


def test_told_to_a_program(press: Press, office: Project) -> None:
    """--format json."""
    told = json.loads(run(press, office, "--format", "json").out)

    assert (told["counts"], told["changed"]) == ({"create": 4, "update": 0, "withdraw": 0, "unchanged": 0}, True)


def test_printed_editions_go_along(office: Project) -> None:
    """The public one of each issue; of what is new only those that changed, of a withdrawal too; without a word that is held back."""

    def editions(out: str, *options: str) -> dict[str, str]:
        committed(office)
        done = office.run("package", "--out", out, *options, pdf=True)
        package = snapshot(office.root / out)
        assert done.code == 0, done.said
        jsonschema.validate(manifest(package), json.loads((SCHEMAS / "package.json").read_bytes()))
        listed = {one["path"]: one for one in manifest(package)["editions"]}
        assert set(listed) == {path for path in package if path.endswith(".pdf")}
        assert all(hashlib.sha256(package[path]).hexdigest() == one["sha256"] for path, one in listed.items())
        return {one["issue"]: text_of(office.root / out / path) for path, one in listed.items()}

    full = editions("package")
    edit(office, "总结", "回顾")
    word = editions("delta1", "--since", "package/manifest.json")
    edit(office, "changes: {", 'withdrawn: {"3": {date: 2024-08-02, reason: 有误}}\nchanges: {')
    gone = editions("delta2", "--since", "delta1/manifest.json")
    same = editions("delta3", "--since", "delta2/manifest.json")

    assert set(full) == {"2024-07", "2024-03"}
    assert "总结上半年工作" in full["2024-07"]
    assert not any(held in full["2024-07"] for held in ("还没有定稿", "市人防指挥部"))
    assert ("回顾上半年工作" in word["2024-07"], "认清国防动员" in word["2024-07"], set(word)) == (True, True, {"2024-07"})
    assert ("认清国防动员" in gone["2024-07"], set(gone)) == (False, {"2024-07"})
    assert same == {}
