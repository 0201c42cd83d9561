"""采用统计: what was taken up from whom, month by month; for the office alone."""

from __future__ import annotations

import csv
import io
import json

import pytest
from conftest import GOOD, Project

HEAD = ["年份", "类别", "名称", *(f"{month}月" for month in range(1, 13)), "合计"]


def line(year: int, kind: str, name: str, **months: int) -> list[str]:
    counts = [months.get(f"m{month}", 0) for month in range(1, 13)]
    return [str(year), kind, name, *(str(count) for count in counts), str(sum(counts))]


@pytest.fixture
def several(good: Project) -> Project:
    """Two years; a reprint, an item of two districts, a draft issue, a held item, a withdrawn one."""
    news = """
# 区市动态

## 各区市开展防空警报试鸣

市北区国动办组织试鸣。

平度市国动办组织试鸣。

# 人防科技撷英

## 认清国防动员发展趋势

近年来，国防动员发生了变化。（来源：中国国防报）
"""
    good.write("issues/2024-06.md", GOOD.replace("number: 3", "number: 6").replace("03-15", "06-15") + news)
    good.write("issues/2024-07.md", GOOD.replace("number: 3", "number: 7\ndraft: true").replace("03-15", "07-15"))
    held = 'number: 9\ndraft: {"1": true}\nwithdrawn: {"2": {date: 2024-10-01, reason: 有误}}'
    good.write("issues/2024-09.md", GOOD.replace("number: 3", held).replace("03-15", "09-15") + news)
    good.write("issues/2023-12.md", GOOD.replace("number: 3", "number: 12").replace("2024-03-15", "2023-12-15"))
    return good


def test_the_file_opens_in_a_spreadsheet(several: Project) -> None:
    """UTF-8 with the mark Excel and WPS know it by, lines ended as RFC 4180 has them, every month and district there."""
    done = several.run("usage", "--year", "2024", "--out", "采用.csv")
    data = (several.root / "采用.csv").read_bytes()
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))

    assert (done.code, data[:3], data.count(b"\r\n")) == (0, b"\xef\xbb\xbf", len(rows)), done.said
    assert rows[:4] == [
        HEAD,
        line(2024, "全部", "全部文章", m3=2, m6=4, m9=2),
        line(2024, "来源", "青岛市国防动员办公室", m3=2, m6=3, m9=1),
        line(2024, "来源", "中国国防报", m6=1, m9=1),
    ]
    assert [row for row in rows if row[1] == "区市" and row[-1] != "0"] == [
        line(2024, "区市", "市北区", m6=1, m9=1),
        line(2024, "区市", "平度市", m6=1, m9=1),
    ]
    assert sum(row[1] == "区市" for row in rows) == 10


def test_all_years_newest_first_and_as_json(several: Project) -> None:
    """Without a year all of them; without a file it is shown, for programs as JSON."""
    shown = several.run("usage")
    rows = json.loads(several.run("usage", "--format", "json").out)["rows"]

    assert shown.out.startswith(",".join(HEAD))
    assert [row[:3] for row in rows if row[1] == "全部"] == [["2024", "全部", "全部文章"], ["2023", "全部", "全部文章"]]
    assert rows == list(csv.reader(io.StringIO(shown.out)))[1:]


def test_a_name_is_no_formula(good: Project) -> None:
    """A source that a spreadsheet would calculate is a text."""
    text = GOOD.replace("## 市国动办召开工作会议", "## 市国动办召开工作会议 {source=\"=HYPERLINK('x')\"}")
    good.write("issues/2024-03.md", text)

    assert "2024,来源,'=HYPERLINK('x')," in good.run("usage").out


def test_what_cannot_be_meant_is_refused(several: Project) -> None:
    """A year without issues, a file among the published ones, a folder that is not there: nothing is written."""
    assert several.run("build", "--no-search").code == 0
    before = several.site()
    for arguments, code, said in (
        (("--year", "2031"), 2, "没有 2031 年的期刊。有：2024、2023。"),
        (("--out", "public/采用.csv"), 2, "请换一个地方"),
        (("--out", "没有/采用.csv"), 4, "没有写成"),
    ):
        done = several.run("usage", *arguments)

        assert (done.code, said in done.err) == (code, True), done.said
    assert several.site() == before


def test_a_faulty_archive_is_not_counted(several: Project) -> None:
    """What cannot be read would be missing in silence."""
    several.write("issues/2024-10.md", "没有刊头")
    done = several.run("usage", "--out", "采用.csv")

    assert (done.code, "没有统计" in done.err) == (1, True)
    assert not (several.root / "采用.csv").exists()


def test_it_is_nowhere_in_the_site(several: Project) -> None:
    """No page, file or word of it in what is built, drafts included."""
    assert several.run("build", "--no-search", "--drafts").code == 0
    site = several.site()

    assert [path for path, data in site.items() if "usage" in path or "采用统计".encode() in data or b"__preview" in data] == []
