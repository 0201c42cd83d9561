"""What the front matter says of the time after publication: `changes`, `withdrawn`, `aliases`, and `draft`.

Each is said of the whole issue, or as a map by the ids of items (DESIGN.md §3), in which WHOLE is the issue itself.  Knows no
item: who reads the body says which there are.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar
from urllib.parse import unquote

from guodong_site import faults, urls
from guodong_site.diagnostics import Span
from guodong_site.fields import Fields
from guodong_site.history import UNCHANGED, Alias, Change, History, Withdrawal
from guodong_site.model import IssueDate

WHOLE = "全期"
"""Names the issue itself among items; no id can be written so."""

_CHANGE = "写成 changes: 下面一行 - {date: 2024-04-01, note: 第二段“的”改为“地”。}；改的是某一篇时，先写这一篇的编号和冒号"
_WITHDRAWN = 'withdrawn: 下面写 "5": {date: 2024-04-02, reason: 内容有误，另行发布。}；撤回全期时不写编号'
_NOTED, _REASONED = frozenset(("date", "note", "日期", "说明")), frozenset(("date", "reason", "日期", "原因"))
_SPOKEN = {"日期": "date", "时间": "date", "说明": "note", "原因": "reason"}
_PAGE = re.compile(r"\.s?html?", re.IGNORECASE)
_UNFIT = re.compile(r'[\x00-\x1f\x7f\\:*"<>|]')
"""Characters that no file of every system can have in its name."""

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendments:
    """What was said, of the issue and by items; `named` are the ids that were named, and where."""

    whole: History = UNCHANGED
    draft: bool = False
    items: Mapping[str, History] = field(default_factory=dict)
    drafts: frozenset[str] = frozenset()
    named: tuple[tuple[str, Span], ...] = ()

    def of(self, item: str) -> History:
        """What happened to an item; the withdrawal of its issue is its own."""
        own = self.items.get(item, UNCHANGED)
        return own if own.withdrawn else replace(own, withdrawn=self.whole.withdrawn)


def read_amendments(fields: Fields, signed: IssueDate | None) -> Amendments:
    """Asks the four fields; `signed` is the day of the issue, before which nothing of it can have changed."""
    reader = _Reader(fields, signed)
    changes = reader.by_item("changes", reader.changes, _NOTED)
    withdrawn = reader.by_item("withdrawn", reader.withdrawal, _REASONED)
    aliases = reader.by_item("aliases", reader.aliases)
    drafts = reader.by_item("draft", Fields.boolean)
    items = {
        name: History(changes=changes.get(name, ()), withdrawn=withdrawn.get(name), aliases=aliases.get(name, ()))
        for name in {*changes, *withdrawn, *aliases}
    }
    return Amendments(
        whole=items.pop(WHOLE, UNCHANGED),
        draft=drafts.pop(WHOLE, False),
        items=items,
        drafts=frozenset(name for name, held in drafts.items() if held),
        named=tuple(reader.named),
    )


class _Reader:
    """Asks, and remembers what was named and claimed so far."""

    def __init__(self, fields: Fields, signed: IssueDate | None) -> None:
        self._fields, self._signed = fields, signed
        self.named: list[tuple[str, Span]] = []
        self._claimed: dict[str, Span] = {}

    def by_item(self, key: str, read: Callable[[Fields, str], Value], names: frozenset[str] = frozenset()) -> dict[str, Value]:
        """What `read` gives for the issue, or for each item of a map; a map of these `names` is not one by items."""
        if key not in self._fields.values or not self._fields.maps(key, names):
            return {WHOLE: read(self._fields, key)}
        inner = self._fields.mapping(key)
        if inner is None:
            return {}
        self.named += [(name, inner.named_at(name)) for name in inner.keys if name != WHOLE]
        return {name: read(inner, name) for name in inner.keys}

    def changes(self, fields: Fields, key: str) -> tuple[Change, ...]:
        """Corrections, oldest first."""
        made = []
        for one in fields.entries(key, _CHANGE):
            day, note = self._day(one), self._words(one, "note", "说明改了什么")
            if day and note:
                made.append(Change(date=day, note=note))
        return tuple(sorted(made, key=lambda change: change.date))

    def withdrawal(self, fields: Fields, key: str) -> Withdrawal | None:
        """The withdrawal, if there is one."""
        for one in fields.entries(key, _WITHDRAWN):
            day, reason = self._day(one), self._words(one, "reason", "撤回的原因，读者看得到")
            if day and reason:
                return Withdrawal(date=day, reason=reason)
        return None

    def aliases(self, fields: Fields, key: str) -> tuple[Alias, ...]:
        """Former addresses, each claimed once."""
        made = []
        for written, where in fields.texts(key):
            address, problem, hint = _address(written)
            if problem:
                fields.found.append(faults.UNUSABLE_ALIAS.at(where, f"“{written}”{problem}", hint))
                continue
            before = self._claimed.setdefault(address.casefold(), where)
            if before is not where:
                message = f"旧网址“{written}”在第 {before.line} 行已经写过"
                fields.found.append(faults.TAKEN_ALIAS.at(where, message, "一个旧网址只能转到一篇，留下对的一处"))
                continue
            made.append(Alias(address=address, where=where))
        return tuple(made)

    def _day(self, fields: Fields) -> datetime.date | None:
        fields.required("date", "加上 date: 2024-04-01（哪一天改的或撤回的）")
        date = fields.date("date")
        if date is None:
            return None
        where = fields.where_of("date")
        if date.day is None:
            fields.found.append(faults.IMPOSSIBLE_DATE.at(where, f"“{date.iso}”缺少“日”", "写成 2024-04-01 这样的年-月-日"))
        elif self._signed and date.first_day < self._signed.first_day:
            message = f"日期 {date.iso} 早于本期的签发日期 {self._signed.iso}"
            fields.found.append(faults.CHANGED_BEFORE_DATE.at(where, message, "核对这个日期和刊头信息里的 date"))
        return date.first_day

    def _words(self, fields: Fields, key: str, what: str) -> str | None:
        """A text that must be there; with it the entry has been asked all."""
        fields.required(key, f"加上 {key}: {what}")
        text = fields.string(key)
        fields.finish(_SPOKEN)
        return text


def _address(written: str) -> tuple[str, str, str]:
    """A former address below the base path, as `urls` writes them; else what is wrong with it, and what to type."""
    parts = urls.split(written)
    if parts is None or _UNFIT.search(unquote(parts.path)):
        return "", "不能做网址", "写成 /old/3.html 这样，只用字母、数字、连字符和斜线"
    if parts.scheme or parts.netloc:
        return "", "是完整的网址；别的网站的地址，本站转不了", f"只写本站首页网址之后的部分，如 {parts.path or '/old/3.html'}"
    if "?" in written or "#" in written:
        return "", "里有 ? 或 #，静态网站分不出来", "这样的旧网址请网站管理员在服务器上设置跳转，并删去这一条"
    steps = unquote(parts.path).removeprefix("/").split("/")
    if steps[-1] in ("index.html", "index.htm"):
        steps[-1] = ""
    *folders, last = steps
    if any(not step for step in folders) or any(step.startswith(".") or len(step.encode()) > 200 for step in steps):
        return "", "不能做网址", "写成 /old/3.html 这样；不要有连着的斜线，也不要有以点开头的一段"
    _, dot, kind = last.rpartition(".")
    if dot and not _PAGE.fullmatch(dot + kind):
        return (
            "",
            f"以 .{kind} 结尾，静态网站放不了这样的网页",
            "能写的：以 .html、.htm、.shtml 或 / 结尾的；别的请在服务器上设置跳转",
        )
    return "/".join(steps) + ("" if dot or not last else "/"), "", ""
