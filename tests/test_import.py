"""`guodong import`: the given issue comes back as it is; drafts never overwrite, reports tell all, nothing is half-written."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Project, served, snapshot
from manuscripts import docx, drawing, p, title
from test_rights import as_clerk

from guodong_site.model import Issue
from guodong_site.pipeline import Options, make

GIVEN = Path(__file__).parent / "data/given-issue.txt"
BODY = "3月6日上午，市国动办召开工作会议，总结去年工作，部署今年任务。"
SIMPLE = docx(title("市国动办召开工作会议"), p(BODY))


def articles(issue: Issue) -> list[tuple[object, ...]]:
    """What readers would see of an issue."""
    return [(a.section.name, a.brief, a.title.lines, a.prose.units, a.source, a.districts, a.author) for a in issue.articles]


def issue(root: Path) -> Issue:
    made = make(Options(root=root, search=False, drafts=True))
    assert made.archive is not None
    return made.archive.site.issues[0]


@pytest.fixture
def imported(project: Project) -> Project:
    """A project into which the given issue was imported."""
    done = project.run("import", str(GIVEN), "--date", "2023-03")
    assert done.code == 0, done.said
    return project


def test_the_given_issue_is_the_published_one(imported: Project) -> None:
    """The draft of the given text says what the issue says that was filed by hand: sections, titles, line breaks, every word."""
    draft, filed = issue(imported.root), issue(ROOT)

    assert articles(draft) == articles(filed)
    assert (draft.distribution, draft.channels, draft.date, draft.legacy, draft.draft) == (
        filed.distribution,
        filed.channels,
        filed.date,
        True,
        True,
    )


def test_no_character_is_lost(imported: Project) -> None:
    """Draft and list of what was kept out hold the characters of the source, counted one by one."""
    draft = (imported.root / "issues/2023-03.md").read_text(encoding="utf-8")
    source = re.sub(r"\s", "", GIVEN.read_text(encoding="utf-8"))
    held = re.sub(r"\s|<br>|\{#\d+\}", "", draft)
    absent = {char for char in source if source.count(char) > held.count(char)}

    assert absent <= set("【】发：政务公开，")


def test_every_item_has_its_number(imported: Project) -> None:
    """Addresses never move: each item carries its id, a brief at the end of its paragraph."""
    draft = (imported.root / "issues/2023-03.md").read_text(encoding="utf-8")

    assert re.findall(r"\{#(\d+)\}", draft) == [str(n) for n in range(1, 12)]


def test_a_draft_builds_and_is_not_published(imported: Project) -> None:
    """What was imported stops no build, shows with --drafts, and nowhere else."""
    assert imported.run("build", "--no-search").code == 0
    assert not [name for name in imported.site() if "2023-03" in name]
    assert imported.run("build", "--no-search", "--drafts").code == 0
    assert "issues/2023-03/11/index.html" in imported.site()


def test_what_is_unsure_is_said(imported: Project) -> None:
    """The summary says what was recognised, what to look at, and where things lie."""
    imported.write("简报.txt", GIVEN.read_text(encoding="utf-8").replace("【简讯】\n", ""))
    done = imported.run("import", "简报.txt", "--date", "2023-03-15", "--out", "issues/2023-04.md")

    assert done.code == 0, done.said
    assert "认出：要闻 3 篇；区市动态 1 篇；人防科技撷英 1 篇。" in done.out
    assert "没有找到栏目：简讯" in done.out
    assert "草稿：issues/2023-04.md" in done.out
    assert "报告：导入报告/2023-04.html" in done.out


def test_json_for_programs(project: Project) -> None:
    """`--format json` says the same."""
    done = project.run("import", str(GIVEN), "--date", "2023-03", "--format", "json")
    said = json.loads(done.out)

    assert (said["exit"], said["draft"], said["unit"]) == (0, "issues/2023-03.md", "行")
    assert [one["section"] for one in said["recognised"]] == ["要闻", "区市动态", "简讯", "人防科技撷英"]
    assert [one["message"] for one in said["doubts"]] == ["没有找到期号，文件名暂用年月"]


def test_nothing_is_overwritten(imported: Project) -> None:
    """A second import of the issue is refused, names the file and another name; nothing changes."""
    before = snapshot(imported.root)
    done = imported.run("import", str(GIVEN), "--date", "2023-03")

    assert done.code == 1
    assert "issues/2023-03.md 已经有了" in done.out
    assert "--out issues/2023-03-2.md" in done.out
    assert snapshot(imported.root) == before
    assert imported.run("import", str(GIVEN), "--date", "2023-03", "--out", "issues/2023-03-2.md").code == 0


def test_an_issue_in_another_folder_is_the_same_issue(imported: Project) -> None:
    """An id is taken wherever its file lies."""
    (imported.root / "issues/2023").mkdir()
    (imported.root / "issues/2023-03.md").rename(imported.root / "issues/2023/2023-03.md")
    done = imported.run("import", str(GIVEN), "--date", "2023-03")

    assert (done.code, "issues/2023/2023-03.md 已经有了" in done.out) == (1, True)


def test_a_date_is_never_made_up(project: Project) -> None:
    """A source without a date is refused with the words to type; what is known is told."""
    before = snapshot(project.root)
    done = project.run("import", str(GIVEN))

    assert done.code == 1
    assert "没有找到签发日期（文中最晚的事是 3月6日，年份多半是 2023 年）" in done.out
    assert "--date 2023-03" in done.out
    assert snapshot(project.root) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--date", "昨天"], "“昨天”不是日期"),
        (["--date", "2023-02-30"], "“2023-02-30”不是日期"),
        (["--date", "2023-03", "--out", "别处/2023-03.md"], "issues/ 里的 .md 文件"),
        (["--date", "2023-03", "--out", "issues/../x.md"], "issues/ 里的 .md 文件"),
        (["--date", "2023-03", "--out", "issues/三月.md"], "issues/ 里的 .md 文件"),
        ([], ""),
    ],
)
def test_wrong_usage(project: Project, arguments: list[str], said: str) -> None:
    """What cannot be meant is refused with exit code 2, without writing."""
    before = snapshot(project.root)
    done = project.run("import", *([str(GIVEN)] if arguments else []), *arguments)

    assert (done.code, said in done.err, snapshot(project.root) == before) == (2, True, True), done.said


def test_pictures_lie_in_the_folder_without_their_place(project: Project) -> None:
    """A photograph comes out beside the draft, without EXIF, with caption and words for the blind, and the issue builds."""
    from conftest import jpeg
    from PIL import Image

    exif = Image.Exif()
    exif[0x010F] = "SecretCam"
    photo = jpeg(7, exif=exif)
    caption = "图1 会议现场"
    project.write(
        "a.docx",
        docx(title("市国动办召开工作会议"), p(BODY), p(drawing("rId1")), p(caption), parts={"media/image1.jpeg": photo}),
    )
    done = project.run("import", "a.docx", "--date", "2024-07-15")
    published = (project.root / "issues/2024-07/1.jpg").read_bytes()

    assert done.code == 0, done.said
    assert (b"SecretCam" in photo, b"SecretCam" in published) == (True, False)
    assert f'![{caption}](2024-07/1.jpg "{caption}")' in (project.root / "issues/2024-07.md").read_text(encoding="utf-8")
    assert project.run("build", "--no-search", "--drafts").code == 0


def test_a_picture_without_words_says_so(project: Project) -> None:
    """Without caption the draft asks for the words, visibly."""
    from conftest import jpeg

    project.write(
        "a.docx", docx(title("市国动办召开工作会议"), p(BODY), p(drawing("rId1")), parts={"media/image1.jpeg": jpeg(7)})
    )
    done = project.run("import", "a.docx", "--date", "2024-07-15")

    assert "图片没有图题，也没有文字说明" in done.out
    assert "![待补：图上是什么](2024-07/1.jpg)" in (project.root / "issues/2024-07.md").read_text(encoding="utf-8")


def test_no_permission_writes_nothing(project: Project) -> None:
    """Where issues/ cannot be written, nothing is."""
    project.write("a.docx", SIMPLE)
    (project.root / "issues").chmod(0o500)
    done = as_clerk(project, "import", "a.docx", "--date", "2024-07-15")
    (project.root / "issues").chmod(0o700)

    assert (done.code, "没有写入权限" in done.out) == (4, True)
    assert [*(project.root / "issues").iterdir()] == []


def test_what_cannot_be_written_leaves_nothing(project: Project) -> None:
    """A file in the way of the report folder, or of a picture's: exit 4, and no draft, no picture, no part of one."""
    project.write("a.docx", SIMPLE)
    project.write("导入报告", "我是文件")
    done = project.run("import", "a.docx", "--date", "2024-07-15")

    assert done.code == 4, done.said
    assert [*(project.root / "issues").iterdir()] == []
    assert sorted(one.name for one in project.root.iterdir() if one.name.startswith(".") and one.name != ".cache") == []


def test_a_report_is_not_overwritten(project: Project) -> None:
    """A file named with --report stays as it is."""
    project.write("a.docx", SIMPLE)
    project.write("r.html", "别人的")
    done = project.run("import", "a.docx", "--date", "2024-07-15", "--report", "r.html")

    assert (done.code, (project.root / "r.html").read_text(encoding="utf-8")) == (1, "别人的")
    assert not (project.root / "issues/2024-07.md").exists()


def test_the_report_shows_source_and_structure(imported: Project, chromium: Any) -> None:
    """Every line of the source, what it was taken for and why; nothing foreign, nothing wider than a telephone."""
    folder = imported.root / "导入报告"
    for address in served(folder):
        page = chromium.new_page(viewport={"width": 320, "height": 800})
        asked: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto(f"{address}/2023-03.html")
        rows = page.evaluate("[...document.querySelectorAll('tbody tr')].map(r => [...r.cells].map(c => c.innerText))")
        width = page.evaluate("document.documentElement.scrollWidth")
        page.close()
    text = re.sub(r"\s", "", "".join(cell for row in rows if len(row) == 4 for cell in row[1:2]))
    titles = [row for row in rows if len(row) == 4 and row[2].startswith("标题")]

    assert all(
        re.sub(r"\s", "", line) in text for line in GIVEN.read_text(encoding="utf-8").splitlines() if "：" not in line[:6]
    )
    assert titles[1][1:] == [
        "在中央党校建校90周年庆祝大会暨2023年春季学期开学典礼上的重要讲话精神",
        "标题",
        "接缝处前后 10 字在正文里连着出现",
    ]
    assert (len([url for url in asked if "favicon" not in url]), width) == (1, 320)
