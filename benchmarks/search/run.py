"""The benchmark of the search, as a whole or in parts: `python benchmarks/search/run.py [part …] [--quick] [--write]`.

Parts: builds, news, slips, pinyin, questions, small, laws, peers, large, large-peers; all where none is named.  Each puts its figures into
results.json; --write then makes docs/benchmarks.md of all that is there, --page does so and measures
nothing.  --quick is `news` alone.  slips and pinyin ask the site that `news` built.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import archive
import measures
import peers
import repairs
import slips
from browser import chromium, our_site
from corpus import Article, Line, News, laws, news, questioned, recombined
from queries import Texts, ambiguous, cut_lines, sets, title_parts, titles

SMALL, LARGE = 300, 10_000
WORK = archive.PROJECT / "build" / "search-benchmark"
RESULTS = Path(__file__).parent / "results.json"
DOCUMENT = archive.PROJECT / "benchmarks" / "document.py"
_PEER_STARTS = 3  # an index fetched whole costs every first query the same
_AIDS = ("sounds.txt", "traditional.txt")


class Bench:
    """The corpora, made once, and the parts of the benchmark over them."""

    def __init__(self, work: Path) -> None:
        self.work = work
        work.mkdir(parents=True, exist_ok=True)
        self.news = cache(lambda: news(work))

    def ours(
        self, name: str, articles: Sequence[Article], lines: Sequence[Sequence[Line]], source: News | None
    ) -> dict[str, Any]:
        """Our site over one corpus: built, asked, and built again after an edit."""
        root, out, texts = self.work / name, self.work / f"{name}-site", Texts(articles)
        archive.write_project(root, articles)
        shutil.rmtree(out, ignore_errors=True)
        archive.build(root, out)
        if differing := archive.differing(out, articles):
            sys.exit(f"{name}: what was published is not what was given, e.g. article {differing[0]}")
        subject = our_site(out)
        result = {
            "corpus": corpus_facts(articles),
            "bundles": archive.bundles(out),
            "session": measures.session(subject, sets(articles, lines, texts)),
            "titles": measures.top_share(subject, titles(articles)),
            "title_parts": measures.top_share(subject, title_parts(articles)),
        }
        if source is not None:
            pairs = ambiguous(source, texts)
            result["pairs"] = measures.top_share(subject, pairs)
            result["pairs"]["at_random"] = sum(len(q.truth) / len(texts.holding(q.text)) for q in pairs) / len(pairs)
        return result

    def run_builds(self) -> dict[str, Any]:
        """Every archive built with an empty cache, and again after an edit of the newest issue."""
        out = {}
        corpora = {"small": news(self.work, SMALL).articles, "laws": laws(), "news": self.news().articles}
        for name, articles in {**corpora, "large": recombined(self.news(), LARGE).articles}.items():
            root, site = self.work / "built", self.work / "built-site"
            archive.write_project(root, articles)
            shutil.rmtree(site, ignore_errors=True)
            built = archive.build(root, site)
            size = archive.size(site / "search" / "index")
            archive.edit_newest(root)
            out[name] = {"first": asdict(built), "edited": asdict(archive.build(root, site)), "size": size}
            say(name, out[name])
        return out

    def run_news(self) -> dict[str, Any]:
        """Our site over all news articles."""
        return self.ours("news", self.news().articles, self.news().lines, self.news())

    def run_small(self) -> dict[str, Any]:
        """… over the first 300."""
        few = news(self.work, SMALL)
        return self.ours("small", few.articles, few.lines, None)

    def run_laws(self) -> dict[str, Any]:
        """… over laws and regulations."""
        return self.ours("laws", laws(), cut_lines(laws()), None)

    def run_large(self) -> dict[str, Any]:
        """… over 10,000 articles."""
        many = recombined(self.news(), LARGE)
        return self.ours("large", many.articles, many.lines, many)

    def run_slips(self) -> dict[str, Any]:
        """Homophone typos."""
        return repairs.homophones(
            our_site(self.work / "news-site"), slips.homophones(self.news().lines, Texts(self.news().articles))
        )

    def run_pinyin(self) -> dict[str, Any]:
        """Words typed as they sound."""
        site = self.work / "news-site"
        files = [path for path in site.glob("search/index/*/*.txt") if path.name not in _AIDS]
        words = {
            word
            for path in files
            for line in path.read_text(encoding="utf-8").split("\n")
            for word in re.split(r"[\t ]", line)[1::2]
        }
        return {"vocabulary": len(words), **repairs.pinyin(our_site(site), slips.spelt(sorted(words)))}

    def run_questions(self) -> dict[str, Any]:
        """Questions in everyday words, with an editor's synonyms and without: statutes have a table of their own."""
        out: dict[str, Any] = {}
        statutes = (Path(__file__).parent / "data" / "statutes-synonyms.yaml").read_text(encoding="utf-8")
        for name, table in (("cmrc", None), ("stard", statutes)):
            articles, asked = questioned(name)
            for kind, synonyms in (("with", table), ("without", "synonyms: []\n")):
                root, site = self.work / f"{name}-{kind}", self.work / f"{name}-{kind}-site"
                archive.write_project(root, articles, synonyms=synonyms)
                archive.build(root, site)
                out.setdefault(name, {"articles": len(articles)})[kind] = measures.questions(our_site(site), asked)
        return out

    def run_peers(self) -> dict[str, Any]:
        """The others over all news articles."""
        return self._peers("news", self.news())

    def run_large_peers(self) -> dict[str, Any]:
        """… over 10,000 articles."""
        return self._peers("large", recombined(self.news(), LARGE))

    def _peers(self, name: str, source: News) -> dict[str, Any]:
        node, texts, out = peers.install(self.work), Texts(source.articles), {}
        asked, pairs = sets(source.articles, source.lines, texts), ambiguous(source, texts)
        for peer in (*peers.PROGRAMS, *peers.LIBRARIES):
            root = self.work / f"{name}-peers" / peer.replace(" ", "-")
            subject, used = peers.build_peer(peer, source.articles, node, root)
            out[peer] = {
                "build": {"whole": asdict(used), "size": archive.size(root)},
                "session": measures.session(subject, asked, _PEER_STARTS),
                "pairs": measures.top_share(subject, pairs),
                "titles": measures.top_share(subject, titles(source.articles)),
            }
            say(peer, out[peer])
        return out


def corpus_facts(articles: Sequence[Article]) -> dict[str, int]:
    """How much text it is."""
    characters = sum(len(article.title) + sum(map(len, article.paragraphs)) for article in articles)
    return {"articles": len(articles), "characters": characters, "years": len({article.year for article in articles})}


def machine() -> dict[str, Any]:
    """Where the figures were taken, and with what."""
    with chromium() as browser:
        chromium_version = browser.version
    pages, page = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    node = (
        subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout.strip()
        if shutil.which("node")
        else ""
    )
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=archive.PROJECT, capture_output=True, text=True, check=False
    )
    packages = ("guodong-site", "pagefind-bin", "pagefind-bin-extended", "jieba", "pypinyin")
    return {
        "cores": os.cpu_count(),
        "memory_gb": round(pages * page / 1024**3),
        "system": platform.system(),
        "commit": commit.stdout.strip(),
        "versions": {
            "Python": platform.python_version(),
            "Chromium": chromium_version,
            "Node": node.lstrip("v"),
            **{name: version(name) for name in packages},
            **peers.versions(),
        },
    }


def say(name: str, figures: Any) -> None:  # noqa: ANN401  # JSON
    """Figures as they come, for who watches."""
    print(name, json.dumps(figures, ensure_ascii=False), flush=True)


def main() -> None:
    """Runs the parts asked for and keeps what they measured."""
    parser = argparse.ArgumentParser(description="The benchmark of the search.")
    parser.add_argument(
        "parts", nargs="*", metavar="part", help="builds news slips pinyin questions small laws peers large large-peers"
    )
    parser.add_argument("--quick", action="store_true", help="our site over the news only")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    parser.add_argument("--page", action="store_true", help="write it from earlier figures, measure nothing")
    parser.add_argument("--work", type=Path, default=WORK, help="where sites and downloads lie")
    options = parser.parse_args()
    bench = Bench(options.work)
    parts: dict[str, Callable[[], dict[str, Any]]] = {
        name.removeprefix("run_").replace("_", "-"): getattr(bench, name)
        for name in (
            "run_builds run_news run_slips run_pinyin run_questions run_small run_laws run_peers run_large run_large_peers"
        ).split()
    }
    wanted = ["news"] if options.quick else options.parts or ([] if options.page else list(parts))
    if unknown := set(wanted) - set(parts):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    results = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    for name in wanted:
        measured = parts[name]()
        results[name] = {"date": time.strftime("%Y-%m-%d"), "load": os.getloadavg()[0], **measured}
        results["machine"] = machine()
        RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        say(name, measured)
    if options.write or options.page:
        subprocess.run([sys.executable, str(DOCUMENT)], check=True)


if __name__ == "__main__":
    main()
