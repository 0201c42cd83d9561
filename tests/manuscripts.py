"""Manuscripts made for tests: .docx files of hand-written XML in a zip, and bulletins as plain text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
V = "urn:schemas-microsoft-com:vml"
_SPACES = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:a="{A}" xmlns:wp="{WP}" xmlns:wps="{WPS}" xmlns:mc="{MC}" xmlns:v="{V}"'
_TYPES = """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"


def t(text: str) -> str:
    """A run's text."""
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def run(text: str, *, size: int = 0, bold: bool = False, font: str = "", hidden: bool = False) -> str:
    """A run; size in half points, as Word writes it."""
    look = (f'<w:rFonts w:eastAsia="{font}"/>' if font else "") + ("<w:b/>" if bold else "") + ("<w:vanish/>" if hidden else "")
    look += f'<w:sz w:val="{size}"/>' if size else ""
    return f"<w:r><w:rPr>{look}</w:rPr>{t(text)}</w:r>"


def p(*inside: str, centred: bool = False, style: str = "", numbered: str = "", mark: str = "") -> str:
    """A paragraph of runs; a plain text is one."""
    look = (f'<w:pStyle w:val="{style}"/>' if style else "") + (
        f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{numbered}"/></w:numPr>' if numbered else ""
    )
    look += ('<w:jc w:val="center"/>' if centred else "") + mark
    return f"<w:p><w:pPr>{look}</w:pPr>" + "".join(one if one.startswith("<") else run(one) for one in inside) + "</w:p>"


def title(text: str) -> str:
    """As an office sets one: centred, 二号, 小标宋."""
    return p(run(text, size=44, font="方正小标宋简体"), centred=True)


def table(*rows: tuple[str, ...]) -> str:
    """Rows of cells of one paragraph each."""
    return (
        "<w:tbl>"
        + "".join("<w:tr>" + "".join(f"<w:tc><w:tcPr/>{p(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in rows)
        + "</w:tbl>"
    )


def drawing(link: str, said: str = "") -> str:
    """A picture by the id of its relationship."""
    return f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="图片 1" descr="{said}"/><a:graphic><a:graphicData><a:blip r:embed="{link}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'


def root(name: str, inside: str) -> str:
    """A part of WordprocessingML."""
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{name} {_SPACES}>{inside}</w:{name}>'


def zipped(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these files."""
    page = io.BytesIO()
    with zipfile.ZipFile(page, "w", method) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return page.getvalue()


def docx(*blocks: str, parts: Mapping[str, str | bytes] | None = None, strict: bool = False) -> bytes:
    """A .docx of these blocks; `parts` are further files by name under word/, tied in by their names."""
    kinds = {"footnotes": "footnotes", "header1": "header", "footer1": "footer", "comments": "comments"}
    kinds |= {"styles": "styles", "numbering": "numbering"}
    links, files = "", {}
    for number, (name, data) in enumerate((parts or {}).items(), 1):
        stem = name.rpartition("/")[2].partition(".")[0]
        kind, link = kinds.get(stem, "image"), f"rId{number}"
        links += f'<Relationship Id="{link}" Type="{R}/{kind}" Target="{name}"/>'
        files[f"word/{name}"] = data
    whole: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_RELS}"><Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": root("document", f"<w:body>{''.join(blocks)}<w:sectPr/></w:body>"),
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELS}">{links}</Relationships>',
        **files,
    }
    if strict:
        common = (
            "http://schemas.openxmlformats.org/wordprocessingml/2006/",
            "http://schemas.openxmlformats.org/officeDocument/2006/",
        )
        for name, data in whole.items():
            if isinstance(data, str):
                data = data.replace(common[0], "http://purl.oclc.org/ooxml/wordprocessingml/")
                whole[name] = data.replace(common[1], "http://purl.oclc.org/ooxml/officeDocument/")
    return zipped(whole)
