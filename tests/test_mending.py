"""`check --fix`: only marks, blanks and encodings; shown first, asked, whole, and twice is once.  Waivers, the day, and formats."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys

import jsonschema
import pytest
from conftest import GOOD, ROOT, Project
from hypothesis import given, settings
from hypothesis import strategies as st

from guodong_site.mending import repaired

ISSUE = "issues/2024-03.md"
SLIPPED = GOOD.replace("上午，市国动办", "上午,市国动办").replace("部署今年任务。", "部署 今年任务。。")
HEAD = "---\nnumber: 3\ndate: 2024-03-15\nsummary: 一,二。。\n---\n\n"
_PIECES = ["会议", "部署", "，", ",", "。", "..", "...", "。。", "、、", " ", "\u3000", "\n", "\n\n", "“", "”", "《", "》", "‘", "(", ")", "（", "）",
           ";", ":", "!", "-", "--", "——", "`", "# ", "- ", "1.", "a", "3", "|", "<b>", "[文](a,b)", "https://a.cn/,", "{#a}", "\r\n"]  # fmt: skip


@settings(max_examples=400)
@given(st.lists(st.sampled_from(_PIECES), max_size=30).map("".join))
def test_mending_twice_is_mending_once(body: str) -> None:
    """And nothing but marks and blanks changes, in the body alone; no line comes or goes."""
    text = HEAD + body
    once = repaired(text)

    assert repaired(once) == once
    assert once.startswith(HEAD) or "\r\n" in text
    assert [c for c in once if c.isalnum()] == [c for c in text if c.isalnum()]
    assert once.count("\n") == text.count("\n")


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ("会议指出,要做好工作。。", "会议指出，要做好工作。"),
        ("市国动办(原人防办)开展;活动:学习!", "市国动办（原人防办）开展；活动：学习！"),
        ("部署 今年　任务", "部署今年任务"),
        ("还有...很多。。。", "还有……很多……"),
        ("他说“好,很 好。。”,大家学习《国防,动员》。", "他说“好,很 好。。”，大家学习《国防,动员》。"),
        ("## 标题,有 空格", "## 标题,有 空格"),
        ("| 表,格 | 乙 |", "| 表,格 | 乙 |"),
        ("引号“没有配对,不动", "引号“没有配对,不动"),
        ("见`代码,行`和[文](甲,乙.pdf)。", "见`代码,行`和[文](甲,乙.pdf)。"),
    ],
)
def test_what_is_mended_and_what_is_not(line: str, mended: str) -> None:
    """Quotations, titles, headings, tables, code, links and what does not pair are left to a person."""
    assert repaired(HEAD + line + "\n") == HEAD + mended + "\n"


def test_without_an_answer_nothing_is_written(good: Project) -> None:
    """Not on a terminal and without --yes: it shows the change and refuses."""
    file = good.write(ISSUE, SLIPPED)
    done = good.run("check", "--fix", "--today", "2024-03-20")

    assert (done.code, file.read_text(encoding="utf-8")) == (2, SLIPPED)
    assert "-3月6日上午,市国动办" in done.out
    assert "+3月6日上午，市国动办召开工作会议，总结去年工作，部署今年任务。" in done.out


def test_yes_writes_whole_files_in_utf_8(good: Project) -> None:
    """Another encoding, a BOM, marks and blanks; the permissions stay, nothing else lies there; again there is nothing to do."""
    file = good.write(ISSUE, SLIPPED.encode("gb18030"))
    file.chmod(0o640)
    good.write("issues/2024-04.md", b"\xef\xbb\xbf" + GOOD.replace("number: 3", "number: 4").replace("\n", "\r\n").encode())
    done = good.run("check", "--fix", "--yes", "--today", "2024-03-20")

    assert "改正了 2 个文件" in done.out
    assert file.read_text(encoding="utf-8") == GOOD
    assert file.stat().st_mode & 0o777 == 0o640
    assert (good.root / "issues/2024-04.md").read_bytes() == GOOD.replace("number: 3", "number: 4").replace(
        "\n", "\r\n"
    ).encode()
    assert sorted(one.name for one in (good.root / "issues").iterdir()) == ["2024-03.md", "2024-04.md"]
    assert "没有能自动改正的" in good.run("check", "--fix", "--yes", "--today", "2024-03-20").out


@pytest.mark.parametrize(("answer", "written"), [("y\n", True), ("\n", False), ("n\n", False)])
def test_on_a_terminal_it_asks(good: Project, answer: str, written: bool) -> None:  # noqa: FBT001
    """y writes, anything else does not."""
    file = good.write(ISSUE, SLIPPED)
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "guodong_site", "check", "--fix", "--no-color", "--today", "2024-03-20"]
    with subprocess.Popen(command, cwd=good.root, stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True) as running:
        os.close(theirs)
        os.write(ours, answer.encode())
        said = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:
                break
            if not part:
                break
            said += part
        running.wait(timeout=60)
    os.close(ours)

    assert "同意就输入 y" in said.decode()
    assert (file.read_text(encoding="utf-8") == GOOD) == written


FORMER = GOOD.replace("上午，市国动办", "上午，莱西市人防办")


def allowed(entry: str, text: str = FORMER) -> str:
    """An issue that allows something."""
    return text.replace("date: 2024-03-15", f"date: 2024-03-15\nallow:\n  - {entry}")


@pytest.mark.parametrize(
    ("entry", "codes"),
    [
        ("{check: former-name, text: 莱西市人防办, reason: 当时的名称}", set()),
        ("{check: former-name, text: 市人防办召开, reason: 当时的名称, until: 2024-03-20}", set()),
        ("{check: former-name, text: 莱西市人防办, reason: 当时的名称, until: 2024-03-19}", {"L023", "F047"}),
        ("{check: former-name, text: 平度市人防办, reason: 当时的名称}", {"L023", "F046"}),
        ("{check: former-name, text: 总结去年, reason: 在同一行的别处}", {"L023", "F046"}),
        ("{check: confused-word, text: 莱西市人防办, reason: 不是这一项}", {"L023", "F046"}),
        ("{check: former-name, text: 莱西市人防办}", {"L023", "F017"}),
        ("{check: formername, text: 莱西市人防办, reason: 写错了}", {"L023", "F016"}),
        ("{check: former-name, text: 莱西市人防办, 理由: 当时的名称}", {"L023", "F017", "F015"}),
    ],
)
def test_a_waiver(good: Project, entry: str, codes: set[str]) -> None:
    """With a reason, for these words, up to its day; one that says nothing, or covers nothing, is a fault of its own."""
    import datetime

    good.write(ISSUE, allowed(entry))

    assert {code for code, *_ in good.found(day=datetime.date(2024, 3, 20))} == codes


@pytest.mark.parametrize(
    ("name", "words"),
    [("resident-id", "11010519491231002X"), ("mobile-number", "13812345678"), ("classification-mark", "机密★")],
)
def test_a_veto_of_safety_cannot_be_waived(good: Project, name: str, words: str) -> None:
    """The build stops, and says that there is no waiving it."""
    text = GOOD.replace("总结去年工作", f"总结去年工作{words}")
    good.write(ISSUE, allowed(f"{{check: {name}, text: {words}, reason: 本人同意}}", text))
    done = good.run("build", "--no-search")

    assert (done.code, "不能豁免" in done.out, good.out.exists()) == (3, True, False)


def test_a_placeholder_that_is_meant_can_be_waived(good: Project) -> None:
    """It stops the build, until somebody says why it stands there."""
    text = GOOD.replace("总结去年工作", "总结××工作")
    good.write(ISSUE, text)
    assert good.run("build", "--no-search").code == 3
    good.write(ISSUE, allowed("{check: placeholder, text: 总结××工作, reason: 原文如此}", text))

    assert good.run("build", "--no-search").code == 0


def test_a_find_in_a_further_line_is_shown_there(good: Project) -> None:
    """A paragraph that runs over several lines of the file, with marks of Markdown in it."""
    good.write(
        ISSUE,
        GOOD.replace("总结去年工作，部署今年任务。", "**总结**去年工作，\n部署今年\n[任务](https://www.gov.cn/)，布署工作。"),
    )

    assert [(line, column) for code, _, line, column, _ in good.found() if code == "L018"] == [(12, 27)]


def test_what_the_day_decides_is_only_asked_by_check(good: Project) -> None:
    """A build never asks what day it is."""
    good.write(ISSUE, GOOD.replace("number: 3", "number: 3\npublished: 2199-01-01 09:00"))

    assert good.run("build", "--no-search").code == 0
    assert good.run("check").code == 3
    assert good.run("check", "--today", "2199-01-02").code != 3
    assert good.run("check", "--today", "2199-13-02").code == 2


def test_sarif_is_valid_and_points_at_the_characters(good: Project) -> None:
    """Against the schema of its editors; the region is the very characters."""
    good.write(ISSUE, SLIPPED)
    done = good.run("check", "--format", "sarif", "--today", "2024-03-20")
    schema = json.loads((ROOT / "tests/schemas/sarif-2.1.0.json").read_text(encoding="utf-8-sig"))
    log = json.loads(done.out)
    jsonschema.Draft202012Validator(schema).validate(log)
    (result,) = [one for one in log["runs"][0]["results"] if one["ruleId"] == "L010"]
    region = result["locations"][0]["physicalLocation"]["region"]

    assert region["snippet"]["text"][region["startColumn"] - 1 : region["endColumn"] - 1] == ","
    assert log["runs"][0]["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "L010"


def test_gitlab_gets_a_code_quality_report(good: Project) -> None:
    """The fields GitLab needs, with fingerprints of their own that stay when a line comes in above."""
    good.write(ISSUE, SLIPPED)
    report = json.loads(good.run("check", "--format", "gitlab", "--today", "2024-03-20").out)
    good.write(ISSUE, SLIPPED.replace("# 要闻", "\n\n# 要闻"))
    again = json.loads(good.run("check", "--format", "gitlab", "--today", "2024-03-20").out)
    prints = [one["fingerprint"] for one in report]

    assert all({"description", "check_name", "fingerprint", "severity", "location"} == set(one) for one in report)
    assert {one["severity"] for one in report} <= {"info", "minor", "major", "critical", "blocker"}
    assert len(set(prints)) == len(prints)
    assert [one["fingerprint"] for one in again] == prints
    assert all(re.fullmatch(r"[0-9a-f]{64}", one) for one in prints)
