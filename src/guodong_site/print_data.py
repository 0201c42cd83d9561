"""An issue → what its printed edition says, as plain data for the template `templates/print/bulletin.typ`.

Two editions: the public one, and the office's own (`Office`), which carries 发： and who has reviewed it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from guodong_site import revisions, urls
from guodong_site.config import SectionKind, Settings
from guodong_site.galley import Node, set_blocks
from guodong_site.history import Gap, chinese
from guodong_site.model import Article, Issue
from guodong_site.plates import Plate
from guodong_site.title_lines import title_lines

WIDEST, HIGHEST = 118.0, 130.0
"""Millimetres of a picture; the page's text is 156 wide and 225 high."""

_DENSITY = 25.4 / 110
"""Millimetres a pixel, at which a small picture is shown no larger than it is sharp."""

_OPENING = 36
"""Lines: a page holds 23, and what follows it decides where it breaks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What only the office's own edition says: the reviews, as `初审 张三`."""

    reviews: tuple[str, ...] = ()


def print_data(issue: Issue, settings: Settings, office: Office | None = None) -> dict[str, Any]:
    """All that is printed of an issue; the public edition where there is no `office`."""
    address = settings.origin + settings.base_path + urls.issue(issue.id)
    album = {plate.name: plate for plate in issue.album}
    first = issue.date.first_day
    return {
        "masthead": settings.name,
        "number": f"{issue.date.year}年第{issue.number}期" if issue.number else "",
        "total": f"总第{issue.total}期" if issue.total else "",
        "unit": issue.issuer,
        "date": issue.date.chinese,
        "day": [first.year, first.month, first.day],
        "title": f"{settings.name} {issue.label}",
        "keywords": [*issue.keywords, *(section.kind.name for section in issue.sections)],
        "address": address,
        "contents": [{"text": text, "brief": brief} for text, brief in _contents(issue)],
        "sections": [
            {"name": kind.name, "articles": [_article(one, settings, album) for _, one in placed]}
            for kind, placed in groupby(_placed(issue), lambda pair: pair[0])
        ],
        "tail": [{"label": label, "text": text} for label, text in _tail(issue, settings, office)],
    }


def opening(data: Mapping[str, Any]) -> dict[str, Any]:
    """As much of the data as fills the first page for certain: what its picture is made of."""
    left = _OPENING
    sections = []
    for section in data["sections"]:
        articles = []
        for article in section["articles"]:
            if left > 0:
                body = []
                for block in article["body"]:
                    if left > 0:
                        body.append(block)
                    left -= _lines(block)
                articles.append({**article, "body": body})
        if articles:
            sections.append({**section, "articles": articles})
    return {**data, "sections": sections}


def _lines(block: Node) -> int:
    """At least so many lines a block is high."""
    if block["t"] == "table":
        return int(block["rows"])
    if block["t"] == "list":
        return sum(_lines(one) for item in block["items"] for one in item)
    if block["t"] == "quote":
        return sum(map(_lines, block["c"]))
    return max(1, _length(block.get("c", "")) // 28)


def _length(runs: Any) -> int:  # noqa: ANN401  # a text, or a tree of them
    """How many characters runs have."""
    if isinstance(runs, str):
        return len(runs)
    if isinstance(runs, dict):
        return _length(runs.get("text") or runs.get("c", ""))
    return sum(map(_length, runs))


def file_name(plate: Plate) -> str:
    """The name a picture is printed under: of its content alone."""
    return f"{plate.digest[:24]}.{plate.portrait.kind}"


def pictures(data: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of the pictures that are printed."""

    def walk(value: Any) -> Iterator[str]:  # noqa: ANN401  # a tree of plain data
        if isinstance(value, dict):
            if value.get("t") in ("fig", "img"):
                yield value["name"]
            for one in value.values():
                yield from walk(one)
        elif isinstance(value, list):
            for one in value:
                yield from walk(one)

    return tuple(dict.fromkeys(walk(data["sections"])))


def _placed(issue: Issue) -> Iterator[tuple[SectionKind, Article | Gap]]:
    """The articles in printed order with their sections, those that were withdrawn in their places."""
    for at, article in enumerate((*issue.articles, None)):
        yield from ((gap.section, gap) for gap in issue.gaps if gap.before == at)
        if article:
            yield article.section, article


def _contents(issue: Issue) -> Iterator[tuple[str, bool]]:
    """本期要目: the titles; the briefs of a section are counted."""
    for section in issue.sections:
        briefs = sum(article.brief for article in section.articles)
        for article in section.articles:
            if not article.brief:
                yield article.title.text, False
            elif briefs:
                yield f"{section.kind.name}（{briefs}则）", True
                briefs = 0


def _article(article: Article | Gap, settings: Settings, album: Mapping[str, Plate]) -> dict[str, Any]:
    if isinstance(article, Gap):
        note = f"本篇已于{chinese(article.withdrawal.date)}撤回。"
        return {"title": "", "lines": [], "brief": False, "gone": note, "author": "", "source": "", "body": []}

    def picture(address: str, text: str) -> Node | None:
        plate = album.get(urls.picture_name(article.issue, address))
        if plate is None:
            return None
        wide, high = plate.portrait.width, plate.portrait.height
        scale = min(_DENSITY, WIDEST / wide, HIGHEST / high)
        return {"name": file_name(plate), "alt": text or article.title.text, "width": round(wide * scale, 2)}

    body = [one for block in article.prose.blocks for one in set_blocks(block.html, picture, settings.origin)]
    _rank(body)
    if article.brief and body and body[0]["t"] == "p":
        body[0]["c"] = _led(body[0]["c"], article.title.text)
    told = article.prose.units[-1] if article.prose.units else ""
    said = article.reprint and f"：{article.source}" in told.replace(":", "：").replace("： ", "：")
    return {
        "title": article.title.text,
        "lines": list(title_lines(article.title)),
        "brief": article.brief,
        "gone": "",
        "author": article.author or "",
        "source": article.source if article.reprint and not said else "",
        "body": body,
    }


def _rank(body: list[Node]) -> None:
    """Headings by how deep they stand, 1 first, none left out: `###` and `#####` are 1 and 2."""
    standing: list[int] = []
    for block in body:
        if block["t"] == "h":
            while standing and standing[-1] >= block["n"]:
                standing.pop()
            standing.append(block["n"])
            block["n"] = len(standing)


def _led(runs: list[Any], lead: str) -> list[Any]:
    """The runs of a brief with its first clause, which is its title, made a heading where it is one text."""
    for at, run in enumerate(runs):
        if isinstance(run, str) and lead and lead in run:
            before, _, after = run.partition(lead)
            parts = [before, {"t": "lead", "text": lead}, after]
            return [*runs[:at], *(part for part in parts if part), *runs[at + 1 :]]
    return runs


def _tail(issue: Issue, settings: Settings, office: Office | None) -> Iterator[tuple[str, str]]:
    """版记: label and text of each line between the rules."""
    if issue.distribution and (office or settings.print_distribution):
        yield "发", issue.distribution
    if issue.channels:
        yield "政务公开", "，".join(issue.channels)
    if office and office.reviews:
        yield "审核", "　".join(office.reviews)
    for note in revisions.notes(issue):
        about = f"《{note.title}》" if note.title else ""
        yield "更正", f"{note.day.text}，{about}{note.text}"
