"""Word and WPS documents (.docx, common and strict), with the standard library alone: nothing published by accident."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from guodong_site import faults
from guodong_site.intake.counting import Counting, W
from guodong_site.intake.package import PICTURE_LIMIT, Link, Package
from guodong_site.intake.paragraphs import Doubt, KeptOut, Kind, Note, Picture, Reading, RefusedError, bare
from guodong_site.intake.styles import Styles
from guodong_site.intake.word import R, Walker
from guodong_site.picture_files import BrokenPictureError, taken_apart

_ASIDE = {"header": "页眉", "footer": "页脚", "comments": "批注"}


def takes(data: bytes, name: str) -> bool:
    """A zip that is no document of another kind."""
    return (
        data.startswith(b"PK") and not data[:200].partition(b"mimetype")[2].startswith(b"application/vnd.oasis") and bool(name)
    )


def read(data: bytes, _: str) -> Reading:
    """The document.  Raises RefusedError."""
    package = Package(data)
    if package.locked:
        raise RefusedError(faults.UNREADABLE_SOURCE, "压缩包加了密码", "请发稿人取消密码，另存后再导入")
    main = package.document()
    links = package.links(main)
    found = _parts(package, links)

    def part(kind: str) -> ET.Element | None:
        return package.xml(found[kind][0]) if kind in found else None

    def picture(link_id: str, place: int, said: str) -> Picture | Doubt:
        link = links.get(link_id)
        if link is None or link.outside or not package.has(link.target):
            return Doubt(place=place, said="这里的图片不在文件里（只是链接）", look="向作者要图片，放进本期文件夹")
        image = package.read(link.target, PICTURE_LIMIT)
        try:
            portrait, clean = taken_apart(image)
        except BrokenPictureError:
            kind = posixpath.splitext(link.target)[1].lstrip(".").upper() or "不认识的"
            said = f"这里的图片（{kind} 格式）网页不能显示，没有导入"
            return Doubt(place=place, said=said, look="在 Word 里把它另存为 JPEG 或 PNG，放进本期文件夹")
        return Picture(data=clean, kind=portrait.kind, place=place, said=said)

    walker = Walker(Styles(part("styles")), Counting(part("numbering")), picture)
    body = package.xml(main).find(f"{W}body")
    if body is None:
        raise RefusedError(faults.UNREADABLE_SOURCE, "文档里没有正文", "在 Word 或 WPS 中打开看看，另存后再导入")
    try:
        walker.blocks(body)
    except RecursionError:
        message = "文档套得太深，读不出来，可能是恶意文件"
        raise RefusedError(faults.UNREADABLE_SOURCE, message, "在 Word 或 WPS 中打开原稿，另存后再导入") from None
    linked = sum(1 for one in body.iter(f"{W}hyperlink") if one.get(f"{R}id"))
    if linked:
        look = "要留链接的，在草稿里写成 [文字](网址)"
        walker.doubts.append(Doubt(place=0, said=f"有 {linked} 处超链接，只留下了文字", look=look))
    pieces = tuple(walker.pieces)
    remarks = _notes(walker, {kind: part(f"{kind}s") for kind in ("footnote", "endnote")})
    return Reading(
        pieces=pieces,
        how="Word 文档（.docx）",
        unit="段",
        notes=remarks,
        kept=(*walker.kept, *_beside(package, found)),
        doubts=tuple(walker.doubts),
        unsettled=tuple(walker.unsettled),
    )


def _parts(package: Package, links: dict[str, Link]) -> dict[str, list[str]]:
    """The names of the parts beside the main one, by kind."""
    found: dict[str, list[str]] = {}
    for link in links.values():
        if not link.outside and package.has(link.target):
            found.setdefault(link.kind, []).append(link.target)
    return found


def _beside(package: Package, found: dict[str, list[str]]) -> Iterator[KeptOut]:
    """What stands in parts of its own."""
    for kind, what in _ASIDE.items():
        for name in found.get(kind, ()):
            text = "".join(package.xml(name).itertext())
            if bare(text):
                yield KeptOut(what=what, text=text)


def _notes(walker: Walker, parts: dict[str, ET.Element | None]) -> tuple[Note, ...]:
    """The footnotes and endnotes in the order of their marks; those nobody refers to are kept out."""
    texts: dict[tuple[str, str], str] = {}
    for kind, root in parts.items():
        for one in root.findall(f"{W}{kind}") if root is not None else ():
            walker.pieces = []
            walker.blocks(one)
            text = "".join(piece.text for piece in walker.pieces if not isinstance(piece, Picture))
            if bare(text):
                texts[kind, one.get(f"{W}id", "")] = text
    found = tuple(Note(mark=mark, text=texts.pop((kind, note), "")) for kind, note, mark in tuple(walker.marks))
    walker.kept += [KeptOut(what="没有引用的脚注", text=text) for text in texts.values()]
    return found


KIND = Kind(name="docx", order=1, takes=takes, read=read)
