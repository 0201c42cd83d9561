"""What must never get out, never vanish and never be said wrongly."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest
from conftest import GOOD, Project, jpeg, snapshot
from hypothesis import given as given_any
from hypothesis import strategies as st

from guodong_site.prose import convert
from guodong_site.source import SourceText
from guodong_site.write import WORKSHOP, recover, write

ISSUE = "issues/2024-03.md"


def codes(project: Project, text: str) -> set[str]:
    """The codes of what is wrong when this paragraph is added to the good issue."""
    project.write(ISSUE, GOOD + f"\n## 附\n\n{text}\n")
    return {code for code, *_ in project.found()}


def test_a_link_among_the_pictures_brings_nothing_out(good: Project, tmp_path: Path) -> None:
    """A picture that is a link to a file elsewhere on this computer is not there."""
    (tmp_path / "secret.jpg").write_text("secret")
    good.write("issues/2024-03/a.jpg", "x").unlink()
    (good.root / "issues/2024-03/a.jpg").symlink_to(tmp_path / "secret.jpg")

    assert codes(good, "![照片](2024-03/a.jpg)") == {"K001"}


@pytest.mark.parametrize("name", ["1/index.html", "图.svg", "3", "x.js"])
def test_a_file_that_could_carry_a_script_is_refused(good: Project, name: str) -> None:
    """No HTML, SVG, script or nameless kind, even at the address of a page."""
    good.write(f"issues/2024-03/{name}", "<script>alert(1)</script>")

    assert codes(good, f"[附件](2024-03/{name})") == {"S004"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("![照片](file:///C:/Users/a/1.jpg)", "K001"),
        (r"![照片](C:\Users\a\1.jpg)", "K001"),
        ("[下载](ftp://a.gov.cn/b)", "K002"),
        ("[文](http://www.qd.gov.cn／a)", "K002"),
        ("[x](javascript&#58;alert)", "S001"),
        ("[x](java\tscript:alert)", "K001"),
        ("<![CDATA[ 甲 ]]>", "S001"),
        ("<?php 甲 ?>", "S001"),
        ("<!-- 没有结束", "S001"),
        ("发：市人防指挥部成员单位，各区（市）国动办", "S005"),
    ],
)
def test_what_cleaning_would_drop_is_said(good: Project, text: str, code: str) -> None:
    """Nothing vanishes in silence: each has its fault."""
    assert code in codes(good, text)


@pytest.mark.parametrize(
    "text",
    [
        "看<https://www.gov.cn/>",
        "写信<zhang.san@b.com>",
        "当 a<b 时",
        "`<script>`是代码",
        "<!-- 编辑的话 -->正文",
        r"\<script> 是文字",
    ],
)
def test_what_is_harmless_is_let_through(good: Project, text: str) -> None:
    """Autolinks, comparisons, code and comments are no faults."""
    assert codes(good, text) - {"S014"} == set()  # whose address it is, is another matter


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def handle_data(self, data: str) -> None:
        self.text += data


_PIECES = [
    "甲",
    "乙。",
    "A&amp;B",
    "<",
    ">",
    "**",
    "*",
    "\n",
    "\n\n",
    "- ",
    "1. ",
    "> ",
    "| a | b |\n|---|---|\n| 1 | 2 |\n",
    "<table>",
    "</table>",
]
_PIECES += [
    "<td>",
    "</td>",
    "<b>",
    "</b>",
    "<div>",
    "</div>",
    "<br>",
    "`",
    "[甲](a.md)",
    "![图](a.jpg)",
    "### ",
    "    ",
    "　",
    "<p>",
    "</p>",
    "&lt;",
]


@given_any(st.lists(st.sampled_from(_PIECES), max_size=14))
def test_what_a_page_shows_is_what_search_reads(pieces: list[str]) -> None:
    """Whatever the Markdown or raw HTML: the text of the blocks' HTML is the text of their units, blanks aside."""
    body = "".join(pieces)
    text = SourceText(path="issues/x.md", text=body)
    prose, _ = convert(text, 1, body.split("\n"), lambda target, _picture, _where: target)
    shown = _Text()
    shown.feed("".join(block.html for block in prose.blocks))

    assert re.sub(r"\s", "", shown.text) == re.sub(r"\s", "", prose.text)


def test_unclosed_tags_cost_no_time() -> None:
    """Sixty thousand characters of unclosed tags are read in less than the time of a few hundred good paragraphs."""
    bad, good = "<a " * 20_000, "市国动办召开**会议**，研究工作。\n\n" * 4_000

    def seconds(body: str) -> float:
        start = time.perf_counter()
        convert(SourceText(path="x.md", text=body), 1, body.split("\n"), lambda target, _picture, _where: target)
        return time.perf_counter() - start

    assert seconds(bad) < 5 * seconds(good)


def test_a_crash_while_drafts_come_leaves_the_mark(tmp_path: Path) -> None:
    """Cut at any rename, a folder that holds a draft says so."""
    out = tmp_path / "out"
    write({"index.html": b"public"}, out)
    real, done = Path.replace, 0

    class Cut(Exception):  # noqa: N818
        pass

    for limit in range(1, 8):
        done = 0

        def replace(self: Path, target: Path, limit: int = limit) -> Path:
            nonlocal done
            done += 1
            if done > limit:
                raise Cut
            return real(self, target)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Path, "replace", replace)
            with contextlib.suppress(Cut):
                write({"index.html": b"public", "draft.html": b"draft"}, out, drafts=True)
        if (out / "draft.html").exists():
            assert json.loads((out / WORKSHOP / "built.json").read_text())["drafts"]
        recover(out)
        if (out / "draft.html").exists():
            assert json.loads((out / WORKSHOP / "built.json").read_text())["drafts"]
        write({"index.html": b"public"}, out)

        assert json.loads((out / WORKSHOP / "built.json").read_text()) == {"drafts": False}


def test_an_empty_folder_in_the_way_is_no_end(good: Project) -> None:
    """A folder somebody made where a page belongs gives way; a journal nobody can read is said."""
    good.run("build", "--no-search")
    before = good.site()
    (good.out / "404.html").unlink()
    (good.out / "404.html/leer").mkdir(parents=True)
    mended = good.run("build", "--no-search")
    after = good.site()
    (good.out / WORKSHOP / "journal.json").write_text("{")
    unreadable = good.run("build", "--no-search")

    assert (mended.code, after == before) == (0, True)
    assert (unreadable.code, "写入记录看不懂" in unreadable.out) == (4, True)


def test_a_missing_folder_never_empties_the_site(good: Project) -> None:
    """Without issues/, or without the styles, nothing is written."""
    good.run("build", "--no-search")
    before = good.site()
    (good.root / "issues").rename(good.root / "issues_")
    gone = good.run("build", "--no-search")
    (good.root / "issues_").rename(good.root / "issues")
    (good.root / "static/css/base.css").unlink()
    unstyled = good.run("build", "--no-search")

    assert (gone.code, unstyled.code, good.site() == before) == (1, 1, True)
    assert "static/css/base.css" in unstyled.out


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("key: qushi", "key: yaowen", "“yaowen”写了两次"),
        ("name: 区市动态", "name: 要闻", "“要闻”写了两次"),
        ("base_url: https://example.org/", "base_url: https://a.cn：80/", "不是完整的网址"),
        ("base_url: https://example.org/", "base_url: https://[x/", "不是完整的网址"),
    ],
)
def test_settings_that_would_overwrite_pages(good: Project, old: str, new: str, said: str) -> None:
    """Two sections may not share an address or a name; an address must be one."""
    text = (good.root / "site.yaml").read_text(encoding="utf-8")
    good.write("site.yaml", text.replace(old, new))
    done = good.run("build", "--no-search")

    assert (done.code, said in done.out) == (1, True), done.said


def test_no_sections_is_a_fault(good: Project) -> None:
    """An empty list of sections is not “nothing to do”."""
    text = (good.root / "site.yaml").read_text(encoding="utf-8").split("sections:")[0]
    good.write("site.yaml", text + "sections: []\n")

    assert good.run("build").code == 1


def test_check_reads_what_it_is_asked_about(good: Project) -> None:
    """A folder, a bad setting, a file that is no issue: never “没有发现问题” without having looked."""
    good.write("issues/2024/2024-05.md", "# 要闻\n")
    folder = good.run("check", "issues/2024")
    other = good.run("check", ISSUE)
    nonsense = good.run("check", "site.yaml")
    good.write("site.yaml", "name: [")
    broken = good.run("check", ISSUE)

    assert (folder.code, "F010" in folder.out) == (1, True)
    assert (other.code, "F010" in other.out) == (0, False)
    assert (nonsense.code, broken.code) == (2, 1)


def test_a_link_to_a_draft_is_said_by_check_too(good: Project) -> None:
    """What `build` refuses, `check` has said."""
    good.write("issues/2024-04.md", GOOD.replace("number: 3", "number: 4\ndraft: true"))
    good.write(ISSUE, GOOD.replace("总结去年工作", "见[下期](2024-04.md)"))
    checked, built = good.run("check"), good.run("build", "--no-search")

    assert (checked.code, "指向草稿" in checked.out, built.code) == (3, True, 3)


def test_titles_without_words_are_said(good: Project) -> None:
    """`## <br>` and a brief that is only a picture have no title."""
    good.write("issues/2024-03/a.jpg", jpeg(1))
    good.write(
        ISSUE, GOOD.replace("## 市国动办召开工作会议", "## <br>").replace("# 简讯\n", "# 简讯\n\n![图](2024-03/a.jpg)\n")
    )

    assert [code for code, *_ in good.found()] == ["F025", "F025"]


def test_rules_and_comments_between_briefs_are_no_briefs(good: Project) -> None:
    """A line of dashes, a comment, a link definition: none is an item."""
    good.write(ISSUE, GOOD + "\n---\n\n<!-- 待核 -->\n\n平度市国动办开展拉练，见[公告][1]。\n\n[1]: https://www.gov.cn/\n")
    assert good.run("build", "--no-search").code == 0
    pages = [path for path in snapshot(good.out) if re.fullmatch(r"issues/2024-03/\d+/index.html", path)]

    assert len(pages) == 3
    assert 'href="https://www.gov.cn/"' in good.site()["issues/2024-03/3/index.html"].decode()


def test_drafts_carry_a_sign(good: Project) -> None:
    """A page of a draft issue says so and asks search engines to stay away."""
    good.write("issues/2024-04.md", GOOD.replace("number: 3", "number: 4\ndraft: true"))
    good.run("build", "--drafts", "--no-search")
    draft, public = (good.site()[f"issues/2024-0{n}/1/index.html"].decode() for n in (4, 3))

    assert ("草稿" in draft, "noindex" in draft) == (True, True)
    assert ("草稿" in public, "noindex" in public) == (False, False)


def test_a_link_keeps_its_query(good: Project) -> None:
    """A working link to a search stays one."""
    good.write(ISSUE, GOOD.replace("总结去年工作", "见[检索](/search/?q=人防)"))
    good.run("build", "--no-search")

    assert 'href="/search/?q=人防"' in good.site()["issues/2024-03/1/index.html"].decode()


def test_a_template_in_an_old_encoding(good: Project) -> None:
    """Its fault is said, with its name, not a crash."""
    good.write("templates/pages/about.html", "关于".encode("gb18030"))
    done = good.run("build", "--no-search")

    assert (done.code, "templates/pages/about.html" in done.out, "UTF-8" in done.out) == (1, True, True)


def test_a_cache_that_cannot_be_written(good: Project) -> None:
    """A file in the place of .cache costs a second, nothing else."""
    shutil.rmtree(good.root / ".cache")
    good.write(".cache", "x")

    assert good.run("build", "--no-search").code == 0


def test_options_stand_before_or_behind_the_command(good: Project) -> None:
    """As one types."""
    from guodong_site.door import main

    assert main(["--root", str(good.root), "--quiet", "check"]) == main(["check", "--quiet", "--root", str(good.root)]) == 0
