"""One case a check: a small archive that breaks its rule once, and nothing else."""

from __future__ import annotations

import pytest
from conftest import FACTS, GOOD, Project

from guodong_site import checks
from guodong_site.artifact import Check
from guodong_site.pipeline import Options, make
from guodong_site.registry import discover

ISSUE = "issues/2024-03.md"
CASES: dict[str, tuple[str, str, str, str]] = {
    "title-full-stop": (ISSUE, "## 市国动办召开工作会议", "## 市国动办召开工作会议。", "以句号结尾"),
    "not-public": (ISSUE, "number: 3", "number: 3\nclassification: 秘密", "密级写的是“秘密”"),
    "distribution-in-body": (
        ISSUE,
        "手册200余份。",
        "手册200余份。\n\n## 附\n\n发：市人防指挥部成员单位，各区（市）国动办",
        "是发送范围",
    ),
    "title-markup": (ISSUE, "## 市国动办召开工作会议", "## 市国动办召开**工作**会议", "排版记号"),
    "published-before-date": (ISSUE, "number: 3", "number: 3\npublished: 2024-03-14 09:00", "早于签发日期"),
    "dead-link": (ISSUE, "总结去年工作", "总结[去年](2023-12.md)工作", "指向的页面不存在"),
    "missing-furniture": ("site.yaml", "contact: 0532-12345678\n", "", "联系方式"),
    "untold-column": ("site.yaml", "    description: 本办和各区（市）的短消息，一段一条。\n", "", "“简讯”没有说明"),
    "example-address": ("site.yaml", "https://www.qingdao.gov.cn/gdb/", "https://www.example.org/", "占位"),
}


@pytest.mark.parametrize("check", discover(checks, "CHECK", Check), ids=lambda check: check.rule.name)
def test_a_check_finds_its_case_and_only_that(good: Project, check: Check) -> None:
    """The good archive has nothing; the case breaks this rule once."""
    site_yaml = (good.root / "site.yaml").read_text(encoding="utf-8")
    site_yaml = FACTS + site_yaml.replace("https://example.org/", "https://www.qingdao.gov.cn/gdb/")
    good.write("site.yaml", site_yaml)
    before = make(Options(root=good.root, search=False)).found
    name, old, new, said = CASES[check.rule.name]
    text = site_yaml if name == "site.yaml" else (good.root / name).read_text(encoding="utf-8")
    assert old in text
    good.write(name, text.replace(old, new))
    found = make(Options(root=good.root, search=False)).found

    assert before == ()
    assert [(d.rule.name, said in d.message) for d in found] == [(check.rule.name, True)]


def test_the_office_weighs_a_check(good: Project) -> None:
    """`checks:` in site.yaml sets a severity: `check` then fails, `build` does not stop for language."""
    site_yaml = (good.root / "site.yaml").read_text(encoding="utf-8")
    good.write("site.yaml", site_yaml + "\nchecks:\n  title-full-stop: error\n")
    good.write(ISSUE, GOOD.replace("召开工作会议\n", "召开工作会议。\n", 1))

    assert good.run("check").code == 1
    assert good.run("build", "--no-search").code == 0


def test_an_unknown_check_in_site_yaml_is_said(good: Project) -> None:
    """A misspelt check name would silently do nothing."""
    site_yaml = (good.root / "site.yaml").read_text(encoding="utf-8")
    good.write("site.yaml", site_yaml + "\nchecks:\n  title-fullstop: error\n")
    done = good.run("check")

    assert (done.code, "title-full-stop" in done.out) == (1, True)
