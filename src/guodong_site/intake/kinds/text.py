"""Plain text in any Chinese encoding: by its mark, else UTF-8 strictly, else UTF-16 by its zeros, else GB18030 strictly."""

from __future__ import annotations

import codecs
import re

from guodong_site import faults
from guodong_site.intake.paragraphs import Doubt, KeptOut, Kind, Paragraph, Reading, RefusedError, bare

_MARKED = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8（带 BOM）"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
    (b"\x84\x31\x95\x33", "gb18030", "GB18030（带 BOM）"),
)
_SURE = 12
"""Bytes beyond ASCII of a line that are UTF-8 by more than chance: four 汉字."""
LIMIT = 8 * 1024 * 1024
_OTHERS = (
    (b"%PDF", "PDF", "向作者要 Word 原稿；只有 PDF 的，把文字复制到记事本里另存"),
    (b"\xff\xd8\xff", "图片", "图片里的文字不能导入；向作者要 Word 原稿"),
    (b"\x89PNG", "图片", "图片里的文字不能导入；向作者要 Word 原稿"),
    (b"Rar!", "压缩包", "解开压缩包，选里面的文档"),
    (b"7z\xbc\xaf", "压缩包", "解开压缩包，选里面的文档"),
)


def takes(_: bytes, __: str) -> bool:
    """Whatever no other kind took."""
    return True


def read(data: bytes, _: str) -> Reading:
    """The text, line by line.  Raises RefusedError."""
    for magic, name, cure in _OTHERS:
        if data.startswith(magic):
            raise RefusedError(faults.UNREADABLE_SOURCE, f"这是{name}，不是文字文档", cure)
    if len(data) > LIMIT:
        message = f"文字有 {len(data) / 1024 / 1024:.0f} MB，太大了，不像一期简报"
        raise RefusedError(faults.UNREADABLE_SOURCE, message, "只留这一期的文字")
    text, how = decoded(data)
    pieces, gap = list[Paragraph](), False
    signs = "".join(re.findall(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text))
    for number, line in enumerate(re.split(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]", text), 1):
        if bare(line):
            pieces.append(Paragraph(text=line, place=number, gap=gap))
        gap = not bare(line)
    if not pieces:
        raise RefusedError(faults.UNREADABLE_SOURCE, "文件里没有文字", "打开原稿看看，是不是存错了文件")
    kept = (KeptOut(what="看不见的控制符", text=signs),) if signs else ()
    return Reading(pieces=tuple(pieces), how=f"{how} 文本", unit="行", doubts=tuple(_strange(text, how)), kept=kept)


def decoded(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding.  Raises RefusedError, which names the line where there is one."""
    for mark, codec, name in _MARKED:
        if data.startswith(mark):
            try:
                return data.decode(codec).removeprefix("\ufeff"), name
            except UnicodeDecodeError as fault:
                raise _mess(data, fault.start, f"不是 {name}") from None
    if b"\0" in data:
        return _wide(data), "UTF-16"
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError as fault:
        mixed = _mixed(data)
        if mixed:
            message = f"第 {mixed} 行是 UTF-8 编码，别的行不是：文件由两种编码的文字拼成"
            hint = f"用记事本打开，把第 {mixed} 行起变成乱码的地方重新从原稿复制，另存为 UTF-8"
            raise RefusedError(faults.UNREADABLE_SOURCE, message, hint, mixed) from None
        try:
            return data.decode("gb18030"), "GB18030（GBK）"
        except UnicodeDecodeError as second:
            raise _mess(data, max(fault.start, second.start), "既不是 UTF-8 也不是 GB18030") from None


def _mess(data: bytes, at: int, what: str) -> RefusedError:
    line = data.count(b"\n", 0, at) + 1
    message = f"第 {line} 行里的字节{what}：文件损坏，或由两种编码拼成"
    return RefusedError(faults.UNREADABLE_SOURCE, message, "从原稿重新复制，用记事本另存为 UTF-8", line)


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: in the order of bytes that gives more Chinese."""
    texts = [data.decode(order, "replace") for order in ("utf-16-le", "utf-16-be")]
    text = max(texts, key=lambda one: len(re.findall(r"[\u4e00-\u9fff\u3000-\u3020\uff00-\uff5e\n]", one)))
    if "\0" in text or "\ufffd" in text or not re.search(r"[\u4e00-\u9fff]", text):
        message = "里面是二进制内容，不是文字"
        raise RefusedError(faults.UNREADABLE_SOURCE, message, "在 WPS 中打开原稿，另存为 .docx 后再导入")
    return text


def _mixed(data: bytes) -> int:
    """The first line that is surely UTF-8 where others are not; 0 where there is none."""
    for number, line in enumerate(data.split(b"\n"), 1):
        if sum(byte > 127 for byte in line) >= _SURE:
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                continue
            return number
    return 0


def _strange(text: str, how: str) -> list[Doubt]:
    """What makes one doubt that the text was read right."""
    found = []
    characters = re.findall(r"[\u4e00-\u9fff]", text)
    common = 0
    for char in characters[:5000]:
        code = char.encode("gb2312", "ignore")
        common += bool(code) and code[0] < 0xD8  # level 1: what Chinese is mostly written with
    if how.startswith("GB") and len(characters) > 20 and common < 0.8 * min(len(characters), 5000):
        look = "看报告里的原文是不是乱码；是的话，原稿可能是繁体的 Big5 编码"
        found.append(Doubt(place=1, said=f"按 {how} 读出的字多是生僻字", look=look))
    for what, signs in (("造字（PUA）", r"[\ue000-\uf8ff]"), ("变成了 � 的字", "\ufffd")):
        match = re.search(signs, text)
        if match:
            line = text.count("\n", 0, match.start()) + 1
            count = len(re.findall(signs, text))
            found.append(Doubt(place=line, said=f"有 {count} 个{what}", look="对照原稿，换成正确的字"))
    return found


KIND = Kind(name="text", order=9, takes=takes, read=read)
