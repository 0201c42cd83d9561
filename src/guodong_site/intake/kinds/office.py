"""Older and other documents (.doc, .wps, .rtf, .odt): LibreOffice, where it is installed, makes a .docx of them."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from guodong_site import faults
from guodong_site.intake.paragraphs import Kind, RefusedError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_WRITTEN = tuple(name.encode("utf-16-le") for name in ("WordDocument", "CONTENTS", "MatOST"))
"""Streams an OLE file of Word (WPS, too) or Works has one of.  LibreOffice takes what it does not know for plain text."""
_AGED = (b"\xdb\xa5", b"\x9b\xa5", b"\x31\xbe")
"""Word 2, Word 1, Word for DOS: no OLE files yet."""
_PATIENCE = 180
"""Seconds: a large document takes some; a program that hangs is ended."""
_SAVE = "在 WPS 或 Word 中打开，另存为 .docx，再导入"


def takes(data: bytes, name: str) -> bool:
    """OLE files (Word 97 to 2003, WPS, and whatever is encrypted), RTF, OpenDocument."""
    odt = data.startswith(b"PK") and b"mimetypeapplication/vnd.oasis" in data[:200]
    return data.startswith((_OLE, b"{\\rtf")) or odt or (name.lower().endswith((".doc", ".wps")) and b"\0" in data[:512])


def _is_document(data: bytes) -> bool:
    if data.startswith(_OLE):
        return any(stream in data for stream in _WRITTEN)
    return data.startswith((b"{\\rtf", b"PK", *_AGED))


def read(data: bytes, name: str) -> bytes:
    """The document as .docx.  Raises RefusedError, with the rule of a missing program where LibreOffice is not there."""
    if _LOCKED in data:
        raise RefusedError(faults.UNREADABLE_SOURCE, "文档加了打开密码", "请发稿人取消密码，另存后再导入")
    if name.lower().endswith((".xls", ".et", ".ppt", ".dps")):
        raise RefusedError(faults.UNREADABLE_SOURCE, "这不是文字文档", "把内容复制到 Word 里，另存为 .docx")
    if not _is_document(data):
        raise RefusedError(faults.UNREADABLE_SOURCE, "这不是 Word 或 WPS 的文字文档，或已损坏", _SAVE)
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise RefusedError(
            faults.NO_OFFICE, "这是旧格式的文档，这台电脑没有 LibreOffice，不能转换", "请在 WPS 中另存为 .docx，再导入"
        )
    with tempfile.TemporaryDirectory(prefix="guodong-") as place:
        source = Path(place, "source.doc")
        source.write_bytes(data)
        profile = Path(place, "profile").as_uri()  # of its own: an office that is open would take the order and not obey
        command = [
            office,
            "--headless",
            f"-env:UserInstallation={profile}",
            "--convert-to",
            "docx",
            "--outdir",
            place,
            str(source),
        ]
        try:
            subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False)
        except (OSError, subprocess.TimeoutExpired):
            raise RefusedError(faults.NO_OFFICE, "LibreOffice 没有转换成功", _SAVE) from None
        made = Path(place, "source.docx")
        if not made.is_file():
            raise RefusedError(faults.UNREADABLE_SOURCE, "LibreOffice 打不开这个文档，可能已损坏", _SAVE)
        return made.read_bytes()


KIND = Kind(name="office", order=0, takes=takes, read=read, via="LibreOffice")
