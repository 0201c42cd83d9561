"""What is measured: each tool's command, its folders, where a page comes out and which file is its template of an article.

All are run in their own folder, as their manual says, with no option but to be quiet.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from archive import Article, Issue
from environments import PEERS, Environments
from layouts import ELEVENTY, HUGO, MKDOCS, OURS, PELICAN, Layout, address

PROJECT = Path(__file__).parent.parent.parent

SITE = ("templates", "static", "editorial", "site.yaml")
"""What this project has beside issues, taken as it is."""

NAMES = {
    "ours": "this site",
    "ours-index": "this site + exact index",
    "hugo": "Hugo",
    "hugo-extended": "Hugo + Pagefind extended",
    "eleventy": "Eleventy",
    "pelican": "Pelican",
    "pelican-cache": "Pelican, reader cache",
    "mkdocs": "MkDocs",
}
"""Key → what the report calls it."""

FAST, OTHERS = tuple(NAMES)[:4], tuple(NAMES)[4:]
"""Those measured side by side, and those too slow for as many rounds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """One way of building the archive.

    `made` is deleted before a cold build, its first the output; `stateful`: what it left behind changes what the next build does;
    `then` is a second command over the output, measured by itself and together under the key `with_index`.
    """

    key: str
    layout: Layout
    base: Path
    command: tuple[str, ...]
    made: tuple[str, ...]
    template: str
    page: Callable[[Issue, Article], str]
    stateful: bool = False
    environment: Mapping[str, str] = field(default_factory=dict)
    then: tuple[str, ...] = ()
    with_index: str = ""

    @property
    def ours(self) -> bool:
        """Whether it is this project."""
        return self.layout is OURS


def tool(key: str, programs: Environments) -> Tool:
    """A tool by its key, its programs fetched where they are not there."""
    if key in ("ours", "ours-index"):
        return _ours(key)
    if key in ("hugo", "hugo-extended"):
        return _hugo(programs, indexed=key == "hugo-extended")
    return {"eleventy": _eleventy, "pelican": _pelican, "pelican-cache": _pelican_cache, "mkdocs": _mkdocs}[key](programs)


def _ours(key: str) -> Tool:
    """The real command, by the Python that runs this; an index unless it is told not to."""
    command = (sys.executable, str(PROJECT / "build.py"), "--root", ".", "--quiet", "--no-pdf")  # the others set no type
    return Tool(
        key=key,
        layout=OURS,
        base=PROJECT,
        command=command if key == "ours-index" else (*command, "--no-search"),
        made=("public", ".cache"),
        template="templates/pages/article.html",
        page=lambda issue, article: f"issues/{issue.id}/{article.number}/index.html",
        stateful=True,
    )


def _peer_page(issue: Issue, article: Article) -> str:
    return f"{address(issue, article)}.html"


def _hugo(programs: Environments, *, indexed: bool) -> Tool:
    return Tool(
        key="hugo",
        layout=HUGO,
        base=PEERS / "hugo",
        command=(str(programs.hugo()), "--quiet"),
        made=("public", "resources"),
        template="layouts/_default/single.html",
        page=_peer_page,
        then=(str(programs.pagefind()), "--quiet", "--site", "public") if indexed else (),
        with_index="hugo-extended" if indexed else "",
    )


def _eleventy(programs: Environments) -> Tool:
    program = programs.node() / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"
    return Tool(
        key="eleventy",
        layout=ELEVENTY,
        base=PEERS / "eleventy",
        command=("node", str(program), "--quiet", "--config=eleventy.config.mjs"),
        made=("_site",),
        template="_includes/article.njk",
        page=_peer_page,
    )


def _pelican(programs: Environments, key: str = "pelican", **more: str) -> Tool:
    return Tool(
        key=key,
        layout=PELICAN,
        base=PEERS / "pelican",
        command=(str(programs.python("pelican") / "bin" / "pelican"), "-s", "pelicanconf.py", "-q", "content"),
        made=("output", "cache"),
        template="theme/templates/article.html",
        page=_peer_page,
        stateful=bool(more),
        environment=more,
    )


def _pelican_cache(programs: Environments) -> Tool:
    return _pelican(programs, "pelican-cache", READER_CACHE="1")


def _mkdocs(programs: Environments) -> Tool:
    return Tool(
        key="mkdocs",
        layout=MKDOCS,
        base=PEERS / "mkdocs",
        command=(str(programs.python("mkdocs") / "bin" / "mkdocs"), "build", "-q"),
        made=("site",),
        template="theme/main.html",
        page=_peer_page,
    )
