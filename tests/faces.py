"""The pages a reader can meet, one of each kind and state, and the ways to look at them."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

PAGES = {
    "home": "",
    "issue": "issues/2023-03/",
    "article": "issues/2023-03/2/",
    "signed": "issues/2023-03/4/",
    "brief": "issues/2023-03/9/",
    "reprint": "issues/2023-03/11/",
    "sections": "sections/",
    "section": "sections/qushi/",
    "section-year": "sections/qushi/2023/",
    "years": "years/",
    "year": "years/2023/",
    "districts": "districts/",
    "district": "districts/xihaian/",
    "no-district": "districts/shinan/",
    "topics": "topics/",
    "letter": "topics/g/",
    "statistics": "statistics/",
    "sources": "sources/",
    "source": "sources/zhongguoguofangbao-57fae9/",
    "today": "today/",
    "month": "today/03/",
    "feeds": "feeds/",
    "api": "api/",
    "search": "search/",
    "found": "search/?q=国防动员",
    "nothing": "search/?q=查无此文甲乙丙",
    "fallback": "search/?q=國防動員",
    "about": "about/",
    "accessibility": "accessibility/",
    "offline": "offline/",
    "sitemap": "sitemap/",
    "not-found": "404.html",
}
"""By kind, below the home page's address."""

MODES: dict[str, dict[str, str]] = {
    "light": {},
    "dark": {"theme": "dark"},
    "contrast": {"contrast": "more"},
    "contrast-dark": {"contrast": "more", "theme": "dark"},
    "elder": {"mode": "elder"},
}
"""What a reader may have chosen: the attributes that first.js sets."""

EVERY_MODE = [pytest.param(mode, marks=[] if mode in ("light", "elder") else pytest.mark.long) for mode in MODES]
"""Two that differ most at every run, the others in the longer suite."""

AXE = ("axe-core@4.14.1", "e6b0ce02b84d892e2e33e403485e7f3d6c29e2be6df65daf44d89ba564139745", "package/axe.min.js")
VNU = ("vnu-jar@26.9.27", "5970d3ffca91a627cf0965e5d91bb2e4242307c29292998de0b419d6a901b2b7", "package/build/dist/vnu.jar")


@contextmanager
def reader(browser: Any, chosen: dict[str, str] | None = None, width: int = 1280, **more: Any) -> Iterator[Any]:
    """A page as a reader has it who chose `chosen`; leaving fails on a script error, a breach of the policy, a foreign request."""
    context = browser.new_context(viewport={"width": width, "height": 900}, **more)
    if chosen:
        text = json.dumps(json.dumps(chosen))
        context.add_init_script(
            f"try {{ localStorage.getItem('guodong.display') ?? localStorage.setItem('guodong.display', {text}) }} catch {{}}"
        )
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
    page.on(
        "request",
        lambda asked: wrong.append(asked.url) if not asked.url.startswith(("http://127.0.0.1", "blob:", "data:")) else None,
    )
    yield page
    context.close()

    assert wrong == []


def opened(page: Any, address: str) -> None:
    """Opens a page and waits until its scripts have shown what they show."""
    page.goto(address)
    page.wait_for_function(
        "document.querySelector('[data-set]').hasAttribute('aria-pressed') || !document.querySelector('[data-js]').hidden"
    )
    if "?q=" in address:
        page.wait_for_selector("#status:not(:empty)")


def fetched(package: tuple[str, str, str]) -> Path:
    """A file of a package of npm, fetched once and known by its digest."""
    name, digest, inside = package
    kept = Path.home() / ".cache" / "test-packages" / digest[:16] / Path(inside).name
    if not kept.exists():
        from browsers.install import NPM

        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept.parent) as folder:
            done = subprocess.run([NPM.got(), "pack", "--silent", name], cwd=folder, check=False, stdout=subprocess.DEVNULL)
            if done.returncode:
                sys.exit(f"npm could not fetch {name}. Type: npm pack {name}")
            (archive,) = Path(folder).glob("*.tgz")
            assert hashlib.sha256(archive.read_bytes()).hexdigest() == digest, name
            with tarfile.open(archive) as packed:
                packed.extract(inside, folder, filter="data")
            shutil.move(str(Path(folder) / inside), kept.with_suffix(".part"))
            kept.with_suffix(".part").replace(kept)
    return kept
