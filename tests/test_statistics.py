"""The archive in numbers: what is drawn and listed is what a plain count of the sources gives."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import GOOD, Project, served
from lxml import etree, html

SECTIONS = ("要闻", "区市动态", "简讯", "人防科技撷英")

STORY = """---
number: {month}
date: {year}-{month:02}-15
---

# 要闻

## 市国动办召开工作会议

{words}市国动办召开工作会议。

# 区市动态

## {district}国动办开展演练

{district}国动办开展演练，疏散群众100人。

# 简讯

市国动办开展志愿服务活动。
"""


def write(project: Project, years: range, months: tuple[int, ...] = (3, 9)) -> None:
    """Issues that differ in length and district."""
    for year in years:
        for month in months:
            district = "平度市" if (year + month) % 2 else "市南区"
            text = STORY.format(year=year, month=month, district=district, words="今天上午，" * (1 + (year + month) % 7))
            project.write(f"issues/{year}-{month:02}.md", text)


def counted(project: Project) -> tuple[Counter[str], Counter[str], dict[str, int]]:
    """Articles and characters by section, characters by issue: by the lines of the sources alone."""
    articles: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    lengths: dict[str, int] = {}
    for path in sorted((project.root / "issues").glob("*.md")):
        section, length = "", 0
        for line in path.read_text(encoding="utf-8").split("---\n", 2)[2].splitlines():
            if line.startswith("# "):
                section = line[2:]
            elif line.startswith("## "):
                articles[section] += 1
            elif line:
                articles[section] += section == "简讯"
                characters[section] += len(line)
                length += len(line)
        lengths[path.stem] = length
    return articles, characters, lengths


def page(project: Project) -> Any:
    assert project.run("build", "--no-search").code == 0
    return html.fromstring((project.out / "statistics/index.html").read_text(encoding="utf-8"))


def table(found: Any, heading: str) -> list[list[str]]:
    """The rows of a figure's table, its head first."""
    (figure,) = found.xpath(f"//figure[h2[text()='{heading}']]")
    return [[cell.text_content() for cell in row] for row in figure.xpath(".//tr")]


def plot(found: Any, heading: str) -> Any:
    (svg,) = found.xpath(f"//figure[h2[text()='{heading}']]//svg")
    return svg


def share(rect: Any, name: str) -> float:
    return float(rect.get(name).rstrip("%em"))


def test_numbers_are_those_of_the_sources(project: Project) -> None:
    """Sections, years, districts, months, lengths: each table is a plain count."""
    write(project, range(2021, 2024))
    found = page(project)
    articles, characters, lengths = counted(project)
    districts = Counter(
        re.findall(r"## (..?.)国动办开展", "".join(p.read_text(encoding="utf-8") for p in (project.root / "issues").glob("*")))
    )

    assert table(found, "各栏目篇数与字数")[1:] == [[name, str(articles[name]), str(characters[name])] for name in SECTIONS]
    assert table(found, "各年各栏目篇数") == [
        ["年份", *SECTIONS],
        *([str(year), "2", "2", "2", "0"] for year in (2021, 2022, 2023)),
    ]
    assert dict(table(found, "各区市条数")[1:]) | {} == {
        name: str(districts[name]) for name, _ in table(found, "各区市条数")[1:]
    }
    assert sum(districts.values()) == 6
    assert [row[1] for row in table(found, "各期字数")[1:]] == [str(lengths[name]) for name in sorted(lengths)]
    months = {row[0]: row[1:] for row in table(found, "2023年各区市逐月条数")[1:]}
    assert months["市南区"] == [
        "—",
        "—",
        "0" if (2023 + 3) % 2 else "1",
        *["—"] * 5,
        "0" if (2023 + 9) % 2 else "1",
        "—",
        "—",
        "—",
        "2",
    ]
    assert f"共6期、{sum(articles.values())}篇、{sum(characters.values())}字" in found.text_content()


def test_plots_are_their_tables(project: Project) -> None:
    """Every mark is as long as its number says; a cell of the heat map prints it."""
    write(project, range(2021, 2024))
    found = page(project)
    rows = table(found, "各栏目篇数与字数")[1:]
    for at, kind in ((1, "bar"), (2, "bar-2")):
        most = max(int(row[at]) for row in rows)
        widths = [share(rect, "width") for rect in plot(found, "各栏目篇数与字数").xpath(f".//rect[@class='{kind}']")]
        assert widths == [round(int(row[at]) / most * 100, 2) for row in rows]
    lengths = [int(row[1]) for row in table(found, "各期字数")[1:]]
    heights = [share(rect, "height") for rect in plot(found, "各期字数").xpath(".//rect")]
    assert heights == [pytest.approx(length / max(lengths) * 12, abs=0.01) for length in lengths]
    heights = [share(rect, "height") for rect in plot(found, "各年各栏目篇数").xpath(".//rect")]
    assert len(heights) == 9  # nothing is drawn for a section without an article
    assert set(heights) == {4.0}
    cells = plot(found, "2023年各区市逐月条数").xpath(".//text[starts-with(@class, 'on-')]/text()")
    rows = table(found, "2023年各区市逐月条数")[1:]
    assert cells == [cell for row in rows for cell in row[1:13]]
    tones = plot(found, "2023年各区市逐月条数").xpath(".//rect/@class")
    assert [tone for tone, cell in zip(tones, cells, strict=True) if (tone == "none") != (cell == "—")] == []


def accessible(found: Any) -> None:
    """Every picture has a name and a description, every table a caption, scopes, and a region that can be scrolled by keyboard."""
    for figure in found.xpath("//main//figure"):
        (svg,) = figure.xpath(".//svg")
        ids = svg.get("aria-labelledby").split()
        assert svg.get("role") == "img"
        assert [svg.xpath(f"./*[@id='{name}']/text()") != [] for name in ids] == [True, True]
        assert figure.xpath(".//details//table/caption/text()")
        assert not figure.xpath(".//th[not(@scope)]")
        assert not figure.xpath(".//*[contains(@class, 'scrollx')][not(@tabindex='0' and @role='region' and @aria-label)]")
        etree.fromstring(etree.tostring(svg))


def test_an_archive_of_any_length(project: Project) -> None:
    """Nothing, one issue, and two hundred years: years are then told by decades, and no plot has more marks than a page bears."""
    empty = page(project)
    project.write("issues/2024-03.md", GOOD)
    one = page(project)
    write(project, range(1990, 2190, 1), (3,))
    many = page(project)
    accessible(one)
    accessible(many)

    assert (empty.xpath("//figure"), "还没有收录任何一期" in empty.text_content()) == ([], True)
    assert table(one, "各年各栏目篇数") == [["年份", *SECTIONS], ["2024", "1", "0", "1", "0"]]
    decades = table(many, "各年代各栏目篇数")
    assert [decades[0], decades[1][0], decades[-1][0]] == [["年代", *SECTIONS], "1990年代", "2180年代"]
    assert sum(int(row[1]) for row in decades[1:]) == 200
    assert len(table(many, "每期平均字数")) == 21


def test_a_year_without_an_issue_has_no_length(project: Project) -> None:
    """Where nothing was measured stands a dash, not a zero."""
    write(project, range(2000, 2001), tuple(range(1, 13)))
    write(project, range(2002, 2005), tuple(range(1, 13)))
    rows = dict(row for row in table(page(project), "每期平均字数")[1:])

    assert (rows["2001"], list(rows)) == ("—", ["2000", "2001", "2002", "2003", "2004"])


@pytest.fixture
def twenty_years(project: Project) -> Iterator[str]:
    """A site of twenty years over HTTP."""
    write(project, range(2004, 2024), (1, 4, 7, 10))
    assert project.run("build", "--no-search").code == 0
    for address in served(project.out):
        yield address + "/"


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("display", ["{}", '{"mode":"elder"}', '{"size":"200"}'])
def test_plots_fit_every_page(chromium: Any, twenty_years: str, width: int, display: str) -> None:
    """No page scrolls sideways, with every table open; letters of a plot are never smaller than the page's own."""
    context = chromium.new_context(viewport={"width": width, "height": 800})
    context.add_init_script(f"localStorage.setItem('guodong.display', '{display}')")
    tab = context.new_page()
    tab.goto(twenty_years + "statistics/")
    tab.evaluate("document.querySelectorAll('main details').forEach((one) => (one.open = true))")
    wide = tab.evaluate("document.documentElement.scrollWidth")
    sizes = tab.evaluate(
        "[...document.querySelectorAll('.plot svg text')].map((t) => parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a)"
    )
    body = tab.evaluate("parseFloat(getComputedStyle(document.querySelector('main .cap')).fontSize)")
    context.close()

    assert wide <= width
    assert min(sizes) >= max(14, body)
