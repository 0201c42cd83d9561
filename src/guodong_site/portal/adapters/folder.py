"""The plain package: a record, a fragment and files for each article, printed editions, catalogue, feed, schemas.  For any program."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from guodong_site import schema
from guodong_site.portal.catalogue import COLUMNS, as_csv, rows
from guodong_site.portal.feed import feed
from guodong_site.portal.parcel import Adapter, Parcel, Piece
from guodong_site.portal.records import fragment_path, record_path
from guodong_site.portal.workbook import equipped, workbook


def lay(parcel: Parcel) -> Mapping[str, bytes]:
    """Its files; the workbook where the library for it is there."""
    made: dict[str, bytes] = {}
    for piece in parcel.sent:
        told = _withdrawn(piece) if piece.withdrawn else {"op": piece.op, **piece.record, "withdrawn": None}
        made[record_path(piece.id)] = _json(told)
        if piece.live:
            made[fragment_path(piece.id)] = piece.record["body_html"].encode()
        made |= {one.path: one.make() for one in piece.enclosures}
    made |= {one.path: one.make() for one in parcel.papers}
    table = (COLUMNS, *rows(parcel))
    made["catalog.csv"] = as_csv(table)
    if equipped():
        made["catalog.xlsx"] = workbook({"目录": table})
    made["feed.xml"] = feed(parcel)
    return made | {f"schema/{name}.json": schema.source(name) for name in ("package", "package-item")}


def _withdrawn(piece: Piece) -> dict[str, Any]:
    """What is said of an article that is to be taken down."""
    return {"op": piece.op, "id": piece.id, "url": piece.url, "withdrawn": piece.withdrawn}


def _json(told: Mapping[str, Any]) -> bytes:
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


ADAPTER = Adapter(name="folder", summary="通用：每篇一个 JSON、一个 HTML，附目录、RSS", lay=lay)
