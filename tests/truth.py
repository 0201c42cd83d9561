"""What search must find: read from the finished pages and asked of the given text, apart from the product's own code."""

from __future__ import annotations

import random
import unicodedata
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

SEED = 20230306
GIVEN = Path(__file__).parent / "data" / "given-issue.txt"

NAMED = [
    "管成密", "成密", "邵泽武", "邵泽武在", "刘德义", "国动办", "国动", "动办党", "防动员办", "4G", "4g", "4G系统", "LED", "led",
    "LED显示", "ＬＥＤ", "２０２３年", "2023年3月", "23年", "3月6", "2023", "90周年", "1200余", "“两个确立”", "两个确立”", "《国际民防日》",
    "一岗双责", "国防 动员", "国防　动员", "市北区国动办联合青", "国防", "国防动员", "动员", "人", "的", "国-防", "<b>国防", "W-国防", "w国防", "w",
    '" ', '"国防', '国防"', "国防动员办公室青岛", "阿萌来了", "中国国防报", "抖音、腾讯", "准军事化", "体系化",
]  # fmt: skip


class _Texts(HTMLParser):
    """An independent reading of an article page: its h1 and every paragraph of its body."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._in_prose, self._open = False, False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = (dict(attrs).get("class") or "").split()
        if tag == "div" and "prose" in names:
            self._in_prose = True
        if tag == "h1" or (tag == "p" and self._in_prose):
            self._open = True
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("h1", "p"):
            self._open = False
        if tag == "div":
            self._in_prose = False

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts[-1] += data


def articles(site: Path) -> dict[str, list[str]]:
    """Every article page of the given issue's site: address → its title and paragraphs."""
    found = {}
    for path in sorted((site / "gzdt/issues/2023-03").glob("*/index.html")):
        reader = _Texts()
        reader.feed(path.read_text(encoding="utf-8"))
        found[f"/gzdt/issues/2023-03/{path.parent.name}/"] = [folded(text) for text in reader.texts]
    return found


def folded(text: str) -> str:
    """Width and case aside: written apart from the product's own `fold`, for the characters of this corpus."""
    wide = {c: chr(c - 0xFEE0) for c in range(0xFF10, 0xFF5B) if chr(c).isalnum()}
    return text.translate(wide).lower()


def runs(query: str) -> list[str]:
    """The letters and digits of a query that stand together."""
    kept = "".join(c if unicodedata.category(c)[0] in "LN" else " " for c in query)
    return folded(kept).split()


def truth(pages: dict[str, list[str]], query: str) -> set[str]:
    """Every page whose title or one paragraph holds each run of the query."""
    return {address for address, texts in pages.items() if all(any(run in text for text in texts) for run in runs(query))}


def exactly(answer: dict[str, Any]) -> set[str]:
    """The addresses of an exact answer; what is offered instead of one is none."""
    return {item["url"] for item in answer["items"]} if answer["exact"] else set()


def differing(
    pages: dict[str, list[str]], queries: list[str], answers: list[dict[str, Any]]
) -> list[tuple[str, set[str], set[str]]]:
    """Queries whose answer differs from the pages: (query, missed, wrong)."""
    wrong = []
    for query, answer in zip(queries, answers, strict=True):
        found, right = exactly(answer), truth(pages, query)
        assert answer["exact"] or answer["note"]
        if found != right:
            wrong.append((query, right - found, found - right))
    return wrong


def substrings(count: int, shortest: int, longest: int, seed: int = SEED) -> list[str]:
    """Random pieces of the given text's lines that hold at least one letter or digit."""
    chance = random.Random(seed)
    lines = [line.strip() for line in GIVEN.read_text(encoding="utf-8").splitlines() if len(line.strip()) > longest]
    lines = [line for line in lines if not line.startswith(("发：", "政务公开", "【"))]
    found: list[str] = []
    while len(found) < count:
        line = chance.choice(lines)
        length = chance.randint(shortest, longest)
        start = chance.randrange(len(line) - length)
        piece = line[start : start + length]
        if runs(piece):
            found.append(piece)
    return found


def absent(pages: dict[str, list[str]], count: int) -> list[str]:
    """Random strings that stand nowhere, though all their characters do."""
    chance = random.Random(SEED)
    alphabet = sorted({c for texts in pages.values() for text in texts for c in text if runs(c)})
    found: list[str] = []
    while len(found) < count:
        query = "".join(chance.choices(alphabet, k=chance.randint(2, 6)))
        if not truth(pages, query):
            found.append(query)
    return found
