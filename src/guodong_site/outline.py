"""Where sections and items begin and end in the body of an issue file.  Knows headings, not Markdown, not YAML.

`#` opens a section, `##` an item; in a section of briefs every paragraph is an item (DESIGN.md §3, §10).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from guodong_site import faults
from guodong_site.config import SectionKind, SectionStyle
from guodong_site.diagnostics import Diagnostic, Span
from guodong_site.fields import near
from guodong_site.source import SourceText

_HEADING = re.compile(r"[ \u3000]{0,3}([#＃]{1,2})(?![#＃])[ \u3000]*(.*?)[ \u3000]*")
_WIDE_MARKS = re.compile(r"^＃{3,6}(?!＃)")
_NO_TEXT = re.compile(r"\s*(?:-{3,}|\*{3,}|_{3,}|<!--.*-->|\[[^\]]+\]:\s.*)\s*")
"""Rules, comments and link definitions: they stand between briefs and are none."""
_ATTRIBUTES = re.compile(r"[ \u3000]*\{[ \u3000]*((?:#|[A-Za-z_]+[ ]*[=:：])[^{}]*)\}[ \u3000]*$")
_ATTRIBUTE = re.compile(r"""\s*(?:#(?P<id>[^\s=]+)|(?P<key>[A-Za-z_]+)=(?:"(?P<a>[^"]*)"|“(?P<b>[^”]*)”|(?P<c>[^\s"“]+)))""")
_PICTURE_ONLY = re.compile(r"\s*(?:!\[[^\]]*\]\([^)]*\)\s*)+")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
ATTRIBUTES = ("source", "author", "date", "districts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """What stands behind `source=` in braces, or behind `#`."""

    text: str
    where: Span


@dataclass(slots=True, kw_only=True)
class ItemSource:
    """An item as lines `first` to `last` of the file (from 1, inclusive; empty where `last < first`)."""

    where: Span
    title: str | None = None
    first: int = 1
    last: int = 0
    attributes: dict[str, Attribute] = field(default_factory=dict)
    cut: dict[int, str] = field(default_factory=dict)
    """Lines that read differently from the file: a brief's last line without its `{#id}`."""

    @property
    def brief(self) -> bool:
        """Whether its title is still to be taken from its first clause."""
        return self.title is None

    def written(self, name: str) -> str | None:
        """An attribute's text."""
        return self.attributes[name].text if name in self.attributes else None

    def where_of(self, name: str) -> Span:
        """The place of an attribute, or of the item where it has none."""
        return self.attributes[name].where if name in self.attributes else self.where

    def lines(self, text: SourceText) -> list[str]:
        """Its body, line by line."""
        lines = [self.cut.get(n, text.line(n)) for n in range(self.first, self.last + 1)]
        return [_WIDE_MARKS.sub(lambda m: "#" * len(m[0]), line) for line in lines]


@dataclass(slots=True, kw_only=True)
class SectionSource:
    """A section as found; `kind` is None where its name is not known."""

    kind: SectionKind | None
    where: Span
    items: list[ItemSource] = field(default_factory=list)


def read_outline(text: SourceText, first: int, kinds: tuple[SectionKind, ...], found: list[Diagnostic]) -> list[SectionSource]:
    """The sections and items from line `first` on; what is wrong with their order and names goes to `found`."""
    sections: list[SectionSource] = []
    stray: int | None = None
    for number in range(first, len(text.starts) + 1):
        line = text.line(number)
        heading = _HEADING.fullmatch(line)
        if heading is None:
            if not line.strip():
                continue
            if not sections:
                stray = stray or number
            else:
                _add_line(text, sections[-1], number, found)
        elif len(heading[1]) == 1:
            sections.append(_open_section(text, number, heading, kinds, sections, found))
        elif sections:
            sections[-1].items.append(_open_item(text, number, heading[2], found))
        else:
            stray = stray or number
    if stray is not None:
        if sections:
            where = text.at(stray, 1, len(text.line(stray)))
            names = "、".join(f"# {kind.name}" for kind in kinds)
            found.append(faults.TEXT_BEFORE_SECTION.at(where, "第一个栏目之前有文字", f"在它上面写栏目名，如 {names}"))
        else:
            where = text.at(stray, 1, len(text.line(stray)))
            found.append(faults.NO_SECTION.at(where, "正文没有分栏目", f"在它上面加一行：# {kinds[0].name}"))
    elif not sections:
        found.append(faults.NO_SECTION.at(text.whole(), "只有刊头信息，没有正文", f"写上栏目和文章，如 # {kinds[0].name}"))
    return sections


def _open_section(
    text: SourceText,
    number: int,
    heading: re.Match[str],
    kinds: tuple[SectionKind, ...],
    before: list[SectionSource],
    found: list[Diagnostic],
) -> SectionSource:
    name = heading[2]
    where = text.at(number, heading.start(2) + 1, max(heading.end(2), heading.end(1)))
    kind = next((kind for kind in kinds if kind.name == name), None)
    if kind is None:
        known = [kind.name for kind in kinds]
        guess = near(name, known)
        hint = f"您是不是想写“# {guess}”？" if guess else "可以写：" + "、".join(known)
        message = f"栏目“{name}”不在目录中" if name else "# 后面没有栏目名称"
        found.append(faults.UNKNOWN_SECTION.at(where, message, hint))
    else:
        same = next((section for section in before if section.kind == kind), None)
        if same is not None:
            message = f"栏目“{name}”已经在第 {same.where.line} 行出现过"
            found.append(faults.REPEATED_SECTION.at(where, message, "把两处的文章合到一个栏目下"))
    return SectionSource(kind=kind, where=where)


def _open_item(text: SourceText, number: int, title: str, found: list[Diagnostic]) -> ItemSource:
    line = text.line(number)
    title, attributes = _split_attributes(text, number, title, line.rfind(title) if title else 0, found)
    title = re.sub(r"[ \u3000]+#+$", "", title)
    where = text.at(number, line.find(title) + 1 if title else 1, line.find(title) + len(title) if title else len(line))
    if not title:
        found.append(faults.UNTITLED_ARTICLE.at(where, "## 后面没有标题", "写上文章标题，或删去这一行"))
    return ItemSource(where=where, title=title, first=number + 1, last=number, attributes=attributes)


def _add_line(text: SourceText, section: SectionSource, number: int, found: list[Diagnostic]) -> None:
    """A line of body text: to the open item, or to a brief, which a blank line ends."""
    items = section.items
    line = text.line(number)
    if items and not items[-1].brief:
        items[-1].last = number
        return
    if section.kind is not None and section.kind.style is SectionStyle.ARTICLES:
        where = text.at(number, 1, len(line))
        hint = "在它上面加一行：## 文章标题"
        found.append(faults.UNTITLED_ARTICLE.at(where, f"“{section.kind.name}”里的这段文字没有标题", hint))
        items.append(ItemSource(where=where, title="", first=number, last=number))
        return
    joins = items and (items[-1].last == number - 1 or _PICTURE_ONLY.fullmatch(line) or _NO_TEXT.fullmatch(line))
    if not joins and _NO_TEXT.fullmatch(line):
        return
    if not joins:
        items.append(ItemSource(where=text.at(number, 1, len(line)), first=number, last=number))
    brief = items[-1]
    brief.last = number
    rest, attributes = _split_attributes(text, number, line, 0, found)
    if rest != line:
        brief.cut[number] = rest
        brief.attributes.update(attributes)


def _split_attributes(
    text: SourceText, number: int, words: str, column: int, found: list[Diagnostic]
) -> tuple[str, dict[str, Attribute]]:
    """`标题 {#id source=…}` as title and attributes; `column` is where `words` begin in the line, from 0."""
    match = _ATTRIBUTES.search(words)
    if match is None:
        return words, {}
    attributes: dict[str, Attribute] = {}
    inner, at, base = match[1].rstrip(), 0, column + match.start(1)

    def place(start: int, end: int) -> Span:
        return text.at(number, base + start + 1, base + end)

    def complain(start: int, end: int, message: str, hint: str) -> None:
        found.append(faults.BROKEN_ATTRIBUTES.at(place(start, end), message, hint))

    while at < len(inner):
        one = _ATTRIBUTE.match(inner, at)
        if one is None:
            hint = "写成 {#编号 source=来源 author=作者}，等号两边不留空格，内容有空格时用英文引号括起来"
            complain(at, len(inner), f"看不懂“{inner[at:].strip()}”", hint)
            break
        at = one.end()
        if one["id"] is not None:
            if "id" in attributes:
                complain(one.start("id") - 1, one.end("id"), "写了两个编号", "只留一个编号")
            attributes["id"] = Attribute(text=one["id"], where=place(one.start("id") - 1, one.end("id")))
            if not _ID.fullmatch(one["id"]):
                complain(one.start("id") - 1, one.end("id"), f"编号“{one['id']}”不能做网址", "只用小写字母、数字和连字符")
        elif one["key"] in ATTRIBUTES:
            group = next(name for name in "abc" if one[name] is not None)
            attributes[one["key"]] = Attribute(text=one[group], where=place(one.start(group), one.end(group)))
        else:
            guess = near(one["key"], ATTRIBUTES)
            hint = f"您是不是想写“{guess}”？" if guess else "可以写：" + "、".join(ATTRIBUTES)
            complain(one.start("key"), one.end("key"), f"不认识的名称“{one['key']}”", hint)
    return words[: match.start()], attributes


_OPENING, _CLOSING = "“‘（《〈【「『(", "”’）》〉】」』)"
_DATE_ONLY = re.compile(
    r"(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:至(?:\d{1,2}月)?\d{1,2}日)?(?:上午|下午|晚)?|近日|日前|近期|连日来"
)


def first_clause(paragraph: str) -> str:
    """The title of a brief: its first clause outside quotes and brackets that is more than a date (DESIGN.md §10)."""
    depth, start = 0, 0
    for at, char in enumerate(paragraph):
        if char in _OPENING:
            depth += 1
        elif char in _CLOSING:
            depth = max(0, depth - 1)
        elif char in "，。；！？：" and not depth:
            clause = paragraph[start:at].strip()
            if not _DATE_ONLY.fullmatch(clause):
                return clause
            start = at + 1
    return paragraph[start:].strip() or paragraph.strip()
