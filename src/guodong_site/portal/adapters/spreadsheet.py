"""For a person who puts articles in by hand: a workbook that says what to add, change and take down, the texts to paste beside it."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from guodong_site.portal.catalogue import COLUMNS, row
from guodong_site.portal.parcel import Adapter, Parcel, Piece
from guodong_site.portal.records import fragment_path
from guodong_site.portal.workbook import workbook

FILE = "导入清单.xlsx"
_MORE = ("编号", "栏目", "来源", "作者", "正文（用浏览器打开，全选复制）", "附件")
_GONE = ("编号", "URL", "撤回日期", "原因", "新的网址")
_SHEETS = {"create": "新增", "update": "更新"}
_SIGN = '<!DOCTYPE html>\n<meta charset="utf-8">\n<title>{}</title>\n{}'


def lay(parcel: Parcel) -> Mapping[str, bytes]:
    """A sheet for each thing to be done; a sheet of which nothing is to be done has a head only."""
    sent = parcel.sent
    tables = {name: ((*COLUMNS, *_MORE), *(_line(one) for one in sent if one.op == op)) for op, name in _SHEETS.items()}
    gone = tuple(_removal(piece) for piece in sent if not piece.live)
    made = {FILE: workbook({**tables, "撤回": (_GONE, *gone)})}
    for piece in sent:
        if piece.live:
            made[fragment_path(piece.id)] = _page(piece)
        made |= {one.path: one.make() for one in piece.enclosures}
    return made


def _line(piece: Piece) -> tuple[str, ...]:
    told = piece.record
    more = (piece.id, told["section"]["name"], told["source"], told["author"] or "", fragment_path(piece.id))
    return (*row(piece), *more, "\n".join(one["path"] for one in told["attachments"]))


def _removal(piece: Piece) -> tuple[str, ...]:
    why = piece.withdrawn or {}
    return (piece.id, piece.url, *(why.get(name) or "" for name in ("date", "reason", "moved_to")))


def _page(piece: Piece) -> bytes:
    """The fragment as a browser opens it from a disk: it must be told the encoding."""
    return _SIGN.format(escape(piece.record["title"]), piece.record["body_html"]).encode()


ADAPTER = Adapter(name="spreadsheet", summary="人工录入：一份 Excel 清单，正文逐篇复制", lay=lay, workbook=True)
