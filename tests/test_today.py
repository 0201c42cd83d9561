"""往年今日: the months of all years as pages and as data, and the band a reader's browser fills by its own calendar."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import GOOD, Project, served


def write(project: Project, date: str, title: str) -> None:
    text = (
        GOOD.replace("number: 3", f"number: {int(date[5:7])}")
        .replace("2024-03-15", date)
        .replace("市国动办召开工作会议\n", title + "\n", 1)
    )
    project.write(f"issues/{date[:7]}.md", text)


@pytest.fixture
def site(project: Project) -> Iterator[str]:
    """Three Marches and a May, below a base path, over HTTP."""
    for date, title in (("2021-03-15", "三年前"), ("2022-03-20", "两年前"), ("2024-03-15", "今年的"), ("2023-05-06", "五月的")):
        write(project, date, title)
    assert project.run("build", "--no-search", "--base-url", "https://example.org/gzdt/", "--out", "www/gzdt").code == 0
    for address in served(project.root / "www"):
        yield address + "/gzdt/"


def test_a_month_lists_its_issues_of_all_years(project: Project, site: str) -> None:
    """Newest year first, with date and first article; months without an issue have no page."""
    www = project.root / "www/gzdt"
    text = (www / "today/03/index.html").read_text(encoding="utf-8")
    door = (www / "today/index.html").read_text(encoding="utf-8")

    assert site
    assert re.findall(r'<time datetime="([^"]+)">', text) == ["2024-03-15", "2022-03-20", "2021-03-15"]
    assert re.findall(r'class="t" href="([^"]+)"', text) == [f"/gzdt/issues/{year}-03/1/" for year in (2024, 2022, 2021)]
    assert re.findall(r'href="/gzdt/today/(\d\d)/"', door) == ["03", "05"]
    assert sorted(path.parent.name for path in www.glob("today/*/index.html")) == ["03", "05"]
    assert json.loads((www / "today/04.json").read_bytes()) == []
    assert json.loads((www / "today/05.json").read_bytes()) == [
        {"date": "2023-05-06", "label": "2023年第5期", "url": "/gzdt/issues/2023-05/1/", "title": "五月的"}
    ]


def band(chromium: Any, site: str, day: str, *, offline: bool = False) -> tuple[str, list[str], list[str]] | None:
    """Heading, titles and links of the band on a day of the reader's; None where it stays hidden."""
    context = chromium.new_context(viewport={"width": 360, "height": 800}, service_workers="block")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.clock.set_fixed_time(datetime.datetime.fromisoformat(day + "T10:00:00"))
    if offline:
        page.route("**/today/*.json", lambda route: route.abort())
    with page.expect_event("requestfinished" if not offline else "requestfailed", lambda request: "/today/" in request.url):
        page.goto(site)
    page.wait_for_timeout(200)
    place = page.locator("[data-today]")
    found = None
    if place.is_visible():
        links = place.locator("ul a")
        found = (
            place.locator("h2").inner_text(),
            links.locator("> span").all_inner_texts(),
            links.evaluate_all("all => all.map(a => a.getAttribute('href'))"),
        )
        assert all(page.request.get(site.split("/gzdt/", maxsplit=1)[0] + link).status == 200 for link in found[2])
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()

    assert errors == []
    return found


def test_the_reader_sees_what_came_out_on_this_day(chromium: Any, site: str) -> None:
    """The same day of earlier years; else the same month, and it says so; this year's own issue is no memory."""
    same = band(chromium, site, "2024-03-15")
    month = band(chromium, site, "2024-03-02")

    assert same == ("往年今日", ["三年前"], ["/gzdt/issues/2021-03/1/"])
    assert month == ("往年本月", ["两年前", "三年前"], ["/gzdt/issues/2022-03/1/", "/gzdt/issues/2021-03/1/"])


def test_nothing_to_tell_is_not_told(chromium: Any, site: str) -> None:
    """No issue in this month, none of an earlier year, or no network: the band stays hidden."""
    assert band(chromium, site, "2024-04-15") is None
    assert band(chromium, site, "2021-03-15") is None
    assert band(chromium, site, "2024-03-15", offline=True) is None


def test_the_home_page_does_not_move(chromium: Any, site: str) -> None:
    """What the band brings stands below all else: nothing above it shifts."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, service_workers="block")
    page = context.new_page()
    page.clock.set_fixed_time(datetime.datetime(2024, 3, 15, 10))  # noqa: DTZ001  # the reader's own
    page.goto(site)
    page.wait_for_selector("[data-today]:not([hidden])")
    last = page.evaluate("document.querySelector('main').lastElementChild.hasAttribute('data-today')")
    context.close()

    assert last
