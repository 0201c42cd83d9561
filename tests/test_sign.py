"""三审三校: order, what is bound, what unsigns, what the last review writes; the record and the paper form."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any

import pytest
from conftest import GOOD, Project

from guodong_site.config import CHINA

ISSUE, RECORD = "issues/2024-03.md", "issues/2024-03.review.yaml"
PICTURED = GOOD.replace("部署今年任务。", "部署今年任务。\n\n![会场](2024-03/a.png)")


def sign(project: Project, level: str, name: str = "张三") -> Any:
    return project.run("sign", "2024-03", "--level", level, "--name", name)


def all_signed(project: Project) -> None:
    for level, name in (("初审", "张三"), ("复审", "李四"), ("保密", "王五"), ("终审", "赵六")):
        done = sign(project, level, name)
        assert done.code == 0, done.said


def codes(project: Project) -> list[str]:
    return [line.split()[1] for line in project.run("check").out.splitlines() if line.startswith(("警告", "错误", "否决"))]


def test_reviews_go_in_order(good: Project) -> None:
    """A level that is missing is named; nothing is written for a refused one; 保密 comes any time before the last."""
    refused = [sign(good, "复审"), sign(good, "终审")]
    none = not (good.root / RECORD).exists()
    sign(good, "初审")
    sign(good, "复审", "李四")
    without = sign(good, "终审", "赵六")
    sign(good, "保密", "王五")
    done = sign(good, "终审", "赵六")

    assert [one.code for one in refused] == [1, 1]
    assert "还没有初审，不能复审" in refused[0].err
    assert none
    assert (without.code, "还没有保密" in without.err) == (1, True)
    assert done.code == 0, done.said


def test_the_last_review_stamps_the_issue(good: Project) -> None:
    """Moment of publication and ids are written; no review is touched by it; the site shows the moment; all else is as it was."""
    before = (good.root / ISSUE).read_text(encoding="utf-8")
    all_signed(good)
    after = (good.root / ISSUE).read_text(encoding="utf-8")
    state = good.run("sign", "2024-03")
    (moment,) = re.findall(r"^published: (.*)$", after, re.MULTILINE)

    ago = datetime.datetime.now(CHINA) - datetime.datetime.strptime(moment, "%Y-%m-%d %H:%M").replace(tzinfo=CHINA)
    assert ago < datetime.timedelta(minutes=10)  # by the office's time, whatever this computer's is
    assert after.replace(f"published: {moment}\n", "").replace(" {#1}", "").replace(" {#2}", "") == before
    assert "三审和保密审查都已完成" in state.out
    assert "S020" not in codes(good)
    assert good.run("build", "--no-search").code == 0
    page = good.site()["issues/2024-03/1/index.html"].decode()
    assert f'发布时间：<time datetime="{moment.replace(" ", "T")}+08:00">{moment}</time>' in page


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("总结去年工作", "总结前年工作", "第 1 篇"),
        ("市国动办召开工作会议 {#1}", "市国动办召开动员会议 {#1}", "第 1 篇"),
        ("{#1}", '{#1 source="新华社"}', "第 1 篇"),
        ("手册200余份", "手册300余份", "第 2 篇"),
        ("number: 3", "number: 3\ntotal: 312", "刊头信息"),
        ("# 简讯", "## 又一篇 {#3}\n\n新加的内容，没有人审过。\n\n# 简讯", "第 3 篇"),
    ],
    ids=["body", "title", "attribute", "brief", "facts", "new item"],
)
def test_a_change_unsigns(good: Project, old: str, new: str, said: str) -> None:
    """What was changed is named, by whom it had been read; the others stay signed."""
    all_signed(good)
    path = good.root / ISSUE
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    done = good.run("check")
    state = good.run("sign", "2024-03")

    assert f"终审（赵六）之后改了{said}" in done.out
    assert "（之后稿件改过）" in state.out
    assert sign(good, "终审", "赵六").code == 1
    assert good.run("build", "--no-search").code == 0  # reviews stop publishing, never building


def test_what_does_not_change_the_content_unsigns_nothing(good: Project) -> None:
    """Blank lines, line ends, the encoding and a newer template are no content."""
    all_signed(good)
    path = good.root / ISSUE
    text = path.read_text(encoding="utf-8")
    for spelt in (text.replace("\n\n", "\n\n\n"), text.replace("\n", "\r\n"), "\ufeff" + text):
        path.write_bytes(spelt.encode())
        assert "三审和保密审查都已完成" in good.run("sign", "2024-03").out


def test_a_swapped_picture_unsigns(good: Project) -> None:
    """A picture counts with what is in it, not by its name."""
    from test_pictures import photograph

    picture = good.write("issues/2024-03/a.jpg", photograph())
    good.write(ISSUE, PICTURED.replace("a.png", "a.jpg"))
    all_signed(good)
    fine = good.run("sign", "2024-03").out
    picture.write_bytes(photograph((500, 300)))

    assert "都已完成" in fine
    assert "终审（赵六）之后改了第 1 篇" in good.run("sign", "2024-03").out


def test_who_is_missing_is_shown(good: Project) -> None:
    """Where the office wants it every issue is named, else those whose review has begun; drafts and old issues are not."""
    quiet = codes(good)
    settings = (good.root / "site.yaml").read_text(encoding="utf-8")
    good.write("site.yaml", settings + "\nreviews: true\n")
    wanted = good.run("check")
    good.write(ISSUE, GOOD.replace("number: 3", "number: 3\ndraft: true"))
    draft = codes(good)
    good.write(ISSUE, GOOD.replace("number: 3", "number: 3\nlegacy: true"))
    old = codes(good)
    good.write("site.yaml", settings)
    good.write(ISSUE, GOOD)
    sign(good, "初审")
    begun = good.run("check")

    assert ("S020" in quiet, "S020" in draft, "S020" in old) == (False, False, False)
    assert "没有初审；没有复审；没有终审；没有保密" in wanted.out
    assert (wanted.code, begun.code) == (0, 0)
    assert "没有复审；没有终审；没有保密" in begun.out


def test_no_name_gets_out(good: Project) -> None:
    """Neither the record nor the names stand anywhere in the site."""
    all_signed(good)
    assert good.run("build").code == 0

    assert [
        path for path, data in good.site().items() if any(name.encode() in data for name in ("张三", "李四", "王五", "赵六"))
    ] == []
    assert [path for path in good.site() if "review" in path and not path.endswith(".js")] == []


def test_what_cannot_be_signed(good: Project, tmp_path: Path) -> None:
    """A draft, a faulty issue, one that is none, half a command, a record changed by hand: said, and nothing is written."""
    unknown = good.run("sign", "2024-99", "--level", "初审", "--name", "甲")
    half = good.run("sign", "2024-03", "--level", "初审")
    wrong = good.run("sign", "2024-03", "--level", "二审", "--name", "甲")
    good.write(ISSUE, GOOD.replace("number: 3", "number: 3\ndraft: true"))
    draft = sign(good, "初审")
    good.write(ISSUE, GOOD.replace("# 要闻", "# 要聞"))
    faulty = sign(good, "初审")
    nothing = not (good.root / RECORD).exists()
    good.write(ISSUE, GOOD)
    good.write(RECORD, "reviews:\n  - level: 初审\n    nam: 甲\n")
    changed = sign(good, "初审")
    del tmp_path

    assert [one.code for one in (unknown, half, wrong, draft, faulty, changed)] == [2, 2, 2, 1, 1, 1]
    assert "还是草稿" in draft.err
    assert "您是不是想写“# 要闻”" in faulty.out
    assert nothing
    assert "不要手改" in changed.out
    assert (good.root / RECORD).read_text(encoding="utf-8") == "reviews:\n  - level: 初审\n    nam: 甲\n"


def test_one_person_twice_is_mentioned(good: Project) -> None:
    """Three reviews by two people are allowed, and said."""
    sign(good, "初审")

    assert "同一个人" in sign(good, "复审").out


def test_the_paper_form(chromium: Any, good: Project, tmp_path: Path) -> None:
    """One page that needs nothing else: facts, every item with its fingerprint, who has signed, room for who has not."""
    sign(good, "初审")
    done = good.run("sign", "2024-03", "--form", str(tmp_path / "表.html"))
    page = chromium.new_page()
    page.goto((tmp_path / "表.html").as_uri())
    text = page.inner_text("body")
    page.pdf(path=str(tmp_path / "form.pdf"))
    page.close()

    assert done.code == 0, done.said
    assert "信息发布审核表" in text
    assert "市国动办召开工作会议" in text
    assert re.search(r"初审\s+同意。　张三　\d{4}-\d{2}-\d{2}", text)
    assert text.count("签字：") == 3
