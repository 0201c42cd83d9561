"""目录: the catalogue the law asks for (政府信息公开条例 第十二条) with the columns portals show, as CSV and as a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from guodong_site.cells import guarded
from guodong_site.portal.parcel import Parcel, Piece

COLUMNS = (
    "索引号",
    "名称",
    "内容概述",
    "生成日期",
    "主题分类",
    "发布机构",
    "成文日期",
    "发布日期",
    "有效性",
    "文号",
    "URL",
)

Row = tuple[str, ...]


def rows(parcel: Parcel) -> tuple[Row, ...]:
    """A line for every article that is to be read: what is withdrawn is in no catalogue."""
    return tuple(row(piece) for piece in parcel.pieces if piece.live)


def row(piece: Piece) -> Row:
    """An article's line under COLUMNS; what nobody knows is empty."""
    told = piece.record
    cells = (
        told["index_no"],
        told["title"],
        told["excerpt"],
        told["created"],
        told["subject"],
        told["issuer"],
        told["created"],
        told["published"] and told["published"][:10],
        told["validity"],
        told["doc_no"],
        told["url"],
    )
    return tuple(cell or "" for cell in cells)


def as_csv(lines: Iterable[Sequence[str]]) -> bytes:
    """RFC 4180, with the mark without which Excel and WPS take it for GBK; no cell can be taken for a formula."""
    page = io.StringIO(newline="")
    writer = csv.writer(page)
    for line in lines:
        writer.writerow([guarded(cell) for cell in line])
    return page.getvalue().encode("utf-8-sig")
