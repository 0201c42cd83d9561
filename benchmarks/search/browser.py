"""A site in headless Chromium: opened cold with a query, asked in one session, and what that cost in bytes and time."""

from __future__ import annotations

import os
import shutil
import statistics
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

from playwright.sync_api import Browser, Page, sync_playwright
from server import Server

_ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync --no-first-run"
)
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_PATIENCE = 300_000  # milliseconds

OURS = """
window.bench = {
  ready: () => Boolean(window.guodong && window.guodong.search),
  ask: async (text, limit = 10) => {
    const start = performance.now();
    const answer = await window.guodong.search(text, { limit });
    const ms = performance.now() - start;
    const { exact, searched, total } = answer;
    const ids = answer.items.map((item) => Number(/\\/a(\\d+)\\/$/.exec(item.url)[1]));
    return { ids, ms, total, exact, searched, offers: answer.suggestions.map((offer) => offer.text) };
  },
};
addEventListener("DOMContentLoaded", () => {
  const hits = document.getElementById("hits");
  const seen = new MutationObserver(() => {
    if (hits.children.length && !window.bench.shown) window.bench.shown = performance.now();
  });
  if (hits) seen.observe(hits, { childList: true });
});
"""
"""Our own search page, asked through the public function; `shown` is when the first list stood on the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A site to be measured: where it lies, its page (`{query}` is put in), the script it needs, which files are its search."""

    root: Path
    page: str
    script: str
    is_search: Callable[[str], bool]
    limited: bool = False
    """Whether an answer names only as many articles as were asked for."""
    numbers: Mapping[str, int] | None = None
    """The articles by the subject's own ids, where those are not the numbers."""


def our_site(root: Path) -> Subject:
    """Our built site.  The search is all its modules and all it fetches from the index; page and style are the shell."""
    return Subject(
        root=root,
        page="/search/?q={query}",
        script=OURS,
        is_search=lambda path: path.endswith(".js") or path.startswith("/search/index/"),
        limited=True,
    )


def peer_site(root: Path, numbers: Mapping[str, int] | None = None) -> Subject:
    """A peer on an empty page."""
    page = "/bench.html?q={query}"
    return Subject(root=root, page=page, script="", is_search=lambda path: not path.endswith(".html"), numbers=numbers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cold:
    """First answers in fresh browsers: KB of the search (median, largest), KB of the page, ms until the list stood there."""

    kb: float
    kb_max: float
    shell_kb: float
    ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer: the articles, whether it is exact, what was really looked for, milliseconds, and bytes it cost."""

    ids: tuple[int, ...]
    exact: bool
    searched: tuple[str, ...]
    offers: tuple[str, ...]
    ms: float
    sent: int


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser all subjects share."""
    place = next((path for name in (os.environ.get("CHROMIUM"), *_NAMES) if name and (path := shutil.which(name))), None)
    if place is None:
        sys.exit("No Chromium found; name one in CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=place, args=_ARGUMENTS.split())
        yield browser
        browser.close()


class Session:
    """One reader's visit: a context of its own, so that nothing is cached before it begins."""

    def __init__(self, browser: Browser, subject: Subject, server: Server, query: str = "") -> None:
        self._context = browser.new_context()
        self.page: Page = self._context.new_page()
        self.page.set_default_timeout(_PATIENCE)
        self._server = server
        self._numbers = subject.numbers
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        if subject.script:
            self.page.add_init_script(subject.script)
        self.page.goto(server.address + subject.page.format(query=quote(query)))
        self.page.wait_for_function("window.bench && window.bench.ready()")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._context.close()

    def ask(self, text: str, limit: int = 10) -> Answer:
        """Asks as a reader who presses Enter."""
        before = len(self._server.sent)
        raw: dict[str, Any] = self.page.evaluate("([text, limit]) => window.bench.ask(text, limit)", [text, limit])
        sent = sum(size for _, size in self._server.sent[before:])
        return Answer(
            ids=tuple(raw["ids"] if self._numbers is None else (self._numbers[one] for one in raw["ids"])),
            exact=raw.get("exact", True),
            searched=tuple(raw.get("searched", ())),
            offers=tuple(raw.get("offers", ())),
            ms=raw["ms"],
            sent=sent,
        )


def cold(browser: Browser, subject: Subject, server: Server, queries: Sequence[str]) -> Cold:
    """Each query as the first of a reader who comes with it in the address."""
    search, shell, times = [], [], []
    for query in queries:
        before = len(server.sent)
        with Session(browser, subject, server, query) as session:
            session.page.wait_for_function("window.bench.shown")
            session.page.wait_for_load_state("networkidle")
            times.append(session.page.evaluate("window.bench.shown"))
        new = server.sent[before:]
        search.append(sum(size for path, size in new if subject.is_search(path)) / 1024)
        shell.append(sum(size for path, size in new if not subject.is_search(path)) / 1024)
    return Cold(
        kb=statistics.median(search), kb_max=max(search), shell_kb=statistics.median(shell), ms=statistics.median(times)
    )
