"""WordprocessingML → paragraphs, tables, pictures and what is no text for readers.  Opens no zip; knows no bulletin.

Every text of the part is visited once and goes to one place: what is not known as text of the page is kept out by name.
Source: ECMA-376 part 1 §17; part 3 (mc:AlternateContent).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from xml.etree import ElementTree as ET

from guodong_site.intake.counting import Counting, W
from guodong_site.intake.paragraphs import Doubt, KeptOut, Look, Paragraph, Picture, Piece, Table, bare
from guodong_site.intake.styles import Letters, Styles

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
V = "{urn:schemas-microsoft-com:vml}"
_MEASURES = ("wordprocessingDrawing}", "wordprocessingDrawing/", "/wordml/")
"""Where an element's text is a position or a percentage, no words: wp:posOffset, wp14:pctWidth."""
_WRAPPERS = frozenset(
    f"{W}{name}" for name in "hyperlink smartTag sdt sdtContent fldSimple customXml dir bdo moveTo ins".split()
)
_SIGNS = {
    f"{W}tab": " ",
    f"{W}ptab": " ",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}


@dataclass(slots=True, kw_only=True)
class _Strip:
    """A paragraph being read: its texts and pictures in order, and how many of its letters look how."""

    parts: list[str | Picture] = field(default_factory=list)
    size: dict[float, int] = field(default_factory=dict)
    font: dict[str, int] = field(default_factory=dict)
    bold: int = 0
    letters: int = 0


def _look(strip: _Strip) -> Look:
    """How most of its letters are set."""
    return Look(
        size=max(strip.size, key=lambda one: strip.size[one], default=0),
        bold=strip.bold * 2 > strip.letters,
        font=max(strip.font, key=lambda one: strip.font[one], default=""),
    )


class Walker:
    """Reads one part, such as document.xml.  `picture` gives the picture behind an id of a relationship."""

    def __init__(self, styles: Styles, counting: Counting, picture: Callable[[str, int, str], Picture | Doubt]) -> None:
        self.styles, self.counting, self.picture = styles, counting, picture
        self.pieces: list[Piece] = []
        self.kept: list[KeptOut] = []
        self.unsettled: list[KeptOut] = []
        self.doubts: list[Doubt] = []
        self.marks: list[tuple[str, str, str]] = []  # (kind, id, mark) of notes, in the order they are referred to
        self.place = 0
        self._open: _Strip | None = None
        self._carried: _Strip | None = None  # a paragraph whose end was deleted goes on in the next
        self._heads: dict[str, Callable[[ET.Element], None]] = {
            f"{W}p": self._paragraph,
            f"{W}tbl": self._table,
            f"{W}del": lambda el: self._aside(el, "修订删除的文字", ask=True),
            f"{W}moveFrom": lambda el: self._aside(el, "修订移走的文字", ask=True),
            f"{W}txbxContent": lambda el: self._aside(el, "文本框"),
            f"{W}instrText": lambda el: self._aside(el, "域代码"),
            f"{W}delInstrText": lambda el: self._aside(el, "域代码"),
            f"{W}delText": lambda el: self._aside(el, "修订删除的文字", ask=True),
            f"{W}rt": lambda el: self._aside(el, "注音"),
            f"{MC}AlternateContent": self._alternate,
            f"{W}drawing": self._drawing,
            f"{W}pict": self._drawing,
            f"{W}object": self._drawing,
        }

    def blocks(self, parent: ET.Element) -> None:
        """All that stands in the body, a cell, a note."""
        for child in parent:
            self._one(child)
        if self._carried is not None and self._open is None:
            strip, self._carried = self._carried, None
            self._close(strip, _look(strip), "")

    def _one(self, el: ET.Element) -> None:
        """One element of any kind: read as what it is, or looked through for text."""
        known = self._heads.get(el.tag)
        if known:
            known(el)
            return
        if bare(el.text or "") and not any(mark in el.tag for mark in _MEASURES):
            self.kept.append(KeptOut(what="不认识的内容", text=el.text or "", place=self.place))
        if el.tag == f"{W}altChunk":
            self.doubts.append(Doubt(place=self.place, said="这里嵌入了另一份文档，没有读取", look="把那份文档的内容粘贴进来"))
        for child in el:
            self._one(child)

    def _aside(self, el: ET.Element, what: str, *, ask: bool = False) -> None:
        """Text that is not for readers, by name; deleted pictures go with it."""
        text = "".join(el.itertext())
        if bare(text):
            one = KeptOut(what=what, text=text, place=self.place)
            self.kept.append(one)
            if what == "文本框":
                look = "是正文的话，复制到草稿里该在的地方"
                self.doubts.append(Doubt(place=self.place, said=f"文本框里的“{bare(text)[:16]}”没有放进正文", look=look))
            if ask:
                self.unsettled.append(one)

    def _alternate(self, el: ET.Element) -> None:
        """Two versions of the same: the newer is read; the older, for old programs, is a copy."""
        chosen = el.find(f"{MC}Choice")
        older = el.find(f"{MC}Fallback")
        if chosen is None or (
            older is not None and not bare("".join(chosen.itertext())) and chosen.find(f".//{A}blip") is None
        ):
            chosen, older = (older, chosen) if older is not None else (chosen, None)
        for child in chosen if chosen is not None else ():
            self._inside(child, Letters()) if self._open else self._one(child)
        if older is not None:
            self._aside(older, "给旧版本看的副本")

    def _paragraph(self, p: ET.Element) -> None:
        if self._open is not None:  # inside a drawing of another paragraph
            self._aside(p, "文本框")
            return
        self.place += 1
        properties = p.find(f"{W}pPr")
        setting = self.styles.paragraph(properties)
        self._open = strip = self._carried or _Strip()
        self._carried = None
        for child in p:
            if child.tag != f"{W}pPr":
                self._inside(child, setting.letters)
        self._open = None
        if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
            self.unsettled.append(KeptOut(what="修订删除的段落标记", text="", place=self.place))
            self._carried = strip
            return
        number = self.counting.next(setting.list_id, setting.depth) if setting.list_id not in ("", "0") else ""
        self._close(strip, replace(_look(strip), centred=setting.centred, heading=setting.heading), number)

    def _close(self, strip: _Strip, look: Look, number: str) -> None:
        """The paragraph as pieces: a manual line break begins another line, a picture stands by itself."""
        text, joined = number, False
        for part in [*strip.parts, "\n"]:
            if isinstance(part, Picture):
                if bare(text):
                    self.pieces.append(Paragraph(text=text, place=self.place, look=look, joined=joined, number=number))
                    number = ""
                self.pieces.append(part)
                text, joined = "", False
                continue
            first, *more = part.split("\n")
            text += first
            for line in more:
                if bare(text):
                    self.pieces.append(Paragraph(text=text, place=self.place, look=look, joined=joined, number=number))
                    number, joined = "", True
                text = line

    def _inside(self, el: ET.Element, base: Letters) -> None:
        """What stands in a paragraph."""
        if el.tag == f"{W}r":
            self._run(el, self.styles.run(el.find(f"{W}rPr"), base))
        elif el.tag in (f"{W}ins", f"{W}moveTo"):
            text = "".join(one.text or "" for one in el.iter(f"{W}t"))
            if bare(text):
                self.unsettled.append(KeptOut(what="修订插入的文字", text=text, place=self.place))
            for child in el:
                self._inside(child, base)
        elif el.tag in _WRAPPERS or el.tag in (f"{W}ruby", f"{W}rubyBase") or el.tag.startswith(M):
            if el.tag == f"{M}t":
                self._add(el.text or "", base)
            elif el.tag == f"{M}oMath":
                self.doubts.append(
                    Doubt(place=self.place, said="这里有公式，只取了其中的字", look="对照原稿，把公式改成图片或文字")
                )
            for child in el:
                self._inside(child, base)
        else:
            self._one(el)

    def _run(self, run: ET.Element, look: Letters) -> None:
        if look.hidden:
            text = "".join(run.itertext())
            if bare(text):
                one = KeptOut(what="隐藏文字", text=text, place=self.place)
                self.kept.append(one)
                self.unsettled.append(one)
            return
        for child in run:
            if child.tag == f"{W}t":
                self._add(child.text or "", look)
            elif child.tag in _SIGNS:
                self._add(_SIGNS[child.tag], look)
            elif child.tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                kind, note = child.tag.removeprefix(W).removesuffix("Reference"), child.get(f"{W}id", "")
                mark = f"［{len(self.marks) + 1}］"
                self.marks.append((kind, note, mark))
                self._add(mark, look)
            elif child.tag == f"{W}sym":
                said = f"这里有一个符号字体的字（{child.get(f'{W}font', '')} {child.get(f'{W}char', '')}），用〓代替"
                self.doubts.append(Doubt(place=self.place, said=said, look="对照原稿，换成普通字符"))
                self._add("〓", look)
            elif child.tag == f"{W}ruby":
                self._inside(child, look)
            elif child.tag != f"{W}rPr":
                self._one(child)

    def _drawing(self, el: ET.Element) -> None:
        """Its pictures, then whatever text it holds, which is kept out."""
        said = next((one.get("descr") or one.get("title") or "" for one in el.iter() if one.tag.endswith("}docPr")), "")
        ids = [one.get(f"{R}embed") or one.get(f"{R}link") for one in el.iter(f"{A}blip")]
        ids += [one.get(f"{R}id") for one in el.iter(f"{V}imagedata")]
        for one in filter(None, ids):
            found = self.picture(one, self.place, said)
            if isinstance(found, Doubt):
                self.doubts.append(found)
            elif self._open is not None:
                self._open.parts.append(found)
        for child in el:
            self._one(child)

    def _add(self, text: str, look: Letters) -> None:
        strip = self._open
        if strip is None:
            self.kept.append(KeptOut(what="不认识的内容", text=text, place=self.place))
            return
        if strip.parts and isinstance(strip.parts[-1], str):
            strip.parts[-1] += text
        else:
            strip.parts.append(text)
        count = len(bare(text))
        strip.letters += count
        strip.bold += count if look.bold else 0
        if count:
            strip.size[look.size or 0] = strip.size.get(look.size or 0, 0) + count
            strip.font[look.font or ""] = strip.font.get(look.font or "", 0) + count

    def _table(self, tbl: ET.Element) -> None:
        """Rows and cells; a frame of one cell is none, its paragraphs are the page's own."""
        if self._open is not None:
            self._aside(tbl, "文本框")
            return
        rows = [row for row in tbl.iter(f"{W}tr") if any(one is row for one in _own(tbl, f"{W}tr"))]
        cells = [list(_own(row, f"{W}tc")) for row in rows]
        if len(cells) == 1 and len(cells[0]) == 1:
            self.blocks(cells[0][0])
            return
        outer, made, merged, pictures = self.pieces, list[tuple[str, ...]](), False, list[Piece]()
        start = self.place + 1
        for row in cells:
            texts: list[str] = []
            for cell in row:
                self.pieces = []
                self.blocks(cell)
                pictures += [one for one in self.pieces if isinstance(one, Picture)]
                texts.append("\n".join(one.text for one in self.pieces if not isinstance(one, Picture)))
                span, down = cell.find(f"{W}tcPr/{W}gridSpan"), cell.find(f"{W}tcPr/{W}vMerge")
                wide = span.get(f"{W}val", "1") if span is not None else "1"
                texts += [""] * (min(int(wide), 64) - 1 if wide.isdecimal() else 0)
                merged = merged or wide != "1" or down is not None
            made.append(tuple(texts))
        self.pieces = [*outer, Table(rows=tuple(made), place=start, merged=merged), *pictures]
        if pictures:
            self.doubts.append(Doubt(place=start, said="表格里的图片移到了表格后面", look="看看要不要换个位置"))


def _own(parent: ET.Element, tag: str) -> list[ET.Element]:
    """The rows of a table or the cells of a row, not those of a table inside, through whatever wraps them."""
    found: list[ET.Element] = []
    for child in parent:
        if child.tag == tag:
            found.append(child)
        elif child.tag != f"{W}tbl" and child.tag not in (f"{W}tc", f"{W}tr"):
            found += _own(child, tag)
    return found
