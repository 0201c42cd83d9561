"""One file as text with places: bytes decoded, line ends made one kind, every offset known as line and column.

Knows nothing of front matter or Markdown.
"""

from __future__ import annotations

import bisect
import codecs
import re
from dataclasses import dataclass

from guodong_site import faults
from guodong_site.diagnostics import Diagnostic, Span

LIMIT = 8 * 1024 * 1024
"""Bytes; a larger file is not a bulletin (an issue of text is under 100 KB)."""

_SOFT_BREAKS = {0x0B: " ", 0x0C: " ", 0x2028: " ", 0x2029: " "}  # what Word leaves of its manual line and page breaks
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """The text of one file (line ends are line feeds, no BOM) under the path an editor knows it by."""

    path: str
    text: str
    starts: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Remember where each line begins."""
        starts = (0, *(m.end() for m in re.finditer("\n", self.text)))
        object.__setattr__(self, "starts", starts)

    def line(self, number: int) -> str:
        """Line `number` (from 1) without its line end; empty beyond the last."""
        if not 1 <= number <= len(self.starts):
            return ""
        end = self.starts[number] - 1 if number < len(self.starts) else len(self.text)
        return self.text[self.starts[number - 1] : end]

    def span(self, start: int, end: int | None = None) -> Span:
        """The place of `text[start:end]`; a span over several lines is shown on its first."""
        line = bisect.bisect_right(self.starts, min(start, len(self.text)))
        begin = self.starts[line - 1]
        stop = min(end if end is not None else start + 1, begin + len(self.line(line)))
        return self.at(line, start - begin + 1, max(stop - begin, start - begin + 1))

    def at(self, line: int, column: int, end_column: int = 0) -> Span:
        """The place at `line` and `column` (from 1) up to and including `end_column`, both counted in characters."""
        before = (self.line(line - 1),) if line > 1 else ()
        return Span(
            path=self.path,
            line=line,
            column=max(column, 1),
            end_column=max(end_column, column),
            excerpt=(*before, self.line(line)),
        )

    def whole(self) -> Span:
        """The file as such."""
        return Span(path=self.path)


def decode(path: str, data: bytes) -> tuple[SourceText | None, list[Diagnostic]]:
    """The text of a file, and what is wrong with its bytes.  UTF-8 is expected, GB18030 is read and said."""
    here = Span(path=path)
    if not data.strip():
        return None, [faults.EMPTY_FILE.at(here, "文件是空的，没有任何内容", "从 Word 复制正文进来，或删掉这个文件")]
    if len(data) > LIMIT:
        size = f"{len(data) / 1024 / 1024:.0f} MB"
        return None, [faults.HUGE_FILE.at(here, f"文件有 {size}，太大了，没有读取", "把图片移到与本期同名的文件夹里")]
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        hint = "用记事本打开，“另存为”时编码选 UTF-8"
        return None, [faults.UNDECODABLE_FILE.at(here, "文件是 UTF-16（记事本的“Unicode”）编码", hint)]
    if b"\0" in data:
        hint = "确认它真是 Markdown 文本；Word 文件请先另存为纯文本（UTF-8）"
        return None, [faults.UNDECODABLE_FILE.at(here, "文件里是二进制内容，不是文本", hint)]
    found: list[Diagnostic] = []
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            line = data.count(b"\n", 0, fault.start) + 1
            message = f"第 {line} 行里有既不是 UTF-8 也不是 GB18030 的字节"
            hint = "文件可能损坏了，或拼接了两种编码；请重新从原稿复制"
            return None, [faults.UNDECODABLE_FILE.at(Span(path=path, line=line), message, hint)]
        hint = "内容已正确读出；请用记事本“另存为”，编码选 UTF-8"
        found.append(faults.LEGACY_ENCODING.at(here, "文件是 GB18030（GBK）编码，不是 UTF-8", hint))
    if not text.strip("\ufeff \t\r\n"):
        return None, [faults.EMPTY_FILE.at(here, "文件是空的，没有任何内容", "从 Word 复制正文进来，或删掉这个文件")]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    source = SourceText(path=path, text=text.translate(_SOFT_BREAKS))
    for match in _CONTROLS.finditer(source.text):
        message = f"有看不见的控制符（U+{ord(match[0]):04X}）"
        found.append(faults.CONTROL_CHARACTER.at(source.span(match.start()), message, "删去这一处，重新输入"))
    return source, found


def respelled(data: bytes, text: str) -> bytes:
    """A changed text as the bytes of its file: in the encoding, with the BOM and the line ends the file had."""
    bom = data.startswith(codecs.BOM_UTF8)
    try:
        data.decode("utf-8-sig")
        encoding = "utf-8"
    except UnicodeDecodeError:
        encoding = "gb18030"
    if b"\r\n" in data:
        text = text.replace("\n", "\r\n")
    return (codecs.BOM_UTF8 if bom else b"") + text.encode(encoding)
