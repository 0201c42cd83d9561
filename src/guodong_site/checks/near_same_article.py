"""The same article, or nearly, in two issues: 5-grams with a Jaccard similarity of 0.8 or more.

Pairs to compare are those that share a clause, literally: at 0.8 most clauses are untouched.  So nothing is compared with everything.
"""

from __future__ import annotations

import datetime
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from guodong_site.archive import Archive
from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule, Severity
from guodong_site.model import Article, Site

RULE = Rule(
    code="D020",
    name="near-same-article",
    title="与另一期的文章几乎相同",
    why="同一篇文章登了两次，读者搜索时会看到两条一样的结果；也可能是复制上一期时忘了换内容。",
    wrong="（第5期和第6期登了同一篇通知）",
    right="（第6期删去，或写成新的进展）",
    severity=Severity.WARNING,
)
_LIKE = 0.8
_SHARED = (
    0.5  # of the clauses of the longer article, at least, before the two are compared: five grams a touched clause leave more
)
_HELD = 20  # articles that are remembered for a clause; what more have is a formula and tells nothing
_OPEN = 500  # articles whose grams are held at a time, 30 MB: the next is often compared with the same
_CLAUSE = re.compile(r"\w{6,}")

Clauses = tuple[tuple[str, int, tuple[int, ...]], ...]


def clauses(site: Site) -> Clauses:
    """Of every article of a year, oldest first: its key, its length, and its clauses as checksums."""
    articles = [article for issue in reversed(site.issues) for article in issue.articles]
    texts = [(article.key, article.prose.text) for article in articles]
    return tuple(
        (key, len(text), tuple(sorted({zlib.crc32(c.encode()) for c in _CLAUSE.findall(text)}))) for key, text in texts
    )


def on(archive: Archive, today: datetime.date) -> Iterator[Diagnostic]:  # noqa: ARG001  # it takes its time; the day is all one
    """The later article, once, with the first it is like."""
    holders: dict[int, list[str]] = {}
    sizes: dict[str, tuple[int, int]] = {}
    entries = {entry.head.id: entry for entry in archive.entries}

    def article(key: str) -> Article:
        return next(one for one in entries[key.split("/", maxsplit=1)[0]].open().articles if one.key == key)

    @lru_cache(maxsize=_OPEN)
    def grams(key: str) -> frozenset[str]:
        text = "".join(filter(str.isalnum, article(key).prose.text))
        return frozenset(text[at : at + 5] for at in range(len(text) - 4))

    for year in reversed(archive.sums(clauses).values()):
        for key, length, hashes in year:
            sizes[key] = (length, len(hashes))
            shared = Counter(other for one in hashes for other in holders.get(one, ()))
            for other, count in sorted(shared.items()):
                size, clauses_of = sizes[other]
                alike = min(size, length) >= _LIKE * _LIKE * max(size, length) and count >= _SHARED * max(
                    clauses_of, len(hashes)
                )
                if not alike or other.split("/")[0] == key.split("/")[0]:
                    continue
                first, second = grams(other), grams(key)
                both = len(first & second)
                if both and both >= _LIKE * (len(first) + len(second) - both):
                    earlier, later = article(other), article(key)
                    message = f"与“{earlier.title.text}”（{earlier.where.path} 第 {earlier.where.line} 行）几乎相同"
                    yield RULE.at(later.where, message, "删去重复的一篇；有意再登的，在 allow 里写明理由", item=key)
                    break
            for one in hashes:
                held = holders.setdefault(one, [])
                if len(held) < _HELD:
                    held.append(key)


CHECK = Check(rule=RULE, on=on)
