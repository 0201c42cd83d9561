"""docs/nginx.conf in a real nginx: what it says of keeping, of the policy, of what is not there; and no page breaks its policy."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import ROOT, Project
from faces import PAGES, opened, reader
from servers import nginx as served

from guodong_site.tags import policy


@pytest.fixture(scope="module")
def nginx(given: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real nginx before the given issue's site; gives the address of its home page."""
    folder = tmp_path_factory.mktemp("nginx")
    out = folder / "site"
    done = given.run("build", "--out", str(out), "--base-url", "https://example.org/")
    assert done.code == 0, done.said
    with served(folder, out) as port:
        yield f"http://127.0.0.1:{port}/"


def test_how_long_each_kind_is_kept(chromium: Any, nginx: str, given: Project) -> None:
    """What an address names by its content for ever; pages, the list of the index and the worker are asked for each time."""
    del given
    with reader(chromium) as page:
        opened(page, nginx + "search/?q=国防")
        seen = {}
        for path in ("", "issues/2023-03/2/", "feed.xml", "search/index/facets.json", "sw.js", "api/archive.json"):
            seen[path] = page.request.get(nginx + path).headers
        names = page.evaluate("performance.getEntriesByType('resource').map((one) => new URL(one.name).pathname)")
        for name in names:
            if "/assets/" in name or name.endswith((".pf_head", ".pf_index", ".pf_fragment")):
                seen[name] = page.request.get(nginx + name.lstrip("/")).headers

    kept = {path: headers["cache-control"] for path, headers in seen.items()}
    assert {path for path, value in kept.items() if "immutable" in value} == {path for path in kept if path.startswith("/")}
    assert len(kept) > 12
    assert {headers["content-security-policy"] for headers in seen.values()} == {header()}
    assert {headers["x-content-type-options"] for headers in seen.values()} == {"nosniff"}
    assert seen[""]["content-encoding"] == "gzip"


def test_a_book_is_a_book(chromium: Any, nginx: str) -> None:
    """It comes as one, compressed on its way to half and less."""
    page = chromium.new_page()
    got = page.request.get(nginx + "years/2023/2023.epub")
    book, told = got.body(), got.headers
    page.close()

    assert told["content-type"] == "application/epub+zip"
    assert (told["content-encoding"], told["cache-control"]) == ("gzip", "public, max-age=3600, must-revalidate")
    assert len(gzip.compress(book, 6)) < len(book) / 2


def header() -> str:
    """The policy of the program's own, and that no other site may frame a page."""
    return policy((ROOT / "static/js/first.js").read_bytes().strip()) + "; frame-ancestors 'none'"


def test_what_is_not_there(chromium: Any, nginx: str) -> None:
    """A wrong address shows our page with 404; what only `build` needs is not given out."""
    page = chromium.new_page()
    wrong = page.goto(nginx + "issues/1999-01/")
    text = page.inner_text("h1")
    own = page.request.get(nginx + ".guodong/built.json").status
    page.close()

    assert wrong is not None
    assert (wrong.status, text, own) == (404, "没有这个页面", 404)


def test_no_page_breaks_the_policy(chromium: Any, nginx: str) -> None:
    """Every kind of page, its panels opened, the search used: nothing is refused, nothing asked of elsewhere."""
    with reader(chromium) as page:
        for path in PAGES.values():
            opened(page, nginx + path)
            page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
        page.keyboard.press("?")


def test_the_rules_name_the_programs_own_policy() -> None:
    """A change of first.js or of the policy must reach docs/nginx.conf."""
    assert (ROOT / "docs/nginx.conf").read_text(encoding="utf-8").count(f'"{header()}"') == 1
