"""The next issue and a further item, as an editor begins them: number, total and sections follow from what there is."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from guodong_site.config import SectionKind, SectionStyle, Settings
from guodong_site.front_matter import read_front_matter
from guodong_site.model import Issue
from guodong_site.numbering import free_id, numbered
from guodong_site.outline import read_outline
from guodong_site.source import SourceText


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """An issue file and the facts of its front matter."""

    name: str
    issue_id: str
    facts: Issue


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A file to be written: `name` as the project calls it; `remarks` are what an editor should look at."""

    name: str
    text: str
    remarks: tuple[str, ...] = ()


def next_issue(filed: Sequence[Filed], settings: Settings, date: datetime.date) -> Draft:
    """The issue that follows the newest: numbers begin at 1 each year, the total goes on, sections are those of site.yaml."""
    newest = max(filed, key=lambda one: (one.facts.date.first_day, one.facts.number or 0, one.issue_id), default=None)
    year = [one.facts for one in filed if one.facts.date.year == date.year]
    number = max((facts.number or 0 for facts in year), default=0) + 1
    taken = {one.issue_id for one in filed}
    remarks = []
    if any(facts.number is None for facts in year):
        remarks.append(f"{date.year}年有的期没有期号，这一期先按第{number}期，请核对")
    while f"{date.year}-{number:02}" in taken:
        number += 1
    if newest and newest.facts.date.first_day > date:
        remarks.append(f"已有更新的一期（{newest.facts.label}，{newest.facts.date.chinese}），请核对日期")
    lines = ["---", f"number: {number}"]
    if newest and newest.facts.total:
        lines.append(f"total: {newest.facts.total + 1}")
    lines.append(f"date: {date.isoformat()}")
    if newest and newest.facts.distribution:
        lines.append(f"distribution: {quoted(newest.facts.distribution)}")
    if newest and newest.facts.channels:
        lines.append(f"channels: [{', '.join(map(quoted, newest.facts.channels))}]")
    lines += ["draft: true", "---", ""]
    for kind in settings.sections:
        lines += [f"# {kind.name}", ""]
    issue_id = f"{date.year}-{number:02}"
    return Draft(name=_place(newest, issue_id, date.year), text="\n".join(lines), remarks=tuple(remarks))


def quoted(text: str) -> str:
    """As YAML: in quotes where it could be read as something else."""
    plain = text and not set(text) & set(":#[]{},&*!|>'\"%@`\n") and text == text.strip() and text[0] not in "-?"
    return text if plain else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _place(newest: Filed | None, issue_id: str, year: int) -> str:
    """Beside the newest; in a folder of its own year where that one lies in its."""
    folder = PurePosixPath(newest.name).parent if newest else PurePosixPath("issues")
    if newest and folder.name == str(newest.facts.date.year):
        folder = folder.with_name(str(year))
    return str(folder / f"{issue_id}.md")


TITLE, TEXT = "（在这里写标题）", "（在这里写正文）"


def next_item(text: SourceText, settings: Settings, kind: SectionKind) -> tuple[str, str, int] | None:
    """The text with a further item at the end of a section, its id, and its line; None where the file cannot be read.

    Every item's id is written out first, since those behind the new one would move.
    """
    body = read_front_matter(text, settings, [])[-1]
    if not body:
        return None
    item_id = free_id(read_outline(text, body, settings.sections, []))
    held = SourceText(path=text.path, text=numbered(text, body, settings.sections))
    sections = read_outline(held, body, settings.sections, [])
    lines = held.text.split("\n")
    own = next((at for at, section in enumerate(sections) if section.kind == kind), None)
    if own is None:  # behind the last section that stands before it in site.yaml
        order = settings.sections.index(kind)
        before = [section for section in sections if section.kind and settings.sections.index(section.kind) < order]
        own = sections.index(before[-1]) if before else -1
    following = sections[own + 1].where.line if own + 1 < len(sections) else len(lines) + 1
    head, tail = lines[: following - 1], lines[following - 1 :]
    while head and not head[-1].strip():
        head.pop()
    if own < 0 or sections[own].kind != kind:
        head += ["", f"# {kind.name}"]
    brief = kind.style is SectionStyle.BRIEFS
    added = [f"{TEXT} {{#{item_id}}}"] if brief else [f"## {TITLE} {{#{item_id}}}", "", TEXT]
    head += ["", *added, ""]
    return "\n".join(head + tail), item_id, len(head) - len(added)
