"""Sections and items as they fill up, one open at a time, and what was left out or is in doubt."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from guodong_site.config import SectionKind, SectionStyle, Settings
from guodong_site.intake.bulletin import Block, Item, Leaf
from guodong_site.intake.edges import Leaves
from guodong_site.intake.lines import Line
from guodong_site.intake.paragraphs import Doubt


@dataclass(slots=True, kw_only=True)
class Open:
    """A section being filled."""

    kind: SectionKind
    mark: Leaf | None
    items: list[Item] = field(default_factory=list)


class Shelf:
    """Takes what `items` recognises, in order."""

    def __init__(self, settings: Settings, leaves: Leaves, doubts: list[Doubt]) -> None:
        self.settings, self.leaves, self.doubts = settings, leaves, doubts
        self.columns: list[Open] = []
        self.kept: list[Leaf] = []
        self.item: Item | None = None

    def doubt(self, place: int, said: str, look: str) -> None:
        """Something to be looked at."""
        self.doubts.append(Doubt(place=place, said=said, look=look))

    @property
    def briefly(self) -> bool:
        """Whether a paragraph is a brief here: in a section of briefs, unless it stands behind an item with a title."""
        if not self.columns or self.columns[-1].kind.style is not SectionStyle.BRIEFS:
            return False
        last = self.item or next(iter(self.columns[-1].items[-1:]), None)
        return last is None or last.brief

    def section(self, line: Line, kind: SectionKind | None, name: str, exact: bool) -> None:  # noqa: FBT001  # as `shapes` gives it
        """Opens a section; one of unknown name opens none, one that was there goes on."""
        self.end()
        why = f"栏目标记“{line.text}”"
        if kind is None:
            known = "、".join(one.name for one in self.settings.sections)
            here = self.column().kind.name
            said = f"“{name}”不是本刊的栏目，下面的文章暂放在“{here}”"
            self.doubt(line.place, said, f"本刊的栏目：{known}；要新设的话在 site.yaml 里加")
            self.kept += self.leaves.all(line, "栏目", why)
            return
        if not exact:
            self.doubt(line.place, f"栏目“{name}”按“{kind.name}”处理", "不对就在草稿里改栏目名")
        again = next((one for one in self.columns if one.kind == kind), None)
        if again is not None:
            self.doubt(line.place, f"栏目“{kind.name}”出现了两次，文章合到了一起", "看看第二次是不是别的栏目")
            self.columns.remove(again)
            self.columns.append(again)
            self.kept += self.leaves.all(line, "栏目", why)
            return
        parts = self._cut(line, kind.name) if exact else None
        self.kept += self.leaves.all(line, "栏目", why) if parts is None else parts[1:]
        self.columns.append(Open(kind=kind, mark=parts[0] if parts else None))

    def _cut(self, line: Line, name: str) -> list[Leaf] | None:
        """The mark of a section as its name and what stands round it."""
        if len(line.parts) != 1 or line.parts[0].text.count(name) != 1:
            return None
        part, why = line.parts[0], f"栏目标记“{line.text}”"
        before, _, after = part.text.partition(name)
        return [
            self.leaves.one(part, "栏目", why, name, 1),
            self.leaves.one(part, "栏目标记", why, before),
            self.leaves.one(part, "栏目标记", why, after, 2),
        ]

    def column(self) -> Open:
        """The open section; the first of site.yaml before any mark."""
        if not self.columns:
            self.columns.append(Open(kind=self.settings.sections[0], mark=None))
        return self.columns[-1]

    def end(self) -> None:
        """Closes the open item."""
        if self.item is not None:
            if not self.item.blocks and self.item.title:
                self.doubt(self.item.title[0].place, f"“{self.item.title[0].tidy}”没有正文", "补上正文，或删去这个标题")
            self.column().items.append(self.item)
            self.item = None

    def begin(self, item: Item) -> None:
        """Opens an item and closes the one before."""
        self.column()
        self.end()
        self.item = item

    def put(self, block: Block) -> None:
        """A block into the open item; one without a title is opened where there is none, and said."""
        if self.item is None:
            place = block.leaves[0].place if block.leaves else block.picture.place if block.picture else 1
            self.doubt(place, "这里的内容上面没有标题", "在草稿里补上标题，或并到别的文章里")
            self.begin(Item())
        if self.item is not None:
            self.item = replace(self.item, blocks=(*self.item.blocks, block))
