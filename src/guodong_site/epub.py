"""An EPUB 3 as a file: pages, contents and pictures → a zip.  Knows nothing of issues.

Nothing in it is compressed: what deflate gives is another thing with every zlib, and a book is the same bytes on every machine.
It asks no clock: the zip's own times are the first that a zip can say.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

TYPE = "application/epub+zip"

_TYPES = {
    "css": "text/css",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "xhtml": "application/xhtml+xml",
}
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACES = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 does not know."""
_STYLE = "book.css"
_CONTENTS = "contents"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the contents: text, where it leads, and the lines below it."""

    text: str
    href: str
    below: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A page of the book: its file's name without ending, its title, and its body as XHTML."""

    name: str
    title: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """A book before it is packed.  `leaves` come in reading order, the contents behind the first; `pictures` by file name.

    `same` is what makes it this book and no other, however often it is made; `modified` is RFC 3339 in UTC.  It is `still` where
    no picture moves.
    """

    title: str
    issuer: str
    description: str
    same: str
    date: str
    modified: str
    source: str
    leaves: tuple[Leaf, ...]
    contents: tuple[Line, ...]
    pictures: dict[str, bytes]
    still: bool = True


def packed(volume: Volume) -> bytes:
    """The book's file."""
    files = {
        "META-INF/container.xml": f'{_XML}<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
        f'<rootfiles><rootfile full-path="book/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>\n',
        "book/book.opf": _package(volume),
        f"book/{_STYLE}": Path(__file__).with_name(_STYLE).read_text(encoding="utf-8"),
    }
    files |= {f"book/{leaf.name}.xhtml": _page(leaf) for leaf in _ordered(volume)}
    data = {"mimetype": TYPE.encode()}  # first of all: by it the file is known
    data |= {name: _UNFIT.sub("\ufffd", written).encode() for name, written in files.items()}
    data |= {f"book/{name}": volume.pictures[name] for name in sorted(volume.pictures)}
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, content in data.items():
            entry = zipfile.ZipInfo(name)
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # else it would say on which system it was made
            archive.writestr(entry, content)
    return whole.getvalue()


def _ordered(volume: Volume) -> tuple[Leaf, ...]:
    first, *others = volume.leaves
    lines = "".join(map(_line, volume.contents))
    body = f'<nav epub:type="toc" role="doc-toc" aria-labelledby="t"><h1 id="t">目录</h1><ol>{lines}</ol></nav>'
    return (first, Leaf(name=_CONTENTS, title="目录", body=body), *others)


def _line(line: Line) -> str:
    below = f"<ol>{''.join(map(_line, line.below))}</ol>" if line.below else ""
    return f'<li><a href="{line.href}">{escape(line.text)}</a>{below}</li>\n'


def _page(leaf: Leaf) -> str:
    return (
        f'{_XML}<!DOCTYPE html>\n<html {_SPACES} lang="zh-CN" xml:lang="zh-CN">\n<head><title>{escape(leaf.title)}</title>'
        f'<link rel="stylesheet" type="text/css" href="{_STYLE}"/></head>\n<body>\n{leaf.body}\n</body>\n</html>\n'
    )


def _package(volume: Volume) -> str:
    leaves = _ordered(volume)
    items = [(leaf.name, f"{leaf.name}.xhtml", ' properties="nav"' if leaf.name == _CONTENTS else "") for leaf in leaves]
    items += [("style", _STYLE, "")]
    items += [(f"p{number}", name, "") for number, name in enumerate(sorted(volume.pictures), 1)]
    listed = "".join(
        f'<item id="{name}" href="{href}" media-type="{_TYPES[href.rpartition(".")[2].lower()]}"{more}/>\n'
        for name, href, more in items
    )
    spine = "".join(f'<itemref idref="{leaf.name}"/>' for leaf in leaves)
    return (
        f'{_XML}<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="zh-CN" dir="ltr">\n'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n{"".join(_metadata(volume))}</metadata>\n'
        f"<manifest>\n{listed}</manifest>\n<spine>{spine}</spine>\n</package>\n"
    )


def _metadata(volume: Volume) -> Iterator[str]:
    yield f'<dc:identifier id="id">urn:uuid:{_uuid(volume.same)}</dc:identifier>\n'
    yield f"<dc:title>{escape(volume.title)}</dc:title>\n<dc:language>zh-CN</dc:language>\n"
    yield f"<dc:creator>{escape(volume.issuer)}</dc:creator>\n<dc:publisher>{escape(volume.issuer)}</dc:publisher>\n"
    yield f"<dc:description>{escape(volume.description)}</dc:description>\n<dc:source>{escape(volume.source)}</dc:source>\n"
    yield f'<dc:date>{volume.date}</dc:date>\n<meta property="dcterms:modified">{volume.modified}</meta>\n'
    drawn = bool(volume.pictures)
    facts = [("accessMode", "textual"), *([("accessMode", "visual")] if drawn else []), ("accessModeSufficient", "textual")]
    features = ("tableOfContents", "readingOrder", "structuralNavigation", "displayTransformability")
    facts += [("accessibilityFeature", feature) for feature in (*features, *(("alternativeText",) if drawn else ()))]
    facts.append(("accessibilityHazard", "none" if volume.still else "unknown"))
    facts.append(("accessibilitySummary", "全文为文字，有目录、各级标题" + ("，图片都有文字说明。" if drawn else "。")))
    for name, value in facts:
        yield f'<meta property="schema:{name}">{value}</meta>\n'


def _uuid(same: str) -> str:
    """A name that nobody else gives: a UUID of our own making (RFC 9562, version 8), of what makes the book this one."""
    digest = bytearray(hashlib.sha256(same.encode()).digest()[:16])
    digest[6], digest[8] = digest[6] & 0x0F | 0x80, digest[8] & 0x3F | 0x80
    name = digest.hex()
    return "-".join((name[:8], name[8:12], name[12:16], name[16:20], name[20:]))
