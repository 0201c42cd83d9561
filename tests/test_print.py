"""The printed edition: what is on paper is what was written, on the grid of the standard, the same bytes everywhere."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from pathlib import Path
from typing import Any

import outloud
import papers
import pikepdf
import pytest
from conftest import GOOD, ROOT, Project, jpeg, new_project
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from test_door import without

from guodong_site.pipeline import Options, make
from guodong_site.print_data import Office, opening, print_data
from guodong_site.typesetter import Typesetter, UnprintableError

ISSUE = "issues/2024-03.md"
RICH = """---
number: 3
total: 312
date: 2024-03-15
distribution: 各区（市）国动办，市国动办领导
channels: [工作动态, 国动办门户网]
changes:
  - {date: 2024-04-01, note: 第二条的人数由200改为300。}
withdrawn:
  gone: {date: 2024-04-02, reason: 内容有误。}
---

# 要闻

## 关于贯彻落实中央和省市关于加强新时代国防动员工作的若干意见切实做好全市国防动员潜力统计调查和国防动员准备各项工作任务的情况通报与下一步工作安排部署要求的通知暨动员大会 {#long author="张昇堃 李犇"}

3月6日，`#panic("x")` $x^2$ @ref #let 反斜杠 \\\\ 与 \\` 号，昇堃犇喆玥䶮都能印。**“两个确立”**更重要，*强调*一下，H<sub>2</sub>O和m<sup>2</sup>，<u>下划线</u>、<s>删去</s>，见[中国政府网](https://www.gov.cn/)和[本站](/about/)。

### 一、提高认识

一个没有空格的长词LONG，之后再写。

##### （一）统一思想

1. 第一项任务，抓好落实，层层压实责任，确保各项工作落到实处，取得实效，不走过场。
2. 第二项任务

- 无序一
- 无序二

    - 嵌套的一项

> 引用的一段话，讲的是国防动员是将国防潜力转化为国防实力的重要举措。

| 区市 | 数量 | 说明 |
|---|---:|:---|
| 市北区 | 1200 | 开展人防教育进校园活动 |

| 一 | 二 | 三 | 四 | 五 | 六 | 七 | 八 | 九 | 十 | 十一 | 十二 | 十三 | 十四 |
|---|---|---|---|---|---|---|---|---|---|---|---|---|---|
| 市北区国防动员办公室 | 1200 | abcdefghijklmnopqrstuvwxyzabcdefghijklmnop | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 |

![启动仪式现场](2024-03/a.jpg "图1 国际民防日宣传周启动仪式现场")

<table><tr><th colspan="2">合并的格</th></tr><tr><td rowspan="2">甲</td><td>乙</td></tr><tr><td>丙</td></tr></table>

---

![一个点](2024-03/dot.png)

## 撤回的一篇 {#gone}

这一段谁也不该再看到。

## 转载的一篇 {#again source=中国国防报}

转载的正文一段，不长也不短，讲国防动员的发展趋势。

# 简讯

市国动办开展志愿服务活动，向居民发放手册**200余份**。

3月5日，市北区举办“学雷锋，当先锋”活动，反响热烈。
""".replace("LONG", "abcdefghijklmnopqrstuvwxyz" * 12)


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Four issues, printed by two processes: the given one, one with everything a body can hold, two of a single page."""
    project = new_project(tmp_path_factory.mktemp("shop"))
    shutil.copy(ROOT / "issues/2023-03.md", project.root / "issues")
    project.write(ISSUE, RICH)
    project.write("issues/2024-03/a.jpg", jpeg(5, (1200, 800), exif=Image.Exif()))
    Image.new("RGB", (1, 1)).save(project.root / "issues/2024-03/dot.png")
    project.write("issues/2024-04.md", GOOD.replace("number: 3\ndate: 2024-03-15", "number: 4\ndate: 2024-04-15"))
    project.write("issues/2024-05.md", GOOD.replace("number: 3\ndate: 2024-03-15", "number: 5\ndate: 2024-05-15"))
    done = project.run("build", "--no-search", "--jobs", "2", "--base-url", "https://example.org/gzdt/", pdf=True)
    assert done.code == 0, done.said
    return project


def pdf(project: Project, issue: str) -> Path:
    return project.out / f"issues/{issue}/{issue}.pdf"


def written(project: Project, issue_id: str) -> list[str]:
    """All the texts of an issue in printed order: sections, titles, units."""
    archive = make(Options(root=project.root, search=False)).archive
    assert archive is not None
    issue = next(one for one in archive.site.issues if one.id == issue_id)
    texts = []
    for section in issue.sections:
        texts.append(section.kind.name)
        for article in section.articles:
            texts += [*([] if article.brief else [article.title.text, article.author or ""]), *article.prose.units]
    return texts


@pytest.mark.parametrize("issue", ["2023-03", "2024-03", "2024-04"])
def test_every_character_comes_out_in_order(shop: Project, issue: str) -> None:
    """Sections, titles, authors, paragraphs, cells, captions: nothing is lost and nothing is elsewhere."""
    expected = re.sub(r"\s", "", "".join(written(shop, issue)))

    assert papers.missing(expected, papers.text_of(pdf(shop, issue))) is None


@pytest.mark.parametrize("issue", ["2023-03", "2024-03", "2024-04"])
def test_pages_keep_to_the_grid(shop: Project, issue: str) -> None:
    """At most 23 lines a page, 28 characters a line, inside the type area; no line begins or ends with a wrong mark."""
    for number, page in enumerate(papers.words(pdf(shop, issue)), 1):
        of_lines = papers.lines(page)
        left = 28 if number % 2 else 26  # the binding is at the inside

        assert len(of_lines) <= (23 if number > 1 else 26)  # the first has its contents in smaller type
        assert [line for line in papers.lines(page, 5.4) if sum(1 if char > "\u2e80" else 0.45 for char in line) > 28.4] == []
        assert min(word.left + 2.8 * (word.text[0] in "（《“【") for word in page) >= left - 0.2  # half is blank
        assert (
            max(word.right - 2.8 * (word.text[-1] in "，。、；：！？）》”") for word in page) <= left + 156.2
        )  # half is blank
        assert papers.stray_marks(of_lines) == []


def test_what_the_printed_given_issue_is(shop: Project) -> None:
    """Fourteen pages of A4, at most 450 KB, both standards, Chinese, dated of its issue, no error of PDF/UA."""
    path = pdf(shop, "2023-03")
    info = papers.run("pdfinfo", path)
    with pikepdf.open(path) as opened:
        data = str(opened.open_metadata())
        language = str(opened.Root.Lang)

    assert re.findall(r"^Pages: +(\d+)|^Page size: +(.*)", info, re.MULTILINE) == [
        ("14", ""),
        ("", "595.276 x 841.89 pts (A4)"),
    ]
    assert path.stat().st_size <= 450 * 1024
    assert [part in data for part in ("pdfaid:part>2<", "pdfaid:conformance>A<", "pdfuaid:part>1<")] == [True] * 3
    assert language == "zh-CN"
    assert ("工作动态 2023年3月" in info, "青岛市国防动员办公室" in info, "Mar  1 00:00:00 2023" in info) == (True, True, True)
    assert "https://example.org/gzdt/issues/2023-03/" in data


@pytest.mark.parametrize("issue", ["2023-03", "2024-03", "2024-04"])
def test_everybody_can_read_it(shop: Project, issue: str) -> None:
    """outloud finds no error of PDF/UA: tags, order, headings, tables, texts of pictures."""
    result = outloud.check(str(pdf(shop, issue)))

    assert [(one.rule, one.message) for one in result.findings if one.severity == "error"] == []
    assert result.error is None


def test_the_outline_is_sections_and_titles(shop: Project) -> None:
    """As deep as it is printed: section, title, heading; briefs by their first clause."""
    assert papers.outline(pdf(shop, "2024-03"))[:4] == [
        (1, "要闻"),
        (2, written(shop, "2024-03")[1]),
        (3, "一、提高认识"),
        (4, "（一）统一思想"),
    ]
    assert papers.outline(pdf(shop, "2024-03"))[4:] == [
        (2, "转载的一篇"),
        (1, "简讯"),
        (2, "市国动办开展志愿服务活动"),
        (2, "市北区举办“学雷锋，当先锋”活动"),
    ]
    sections = [text for depth, text in papers.outline(pdf(shop, "2023-03")) if depth == 1]
    assert sections == ["要闻", "区市动态", "简讯", "人防科技撷英"]


def test_what_is_not_public_is_not_printed(shop: Project) -> None:
    """No 发：, nothing of what was withdrawn but that it was; corrections are told, and where the web edition is."""
    text = papers.text_of(pdf(shop, "2024-03"))

    assert [part in text for part in ("各区（市）国动办", "谁也不该再看到", "撤回的一篇")] == [False] * 3
    assert "本篇已于2024年4月2日撤回。" in text
    assert "政务公开：工作动态，国动办门户网" in text
    assert "更正：2024年4月1日，第二条的人数由200改为300。" in text
    assert "网络版：https://example.org/gzdt/issues/2024-03/" in text


def test_pictures_are_printed_clean(shop: Project) -> None:
    """The picture is in it with its caption, without what a camera wrote."""
    images = papers.run("pdfimages", "-list", pdf(shop, "2024-03"))

    assert len(images.splitlines()) == 2 + 2
    assert b"Exif" not in pdf(shop, "2024-03").read_bytes()


def test_the_site_leads_to_it(shop: Project) -> None:
    """Issue, article and year name it with size and pages; the cover is a small picture; the data name it; no worker keeps it."""
    page = (shop.out / "issues/2023-03/index.html").read_text(encoding="utf-8")
    year = (shop.out / "years/2023/index.html").read_text(encoding="utf-8")
    size = f"{pdf(shop, '2023-03').stat().st_size / 1024:.0f} KB"
    cover = shop.out / "issues/2023-03/2023-03-cover.png"

    assert f"PDF，14页，{size}" in page
    assert f"PDF，14页，{size}" in year
    assert 'href="/gzdt/issues/2023-03/2023-03.pdf"' in (shop.out / "issues/2023-03/3/index.html").read_text(encoding="utf-8")
    assert cover.stat().st_size <= 25 * 1024
    with Image.open(cover) as image:
        shown = re.findall(r'2023-03-cover.png" width="(\d+)" height="(\d+)"', page)
        assert [(int(wide) * 2, int(high) * 2) for wide, high in shown] == [(image.width // 2 * 2, image.height // 2 * 2)]
    data = json.loads((shop.out / "api/issues/2023-03.json").read_text(encoding="utf-8"))
    assert data["pdf"] == "/gzdt/issues/2023-03/2023-03.pdf"
    assert "if (/\\.(pdf|epub)$/.test(url.pathname)) return;" in (shop.out / "sw.js").read_text(encoding="utf-8")


def test_the_same_bytes_elsewhere(shop: Project, tmp_path: Path) -> None:
    """Another process, another folder, nothing remembered, one process instead of two: the same files."""
    elsewhere = Project(tmp_path / "anders")
    shutil.copytree(shop.root, elsewhere.root, ignore=shutil.ignore_patterns("public", ".cache"))
    built = ("build", "--no-search", "--no-cache", "--jobs", "1", "--base-url", "https://example.org/gzdt/")
    done = elsewhere.run(*built, pdf=True)

    assert done.code == 0, done.said
    for issue in ("2023-03", "2024-03", "2024-04", "2024-05"):
        assert pdf(shop, issue).read_bytes() == pdf(elsewhere, issue).read_bytes()
        cover = f"issues/{issue}/{issue}-cover.png"
        assert (shop.out / cover).read_bytes() == (elsewhere.out / cover).read_bytes()


def test_only_what_changed_is_set_again(good: Project) -> None:
    """One of two issues edited: one is set; a word of the template: both; what was kept is damaged: it is set again."""

    def new(*options: str) -> str:
        done = good.run("build", "--no-search", "--timings", *options, pdf=True)
        assert done.code == 0, done.said
        said: list[str] = re.findall(r"排印刷版：(.*?)：", done.said)
        return said[0]

    good.write("issues/2024-04.md", GOOD.replace("number: 3\ndate: 2024-03-15", "number: 4\ndate: 2024-04-15"))
    assert new() == "2 期，新排 2 期"
    good.write("issues/2024-04.md", (good.root / "issues/2024-04.md").read_text(encoding="utf-8").replace("200", "300"))
    assert new() == "2 期，新排 1 期"
    before = pdf(good, "2024-04").read_bytes()
    for kept in good.root.glob(".cache/editions/*/printings/*"):
        kept.write_bytes(kept.read_bytes()[:-1] + b"?")
    shutil.rmtree(good.out)
    assert new() == "2 期，新排 0 期"
    assert pdf(good, "2024-04").read_bytes() == before
    template = good.root / "templates/print/bulletin.typ"
    template.write_text(template.read_text(encoding="utf-8").replace("#b3121a", "#b3121b"), encoding="utf-8")
    assert new() == "2 期，新排 2 期"
    assert pdf(good, "2024-04").read_bytes() != before


def test_a_build_without_print(good: Project) -> None:
    """With, without, with: each is what it would be alone, though nothing else changed; drafts are never printed."""
    for options, printed in (((), True), (("--no-pdf",), False), ((), True), (("--drafts", "--out", "drafts"), False)):
        done = good.run("build", "--no-search", *options, pdf=True)
        out = good.root / "drafts" if "--out" in options else good.out

        assert done.code == 0, done.said
        assert bool(list(out.rglob("*.pdf"))) == printed
        assert ("2024-03.pdf" in (out / "issues/2024-03/index.html").read_text(encoding="utf-8")) == printed
    assert "没有改动" in good.run("build", "--no-search", pdf=True).out


def test_a_character_no_font_has(good: Project) -> None:
    """The site is built, without that PDF and without a link to it, and says so at the character's place, the next time too."""
    said = {
        "𠮷": "警告 P010  issues/2024-05.md 第 10 行第 30 列：“𠮷”字库里没有，印不出来；这一期没有生成 PDF",
        "\ue123": "警告 P011  issues/2024-06.md 第 10 行第 30 列：“\ue123”（U+E123）是自造字",
        "😀": "警告 P010  issues/2024-07.md 第 10 行第 30 列：“😀”字库里没有",
    }
    for number, char in enumerate(said, 5):
        text = GOOD.replace("number: 3\ndate: 2024-03-15", f"number: {number}\ndate: 2024-0{number}-15")
        good.write(f"issues/2024-0{number}.md", text.replace("今年任务", f"今年{char}任务"))
    checked = good.run("check")
    for done in (good.run("build", "--no-search", pdf=True), good.run("build", "--no-search", "--timings", pdf=True)):
        assert done.code == 0, done.said
        assert [line for line in said.values() if line not in done.out] == []
    assert [line for line in said.values() if line not in checked.out] == []
    assert [path.name for path in good.out.rglob("*.pdf")] == ["2024-03.pdf"]
    assert ".pdf" not in (good.out / "issues/2024-05/index.html").read_text(encoding="utf-8")


def test_a_machine_without_typst_or_fonts(good: Project) -> None:
    """One line that says what to type; the rest of the site is there."""
    for library, code, said in (
        ("typst", "P013", "这台电脑没有安装排版程序 typst"),
        ("pylopdf_fonts_zh_cn", "P014", "这台电脑没有可以用来排版的中文字体"),
    ):
        done = without(library, good, "build", "--no-search", "--no-cache", pdf=True)

        assert (done.code, done.out.count("没有生成印刷版"), f"警告 {code}" in done.out) == (0, 1, True), done.said
        assert said in done.out
        assert (good.out / "issues/2024-03/index.html").exists()
        assert not pdf(good, "2024-03").exists()
        asked = without(library, good, "print", "2024-03")
        assert (asked.code, said in asked.said) == (4, True), asked.said


def test_an_own_file_of_that_name_stays(good: Project) -> None:
    """A scan that an editor put there is not written over."""
    good.write("issues/2024-03/2024-03.pdf", b"%PDF-scan")
    good.write(ISSUE, GOOD + "\n[扫描件](2024-03/2024-03.pdf)\n")
    done = good.run("build", "--no-search", pdf=True)

    assert (done.code, "P016" in done.out) == (0, True), done.said
    assert pdf(good, "2024-03").read_bytes() == b"%PDF-scan"


def test_a_broken_template(good: Project) -> None:
    """Named with its line; the site is built, and not published."""
    template = good.root / "templates/print/bulletin.typ"
    source = template.read_text(encoding="utf-8")
    template.write_text(source.replace("#let size-5 = 10.5pt", "#let size-5 = 10.5bt"), encoding="utf-8")
    done = good.run("build", "--no-search", pdf=True)
    line = source[: source.index("#let size-5")].count("\n") + 1

    assert (done.code, f"错误 P015  templates/print/bulletin.typ 第 {line} 行" in done.out) == (0, True), done.said
    template.unlink()
    done = good.run("build", "--no-search", pdf=True)
    assert (done.code, "错误 F004  templates/print/bulletin.typ：打不开" in done.out) == (1, True), done.said


def test_pictures_that_cannot_be_printed(good: Project) -> None:
    """Four colours (CMYK) are printed where Pillow turns them, else named at their line; a broken or vast one stops every build."""
    Image.new("CMYK", (90, 60), (10, 80, 80, 0)).save(good.write("issues/2024-03/a.jpg", b""))
    good.write(ISSUE, GOOD + "\n![照片](2024-03/a.jpg)\n")
    bare = without("PIL", good, "build", "--no-search", "--no-cache", pdf=True)
    assert (bare.code, "警告 P012  issues/2024-03.md 第 16 行" in bare.out) == (0, True), bare.said
    assert not pdf(good, "2024-03").exists()
    assert good.run("build", "--no-search", "--no-cache", pdf=True).code == 0
    assert re.findall("icc +3|cmyk", papers.run("pdfimages", "-list", pdf(good, "2024-03"))) == ["icc     3"]
    good.write("issues/2024-03/a.jpg", jpeg(3)[:200])
    broken = good.run("build", "--no-search", pdf=True)
    assert (broken.code, "K004" in broken.out) == (1, True), broken.said
    good.write("issues/2024-03/a.jpg", jpeg(3, (20000, 10)))
    vast = good.run("build", "--no-search", pdf=True)
    assert (vast.code, "20000×10 像素，太大了" in vast.out) == (1, True), vast.said


def test_the_desks_own_edition(good: Project) -> None:
    """发：, who has reviewed it, what is held back; only reviews that still stand.  site.yaml may let 发： into the public one."""
    text = GOOD.replace("---\n\n# 要闻", "distribution: 各区（市）国动办\ndraft: {'2': true}\n---\n\n# 要闻")
    good.write(ISSUE, text)
    for level, name in (("初审", "张三"), ("复审", "李四")):
        assert good.run("sign", "2024-03", "--level", level, "--name", name).code == 0
    office, plain = good.run("print", "2024-03", "--office"), good.run("print", "2024-03", "--out", "public.pdf")
    full, public = (papers.text_of(good.root / name) for name in ("2024-03-内部.pdf", "public.pdf"))

    assert (office.code, plain.code) == (0, 0), office.said + plain.said
    assert [part in full for part in ("发：各区（市）国动办", "审核：初审张三复审李四", "志愿服务")] == [True] * 3
    assert [part in public for part in ("发：", "审核", "志愿服务")] == [False] * 3
    good.write(ISSUE, text.replace("200", "300"))
    stale = good.run("print", "2024-03", "--office")
    assert "初审（张三）之后稿件改过，没有印上。" in stale.out
    assert "张三" not in papers.text_of(good.root / "2024-03-内部.pdf")
    good.write("site.yaml", (good.root / "site.yaml").read_text(encoding="utf-8") + "\nprint_distribution: true\n")
    assert good.run("build", "--no-search", pdf=True).code == 0
    assert "发：各区（市）国动办" in papers.text_of(pdf(good, "2024-03"))
    assert [path for path in good.out.rglob("*.html") if "各区（市）国动办" in path.read_text(encoding="utf-8")] == []


def test_printing_says_what_it_cannot(good: Project) -> None:
    """Usage 2, content 1, machine 4, each in a sentence; with the computer's own fonts it says which fills which role."""
    good.write("issues/2024-04.md", GOOD.replace("number: 3", "number: 4").replace("今年", "今年𠮷"))
    good.write("issues/2024-05.md", GOOD.replace("number: 3", "number: 五"))
    good.write("issues/2024-06.md", GOOD.replace("number: 3", "number: 6\nwithdrawn: {date: 2024-04-02, reason: 重发}"))
    asked: list[tuple[tuple[str, ...], int, str]] = [
        (("2024-09",), 2, "没有“2024-09”这一期。"),
        (("2024-04",), 1, "“𠮷”字库里没有"),
        (("2024-05",), 1, "没有写出 PDF。"),
        (("2024-06",), 2, "已经撤回"),
        (("2024-03", "--out", "none/a.pdf"), 4, "没有写成 none/a.pdf"),
        (("2024-03", "--system-fonts"), 0, "仿宋（正文）："),
    ]
    for arguments, code, said in asked:
        done = good.run("print", *arguments)
        assert (done.code, said in done.said) == (code, True), (arguments, done.said)
    assert sorted(path.name for path in good.root.glob("*.pdf")) == ["2024-03.pdf"]


# ── set in this process, without a site around ────────────────────────────────


@pytest.fixture(scope="module")
def setter(tmp_path_factory: pytest.TempPathFactory) -> Typesetter:
    """A typesetter of the project's own template."""
    template = (ROOT / "templates/print/bulletin.typ").read_bytes()
    return Typesetter(ROOT, tmp_path_factory.mktemp("desk"), template)


def bulletin(*articles: dict[str, Any], tail: int = 1) -> dict[str, Any]:
    """Print data with these articles in one section, and so many lines in its tail."""
    made = [
        {"title": "题", "lines": ["题"], "brief": False, "gone": "", "author": "", "source": "", "body": [], **one}
        for one in articles
    ]
    return {
        "masthead": "工作动态",
        "number": "2024年第3期",
        "total": "",
        "unit": "编发单位",
        "date": "2024年3月15日",
        "day": [2024, 3, 15],
        "title": "工作动态 2024年第3期",
        "keywords": ["要闻"],
        "address": "https://example.org/issues/2024-03/",
        "contents": [{"text": one["title"], "brief": False} for one in made],
        "sections": [{"name": "要闻", "articles": made}],
        "tail": [{"label": "政务公开", "text": f"第{number}行"} for number in range(tail)],
    }


def paragraphs(*texts: str) -> list[dict[str, Any]]:
    return [{"t": "p", "c": [text]} for text in texts]


def put(setter: Typesetter, data: dict[str, Any], path: Path) -> int:
    """Sets the data into a file; the number of pages."""
    printing = setter.set(data, opening(data), {})
    path.write_bytes(printing.pdf)
    return printing.pages


NASTY = [
    '#panic("x")',
    "$x$",
    "@ref",
    "`a` ```b```",
    "\\ \\n \\u{41}",
    "//注释 /*x*/",
    "<label>",
    "= 标题",
    "- 项",
    "*粗* _斜_",
    "~",
    "#let x = 1",
    "[a](b)",
    "“”‘’",
    "——……",
]


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.one_of(
            st.sampled_from(NASTY),
            st.text("国防动员，。“”（）《》①%0123456789abcXYZ#$@`\\*_[]<>~=-/\"' ", min_size=1, max_size=60),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_any_text_is_text(setter: Typesetter, tmp_path: Path, texts: list[str]) -> None:
    """Whatever is Typst's own language is printed as it stands."""
    texts = [text for text in texts if text.strip()]
    path = tmp_path / "a.pdf"
    put(setter, bulletin({"title": "".join(texts)[:30].strip() or "题", "body": paragraphs(*texts)}), path)

    expected = re.sub(r"[\s-]", "", "".join(texts))  # pdftotext takes a hyphen at a line's end for one that joins
    assert papers.missing(expected, papers.text_of(path)) is None


def test_the_tail_never_stands_alone(setter: Typesetter, tmp_path: Path) -> None:
    """Whatever the length of the text, and of the tail, there is text above the tail on its page."""
    alone = []
    for length in range(1, 60, 2):
        path = tmp_path / "a.pdf"
        put(setter, bulletin({"body": paragraphs(*["国" * 27] * length)}, tail=1 + length % 5), path)
        last = papers.words(path)[-1]
        body = [word for word in last if "国国国" in word.text]
        if not body or len(papers.lines(last)) > 23 + 6:
            alone.append(length)

    assert alone == []


def test_forty_pages(setter: Typesetter, tmp_path: Path) -> None:
    """A long issue keeps its grid to the end, and its numbers stand outside: right on odd pages, left on even."""
    path = tmp_path / "a.pdf"
    body = paragraphs(*["国防动员是将国防潜力转化为国防实力的重要举措，" * 11 + "。"] * 10)
    count = put(
        setter, bulletin(*({"title": f"第{number}篇", "lines": [f"第{number}篇"], "body": body} for number in range(9))), path
    )
    pages = papers.words(path)

    assert count == len(pages) >= 40
    assert max(len(papers.lines(page)) for page in pages[1:]) <= 23
    for number, page in enumerate(pages, 1):
        mark = next(word for word in page if word.text == str(number) and word.top > 262)
        assert (mark.left > 150) == (number % 2 == 1)


def test_the_cover_is_the_first_page(setter: Typesetter) -> None:
    """It is made of the beginning alone, and is the same to the last pixel as one made of all."""
    archive = make(Options(root=ROOT, search=False)).archive
    assert archive is not None
    item = {"t": "list", "ordered": True, "start": 1, "items": [paragraphs("一项")] * 9}
    table = {"t": "table", "columns": 1, "head": 1, "rows": 2, "small": 1, "cells": []}
    table["cells"] = [{"x": 0, "y": y, "colspan": 1, "rowspan": 1, "th": False, "align": "", "c": ["甲"]} for y in (0, 1)]
    mixed = [*paragraphs("短", "短句。" * 40), item, {"t": "hr"}, table, {"t": "quote", "c": paragraphs("引" * 90)}]
    given_issue = next(one for one in archive.site.issues if one.id == "2023-03")
    for data in (print_data(given_issue, archive.settings), bulletin(*({"body": mixed} for _ in range(9)))):
        first = opening(data)

        assert len(str(first)) < len(str(data)) / 2
        assert setter.set(data, first, {}).cover == setter.set(data, data, {}).cover


def test_what_cannot_be_set_is_told(setter: Typesetter) -> None:
    """All characters at once, whichever is wrong with them."""
    with pytest.raises(UnprintableError) as told:
        setter.set(data := bulletin({"body": paragraphs("𠮷和𠀋")}), opening(data), {})

    assert told.value.missing == ("𠮷", "𠀋")
    assert setter.lacking("昇堃犇喆玥䶮㛃〓①★") is None


def test_printed_for_the_office_or_not() -> None:
    """The public edition's data hold nothing of 发： and reviews, wherever one looks."""
    archive = make(Options(root=ROOT, search=False)).archive
    assert archive is not None
    (issue,) = (one for one in archive.site.issues if one.id == "2023-03")
    public, office = (print_data(issue, archive.settings, one) for one in (None, Office(reviews=("初审 张三",))))

    assert ("指挥部成员单位" in str(public), "指挥部成员单位" in str(office), "张三" in str(office)) == (False, True, True)
    assert (
        hashlib.sha256(str(print_data(issue, archive.settings)).encode()).digest()
        == hashlib.sha256(str(public).encode()).digest()
    )
