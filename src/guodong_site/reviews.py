"""三审三校: who has read what, bound to what they read.

A review lies in `issues/<id>.review.yaml`: level, name, time, and for every item the SHA-256 of its title, body and attributes
(DESIGN.md §10), for the issue itself that of its front matter under WHOLE.  A change afterwards unsigns the item by itself: nothing
is stored for it.  The hash is of what an editor wrote, not of HTML, so that a newer program unsigns nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from guodong_site.amendments import WHOLE
from guodong_site.diagnostics import Diagnostic, Rule, Severity, Span
from guodong_site.editorial import open_fields
from guodong_site.model import Article, Issue

LEVELS = ("初审", "复审", "终审")
"""The three reviews, in order."""

SECRECY = "保密"
"""The review for secrecy (保密审查), which must stand before the last of the three (政府信息公开条例 第十七条)."""

RULE = Rule(
    code="S020",
    name="unreviewed",
    title="还没有审完",
    why="政府信息公开前要经过三审三校和保密审查；审过之后改动的内容，要重新审。没有审完的可以生成，不能发布。",
    wrong="（改了第 3 篇，没有重新审）",
    right="guodong sign 2024-07 --level 终审 --name 张三",
    severity=Severity.WARNING,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One review: `items` are the hashes of what was read, by item."""

    level: str
    name: str
    time: str
    items: Mapping[str, str]


def file_of(issue_file: str) -> str:
    """Where the reviews of an issue lie: beside its file."""
    return issue_file.removesuffix(".md") + ".review.yaml"


def hashes(issue: Issue, picture: Callable[[str], str]) -> dict[str, str]:
    """What there is to review, by item, and the issue's own facts; `picture` gives the digest of a picture by its address.

    `published` is not among the facts: the last review stamps it.
    """
    facts = (issue.number, issue.total, issue.date.iso, issue.issuer, issue.title, issue.summary, issue.keywords)
    more = (issue.distribution, issue.channels, issue.classification, issue.disclosure)
    return {WHOLE: _hash((facts, more)), **{article.id: _hash(_told(article, picture)) for article in issue.articles}}


def _told(article: Article, picture: Callable[[str], str]) -> tuple[object, ...]:
    """Title, body and attributes of an article; of links where they lead, of pictures what they show."""
    body = tuple((block.heading, block.units) for block in article.prose.blocks)
    links = tuple((link.target, picture(link.address) if link.picture and link.address else "") for link in article.prose.links)
    attributes = (article.section.key, article.source, article.author, article.date and article.date.iso, article.districts)
    return article.title.lines, body, links, attributes


def _hash(told: object) -> str:
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def read_reviews(root: Path, name: str, found: list[Diagnostic]) -> tuple[Review, ...]:
    """The reviews in a file; none where there is none, the faults of one that was changed by hand go to `found`."""
    if not (root / name).exists():
        return ()
    fields = open_fields(root, name, found)
    if fields is None:
        return ()
    reviews = []
    for entry in fields.mappings("reviews"):
        for key in ("level", "name", "time", "items"):
            entry.required(key, "这个文件由 guodong sign 写入，不要手改；从备份里取回它")
        level = entry.choice("level", (*LEVELS, SECRECY))
        who, time, items = entry.string("name"), entry.string("time"), entry.mapping("items")
        entry.finish()
        if level and who and time and items:
            held = {key: items.string(key) or "" for key in items.keys}
            reviews.append(Review(level=level, name=who, time=time, items=held))
    fields.finish()
    return tuple(reviews)


def written(reviews: Sequence[Review]) -> str:
    """The file that holds them."""
    lines = ["# 审核记录，由 guodong sign 写入，不要手改。", "reviews:"]
    for review in reviews:
        lines += [
            f"  - level: {review.level}",
            f"    name: {_text(review.name)}",
            f"    time: {_text(review.time)}",
            "    items:",
        ]
        lines += [f"      {_text(item)}: {digest}" for item, digest in review.items.items()]
    return "\n".join(lines) + "\n"


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def stale(review: Review, now: Mapping[str, str]) -> tuple[str, ...]:
    """The items that are others than those the review read, or were not there."""
    return tuple(item for item, digest in now.items() if review.items.get(item) != digest)


def missing(reviews: Sequence[Review], now: Mapping[str, str]) -> tuple[str, ...]:
    """What an issue still lacks, in words; nothing where all four stand."""
    held = {review.level: review for review in reviews}
    lacks = []
    for level in (*LEVELS, SECRECY):
        if level not in held:
            lacks.append(f"没有{level}")
        elif changed := stale(held[level], now):
            lacks.append(f"{level}（{held[level].name}）之后改了{_named(changed)}")
    return tuple(lacks)


def _named(items: tuple[str, ...]) -> str:
    named = ["刊头信息" if item == WHOLE else f"第 {item} 篇" for item in items]
    return "、".join(named[:3]) + (f"等 {len(named)} 处" if len(named) > 3 else "")


def unreviewed(issue_id: str, file: str, reviews: Sequence[Review], now: Mapping[str, str]) -> Diagnostic | None:
    """The finding for an issue, and its file, that is not reviewed to the end."""
    lacks = missing(reviews, now)
    if not lacks:
        return None
    hint = f"审完后各运行一次：guodong sign {issue_id} --level 初审 --name 姓名"
    return RULE.at(Span(path=file), "；".join(lacks), hint, item=issue_id)
