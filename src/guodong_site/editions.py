"""Every issue's printed edition, set once for the same data, template and fonts: what its pages say of it, or why there is none.

What cannot be printed is a finding at its line, and the site goes without that PDF: never one with boxes in it.
"""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from guodong_site import misprints, urls
from guodong_site.archive import Entry
from guodong_site.config import TEMPLATES, Settings
from guodong_site.diagnostics import Diagnostic, Span
from guodong_site.edition import Edition, Printing
from guodong_site.machine import reason, unreadable
from guodong_site.memory import Memory
from guodong_site.model import Issue
from guodong_site.plates import Prints
from guodong_site.print_data import Office, file_name, opening, pictures, print_data
from guodong_site.proof import Proof
from guodong_site.steps import Watch
from guodong_site.typefaces import FONT_LIBRARY, complete, fillings
from guodong_site.typesetter import (
    TEMPLATE,
    TYPESETTING_LIBRARY,
    Typesetter,
    UnprintableError,
    equipped,
    faces,
    made_with,
)
from guodong_site.workers import shared

_TEMPLATE_FILE = f"{TEMPLATES}/print/{TEMPLATE}"
_MUCH = 4
"""Editions that are worth another process."""

Made = tuple[Edition | None, tuple[Diagnostic, ...]]
"""An edition, or what stands in its way."""


class Editions:
    """The printed editions of a project.  What was set is kept by all that it was made from."""

    def __init__(
        self, root: Path, settings: Settings, prints: Prints, shelf: Callable[[str, bytes], Memory], base: bytes
    ) -> None:
        """`base` names all that the data of an issue depends on but the issue."""
        self._root, self._settings, self._prints, self._base = root, settings, prints, base
        self._template = read_template(root)
        self._with = made_with(root, self._template if isinstance(self._template, bytes) else b"")
        self._memory = shelf("editions", self._with)
        self._desk = Path()
        self._setter: Typesetter | None = None  # one a process, made when it is first needed
        self._entries: dict[str, Entry] = {}
        self._kept: dict[str, Printing] = {}
        self.made: dict[str, Edition] = {}

    def set(self, entries: Iterable[Entry], jobs: int, step: Watch) -> list[Diagnostic]:
        """Sets what is not set yet, by so many processes; returns what is wrong, and why."""
        self._entries = {entry.head.id: entry for entry in entries if entry.head.articles}
        if not self._entries:
            return []
        lacks = self._lacks()
        if lacks is not None:
            return [lacks]
        names = {issue: hashlib.sha256(self._base + self._with + one.digest).digest() for issue, one in self._entries.items()}
        new = [issue for issue in self._entries if not self._memory.knows("facts", issue, names[issue])]
        made: dict[str, Made] = {}
        try:
            with TemporaryDirectory(prefix="guodong-print-") as desk:
                self._desk = Path(desk)
                given = shared(self._one, new, 1 if Typesetter.begun else jobs, step.tick, _MUCH)
        except OSError as fault:  # a full disk: the pages may still be written elsewhere
            message = f"没有生成印刷版（PDF）：排版用的临时文件{reason(fault, '写入')}"
            return [misprints.NO_TYPESETTER.at(Span(path=_TEMPLATE_FILE), message, "腾出磁盘空间，再生成一次")]
        for issue, (edition, found, printing) in zip(new, given, strict=True):
            made[issue] = edition, found
            if printing is not None:
                self._kept[issue] = printing
        said: list[Diagnostic] = []
        for issue, name in names.items():
            edition, found = self._memory.small("facts", issue, name, partial(made.__getitem__, issue))
            said += found
            if edition is not None:
                self.made[issue] = edition
        self._memory.only("printings", self.made)
        self._memory.save()
        step.note(f"{len(self.made)} 期，新排 {len(new)} 期")
        return said

    def printing(self, issue: str) -> Printing:
        """The files of an edition that was made.  Raises OSError."""
        held = self._kept.get(issue)
        if held is None:
            held = self._memory.recalled("printings", issue, self.made[issue].digest.encode())
        if held is None:  # what was kept is damaged
            with TemporaryDirectory(prefix="guodong-print-") as desk:
                self._desk, self._setter = Path(desk), None
                held = self._one(issue)[2] or self._memory.recalled("printings", issue, self.made[issue].digest.encode())
        if held is None:
            raise OSError(issue)
        return held

    def _lacks(self) -> Diagnostic | None:
        """Why nothing can be set at all, in one line."""
        if isinstance(self._template, Diagnostic):
            return self._template
        return lacking(self._root, Span(path=_TEMPLATE_FILE))

    def _one(self, issue_id: str) -> tuple[Edition | None, tuple[Diagnostic, ...], Printing | None]:
        """An edition, with its files where they could not be kept; or what stands in its way."""
        entry = self._entries[issue_id]
        issue = entry.open()
        if self._setter is None:
            self._setter = Typesetter(self._root, self._desk, self._template if isinstance(self._template, bytes) else b"")
        own = {urls.picture(issue_id, picture.name): picture.name for picture in entry.pictures}
        taken = next((own[address] for address in (urls.pdf(issue_id), urls.cover(issue_id)) if address in own), None)
        if taken is not None:
            message = f"文件夹里的“{taken}”占了印刷版的名称；这一期不另生成 PDF"
            hint = "要由网站来排印，就给这个文件改名"
            return None, (misprints.TAKEN_EDITION.at(issue.where, message, hint, item=issue.id),), None
        refused = self._setter.lacking(entry.unusual) if entry.unusual else None
        if refused is not None and (wrong := tuple(unprintable(issue, refused))):
            return None, wrong, None
        data, shown = composed(issue, self._settings, self._prints)
        digest = hashlib.sha256(repr((self._with, data, sorted(shown.items()))).encode()).hexdigest()
        held = self._memory.recalled("printings", issue_id, digest.encode())
        try:
            printing: Printing = held or self._setter.set(data, opening(data), shown)
        except UnprintableError as fault:
            return None, tuple(refusals(issue, fault, self._setter)), None
        if held is None:
            self._memory.large("printings", issue_id, digest.encode(), lambda: printing)
            held = self._memory.recalled("printings", issue_id, digest.encode())
        wide, high = struct.unpack(">II", printing.cover[16:24])
        edition = Edition(pages=printing.pages, size=len(printing.pdf), digest=digest, cover=(wide, high))
        return edition, (), None if held is not None else printing


def unprintable_in(root: Path, entries: Iterable[Entry]) -> Iterator[Diagnostic]:
    """What in the issues no font has, without setting them; or why nothing can be set."""
    every = list(entries)
    doubtful = [entry for entry in every if entry.unusual]
    lacks = lacking(root, Span(path=_TEMPLATE_FILE)) if doubtful or (every and not equipped()) else None
    if lacks is not None:
        yield lacks
    if lacks is not None or not doubtful:
        return
    with TemporaryDirectory(prefix="guodong-print-") as desk:
        setter = Typesetter(root, Path(desk), b"")
        for entry in doubtful:
            refused = setter.lacking(entry.unusual)
            if refused is not None:
                yield from unprintable(entry.open(), refused)


def read_template(root: Path) -> bytes | Diagnostic:
    """The print template of a project."""
    try:
        return (root / _TEMPLATE_FILE).read_bytes()
    except OSError as fault:
        return unreadable(_TEMPLATE_FILE, fault, "从备份里取回这个模板文件")


def lacking(root: Path, where: Span, *, system: bool = False) -> Diagnostic | None:
    """What this computer lacks for printing anything."""
    if not equipped():
        message = "没有生成印刷版（PDF）：这台电脑没有安装排版程序 typst"
        return misprints.NO_TYPESETTER.at(where, message, f"运行 pip install {TYPESETTING_LIBRARY} {FONT_LIBRARY}，再生成一次")
    if not complete(fillings({face.family for face in faces(root, system=system)})):
        message = "没有生成印刷版（PDF）：这台电脑没有可以用来排版的中文字体"
        return misprints.NO_FONTS.at(where, message, f"运行 pip install {FONT_LIBRARY}，再生成一次")
    return None


def composed(
    issue: Issue, settings: Settings, prints: Prints, office: Office | None = None
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """What an edition is set from: its data, and its pictures by the names they have there."""
    data = print_data(issue, settings, office)
    names = set(pictures(data))
    return data, {file_name(plate): prints(plate)[plate.name] for plate in issue.album if file_name(plate) in names}


def refusals(issue: Issue, fault: UnprintableError, setter: Typesetter) -> Iterator[Diagnostic]:
    """What stands in the way of an issue's edition, at the lines that are to blame."""
    found = list(unprintable(issue, fault))
    if not found and fault.picture:
        found = list(_pictures(issue, setter))
    if not found:
        where = Span(path=_TEMPLATE_FILE, line=fault.line)
        message = f"{issue.label}没有排成：{fault.message}"
        found = [
            misprints.BROKEN_PRINT_TEMPLATE.at(where, message, "改正这一行；不清楚时从备份里取回这个模板文件", item=issue.id)
        ]
    yield from found


def unprintable(issue: Issue, fault: UnprintableError) -> Iterator[Diagnostic]:
    """The characters that no font has, each place of them; at the issue itself where the character is none of its text."""
    proof = Proof(issue)
    for text, rule, said, hint in (
        *((one, misprints.MISSING_GLYPH, f"“{one}”字库里没有，印不出来", _RARE) for one in fault.missing),
        *(
            (one, misprints.PRIVATE_CHARACTER, f"“{one}”（U+{ord(one):04X}）是自造字，只有造字的电脑认得", _PRIVATE)
            for one in fault.private
        ),
    ):
        message = f"{said}；这一期没有生成 PDF"
        marks = [mark.at(rule, message, hint) for mark in proof.marks(re.compile(re.escape(text)))]
        yield from marks or [rule.at(issue.where, message, hint, item=issue.id)]


_RARE = "核对是不是打错了字；确是人名用字，请技术人员把有这个字的字体放进 fonts/"
_PRIVATE = "换成通行的字；确实没有的，写成“（左×右×）”这样的说明"


def _pictures(issue: Issue, setter: Typesetter) -> Iterator[Diagnostic]:
    """The pictures that Typst does not take, where they are shown."""
    plates = {file_name(plate): plate.name for plate in issue.album}
    refused = {plates[name] for name in setter.refused(plates)}
    for article in issue.articles:
        for link in article.prose.links:
            name = urls.picture_name(issue.id, link.address or "")
            if link.picture and name in refused:
                message = f"图片“{name}”印不出来；这一期没有生成 PDF"
                hint = "用看图软件打开，另存为普通的（RGB）JPEG 或 PNG，再放进来"
                yield misprints.UNPRINTABLE_PICTURE.at(link.where, message, hint, item=article.key)
