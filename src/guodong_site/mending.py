"""`check --fix`: files whose mechanical slips are repaired: bytes that are not UTF-8, a BOM, marks and blanks of the body.

Front matter stays as it is to the letter.  A file is written whole: beside it first, then in its place.
"""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from guodong_site.load import IssueFile, content
from guodong_site.prose_marks import mended

_FRONT = re.compile(r"\s*---[ \t]*\n.*?\n---[ \t]*\n", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """A file that can be repaired: its text as it is and as it would be."""

    path: Path
    name: str
    before: str
    after: str
    recoded: bool
    """Whether the bytes change even where the text does not: another encoding, no BOM."""


def repairs(files: Iterable[IssueFile]) -> Iterator[Mended]:
    """What could be repaired; a file that cannot be read is passed over: `check` says why."""
    for file in files:
        data = content(file)
        text = _decoded(data) if isinstance(data, bytes) else None
        if text is None or not isinstance(data, bytes):
            continue
        after = repaired(text)
        recoded = text.encode("utf-8", "surrogatepass") != data
        if after != text or recoded:
            yield Mended(path=file.path, name=file.name, before=text, after=after, recoded=recoded)


def repaired(text: str) -> str:
    """The text of an issue file with its body repaired; without two marks there is no telling what is body."""
    plain = text.replace("\r\n", "\n")
    front = _FRONT.match(plain)
    if front is None or "\r" in plain:
        return text
    body = mended(plain[front.end() :])
    after = plain[: front.end()] + body
    return after.replace("\n", "\r\n") if "\r\n" in text else after


def put(one: Mended) -> None:
    """Writes the repaired file in the place of the old one, with its permissions.  Raises OSError."""
    beside = one.path.with_name(f".{one.path.name}.new")
    try:
        with beside.open("wb") as opened:
            opened.write(one.after.encode())
            opened.flush()
            os.fsync(opened.fileno())
        beside.chmod(one.path.stat().st_mode & 0o777)
        beside.replace(one.path.resolve() if one.path.is_symlink() else one.path)
    finally:
        beside.unlink(missing_ok=True)


def _decoded(data: bytes) -> str | None:
    """The text, if it is one and its bytes can be told from it again."""
    if b"\0" in data or data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or not data.strip():
        return None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text if text.encode(encoding).removeprefix(codecs.BOM_UTF8) == data.removeprefix(codecs.BOM_UTF8) else None
    return None
