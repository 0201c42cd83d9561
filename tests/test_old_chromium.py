"""The site in the Chromium 86 of Windows 7 offices.  Longer suite: `sh tests/run -m long`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from browsers import Tab, started

pytestmark = pytest.mark.long

PAGES = (
    "",
    "issues/2023-03/",
    "issues/2023-03/4/",
    "sections/yaowen/",
    "years/2023/",
    "districts/xihaian/",
    "search/?q=国际民防日",
    "404.html",
)


@pytest.fixture(scope="module")
def tab() -> Iterator[Tab]:
    """The old browser, running."""
    with started("chromium-86") as tab:
        yield tab


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_laid_out(tab: Tab, given_site: str, address: str, width: int) -> None:
    """The style sheet is understood, nothing overflows, no script fails."""
    tab.open(given_site + address, width=width)
    red = tab.evaluate("getComputedStyle(document.querySelector('.wenwu')).borderTopColor")
    columns = tab.evaluate("getComputedStyle(document.querySelector('.mainnav ul')).display")
    overflow = tab.evaluate("document.documentElement.scrollWidth - innerWidth")

    assert (red, columns, overflow, tab.errors) == ("rgb(179, 18, 26)", "flex", 0, [])


def test_search_answers_as_today(tab: Tab, given_site: str, chromium: Any) -> None:
    """The old browser and today's give the same answers, whole."""
    queries = ["国防动员", "国际民防日", "人", "4G系统", "演练 培训", "查无此文", "café"]
    script = "Promise.all({}.map(q => window.guodong.search(q)))"
    page = chromium.new_page()
    page.goto(given_site + "search/")
    page.wait_for_function("window.guodong && window.guodong.search")
    today = page.evaluate(script.format(queries))
    page.close()
    tab.open(given_site + "search/")
    tab.wait("window.guodong && window.guodong.search")

    assert tab.evaluate(script.format(queries)) == today
