"""The editor's desk beside a page of the preview, in a real browser: findings, faults over the last good page, drafts, slots."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from conftest import FACTS, GOOD, ROOT, Project
from faces import reader

from guodong_site.desk.findings import Beside, error_page, fragment
from guodong_site.pipeline import Options, make

STOPPED = GOOD.replace("召开工作会议\n", "召开工作会议。\n", 1)
FAULTY = GOOD.replace("# 要闻", "# 要聞")


@pytest.fixture
def preview(good: Project) -> Iterator[str]:
    """`guodong serve` on an issue with a warning, one in draft and one with an item in draft; its address."""
    good.write("issues/2024-03.md", STOPPED)
    good.write("issues/2024-05.md", GOOD.replace("number: 3", "number: 5\ndraft: true").replace("03-15", "05-15"))
    good.write("issues/2024-04.md", GOOD.replace("number: 3", 'number: 4\ndraft: {"1": true}').replace("03-15", "04-15"))
    yield from serving(good)


def serving(project: Project) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "guodong_site", "serve", "--port", str(port)]
    process = subprocess.Popen(command, cwd=project.root, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}/"
    for _ in range(100):
        try:
            urllib.request.urlopen(address)  # our own address
            break
        except OSError:
            time.sleep(0.1)
    yield address
    process.terminate()
    process.wait()


def fetched(address: str) -> tuple[str, str]:
    """A page and the policy it is held to."""
    with urllib.request.urlopen(address) as answer:  # noqa: S310  # our own
        return answer.read().decode("utf-8-sig"), answer.headers["Content-Security-Policy"]


def test_a_page_stands_beside_its_findings(preview: str, good: Project, chromium: Any) -> None:
    """Place, cure and the marked characters; the place opens in the editor or is copied; other issues' are folded away.
    Nothing of the page is hidden behind the bar, and what the editor folds stays folded on the next page."""
    with reader(chromium, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto(preview + "issues/2024-03/1/")
        page.wait_for_selector(".panel .diag")
        finding = page.locator(".panel > .diag")
        target = finding.locator("a").get_attribute("href")
        said = finding.inner_text()
        marked = finding.locator("pre b").inner_text()
        finding.locator("text=复制位置").click()
        page.wait_for_selector("text=已复制")
        place = page.evaluate("navigator.clipboard.readText()")
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        foot = page.evaluate("document.querySelector('body > footer').getBoundingClientRect().bottom")
        bar = page.locator(".bar").bounding_box()["y"]
        page.click("text=收起")
        page.goto(preview + "issues/2024-03/")
        page.wait_for_selector(".bar")
        folded = page.locator(".panel").is_hidden()
        page.goto(preview + "issues/2024-04/2/")
        page.wait_for_selector("text=这一期：没有问题")

    assert target == f"vscode://file{quote(good.root.resolve().as_posix())}/issues/2024-03.md:8:4"
    assert ("以句号结尾" in said, "第 8 行第 4 列" in said, "改法：删去末尾的句号" in said) == (True, True, True)
    assert (marked, place) == ("市国动办召开工作会议。", "issues/2024-03.md:8:4")
    assert foot <= bar
    assert folded


def test_a_fault_leaves_the_last_good_page_behind_it(preview: str, good: Project, chromium: Any) -> None:
    """Broken: the fault stands over the page, which is to be had behind it, on other pages too; mended: all is as before."""
    with reader(chromium) as page:
        page.goto(preview + "issues/2024-03/")
        page.wait_for_selector(".bar")
        good.write("issues/2024-03.md", FAULTY)
        page.wait_for_selector(".over")
        said, marked = page.inner_text(".over"), page.inner_text(".over pre b")
        held = page.evaluate("document.querySelector('guodong-desk').shadowRoot.activeElement.className")
        page.keyboard.press("Tab")
        for _ in range(12):  # the page behind cannot be reached meanwhile
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.localName") == "guodong-desk"
        page.click("text=先看页面")
        shown = (page.locator(".over").is_hidden(), "召开工作会议。" in page.inner_text("main"))
        page.goto(preview + "issues/2024-04/")
        page.wait_for_selector("text=有错误，页面是上一次正确的样子")
        away = page.locator(".over").is_hidden()
        page.click("text=看错误")
        again = page.locator(".over").is_visible()
        page.keyboard.press("Escape")
        closed = page.locator(".over").is_hidden()
        good.write("issues/2024-03.md", GOOD)
        page.wait_for_selector(".over", state="detached")
        page.wait_for_selector("text=这一期：没有问题")
        page.goto(preview + "issues/2024-03/")
        page.wait_for_selector("text=这一期：没有问题")
        good.write("issues/2024-03.md", FAULTY)
        page.wait_for_selector(".over")

    assert ("有 1 处要改" in said, "您是不是想写“# 要闻”" in said, "公开的网站没有受影响" in said) == (True, True, True)
    assert (marked, held) == ("要聞", "inside")
    assert (shown, away, again, closed) == ((True, True), True, True, True)


def test_the_desk_works_where_the_site_is_broken(good: Project, chromium: Any) -> None:
    """Begun with a faulty file, a template that is none and settings that cannot be read: faults with their looks, then the site."""
    site, base = good.root / "site.yaml", good.root / "templates/base.html"
    kept = site.read_bytes(), base.read_bytes()
    good.write("issues/2024-03.md", FAULTY)
    site.write_text("name: [", encoding="utf-8")
    (preview,) = (serve := serving(good)).__next__(), *()
    with reader(chromium) as page:
        page.goto(preview + "issues/2024-03/1/")
        page.wait_for_selector("h1:has-text('还不能生成')")
        looks = page.evaluate("getComputedStyle(document.querySelector('h1')).borderTopWidth")
        assert "site.yaml" in page.inner_text(".where")
        site.write_bytes(kept[0])
        page.wait_for_selector("text=您是不是想写“# 要闻”")
        base.write_text("{% if %}", encoding="utf-8")
        good.write("issues/2024-03.md", GOOD)
        page.wait_for_selector("text=base.html")
        base.write_bytes(kept[1])
        page.wait_for_selector("main h1.t")
        site.write_text("name: [", encoding="utf-8")
        page.wait_for_selector(".over >> text=site.yaml")
    next(serve, None)

    assert looks == "4px"


def test_drafts_are_marked(preview: str, chromium: Any) -> None:
    """A draft issue, a draft item on its own page and within its issue; the bar lists them; what is public is not marked."""
    marks = {}
    with reader(chromium) as page:
        for address in ("issues/2024-05/", "issues/2024-05/2/", "issues/2024-04/", "issues/2024-04/1/", "issues/2024-04/2/"):
            page.goto(preview + address)
            page.wait_for_selector(".bar")
            bar = page.locator(".bar .draft")
            marks[address] = (page.locator(".notice.draft").count(), bar.inner_text() if bar.count() else "")
        page.click("text=展开")
        listed = page.locator(".drafts a").all_inner_texts()

    assert marks == {
        "issues/2024-05/": (1, "草稿，不会发布"),
        "issues/2024-05/2/": (1, "草稿，不会发布"),
        "issues/2024-04/": (1, "含草稿 1 处"),
        "issues/2024-04/1/": (1, "草稿，不会发布"),
        "issues/2024-04/2/": (0, ""),
    }
    assert sorted(listed) == ["2024年第4期　市国动办召开工作会议", "2024年第5期"]


def test_missing_furniture_has_slots_in_the_preview_alone(preview: str, good: Project, chromium: Any) -> None:
    """Dashed boxes in the foot for what site.yaml lacks; once it is known they are gone, and a built page never has one."""
    with reader(chromium) as page:
        page.goto(preview)
        page.wait_for_selector("footer .slots")
        slots = page.locator("footer .slots span").all_inner_texts()
        line = page.evaluate(
            "getComputedStyle(document.querySelector('guodong-slots').shadowRoot.querySelector('span')).borderTopStyle"
        )
        site = good.root / "site.yaml"
        site.write_text(site.read_text(encoding="utf-8") + "\n" + FACTS, encoding="utf-8")
        page.wait_for_selector("text=鲁ICP备12345678号")
        page.wait_for_selector(".bar")
        left = page.locator("footer .slots").count()
    assert good.run("build", "--no-search").code == 0

    assert slots == ["网站标识码", "ICP备案编号", "公安机关备案号", "联系方式", "党政机关网站标识", "“我为政府网站找错”入口"]
    assert (line, left) == ("dashed", 0)
    assert [path for path, data in good.site().items() if b"guodong-desk" in data or "还缺".encode() in data] == []


@pytest.mark.parametrize("width", [320, 1280])
def test_it_fits(preview: str, good: Project, chromium: Any, width: int) -> None:
    """Bar, faults and the table of 采用统计 leave no sideways scroll, in any mode; the bar stays out of print."""
    for chosen in ({}, {"mode": "elder"}, {"theme": "dark"}):
        with reader(chromium, chosen, width=width) as page:
            for address in ("issues/2024-03/", "__preview/usage"):
                page.goto(preview + address)
                page.wait_for_selector(".bar" if "issues" in address else "table")

                assert page.evaluate("document.documentElement.scrollWidth") <= width
            page.goto(preview)
            page.wait_for_selector(".bar")
            good.write("issues/2024-03.md", FAULTY)
            page.wait_for_selector(".over")
            page.wait_for_function(
                "getComputedStyle(document.querySelector('guodong-desk').shadowRoot.querySelector('.over')).position == 'fixed'"
            )
            inside = page.evaluate("document.querySelector('guodong-desk').shadowRoot.querySelector('.over').scrollWidth")
            page.emulate_media(media="print")
            printed = page.locator("guodong-desk").is_visible()
            good.write("issues/2024-03.md", STOPPED)
            page.wait_for_selector(".over", state="detached")

        assert (inside <= width, printed) == (True, False)


def test_usage_is_a_page_of_the_preview(preview: str, good: Project) -> None:
    """The public's items month by month, drafts not, as a page and as a file for a spreadsheet; both held to a policy."""
    page, policy = fetched(preview + "__preview/usage")
    table, _ = fetched(preview + "__preview/usage.csv?year=2024")
    elsewhere, _ = fetched(preview + "__preview/findings?at=" + quote("/issues/2024-04/"))

    assert "<h1>2024年采用统计</h1>" in page
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert table.splitlines()[1] == "2024,全部,全部文章,0,0,2,1,0,0,0,0,0,0,0,0,3"
    assert table.replace("\r\n", "\n").strip() == good.run("usage").out.replace("\r\n", "\n").strip()
    assert 'data-here="0"' in elsewhere


def test_a_long_list_has_an_end(good: Project) -> None:
    """Of an archive with hundreds of findings a page shows a hundred, says how many more there are, and counts them all."""
    good.write("issues/2024-03.md", GOOD + "\n<b onclick=x>甲</b>\n" * 150)
    found = make(Options(root=good.root)).found
    page = fragment(Beside(root=good.root, found=found))

    assert len(found) > 150
    assert (page.count('class="diag"'), f"另有 {len(found) - 100} 个" in page) == (100, True)


def test_nothing_is_taken_for_markup(good: Project) -> None:
    """What a manuscript says is text wherever the desk shows it."""
    evil = "<img src=x onerror=alert(1)>\"'&"
    good.write("issues/2024-03.md", GOOD.replace("# 要闻", f"# {evil}").replace("number: 3", f"number: 3\n{evil}: 1"))
    found = make(Options(root=good.root)).found
    beside = Beside(root=Path(f"/{evil}"), found=found, faulty=True, bug="", address="/")

    for page in (fragment(beside), error_page(beside), fragment(Beside(root=Path("/"), bug=evil, faulty=True))):
        assert ("<img" in page, "&lt;img" in page) == (False, True)


def test_the_desk_is_read_by_the_old_browser_and_needs_nothing_inline() -> None:
    """As the site's own styles and scripts are held to."""
    import re

    folder = ROOT / "src/guodong_site/desk"
    css, script = (folder / "desk.css").read_text(encoding="utf-8"), (folder / "desk.js").read_text(encoding="utf-8")
    pages = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))

    assert (
        re.findall(r"@layer|:has\(|:is\(|:where\(|\binset\b|aspect-ratio|(?:padding|margin)-(?:inline|block)|\bdvh\b", css)
        == []
    )
    assert re.findall(r"\.at\(|replaceAll|\?\?=|Object\.hasOwn|#[a-z]+\s*[=(]|replaceChildren|eval\(", script) == []
    assert re.findall(r"\bstyle=|\bon[a-z]+=|<style|<script>", pages) == []
