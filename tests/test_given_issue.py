"""The one real issue: nothing of the given text is lost, changed, moved or invented."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from conftest import ROOT, Project

from guodong_site.model import Article, Issue, Site
from guodong_site.pipeline import Options, make

GIVEN = Path(__file__).parent / "data" / "given-issue.txt"


def archive() -> Site:
    made = make(Options(root=ROOT, search=False))
    assert made.archive is not None
    return made.archive.site


def as_given(issue: Issue) -> str:
    """The issue in the given text's order: section marks in 【】 (the first has none in the original), the tail last."""
    lines: list[str] = []
    for number, section in enumerate(issue.sections):
        if number:
            lines.append(f"【{section.kind.name}】")
        for article in section.articles:
            if not article.brief:
                lines += article.title.lines
            lines += article.prose.units
    lines += [f"发：{issue.distribution}", "政务公开：" + "，".join(issue.channels)]
    return "\n".join(lines)


def without_blanks(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_no_character_is_lost_changed_or_moved() -> None:
    """Written back in the given order, the issue is the given text, blanks and line ends aside."""
    (issue,) = [issue for issue in archive().issues if issue.id == "2023-03"]

    assert without_blanks(as_given(issue)) == without_blanks(GIVEN.read_text(encoding="utf-8"))


def test_the_copy_of_the_given_text_is_the_original() -> None:
    """6,736 characters and 101 line breaks, as measured when it was received."""
    data = GIVEN.read_bytes()
    text = data.decode("utf-8")

    assert hashlib.sha256(data).hexdigest() == "66f7871db99d0d169e8a4362cb3458fb5305eac3cc102d4efa938154a5e71125"
    assert (len(text), text.count("\n")) == (6736, 101)
    assert text.count("“") == text.count("”") == 42


def test_no_date_or_number_is_invented() -> None:
    """Only the month is known: no number, no day, no publication time."""
    (issue,) = [issue for issue in archive().issues if issue.id == "2023-03"]

    assert (issue.legacy, issue.number, issue.date.iso, issue.date.day, issue.published) == (True, None, "2023-03", None, None)
    assert issue.label == "2023年3月"


def test_sections_briefs_and_titles() -> None:
    """Four sections, eleven articles, six of them briefs; a brief's title is its first clause."""
    (issue,) = [issue for issue in archive().issues if issue.id == "2023-03"]
    counts = [(section.kind.name, len(section.articles)) for section in issue.sections]
    briefs = [article.title.text for article in issue.articles if article.brief]

    assert counts == [("要闻", 3), ("区市动态", 1), ("简讯", 6), ("人防科技撷英", 1)]
    assert briefs == [
        "市国动办离退休干部党支部举办党的二十大精神主题党日活动",
        "市国动办开展“学雷锋，当先锋，我与城市共提升”志愿服务活动",
        "市国动办积极推动城市更新建设重点项目",
        "市国动办到华通集团开展市属人防工程安全管理工作调研",
        "西海岸新区国动办组织开展了指挥通信系统演练",
        "平度市人防办开展春季准军事化训练活动",
    ]


def test_printed_line_breaks_are_kept() -> None:
    """Two lead titles run over two lines in print and are one line on the web."""
    (issue,) = [issue for issue in archive().issues if issue.id == "2023-03"]
    broken = [article.title for article in issue.articles if len(article.title.lines) > 1]

    assert [title.lines[0] for title in broken] == ["市国动办党组会议学习贯彻习近平总书记", "青岛市国动办召开2023年度"]
    assert broken[1].text == "青岛市国动办召开2023年度推进全面从严治党加强党风廉政建设工作会议"


def test_sources_and_districts_are_recognised() -> None:
    """The reprint names its source; nine districts have a paragraph, 市南区 has none."""
    (issue,) = [issue for issue in archive().issues if issue.id == "2023-03"]
    by_section = {section.kind.key: section.articles for section in issue.sections}
    reprint: Article = by_section["xieying"][0]
    (district,) = by_section["qushi"]

    assert (reprint.source, reprint.reprint) == ("中国国防报", True)
    assert {article.source for article in issue.articles if article is not reprint} == {"青岛市国防动员办公室"}
    assert district.districts == (
        "shibei", "licang", "laoshan", "xihaian", "chengyang", "jimo", "jiaozhou", "pingdu", "laixi",
    )  # fmt: skip


def test_the_distribution_line_stays_off_the_web(given: Project) -> None:
    """发： is printed, never published: not on a page, not in the data, not in the index."""
    import gzip

    leaks = []
    for path in (given.root / "www").rglob("*"):
        if not path.is_file():
            continue
        data = path.read_bytes()
        data = gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
        if "市人防指挥部成员单位".encode() in data or "各处（中心、站）".encode() in data:
            leaks.append(path.name)

    assert leaks == []
