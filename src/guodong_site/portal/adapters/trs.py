"""One XML file for a batch import in the manner of TRS WCM, with the files beside it.

The names of the elements are those of the product's table of documents (WCMDOCUMENT); each portal maps them at its own import.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from guodong_site.cells import legal
from guodong_site.portal.parcel import Adapter, Parcel, Piece

FILE = "documents.xml"


def lay(parcel: Parcel) -> Mapping[str, bytes]:
    """The batch and the files its documents name."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<WCMDOCUMENTS>"]
    for piece in parcel.sent:
        lines += _document(piece) if piece.live else _removal(piece)
    made = {FILE: legal("\n".join((*lines, "</WCMDOCUMENTS>")) + "\n").encode()}
    return made | {one.path: one.make() for piece in parcel.sent for one in piece.enclosures}


def _document(piece: Piece) -> Iterator[str]:
    told = piece.record
    yield f'<WCMDOCUMENT operation="{piece.op}">'
    yield _field("DOCOUTUPID", piece.id)
    yield _field("CHANNELNAME", told["section"]["name"])
    yield _field("DOCTITLE", told["title"])
    yield _field("DOCABSTRACT", told["excerpt"])
    yield _field("DOCKEYWORDS", ";".join(told["keywords"]))
    yield _field("DOCSOURCENAME", told["source"])
    yield _field("DOCAUTHOR", told["author"])
    yield _field("DOCRELTIME", _moment(told["published"]))
    yield _field("DOCCREATED", told["created"])
    yield _field("DOCPUBURL", told["url"])
    yield _field("PUBLISHER", told["issuer"])
    yield _field("IDXID", told["index_no"])
    yield _field("FILENUM", told["doc_no"])
    yield _field("DOCTYPE", "20")  # a document of HTML
    yield _field("DOCHTMLCON", told["body_html"].replace("../../attachments/", "attachments/"))
    yield _field("DOCCONTENT", told["body_text"])
    for one in told["attachments"]:
        yield f'<APPENDIX file="{escape(one["path"])}" name="{escape(one["name"])}" sha256="{one["sha256"]}"/>'
    yield "</WCMDOCUMENT>"


def _removal(piece: Piece) -> Iterator[str]:
    """A document that is to be taken down: its id and why."""
    why = piece.withdrawn or {}
    yield '<WCMDOCUMENT operation="withdraw">'
    yield _field("DOCOUTUPID", piece.id)
    yield _field("DOCPUBURL", piece.url)
    yield _field("WITHDRAWNDATE", why.get("date"))
    yield _field("WITHDRAWNREASON", why.get("reason"))
    yield _field("MOVEDTO", why.get("moved_to"))
    yield "</WCMDOCUMENT>"


def _field(name: str, text: str | None) -> str:
    """An element; HTML stands in it escaped, which needs no CDATA and no care for its end.  Of what nobody knows there is none."""
    return f"<{name}>{escape(text, quote=False)}</{name}>" if text else f"<{name}/>"


def _moment(published: str | None) -> str | None:
    return f"{published[:10]} {published[11:19]}" if published else None


ADAPTER = Adapter(name="trs", summary="TRS 一类内容管理系统：一个 XML 批量导入文件", lay=lay)
