"""Lines → sections and items: titles, by-lines, sources, headings, briefs, captions, each with its evidence.

What cannot be told for certain is done the likelier way and said as a doubt.
"""

from __future__ import annotations

import re
from dataclasses import replace

from guodong_site.config import Settings
from guodong_site.intake import shapes
from guodong_site.intake.bulletin import Block, Item, Leaf
from guodong_site.intake.edges import Leaves
from guodong_site.intake.lines import Line, ended
from guodong_site.intake.paragraphs import Doubt, Picture, Piece, Table
from guodong_site.intake.shelf import Shelf
from guodong_site.intake.titles import Titles, safe

_AWKWARD = frozenset('"()[]\\<>&*_`{}')
"""What a caption cannot hold inside the link of its picture."""
_CERTAIN = 4
"""Characters on both sides of a join found together in the body that show two lines to be one title."""


class Recogniser:
    """Goes through the lines between masthead and tail once; `shelf` holds the section and item that are open."""

    def __init__(self, lines: list[Line | Piece], settings: Settings, leaves: Leaves, doubts: list[Doubt]) -> None:
        self.lines, self.settings, self.leaves = lines, settings, leaves
        self.shelf = Shelf(settings, leaves, doubts)
        self.titles = Titles(lines)

    def run(self) -> Shelf:
        """Every line, once."""
        at = 0
        while at < len(self.lines):
            at = self._step(at)
        self.shelf.end()
        return self.shelf

    def _step(self, at: int) -> int:
        """Takes the line at `at` and what belongs to it; gives the next to take."""
        line = self.lines[at]
        if isinstance(line, Picture):
            return self._picture(line, at)
        if isinstance(line, Table):
            self._table(line)
            return at + 1
        if not isinstance(line, Line):  # Paragraphs come as lines
            raise TypeError(line)
        text = line.text
        mark = shapes.section(text, self.settings.sections)
        if mark is not None:
            self.shelf.section(line, *mark)
            return at + 1
        end = self._run_end(at)
        if end == at:
            self._body(line)
            return at + 1
        return self._titled(at, end)

    def _run_end(self, at: int) -> int:
        """Where the lines from `at` on that could be titles end."""
        end = at
        while end < len(self.lines):
            line = self.lines[end]
            if (
                not isinstance(line, Line)
                or not shapes.title_shaped(line.text)
                or shapes.section(line.text, self.settings.sections)
            ):
                break
            if shapes.HEADING.match(line.text) or shapes.SUBHEADING.match(line.text) or shapes.TABLE_NAME.match(line.text):
                break
            end += 1
        return end

    def _body(self, line: Line) -> None:
        """A paragraph, a heading inside an item, a source or by-line of its own line, or a brief."""
        text = line.text
        if self._credit(line):
            return
        if shapes.TAIL.match(text):
            said = f"“{text[:12]}”像版记，但后面还有正文，按正文处理"
            self.shelf.doubt(line.place, said, "是版记的话，把后面的文字移到它前面，再导入")
        level = 3 if shapes.HEADING.match(text) else 4 if shapes.SUBHEADING.match(text) else 0
        if level and shapes.title_shaped(text) and len(text) <= 40 and not self.shelf.briefly:
            if self.shelf.item is None:
                self.shelf.doubt(line.place, f"“{text}”带序号，又在文章开头，按标题处理", "看看它是标题还是小标题")
                self.shelf.begin(Item(title=self.leaves.all(line, "标题", "栏目下的第一行")))
                return
            self.shelf.put(Block(leaves=self.leaves.all(line, "小标题", "以“一、”或“（一）”开头，没有句号"), level=level))
            return
        if not self.shelf.briefly:
            self.shelf.put(Block(leaves=self.leaves.all(line, "正文", _ending(text))))
            return
        if self.shelf.item is not None and re.fullmatch(r"[（(].*[）)]", text) and shapes.SOURCE_BRACKET.search(text):
            *before, last = self.shelf.item.blocks
            joined = replace(last, leaves=(*last.leaves, *self.leaves.all(line, "来源", "括号里写着来源")))
            self.shelf.item = replace(self.shelf.item, blocks=(*before, joined))
            return
        self.shelf.begin(Item(brief=True))
        self.shelf.put(Block(leaves=self.leaves.all(line, "简讯", "栏目里一段一条")))

    def _credit(self, line: Line) -> bool:
        """Takes a line that says only the source or the author of the open item."""
        text, item = line.text, self.shelf.item
        if item is None or item.brief:
            return False
        source = shapes.SOURCE_LINE.fullmatch(text)
        if source and item.source is None and safe(source[1]) and not re.search(r"作者|\d{4}", source[1]):
            parts = self.leaves.cut(line, source.span(1), "来源", "单独一行写着来源")
            if parts:
                self.shelf.kept += parts[1]
                self.shelf.item = replace(item, source=parts[0])
                return True
        author = self._author(line, "单独一行写着作者") if item.author is None and shapes.BYLINE.fullmatch(text) else None
        if author:
            self.shelf.item = replace(item, author=author)
        return author is not None

    def _author(self, line: Line, why: str) -> Leaf | None:
        """The author a line names, without 作者： and brackets round it; None where the words cannot stand in an attribute."""
        said = shapes.BYLINE_PARTS.fullmatch(line.text)
        parts = self.leaves.cut(line, said.span(1), "作者", why) if said and safe(said[1]) else None
        self.shelf.kept += parts[1] if parts else []
        return parts[0] if parts else None

    def _titled(self, at: int, end: int) -> int:
        """Lines that could be titles: they are, or belong to what stands before them."""
        run = [line for line in self.lines[at:end] if isinstance(line, Line)]
        while run and self._inside and not self.shelf.briefly and self._belongs(run):
            line = run.pop(0)
            if not self._credit(line):
                self.shelf.put(Block(leaves=self.leaves.all(line, "落款", "日期、文号，或日期上面的单位")))
        follows = self._follows(end)
        if not run or (self.shelf.briefly and self._briefs(run, follows=follows)):
            return end
        inside = self._inside
        run = self._subheadings(run) if inside else run
        if inside and not follows:
            for line in run:
                self.shelf.doubt(
                    line.place, f"“{line.text}”像标题，但后面没有正文，放在上一篇末尾", "看看它是标题、落款还是正文"
                )
                self.shelf.put(Block(leaves=self.leaves.all(line, "正文", "后面没有正文")))
        elif run:
            self._open_item(run, end, inside=inside)
        return end

    @property
    def _inside(self) -> bool:
        """Whether an item with some text is open."""
        return self.shelf.item is not None and bool(self.shelf.item.blocks)

    def _briefs(self, run: list[Line], *, follows: bool) -> bool:
        """Takes a run within briefs as briefs, unless it is likelier the title of an item; said either way."""
        if follows and self.titles.likely(run):
            said = f"简讯里的“{run[0].text}”按标题处理，下面的段落都归它"
            self.shelf.doubt(run[0].place, said, "不对就在草稿里改成一段一条")
            return False
        for line in run:
            self.shelf.doubt(line.place, "简讯这一段没有句末标点", "看看是不是标题，或者断错了行")
            self.shelf.begin(Item(brief=True))
            self.shelf.put(Block(leaves=self.leaves.all(line, "简讯", "栏目里一段一条")))
        return True

    def _subheadings(self, run: list[Line]) -> list[Line]:
        """Takes the first lines that are not set as this document sets its titles for headings inside the item."""
        while run and self.titles.styled and not self.titles.strong(run[0]):
            line = run.pop(0)
            said = f"“{line.text}”没有按标题的样子排，按文中小标题处理"
            self.shelf.doubt(line.place, said, "看看它是不是一篇文章的标题")
            why = "单独一行，但不像别的标题那样居中或放大"
            self.shelf.put(Block(leaves=self.leaves.all(line, "小标题", why), level=3))
        return run

    def _belongs(self, run: list[Line]) -> bool:
        """Whether the first line of a run still belongs to the article above: a by-line, a date, an office over a date."""
        first, second = run[0].text, run[1].text if len(run) > 1 else ""
        if shapes.SIGNATURE.fullmatch(first) or shapes.DOCUMENT_NUMBER.fullmatch(first) or shapes.BYLINE.fullmatch(first):
            return True
        return bool(shapes.SIGNATURE.fullmatch(second)) and len(first) <= 30

    def _follows(self, end: int) -> bool:
        """Whether there is a body behind a run of titles."""
        if end >= len(self.lines):
            return False
        line = self.lines[end]
        return not isinstance(line, Line) or shapes.section(line.text, self.settings.sections) is None

    def _open_item(self, run: list[Line], end: int, *, inside: bool) -> None:
        """A new item with the lines of its title, its by-line, and what makes one doubt it."""
        before = self._above()
        first, following = run[0], self.titles.following(end)
        self.shelf.begin(Item())
        title: list[Leaf] = []
        later: list[Block] = []
        author: Leaf | None = None
        above = first
        for line in run:
            text = line.text
            named = shapes.is_name(text) or shapes.BYLINE.fullmatch(text)
            if title and author is None and named:
                author = self._author(line, "标题下面单独的人名")
                if author and not shapes.BYLINE.fullmatch(text):
                    self.shelf.doubt(line.place, f"标题下面的“{text}”按作者处理", "看看它是作者，还是标题的一部分")
                if author:
                    continue
            if title and (shapes.SIGNATURE.fullmatch(text) or shapes.DOCUMENT_NUMBER.fullmatch(text)):
                later.append(Block(leaves=self.leaves.all(line, "落款", "标题下面的日期或文号")))
                continue
            role, why = (
                ("副题", "以破折号开头")
                if title and shapes.SUBTITLE.match(text)
                else ("标题", self.titles.why(line, following))
            )
            if title and role == "标题":
                why = self._join(title, line, above, following)
            above = line
            title += self.leaves.all(line, role, why)
        self.shelf.item = Item(title=tuple(title), author=author, blocks=tuple(later))
        against = "、".join(self.titles.weakness(first, before, following, inside=inside))
        if against:
            self.shelf.doubt(first.place, f"“{first.text}”按标题处理，但{against}", "看看它是标题，还是正文里的一行")

    def _above(self) -> str:
        """The text above, if it is such that ends like a sentence."""
        last = self.shelf.item.blocks[-1] if self.shelf.item and self.shelf.item.blocks else None
        prose = last is not None and not last.level and last.leaves and last.leaves[-1].role in ("正文", "简讯")
        return shapes.SOURCE_BRACKET.sub("", "".join(leaf.text for leaf in last.leaves).strip()) if last and prose else ""

    def _join(self, title: list[Leaf], line: Line, above: Line, following: str) -> str:
        """Why a line goes on with the title before it; said as a doubt where little shows it."""
        left = "".join(leaf.tidy for leaf in title)
        count = shapes.overlap(left, line.text, following)
        if line.parts[0].joined:
            return "与上一行是同一段（软回车）"
        if count >= _CERTAIN:
            return f"接缝处前后 {count} 字在正文里连着出现"
        if self.titles.strong(line) and self.titles.strong(above):
            if line.look == above.look:
                return "与上一行排得一样，中间没有正文"
            self.shelf.doubt(line.place, f"“{line.text}”与上一行并成一个标题，依据只有排版", "看看是不是两个标题")
            return "与上一行一样排成标题"
        self.shelf.doubt(
            line.place, f"“{line.text}”与上一行并成一个标题，正文里没有佐证", "看看是不是两个标题，或其中一行是正文"
        )
        return "紧接在标题后面，中间没有正文"

    def _table(self, table: Table) -> None:
        if self.shelf.briefly and self.shelf.item is None:
            self.shelf.begin(Item())
            self.shelf.doubt(table.place, "简讯里的表格前面没有文字", "给它加上标题")
        if self.shelf.briefly:
            self.shelf.doubt(table.place, "简讯里有表格，它和上一段分成了两条", "给这一条加上 ## 标题")
            self.shelf.begin(Item())
        if table.merged:
            self.shelf.doubt(table.place, "表格里有合并的单元格，拆成了空格子", "对照原稿，看表格读得通不通")
        self.shelf.put(Block(table=table, leaves=self.leaves.all(table, "表格", f"{len(table.rows)} 行")))

    def _picture(self, picture: Picture, at: int) -> int:
        """A picture with the caption under it."""
        following = self.lines[at + 1] if at + 1 < len(self.lines) else None
        caption: tuple[Leaf, ...] = ()
        if isinstance(following, Line) and len(following.text) <= 80 and not set(following.text) & _AWKWARD:
            sure = shapes.CAPTION.match(following.text)
            likely = following.look.centred and not self.titles.strong(following) and shapes.title_shaped(following.text)
            if sure or likely:
                caption = self.leaves.all(following, "图题", "在图片下面" + ("，以“图”等字开头" if sure else "，居中"))
                if not sure:
                    self.shelf.doubt(following.place, f"“{following.text}”按图题处理", "看看它是图题还是正文")
        if not caption and not picture.said.strip():
            self.shelf.doubt(picture.place, "图片没有图题，也没有文字说明", "在草稿里把“待补”改成图上是什么")
        self.shelf.put(Block(picture=picture, leaves=caption))
        return at + 1 + bool(caption)


def _ending(text: str) -> str:
    return "有句末标点" if ended(text) else "一段文字"
