"""The search page as a reader uses it, in a real Chromium."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Project, served

from guodong_site.search.head import _joined


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """A fresh page that fails the test on any script error."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()

    assert errors == []


def test_typing_shows_hits_with_marks(page: Any, given_site: str) -> None:
    """A few characters typed: hits with marks in title and text, the count in a live region, the query in the address."""
    page.goto(given_site + "search/")
    page.fill("#q", "国际民防日")
    page.wait_for_selector("#hits li")

    assert page.inner_text("#status").startswith("2篇")
    assert page.get_attribute("#status", "role") == "status"
    assert set(page.locator("#hits mark").all_text_contents()) == {"国际民防日"}
    assert "q=%E5%9B%BD" in page.url


def test_a_link_is_a_search(page: Any, given_site: str) -> None:
    """An address with a query and a section shows just that; a box on the home page leads there."""
    page.goto(given_site + "search/?q=国动办&section=jianxun")
    page.wait_for_selector("#hits li")
    sections = set(page.locator("#hits .meta span:first-child").all_inner_texts())
    page.goto(given_site)
    page.fill("#q-home", "管成密")
    page.press("#q-home", "Enter")
    page.wait_for_selector("#hits li")

    assert sections == {"简讯"}
    assert "/gzdt/search/?q=" in page.url


def test_facets_and_the_back_button(page: Any, given_site: str) -> None:
    """A facet narrows, the back button widens again."""
    page.goto(given_site + "search/?q=国动办")
    page.wait_for_selector("#hits li")
    before = page.inner_text("#status")
    page.check("#facets input[name=section][value=jianxun]")
    page.wait_for_function("before => document.querySelector('#status').innerText !== before", arg=before)
    narrowed = page.url
    page.go_back()
    page.wait_for_function("before => document.querySelector('#status').innerText === before", arg=before)

    assert "section=jianxun" in narrowed
    assert "section" not in page.url


def test_every_hit_leads_to_its_article(page: Any, given_site: str) -> None:
    """The links of the hits open, below the base path."""
    page.goto(given_site + "search/?q=国防")
    page.wait_for_selector("#hits li")
    links = page.locator("#hits a").evaluate_all("all => all.map(a => a.href)")

    assert links
    assert all(page.request.get(link).status == 200 for link in links)


def test_nothing_found_is_said(page: Any, given_site: str) -> None:
    """No hit: a sentence that says so and the lists, not an empty page."""
    page.goto(given_site + "search/?q=查无此文")
    page.wait_for_selector("#note:not([hidden])")

    assert "没有找到" in page.inner_text("#status")
    assert page.is_visible("#lists")


def test_content_never_becomes_html(page: Any, project: Project) -> None:
    """Titles and texts with HTML in them are shown as text."""
    body = "---\nnumber: 1\ndate: 2024-01-05\n---\n\n# 要闻\n\n## 关于 &lt;img src=x onerror=alert(1)&gt; 的通知\n\n正文写着 &lt;b&gt;粗体&lt;/b&gt; 这样的代码。\n"
    project.write("issues/2024-01.md", body)
    assert project.run("build").code == 0
    for address in served(project.out):
        page.goto(address + "/search/?q=代码")
        page.wait_for_selector("#hits li")

        assert "<b>粗体</b>" in page.inner_text("#hits")
        assert page.locator("#hits b, #hits img").count() == 0


@pytest.mark.parametrize("harm", ["missing", "empty", "truncated", "nonsense"])
@pytest.mark.parametrize("kind", ["facets.json", "*.pf_head", "*.pf_index", "*.pf_fragment"])
def test_a_damaged_index_is_said(page: Any, given: Project, tmp_path: Path, kind: str, harm: str) -> None:
    """Files of the index missing, of 0 bytes, cut off or something else: a Chinese sentence and the lists, no wrong answer."""
    folder = tmp_path / "www"
    shutil.copytree(given.root / "www", folder)
    damaged = list((folder / "gzdt/search/index").rglob(kind))
    for path in damaged:
        data = path.read_bytes()
        if harm == "missing":
            path.unlink()
        else:
            path.write_bytes({"empty": b"", "truncated": data[: len(data) // 2], "nonsense": b"<!doctype html>"}[harm])
    for address in served(folder):
        page.goto(address + "/gzdt/search/?q=国防")
        page.wait_for_selector("#note:not([hidden])")

        assert damaged
        assert "搜索暂时不能用" in page.inner_text("#status")
        assert page.is_visible("#lists")
        assert page.locator("#hits li").count() == 0


def test_a_name_made_longer_is_found(page: Any, given: Project, tmp_path: Path) -> None:
    """Where two articles or two parts of the index would have one name, Pagefind lengthens one; so in the head."""
    folder = tmp_path / "www"
    shutil.copytree(given.root / "www", folder)
    bundle = next((folder / "gzdt/search/index").rglob("*.pf_head")).parent
    head = json.loads(gzip.decompress((bundle / "head.pf_head").read_bytes()).removeprefix(b"pagefind_dcd"))
    for column, place in (("hashes", "fragment/und_{}.pf_fragment"), ("names", "index/und_{}.pf_index")):
        names = re.findall(".{7}", head[column])
        for name in names[::2]:
            (bundle / place.format(name)).rename(bundle / place.format(name + "e4"))
        head[column] = _joined(f"und_{name}" + ("e4" if at % 2 == 0 else "") for at, name in enumerate(names))
        assert head[column].startswith(" ")
    (bundle / "head.pf_head").write_bytes(gzip.compress(b"pagefind_dcd" + json.dumps(head, ensure_ascii=False).encode()))
    for address in served(folder):
        page.goto(address + "/gzdt/search/?q=国防动员")
        page.wait_for_selector("#hits li")

        assert "国防动员" in page.inner_text("#hits")
        assert page.locator("#hits li").count() > 3


@pytest.mark.parametrize("kind", ["index.json", "sounds.txt", "traditional.txt", "g.txt"])
def test_damaged_aids_are_said(page: Any, given: Project, tmp_path: Path, kind: str) -> None:
    """What helps a reader who finds nothing is gone: exact search works, the rest says so."""
    folder = tmp_path / "www"
    shutil.copytree(given.root / "www", folder)
    (damaged,) = (folder / "gzdt/search/index").rglob(kind)
    damaged.unlink()
    for address in served(folder):
        page.goto(address + "/gzdt/search/?q=" + {"traditional.txt": "國防", "sounds.txt": "国访动员"}.get(kind, "guofang"))
        page.wait_for_selector("#note:not([hidden])")
        said = page.inner_text("#status")
        page.fill("#q", "国防")
        page.wait_for_selector("#hits li")

        assert "搜索暂时不能用" in said


def test_an_index_of_another_version_is_refused(page: Any, given: Project, tmp_path: Path) -> None:
    """The format is not documented: what another Pagefind wrote is not read."""
    folder = tmp_path / "www"
    shutil.copytree(given.root / "www", folder)
    for path in (folder / "gzdt/search/index").rglob("*.pf_head"):
        path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).replace(b"1.5.2", b"1.4.0")))
    for address in served(folder):
        page.goto(address + "/gzdt/search/?q=国防")
        page.wait_for_selector("#note:not([hidden])")

        assert "搜索暂时不能用" in page.inner_text("#status")
        assert page.is_visible("#lists")


def test_without_javascript_the_lists_stand_alone(chromium: Any, given_site: str) -> None:
    """No script: the page says so and offers every section, year and district."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(given_site + "search/")
    text = page.inner_text("main")
    links = page.locator("#lists a").evaluate_all("all => all.length")
    context.close()

    assert "没有开启" in text
    assert links == 4 + 1 + 10


def test_the_slash_key_goes_to_the_box(page: Any, given_site: str) -> None:
    """`/` focuses the search box from anywhere on a page."""
    page.goto(given_site + "issues/2023-03/2/")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("/")

    assert page.evaluate("document.activeElement.type") == "search"


def test_nothing_happens_while_composing(page: Any, given_site: str) -> None:
    """Letters of an input method that are not yet characters start no search."""
    page.goto(given_site + "search/")
    client = page.context.new_cdp_session(page)
    page.focus("#q")
    client.send("Input.imeSetComposition", {"text": "guofang", "selectionStart": 7, "selectionEnd": 7})
    page.wait_for_timeout(400)
    composing = page.url
    client.send("Input.insertText", {"text": "国防"})
    page.wait_for_selector("#hits li")

    assert "q=" not in composing
    assert page.input_value("#q") == "国防"


def test_no_request_leaves_the_origin(page: Any, given_site: str) -> None:
    """Home, issue, article and a search ask nobody else."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for address in ("", "issues/2023-03/", "issues/2023-03/4/", "search/?q=国防"):
        page.goto(given_site + address)
        page.wait_for_load_state("networkidle")

    origin = given_site.split("/gzdt/", maxsplit=1)[0]
    assert asked
    assert [url for url in asked if not url.startswith(origin)] == []


def test_a_facet_keeps_the_keyboard(page: Any, given_site: str) -> None:
    """After a choice the list is new and the focus still on the choice."""
    page.goto(given_site + "search/?q=国动办")
    page.wait_for_selector("#hits li")
    page.focus("#facets input[name=section][value='']")
    page.keyboard.press("ArrowDown")
    page.wait_for_function("location.search.includes('section=')")
    page.wait_for_function("document.activeElement.name === 'section' && document.activeElement.checked")

    assert page.evaluate("document.activeElement.value") != ""


def test_no_hit_in_what_is_chosen_is_no_dead_end(page: Any, given_site: str) -> None:
    """Narrowed to nothing: it says that only the choice is empty, and leads back to all."""
    page.goto(given_site + "search/?q=刘德义&section=xieying")
    page.wait_for_selector("#note:not([hidden]) button")
    said = page.inner_text("#status")
    chosen = page.is_checked("#facets input[name=section][value=xieying]")
    page.click("#note button")
    page.wait_for_selector("#hits li")

    assert "所选范围内没有" in said
    assert chosen
    assert "section" not in page.url


def test_a_new_release_under_an_open_page(chromium: Any, good: Project) -> None:
    """The index moves while a page is open: a query that needs a file of the old one opens the new one by itself."""
    assert good.run("build").code == 0
    for address in served(good.out):
        page = chromium.new_page()
        page.goto(address + "/search/?q=动员")
        page.wait_for_selector("#status")
        page.evaluate("window.guodong.search('工作')")
        issue = good.root / "issues/2024-03.md"
        issue.write_text(issue.read_text(encoding="utf-8").replace("总结去年工作", "总结去年任务"), encoding="utf-8")
        assert good.run("build").code == 0
        answer = page.evaluate("window.guodong.search('志愿服务')")
        page.close()

        assert answer["total"] == 1


def test_arrows_walk_from_the_box_through_the_hits(page: Any, given_site: str) -> None:
    """Down to the first hit and on, up again, Escape back to the box; Enter opens."""
    page.goto(given_site + "search/?q=国防")
    page.wait_for_selector("#hits li")
    hits = page.locator("#hits a.hit").evaluate_all("all => all.map(a => a.href)")
    page.focus("#q")
    seen = []
    for key in ("ArrowDown", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
        seen.append(page.evaluate("document.activeElement.href"))
    page.keyboard.press("Escape")
    at_box = page.evaluate("document.activeElement.id")

    assert seen == [hits[0], hits[1], hits[0]]
    assert at_box == "q"


def test_recent_queries_stay_here_and_can_be_cleared(page: Any, given_site: str) -> None:
    """What was sent off is offered the next time, only in this browser, and one button forgets it."""
    page.goto(given_site + "search/")
    page.fill("#q", "国防")
    page.wait_for_selector("#hits li")
    typed_only = page.evaluate("localStorage.getItem('guodong-recent')")
    page.press("#q", "Enter")
    page.goto(given_site + "search/")
    page.wait_for_selector("#recent:not([hidden])")
    offered = page.locator("#recent .chips button").all_inner_texts()
    page.click("#recent .chips button")
    page.wait_for_selector("#hits li")
    page.goto(given_site + "search/")
    page.click("#recent .clear")

    assert typed_only is None
    assert offered == ["国防"]
    assert page.is_hidden("#recent")
    assert page.evaluate("localStorage.length") == 0


def test_storage_that_is_forbidden_or_damaged_does_no_harm(page: Any, given_site: str) -> None:
    """A browser that refuses to keep anything, or keeps nonsense: the search works all the same."""
    page.add_init_script("localStorage.setItem('guodong-recent', '{nonsense')")
    page.goto(given_site + "search/?q=国防")
    page.wait_for_selector("#hits li")
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('no') }})")
    page.goto(given_site + "search/?q=国动办")
    page.wait_for_selector("#hits li")
    page.press("#q", "Enter")

    assert page.inner_text("#status").startswith("9篇")


def test_the_words_are_marked_where_the_hit_leads(page: Any, given_site: str) -> None:
    """The article opens at the passage that was chosen, its words marked; the bar walks and takes the marks away."""
    page.goto(given_site + "search/?q=国际民防日")
    page.wait_for_selector("#hits li")
    page.locator("#hits li").first.locator("summary").click()
    href = page.locator("#hits li .places a").first.get_attribute("href")
    page.locator("#hits li .places a").first.click()
    page.wait_for_selector(".foundbar")
    before = page.locator("article").inner_text()
    marked = set(page.locator("mark.found").all_text_contents())
    number = page.locator("mark.here").evaluate("m => [...document.querySelectorAll('.prose mark.found')].indexOf(m)")
    visible = page.locator("mark.here").evaluate(
        "m => m.getBoundingClientRect().top < innerHeight && m.getBoundingClientRect().top > 0"
    )
    page.click("text=下一处")
    after = page.locator("mark.here").evaluate("m => [...document.querySelectorAll('.prose mark.found')].indexOf(m)")
    page.click("text=去掉标记")

    assert marked == {"国际民防日"}
    assert href.endswith(f"&n={number}")
    assert visible
    assert after == number + 1
    assert page.locator("mark").count() == 0
    assert page.locator("article").inner_text() == before
    assert "q=" not in page.url


def test_marks_join_across_inline_elements(page: Any, project: Project) -> None:
    """A word half in bold is found as one and marked as one place; nothing is marked across two paragraphs."""
    body = "---\nnumber: 1\ndate: 2024-01-05\n---\n\n# 要闻\n\n## 标题一\n\n坚持**国防**动员。最后是国防\n\n动员另一段。\n"
    project.write("issues/2024-01.md", body)
    assert project.run("build").code == 0
    for address in served(project.out):
        page.goto(address + "/search/?q=国防动员")
        page.wait_for_selector("#hits li")
        page.click("#hits a.hit")
        page.wait_for_selector(".foundbar")

        assert page.inner_text(".foundbar [role=status]") == "共1处"
        assert "".join(page.locator("mark.found").all_text_contents()) == "国防动员"


def test_search_inside_one_issue(page: Any, given_site: str) -> None:
    """The box of an issue finds in that issue only, says so, and leads out to all."""
    page.goto(given_site + "issues/2023-03/")
    page.fill("#q-issue", "国防")
    page.press("#q-issue", "Enter")
    page.wait_for_selector("#hits li")
    scope = page.inner_text("#scope")
    page.click("#scope button")
    page.wait_for_function("!location.search.includes('issue=')")

    assert "只在2023年3月这一期里找" in scope


def test_dates_narrow(page: Any, given_site: str) -> None:
    """From and to, in the address too; the back button works."""
    page.goto(given_site + "search/?q=国防")
    page.wait_for_selector("#hits li")
    page.locator("#facets summary", has_text="日期").click()
    page.fill("#facets input[name=from]", "2024-01-01")
    page.wait_for_function("location.search.includes('from=2024-01-01')")
    page.wait_for_selector("#hits li", state="detached")
    said = page.inner_text("#status")
    page.go_back()
    page.wait_for_selector("#hits li")

    assert "所选范围内没有" in said


def test_no_network_is_said_and_mended(page: Any, given_site: str) -> None:
    """Offline: a sentence and the lists; back online the search answers by itself."""
    page.goto(given_site + "search/")
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    page.fill("#q", "国防")
    page.wait_for_selector("#note:not([hidden])")
    said = page.inner_text("#status")
    page.context.set_offline(False)
    page.wait_for_selector("#hits li")

    assert "没有连上网络" in said


@pytest.mark.parametrize("policy", ["worker-src 'none'", "script-src 'none'", "connect-src 'none'"])
def test_blocked_by_a_policy(chromium: Any, given_site: str, policy: str) -> None:
    """A server whose policy forbids the worker, scripts or fetching: a sentence or the plain lists, never a blank page."""
    context = chromium.new_context()
    page = context.new_page()
    page.route("**/*", lambda route: _with_policy(route, policy))
    page.goto(given_site + "search/?q=国防")
    page.wait_for_timeout(1500)
    lists, status = page.is_visible("#lists"), page.inner_text("#search")
    context.close()

    assert lists
    assert "没有找到" not in status


def _with_policy(route: Any, policy: str) -> None:
    response = route.fetch()
    route.fulfill(response=response, headers={**response.headers, "Content-Security-Policy": policy})
