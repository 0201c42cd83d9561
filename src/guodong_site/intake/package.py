"""The zip a .docx is, opened with care: no path out of it, nothing unpacked without limit, no DTD, no entity.

Sources: ECMA-376 part 2 (Open Packaging Conventions); part 1 §17 and ISO/IEC 29500 strict, whose names are read as the common ones.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from guodong_site import faults
from guodong_site.intake.paragraphs import RefusedError

PICTURE_LIMIT = 30 * 1024 * 1024
"""Bytes of one picture: what a page takes (K006)."""
_PART_LIMIT = 64 * 1024 * 1024
_WHOLE_LIMIT = 256 * 1024 * 1024
_NAMES_LIMIT = 5000
_STRICT = "http://purl.oclc.org/ooxml/"
_COMMON = {
    "wordprocessingml/main": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "officeDocument/relationships": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "officeDocument/math": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "drawingml/main": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "drawingml/wordprocessingDrawing": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
}
_AGAIN = "在 Word 或 WPS 中打开原稿，另存为新的 .docx 后再导入"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A relationship: its kind (the last word of its type), and the part it leads to; `outside` for what is not in the file."""

    kind: str
    target: str
    outside: bool = False


class _Builder(ET.TreeBuilder):
    """A tree with the common names of strict documents; a document type is refused before any of it is read."""

    def start(self, tag: str, attrs: dict[str, str]) -> ET.Element:
        if _STRICT in tag or any(_STRICT in name for name in attrs):
            tag, attrs = _common(tag), {_common(name): value for name, value in attrs.items()}
        return super().start(tag, attrs)

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:  # noqa: ARG002  # the library's shape
        """What no office program writes: it could make gigabytes out of a line, or fetch files of this computer."""
        raise RefusedError(faults.UNREADABLE_SOURCE, "文件里夹带了外部实体声明（DTD），可能是恶意文件", _AGAIN)


def _common(name: str) -> str:
    space, brace, local = name.partition("}")
    return "{" + _COMMON.get(space.removeprefix("{" + _STRICT), space[1:]) + brace + local if brace else name


class Package:
    """An opened .docx: its parts by name."""

    def __init__(self, data: bytes) -> None:
        """Raises RefusedError for what is no zip, or one that must not be unpacked."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, EOFError, OSError, NotImplementedError, UnicodeDecodeError):
            message = "文件不完整或已损坏：像 .docx，但打不开（可能没有传完）"
            raise RefusedError(faults.UNREADABLE_SOURCE, message, "从发稿人那里重新要一份，或在 WPS 中打开另存") from None
        for name in (one.filename for one in members):
            if name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or re.match(r"[A-Za-z]:", name):
                raise RefusedError(faults.UNREADABLE_SOURCE, f"压缩包里有指向外面的路径“{name[:60]}”，可能是恶意文件", _AGAIN)
        whole = sum(one.file_size for one in members)
        if whole > _WHOLE_LIMIT or len(members) > _NAMES_LIMIT:
            message = f"解压后有 {whole / 1024 / 1024:.0f} MB、{len(members)} 个文件，太大了，没有读取"
            raise RefusedError(faults.UNREADABLE_SOURCE, message, "压缩文档里的图片（Word：图片格式 → 压缩图片）后再导入")
        self.sizes = {one.filename: one.file_size for one in members}
        self.locked = any(one.flag_bits & 1 for one in members)

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return name in self.sizes

    def read(self, name: str, limit: int = _PART_LIMIT) -> bytes:
        """The bytes of a part.  Raises RefusedError where it is too large or broken."""
        if self.sizes[name] > limit:
            what = "图片" if limit == PICTURE_LIMIT else "其中的"
            message = f"{what} {posixpath.basename(name)} 有 {self.sizes[name] / 1024 / 1024:.0f} MB，太大了"
            hint = f"在 Word 或 WPS 里压缩图片，每张不超过 {PICTURE_LIMIT // 1024 // 1024} MB，再导入"
            raise RefusedError(faults.UNREADABLE_SOURCE, message, hint)
        try:
            with self._zip.open(name) as part:  # what the list of contents says of its size need not be true
                data = part.read(limit + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError):
            message = f"文件损坏：其中的 {posixpath.basename(name)} 解不开"
            raise RefusedError(faults.UNREADABLE_SOURCE, message, "从发稿人那里重新要一份，或在 WPS 中打开另存") from None
        if len(data) > limit:
            raise RefusedError(faults.UNREADABLE_SOURCE, f"其中的 {posixpath.basename(name)} 解压后太大", _AGAIN)
        return data

    def xml(self, name: str) -> ET.Element:
        """A part as a tree.  Raises RefusedError."""
        data = self.read(name)
        parser = ET.XMLParser(target=_Builder())  # noqa: S314  # its document type is refused, its size is known
        try:
            parser.feed(data)
            tree: ET.Element = parser.close()
        except (ET.ParseError, LookupError, ValueError):
            message = f"文件损坏：其中的 {posixpath.basename(name)} 不完整"
            raise RefusedError(faults.UNREADABLE_SOURCE, message, "从发稿人那里重新要一份，或在 WPS 中打开另存") from None
        return tree

    def links(self, part: str) -> dict[str, Link]:
        """What a part refers to, by id; the package itself where `part` is empty."""
        folder, base = posixpath.split(part)
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        if not self.has(name):
            return {}
        found = {}
        for one in self.xml(name):
            target, outside = one.get("Target", ""), one.get("TargetMode") == "External"
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[one.get("Id", "")] = Link(kind=one.get("Type", "").rpartition("/")[2], target=target, outside=outside)
        return found

    def document(self) -> str:
        """The name of the main part.  Raises RefusedError where this is no Word document."""
        main = next((link.target for link in self.links("").values() if link.kind == "officeDocument"), "word/document.xml")
        others = {"xl": "Excel 表格", "ppt": "PowerPoint 演示文稿"}
        other = next((name for folder, name in others.items() if main.startswith(f"{folder}/")), None)
        if other or not self.has(main):
            message = f"这是 {other}，不是 Word 文档" if other else "这是压缩包，里面没有 Word 文档的内容"
            raise RefusedError(faults.UNREADABLE_SOURCE, message, "解开压缩包，选里面的 .docx；或把内容复制到 Word 里另存")
        return main
