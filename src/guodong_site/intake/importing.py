"""A manuscript's bytes → a draft with its report, or why not.  Writes nothing; the caller puts the files in their places.

read → recognise → account → write out → read back.  A fault ends it; a doubt goes with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from guodong_site import faults
from guodong_site.config import Settings
from guodong_site.diagnostics import Diagnostic, Rule, Severity, Span
from guodong_site.fields import parse_date
from guodong_site.intake import kinds
from guodong_site.intake.bulletin import Bulletin
from guodong_site.intake.conserve import misread, unaccounted, unconverted
from guodong_site.intake.draft import Written, picture_name, written
from guodong_site.intake.paragraphs import Doubt, KeptOut, Kind, Reading, RefusedError, bare
from guodong_site.intake.structure import recognise
from guodong_site.manuscript import read_manuscript
from guodong_site.memory import Memory
from guodong_site.model import IssueDate
from guodong_site.registry import discover
from guodong_site.source import SourceText
from guodong_site.words import Cutter


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a person asked for: the date where it was typed, the file to write where it was named, changes taken as they are."""

    date: IssueDate | None = None
    out: str | None = None
    accept: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A draft: its name in the project, its text, its pictures by name in its folder; what it was made of and what is unsure."""

    source: str
    name: str
    issue_id: str
    draft: Written
    pictures: dict[str, bytes]
    reading: Reading
    bulletin: Bulletin
    doubts: tuple[Doubt, ...]
    date: IssueDate

    @property
    def kept(self) -> tuple[KeptOut, ...]:
        """All that is not in the draft, by name."""
        own = (KeptOut(what=leaf.role, text=leaf.text, place=leaf.place) for leaf in self.bulletin.kept if bare(leaf.text))
        return (*own, *self.reading.kept)


def imported(
    data: bytes, source: str, settings: Settings, order: Order, taken: Callable[[str], str | None], memory: Memory | None = None
) -> Imported | Diagnostic:
    """The draft of a manuscript called `source`; `taken` names the file an issue id belongs to already.

    `memory` keeps the dictionary of words.
    """
    try:
        reading = _read(data, source)
    except RefusedError as refused:
        return refused.at(source)

    def fault(rule: Rule, message: str, hint: str, line: int = 1) -> Diagnostic:
        return rule.at(Span(path=source, line=line), message, hint)

    if reading.unsettled and not order.accept:
        return fault(faults.UNSETTLED_SOURCE, *_unsettled(reading))
    bulletin = recognise(reading, settings)
    lost = unaccounted(reading, bulletin)
    if lost is not None:
        return fault(faults.UNACCOUNTED_TEXT, lost, "没有写任何文件；请把原稿和这句话发给技术人员")
    date = order.date or (parse_date(bulletin.facts.date) if bulletin.facts.date else None)
    if date is None:
        return fault(faults.UNDATED_SOURCE, *_undated(bulletin, source))
    name = order.out or f"issues/{_issue_id(bulletin, date)}.md"
    issue_id = PurePosixPath(name).stem
    other = taken(issue_id)
    if other is not None:
        at = next(at for at in range(2, 1000) if taken(f"{issue_id}-{at}") is None)
        hint = f"是另一期的话，换个名称：加上 --out {PurePosixPath(name).with_name(f'{issue_id}-{at}.md')}；要重新导入，先把原来的文件移走"
        return fault(faults.TAKEN_ISSUE, f"{other} 已经有了，没有改动它", hint)
    draft = written(bulletin, issue_id, date)
    pictures = {picture_name(at, one): one.data for at, one in enumerate(bulletin.pictures, 1)}
    text = SourceText(path=name, text=draft.text)
    again = read_manuscript(text, issue_id, settings, Cutter(settings.words, memory), tuple(pictures))
    wrong = misread(bulletin, again.issue)
    if wrong is not None:
        return fault(faults.UNACCOUNTED_TEXT, f"草稿读回来不一样——{wrong}", "没有写任何文件；请把原稿和这句话发给技术人员")
    return Imported(
        source=source,
        name=name,
        issue_id=issue_id,
        draft=draft,
        pictures=pictures,
        reading=reading,
        bulletin=bulletin,
        doubts=(*_about(reading, bulletin, date, order), *bulletin.doubts, *_complaints(again.found)),
        date=date,
    )


def _read(data: bytes, source: str) -> Reading:
    """By the first kind that takes it; what one kind converts, the next reads."""
    if not data.strip(b"\0 \t\r\n"):
        raise RefusedError(faults.UNREADABLE_SOURCE, "文件是空的，没有任何内容", "从原稿重新保存")
    every = sorted(discover(kinds, "KIND", Kind), key=lambda kind: kind.order)
    original, via = data, ""
    while True:
        kind = next(kind for kind in every if kind.takes(data, source))
        result = kind.read(data, source)
        if isinstance(result, Reading):
            return _converted(result, via, original) if via else result
        data, every, via = result, [other for other in every if other is not kind], kind.via


def _converted(reading: Reading, via: str, original: bytes) -> Reading:
    """What another program has made is held to what the original says, where that can be read; else it is proven no further."""
    lost = unconverted(original, reading)
    doubts = []
    if lost is None:
        told = f"原稿是旧格式，先由 {via} 转换；转换时有没有丢字，本程序看不出来"
        doubts = [Doubt(place=0, said=told, look="对照原稿，从头看一遍")]
    elif lost:
        told = f"{via} 转换时丢了 {len(lost)} 个字，如“{lost[:12]}”"
        doubts = [Doubt(place=0, said=told, look="对照原稿补上，或在 WPS 里另存为 .docx，再导入")]
    return replace(reading, how=f"{via} 转换成的 {reading.how}", proven=lost == "", doubts=(*doubts, *reading.doubts))


def _unsettled(reading: Reading) -> tuple[str, str]:
    names = dict.fromkeys(one.what for one in reading.unsettled)
    counted = []
    for name in names:
        own = [one for one in reading.unsettled if one.what == name]
        shown = next((f"“{bare(one.text)[:20]}”" for one in own if bare(one.text)), "")
        counted.append(f"{name} {len(own)} 处（第 {own[0].place} 段{shown}）")
    hint = "在 Word 里接受或拒绝所有修订、删去隐藏文字，再导入；核对过、要按接受修订导入的，加上 --accept-changes"
    return f"原稿里有{'、'.join(counted)}", hint


def _undated(bulletin: Bulletin, source: str) -> tuple[str, str]:
    facts = bulletin.facts
    near = f"文中最晚的事是 {facts.last}" if facts.last else "文中也没有日期"
    near += f"，年份多半是 {facts.year} 年" if facts.year else ""
    month = facts.last.split("月")[0] if facts.last else "3"
    example = f"{facts.year or 2024}-{int(month):02}"
    hint = f"加上签发日期，如 guodong import {source} --date {example}-31；旧刊查不到日子，只写到月：--date {example}"
    return f"没有找到签发日期（{near}）", hint.replace("-31；", "-15；")


def _issue_id(bulletin: Bulletin, date: IssueDate) -> str:
    """Year and number; where the number is not known, year and month."""
    return f"{date.year}-{bulletin.facts.number or date.month:02}"


def _about(reading: Reading, bulletin: Bulletin, date: IssueDate, order: Order) -> list[Doubt]:
    """What is unsure of the issue as such."""
    found = []
    if reading.unsettled:
        look = "对照原稿，看是不是定稿的文字"
        found.append(Doubt(place=0, said=f"{_unsettled(reading)[0]}；按接受所有修订、去掉隐藏文字导入", look=look))
    if bulletin.facts.number is None:
        look = "知道期号就在草稿里加一行 number:，并把文件名改成 年份-期号"
        found.append(Doubt(place=0, said="没有找到期号，文件名暂用年月", look=look))
    own = bulletin.facts.date
    if order.date and own and parse_date(own) != order.date:
        found.append(Doubt(place=0, said=f"原稿写的日期是 {own}，按您写的 {date.iso}", look="核对签发日期"))
    if bulletin.facts.year and abs(bulletin.facts.year - date.year) > 1:
        found.append(Doubt(place=0, said=f"文中多半在说 {bulletin.facts.year} 年的事，日期却是 {date.iso}", look="核对年份"))
    return found


def _complaints(found: tuple[Diagnostic, ...]) -> list[Doubt]:
    """What a check would say of the draft, as far as it weighs."""
    heavy = (one for one in found if one.severity.rank >= Severity.ERROR.rank)
    return [Doubt(place=0, said=f"草稿第 {one.where.line} 行：{one.message}", look=one.hint) for one in heavy]
