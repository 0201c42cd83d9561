"""How long each kind of file may be kept: one table, which docs/nginx.conf says too."""

from __future__ import annotations

import re

import pytest
from conftest import ROOT, Project, snapshot

from guodong_site.publishing.caching import FEED, FOREVER, KINDS, NEVER, PAGE, PAPER, cache_control, nginx

RULES = ROOT / "docs/nginx.conf"


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("index.html", PAGE),
        ("404.html", PAGE),
        ("issues/2023-03/5/index.html", PAGE),
        ("old/3.shtml", PAGE),
        ("assets/0123456789ab/site.css", FOREVER),
        ("search/index/0123456789ab/x.txt", FOREVER),
        ("search/index/0123456789ab/pagefind-entry.json", FOREVER),
        ("search/index/0123456789ab/index/und_f6d63fc.pf_index", FOREVER),
        ("search/index/facets.json", NEVER),
        ("issues/2024-03/现场.jpg.0123abcd-480.webp", FOREVER),
        ("issues/2024-03/现场.jpg", PAPER),
        ("issues/2024-03/附件.pdf", PAPER),
        ("issues/2024-03/2024-03.pdf", PAPER),
        ("years/2024/2024.epub", PAPER),
        ("sections/yaowen/atom.xml", FEED),
        ("api/issues/2023-03.json", FEED),
        ("robots.txt", FEED),
        ("sw.js", NEVER),
        ("release.json", NEVER),
        ("SHA256SUMS", NEVER),
        ("SHA256SUMS.sig", NEVER),
        ("SM3SUMS", NEVER),
    ],
)
def test_every_kind_has_its_time(path: str, kept: str) -> None:
    """What an address names by its content for ever; what says which files belong together never; pages are asked for again."""
    assert cache_control(path) == kept


def test_no_file_of_a_real_site_is_passed_over(given: Project) -> None:
    """Every file of the given issue's site is of a named kind; for ever are kept only those whose address has a digest."""
    files = snapshot(given.root / "www/gzdt")
    unnamed = [path for path in files if not any(re.search(pattern, f"/{path}") for _, pattern, _ in KINDS[:-1])]
    forever = {path for path in files if cache_control(path) == FOREVER}

    assert unnamed == []
    assert {path.split("/")[0] for path in forever} == {"assets", "search"}
    assert all(re.search(r"/[0-9a-f]{12}/", path) for path in forever)


def test_nginx_is_told_the_same(request: pytest.FixtureRequest) -> None:
    """docs/nginx.conf holds the table; `pytest --accept` writes it anew."""
    text = RULES.read_text(encoding="utf-8")
    before, mark, rest = text.partition("--accept>\n")
    held, end, after = rest.partition("# </caching>")
    if request.config.getoption("--accept"):
        RULES.write_text(f"{before}{mark}{nginx()}{end}{after}", encoding="utf-8")

    assert held == nginx()
