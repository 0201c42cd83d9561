"""Other search engines over the same articles, each with its own defaults: built, and served like our site.

Pagefind's two programs come from pip, the others from npm into the work folder; versions are pinned.
"""

from __future__ import annotations

import gzip
import html
import importlib
import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from browser import Subject, peer_site
from corpus import Article
from processes import Used, run

HERE = Path(__file__).parent / "peers"
PROGRAMS = {"Pagefind plain": ("pagefind_bin", "pagefind"), "Pagefind extended": ("pagefind_bin_extended", "pagefind_extended")}
LIBRARIES = {"MiniSearch bigrams": "minisearch", "FlexSearch": "flexsearch", "Orama": "orama"}
_SIGNATURE = 12  # bytes before the JSON of a fragment
_PAGE = '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>-</title><body><script type="module" src="adapter.js"></script>'


def install(work: Path) -> Path:
    """The folder with the peers' packages, fetched the first time."""
    node = work / "node"
    node.mkdir(parents=True, exist_ok=True)
    for source in HERE.iterdir():
        shutil.copy(source, node)
    if not (node / "node_modules").exists():
        command = ["npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
        subprocess.run(command, cwd=node, check=True)
    return node


def versions() -> dict[str, str]:
    """The pinned versions by package."""
    packages = json.loads((HERE / "package.json").read_text(encoding="utf-8"))["dependencies"]
    return {name: packages[name] for name in ("minisearch", "flexsearch", "@orama/orama")}


def build_peer(name: str, articles: Sequence[Article], node: Path, root: Path) -> tuple[Subject, Used]:
    """A peer's site in `root`, and what its build used."""
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    (root / "bench.html").write_text(_PAGE, encoding="utf-8")
    if name in PROGRAMS:
        return _pagefind(name, articles, node, root)
    documents = root.parent / "documents.jsonl"
    (root / "doc").mkdir()
    with documents.open("w", encoding="utf-8") as stream:
        for article in articles:
            text = json.dumps(
                {"id": article.number, "title": article.title, "body": "\n".join(article.paragraphs)}, ensure_ascii=False
            )
            stream.write(text + "\n")
            (root / "doc" / f"{article.number}.json").write_text(text, encoding="utf-8")
    used = run(["node", "build.mjs", LIBRARIES[name], str(documents), str(root)], cwd=node)
    return peer_site(root), used


def _pagefind(name: str, articles: Sequence[Article], node: Path, root: Path) -> tuple[Subject, Used]:
    """Pages as any site would have them, indexed by the program as it comes."""
    pages = root.parent / f"{root.name}-pages"
    shutil.rmtree(pages, ignore_errors=True)
    for article in articles:
        folder = pages / f"a{article.number}"
        folder.mkdir(parents=True)
        body = f"<h1>{html.escape(article.title)}</h1>" + "".join(f"<p>{html.escape(text)}</p>" for text in article.paragraphs)
        page = (
            f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>-</title></head><body>{body}</body></html>'
        )
        (folder / "index.html").write_text(page, encoding="utf-8")
    package, program = PROGRAMS[name]
    place = Path(str(importlib.import_module(package).__file__)).parent / program
    used = run([str(place), "--quiet", "--site", str(pages), "--output-path", str(root / "pagefind")])
    subprocess.run(["node", "build.mjs", "pagefind", "-", str(root)], cwd=node, check=True)
    numbers = {}
    for path in (root / "pagefind" / "fragment").iterdir():
        fragment = json.loads(gzip.decompress(path.read_bytes())[_SIGNATURE:])
        numbers[path.name.split(".")[0]] = int(fragment["url"].strip("/").removeprefix("a"))
    return peer_site(root, numbers), used
