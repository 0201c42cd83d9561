"""Articles → a project of guodong, built by the real command; and whether what was published is what was given."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import Article
from processes import Used, run

PROJECT = Path(__file__).parent.parent.parent
_SECTIONS = ("要闻", "区市动态", "简讯", "人防科技撷英")
_MARKS = re.compile(r"([\\`*_{}\[\]()>#+\-.!|~])")
_ADDRESS = re.compile(r"/a(\d+)/$")
_SIGNATURE = 12  # bytes before the JSON of a fragment


def write_project(root: Path, articles: Sequence[Article], *, synonyms: str | None = None) -> None:
    """A project folder with these articles as issues, one a month, and all else as this project has it.

    `synonyms` is what stands in editorial/synonyms.yaml instead of the project's own.
    """
    shutil.rmtree(root, ignore_errors=True)
    for name in ("templates", "static", "editorial"):
        shutil.copytree(PROJECT / name, root / name)
    shutil.copy(PROJECT / "site.yaml", root)
    if synonyms is not None:
        (root / "editorial" / "synonyms.yaml").write_text(synonyms, encoding="utf-8")
    issues: defaultdict[tuple[int, int], list[Article]] = defaultdict(list)
    for article in articles:
        issues[article.year, article.month].append(article)
    (root / "issues").mkdir()
    for (year, month), held in issues.items():
        (root / "issues" / f"{year}-{month:02}.md").write_text(_issue(f"{year}-{month:02}", held), encoding="utf-8")


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build used, and its search step alone: CPU with its children, and wall seconds; `bundles_cpu` is what of it went
    into the bundles made."""

    whole: Used
    search_cpu: float
    search_wall: float
    bundles_cpu: float


def build(root: Path, out: Path) -> Built:
    """`guodong build`, measured."""
    report = root / "search-step.json"
    stopwatch = Path(__file__).parent / "stopwatch.py"
    command = [
        sys.executable,
        str(stopwatch),
        str(report),
        "--root",
        str(root),
        "--quiet",
        "build",
        "--no-pdf",
        "--out",
        str(out),
    ]
    whole = run(command)
    step = json.loads(report.read_text(encoding="utf-8"))
    return Built(whole=whole, search_cpu=step["cpu"], search_wall=step["wall"], bundles_cpu=step["bundles_cpu"])


def edit_newest(root: Path) -> None:
    """A sentence more in the newest issue, as an editor would add it."""
    newest = max((root / "issues").glob("*.md"))
    text = newest.read_text(encoding="utf-8").rstrip("\n")
    newest.write_text(f"{text}这一句是后来补上的。\n", encoding="utf-8")


def number_of(address: str) -> int:
    """The article behind an address of the site."""
    match = _ADDRESS.search(address)
    if match is None:
        raise ValueError(address)
    return int(match[1])


def differing(out: Path, articles: Sequence[Article]) -> list[int]:
    """The numbers of articles whose published text is not what was given: none, or the benchmark means nothing."""
    published = {}
    for path in (out / "search" / "index").glob("*/fragment/*.pf_fragment"):
        fragment = json.loads(gzip.decompress(path.read_bytes())[_SIGNATURE:])
        published[number_of(fragment["url"])] = fragment["content"]
    return [a.number for a in articles if published.get(a.number) != "\n".join((a.title, *a.paragraphs))]


def bundles(out: Path) -> list[int]:
    """How many articles each bundle of the index holds."""
    facets = json.loads((out / "search" / "index" / "facets.json").read_text(encoding="utf-8"))
    return [len(bundle["issue"]) for bundle in facets["bundles"]]


def size(folder: Path) -> int:
    """Bytes of all files of a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _issue(date: str, articles: Sequence[Article]) -> str:
    parts = [f"---\nlegacy: true\ndate: {date}\n---\n"]
    for at, section in enumerate(_SECTIONS):
        held = [article for article in articles if article.number % len(_SECTIONS) == at]
        if held:
            parts.append(f"# {section}\n")
            parts += [
                f"## {_entities(a.title)} {{#a{a.number}}}\n\n" + "\n\n".join(map(_escaped, a.paragraphs)) + "\n" for a in held
            ]
    return "\n".join(parts)


def _entities(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _escaped(text: str) -> str:
    """A paragraph that Markdown shows as it is."""
    return _entities(_MARKS.sub(r"\\\1", text)).replace("\\>", "&gt;").replace("\\|", "|").replace("\\~", "~")
