"""The given issue as a proofreader finds it, correct sentences left alone, slips found: by rule, and told in docs/checks.md."""

from __future__ import annotations

import datetime
import re
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from conftest import ROOT, Project, new_project
from slips_by_rule import SLIPS

from guodong_site import checks
from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic
from guodong_site.pipeline import Options, make
from guodong_site.registry import discover

TODAY = datetime.date(2026, 11, 25)
SENTENCES = ROOT / "tests/data/nasgec-media-sample.tsv"
HEAD = "---\nnumber: 3\ndate: 2024-03-15\n---\n\n# 简讯\n\n"
PAGE = ROOT / "docs/checks.md"


@cache
def given() -> tuple[Diagnostic, ...]:
    """What `check` says of the project as it is, the given issue in it."""
    found = make(Options(root=ROOT, search=False, drafts=True, day=TODAY)).found
    return tuple(d for d in found if d.where.path == "issues/2023-03.md")


def marked(found: Iterable[Diagnostic], name: str) -> list[str]:
    """What the carets of a rule stand under."""
    return [d.where.excerpt[-1][d.where.column - 1 : d.where.end_column] for d in found if d.rule.name == name]


@pytest.mark.parametrize(
    ("name", "under"),
    [
        ("half-width-mark", [","]),  # 国动办,市
        ("adverbial-de", ["的", "的"]),  # 深入广泛的向…普及, 坚定不移的深入推进
        ("name-variants", ["青岛市电子学校"]),
        ("former-name", ["莱西市人防办", "平度市人防办"]),
        ("secret-hint", ["指挥通信系统", "短波电台"]),
        ("untold-reprint", ["认清国防动员发展趋势"]),
        ("series-ordinal", []),  # 第51个“国际民防日” of 2023 is right
        ("unclear-year", []),  # every day without a year is the issue's own
        ("no-such-day", []),
        ("unpaired-mark", []),  # 42 “ and 42 ”
    ],
)
def test_the_given_issue(name: str, under: list[str]) -> None:
    """What a proofreader marks in it, at the very characters."""
    assert marked(given(), name) == under


def test_a_brief_that_says_it_twice() -> None:
    """简讯 1: the activity at its beginning comes again at its end."""
    assert "举办“党的二十大精神主题党日”活动" in marked(given(), "repeated-phrase")


def test_the_given_issue_has_not_much_more() -> None:
    """Two sentences that do repeat themselves, and a title of 55 characters."""
    rest = [d.rule.name for d in given()]
    expected = ["half-width-mark", "adverbial-de", "adverbial-de", "name-variants", "former-name", "former-name", "secret-hint"]
    expected += ["secret-hint", "untold-reprint", "long-title", "repeated-phrase", "repeated-phrase", "repeated-phrase"]

    assert sorted(rest) == sorted(expected)


def test_a_title_that_goes_on_behind_a_blank_line_and_facts_that_lack(project: Project) -> None:
    """As the lead titles of the given text are, and its masthead: told by the reader, not by a check."""
    project.write(
        "issues/2023-03.md", "---\ndate: 2023-03-15\n---\n\n# 要闻\n\n## 市国动办召开\n\n## 工作会议\n\n3月6日上午，……\n"
    )

    assert {("F017", "number"), ("F024", "市国动办召开")} <= {
        (code, word) for code, _, _, _, said in project.found() for word in ("number", "市国动办召开") if word in said
    }


@cache
def judged(texts: tuple[str, ...]) -> tuple[tuple[Diagnostic, ...], ...]:
    """What the checks of language say of each text, each a paragraph of one issue."""
    with tempfile.TemporaryDirectory() as folder:
        project = new_project(Path(folder))
        project.write("issues/2024-03.md", HEAD + "\n\n".join(texts) + "\n")
        found = make(Options(root=project.root, search=False, drafts=True)).found
    first = HEAD.count("\n") + 1
    return tuple(
        tuple(d for d in found if d.where.line == first + 2 * at and d.rule.code[0] == "L") for at in range(len(texts))
    )


def correct() -> tuple[str, ...]:
    """The sentences that their correctors left as they stand."""
    rows = [line.split("\t") for line in SENTENCES.read_text(encoding="utf-8").splitlines()]
    return tuple(row[1] for row in rows if all(one == row[1] for one in row[2:]))


def test_correct_sentences_are_left_alone() -> None:
    """Of 126, no more than 3 % are complained of by all checks of language together."""
    sentences = correct()
    wrong = [sentence for sentence, found in zip(sentences, judged(sentences), strict=True) if found]

    assert len(sentences) == 126
    assert len(wrong) / len(sentences) <= 0.03, wrong


@pytest.mark.parametrize("name", SLIPS)
def test_slips_are_found(name: str) -> None:
    """Our own slips of each kind, and what looks like one and is none."""
    wrong, right = SLIPS[name]
    missed = [text for text, found in zip(wrong, judged(wrong), strict=True) if name not in {d.rule.name for d in found}]
    alarms = [text for text, found in zip(right, judged(right), strict=True) if name in {d.rule.name for d in found}]

    assert (missed, alarms) == ([], [])


def test_the_figures_are_generated(request: pytest.FixtureRequest) -> None:
    """docs/checks.md says what each rule finds and how often it errs; `pytest --accept` rewrites it."""
    rules = [check.rule for check in discover(checks, "CHECK", Check) if check.rule.code[0] == "L"]
    sentences = correct()
    alarms = judged(sentences)
    lines = ["# 检查的准确程度", "", "由 `pytest tests/test_proofreading.py --accept` 生成。", ""]
    lines += [
        "“找到”是我们自己编的错句（tests/slips_by_rule.py）中报告了的；“误报”是 NaSGEC 媒体样本里 126 个正确的句子中报告了的。",
        "",
    ]
    lines += ["| 代码 | 名称 | 找到 | 误报 |", "|---|---|---|---|"]
    for rule in sorted(rules, key=lambda rule: rule.code):
        wrong = SLIPS.get(rule.name, ((), ()))[0]
        hits = sum(rule.name in {d.rule.name for d in found} for found in judged(wrong)) if wrong else 0
        share = f"{hits}/{len(wrong)}" if wrong else "（见 tests/test_checks.py）"
        wrongly = sum(rule.name in {d.rule.name for d in found} for found in alarms)
        lines.append(f"| {rule.code} | `{rule.name}` | {share} | {wrongly}/{len(sentences)} |")
    total = sum(bool(found) for found in alarms)
    lines += ["", f"合计：{len(sentences)} 个正确的句子里，{total} 个有误报（{total / len(sentences):.1%}）。"]
    text = "\n".join(lines) + "\n"
    if request.config.getoption("--accept"):
        PAGE.write_text(text, encoding="utf-8")

    assert PAGE.read_text(encoding="utf-8") == text


def test_the_table_of_slips_is_fit_to_ship() -> None:
    """At least sixty entries, each with its source; none that a correct sentence holds."""
    from guodong_site.house_style import read_wording

    found: list[Diagnostic] = []
    wording = read_wording(ROOT, found)
    text = "\n".join(correct()) + (ROOT / "issues/2023-03.md").read_text(encoding="utf-8")

    assert found == []
    assert len(wording.confusions) >= 60
    assert [one.wrong for one in wording.confusions if one.wrong in text] == []
    assert all(re.search(r"《.+》", one.source) for one in wording.confusions)


def test_every_slip_of_the_table_is_found() -> None:
    """Each entry in a sentence of its own; and not in the longer words that are right."""
    from guodong_site.house_style import read_wording

    wording = read_wording(ROOT, [])
    slips = tuple(f"会议认为，这里{one.wrong}，大家都看见了。" for one in wording.confusions)
    excused = tuple(f"会议认为，这里{longer}，大家都看见了。" for one in wording.confusions for longer in one.unless)

    assert [
        t for t, found in zip(slips, judged(slips), strict=True) if "confused-word" not in {d.rule.name for d in found}
    ] == []
    assert [
        t for t, found in zip(excused, judged(excused), strict=True) if "confused-word" in {d.rule.name for d in found}
    ] == []
