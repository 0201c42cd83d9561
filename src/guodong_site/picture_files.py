"""JPEG, PNG, WebP and GIF as files: what is in them, and the same without what nobody should learn from them.

Nothing is decoded, only taken apart: EXIF with its GPS, XMP, IPTC, comments, previews and whatever hangs behind the picture are
left out, colour profiles and the picture itself stay as they are.  A bulletin must not publish where and by whom a photograph
was taken (《个人信息保护法》).  Sources: ITU T.81 annex B, EXIF 2.32, PNG 3rd edition, GIF89a, RFC 9649.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable

from guodong_site.plates import Portrait

_NOT_ENTROPY = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
"""What ends the coded data of a JPEG scan: a marker that is no restart."""
_SIZES = frozenset((*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)))
_PNG = b"\x89PNG\r\n\x1a\n"
_KEPT = frozenset(b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT pHYs bKGD cICP acTL fcTL fdAT".split())
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_OTHERS = (
    (b"ftyp", 4, "HEIC（苹果手机照片）或视频"),
    (b"BM", 0, "BMP 位图"),
    (b"II*\0", 0, "TIFF 图像"),
    (b"MM\0*", 0, "TIFF 图像"),
    (b"8BPS", 0, "Photoshop 文档"),
    (b"%PDF", 0, "PDF 文档"),
    (b"PK\x03\x04", 0, "压缩包或 Office 文档"),
    (b"<", 0, "网页或 SVG"),
)

_PART = "只有一部分，后面的内容丢了"
_MESS = "内容乱了，读不下去"
_NOTHING = "里面没有图"
_DAMAGED = "内容损坏（校验不符）"
_SOUND = "其实是声音或视频，不是图片"
_FLAT = "宽或高是 0"


class BrokenPictureError(Exception):
    """The file is no picture, or not whole; says so in Chinese."""


def taken_apart(data: bytes) -> tuple[Portrait, bytes]:
    """What a picture's head says, and the picture without all else.  Raises BrokenPictureError."""
    readers: tuple[tuple[bytes, Callable[[bytes], tuple[Portrait, bytes]]], ...] = (
        (b"\xff\xd8\xff", _jpeg),
        (_PNG, _png),
        (b"GIF8", _gif),
        (b"RIFF", _webp),
    )
    read = next((read for magic, read in readers if data.startswith(magic)), None)
    if read is None:
        raise BrokenPictureError(_what(data))
    try:
        portrait, clean = read(data)
    except IndexError:
        raise BrokenPictureError(_PART) from None
    if not (portrait.width and portrait.height):
        raise BrokenPictureError(_FLAT)
    return portrait, clean


def _what(data: bytes) -> str:
    if not data:
        return "是空的，没有任何内容"
    for magic, at, name in _OTHERS:
        if data[at : at + len(magic)] == magic:
            return f"其实是{name}，不是图片" if "图" not in name and "照片" not in name else f"其实是{name}"
    return "里面不是图片"


def _number(data: bytes, at: int, size: int, order: str = "big") -> int:
    """A whole number in the file.  Raises IndexError beyond its end."""
    if at + size > len(data):
        raise IndexError(at)
    return int.from_bytes(data[at : at + size], "big" if order == "big" else "little")


def _jpeg(data: bytes) -> tuple[Portrait, bytes]:
    kept, at = [data[:2]], 2
    size, turned = (0, 0, 0), 1
    while True:
        if data[at] != 0xFF:
            raise BrokenPictureError(_MESS)
        while data[at + 1] == 0xFF:
            at += 1
        marker = data[at + 1]
        if marker == 0xD9:
            break
        length = _number(data, at + 2, 2) + 2
        segment = data[at : at + length]
        _number(segment, length - 1, 1)
        if marker in _SIZES:
            size = (_number(segment, 7, 2), _number(segment, 5, 2), segment[9])
        if marker == 0xE1 and segment[4:10] == b"Exif\0\0":
            turned = _turned(segment[10:])
        kept.append(_published(marker, segment))
        at += length
        if marker == 0xDA:
            end = _NOT_ENTROPY.search(data, at)
            if end is None:
                raise BrokenPictureError(_PART)
            kept.append(data[at : end.start()])
            at = end.start()
    if turned > 1:
        kept.insert(1, _only_turned(turned))
    width, height, colours = size if turned < 5 else (size[1], size[0], size[2])
    portrait = Portrait(kind="jpeg", width=width, height=height, turned=turned, cmyk=colours == 4)
    return portrait, b"".join(kept) + b"\xff\xd9"


def _published(marker: int, segment: bytes) -> bytes:
    """A segment, if it belongs to the picture: of those for applications the colours alone (ICC, Adobe), and JFIF bare."""
    if marker == 0xE0:
        return _jfif(segment)
    if marker == 0xE2:
        return segment if segment[4:16] == b"ICC_PROFILE\0" else b""
    if marker == 0xEE:
        return segment if segment[4:9] == b"Adobe" else b""
    return b"" if 0xE0 <= marker <= 0xEF or marker == 0xFE else segment


def _jfif(segment: bytes) -> bytes:
    """The JFIF head without its thumbnail."""
    if segment[4:9] != b"JFIF\0" or len(segment) < 18:
        return b""
    return b"\xff\xe0\x00\x10" + segment[4:16] + b"\0\0"


def _turned(tiff: bytes) -> int:
    """The orientation an EXIF block tells; upright where it tells none."""
    order = "little" if tiff[:2] == b"II" else "big"
    try:
        first = _number(tiff, 4, 4, order)
        for at in range(first + 2, first + 2 + 12 * _number(tiff, first, 2, order), 12):
            if _number(tiff, at, 2, order) == 0x0112:
                value = _number(tiff, at + 8, 2, order)
                return value if 1 <= value <= 8 else 1
    except IndexError:
        pass
    return 1


def _only_turned(turned: int) -> bytes:
    """An EXIF block that tells the orientation and nothing else: without it a browser would show the picture on its side."""
    entry = b"\x01\x12\x00\x03\x00\x00\x00\x01" + bytes((0, turned, 0, 0))
    return b"\xff\xe1\x00\x22Exif\0\0MM\0*\0\0\0\x08\x00\x01" + entry + b"\0\0\0\0"


def _png(data: bytes) -> tuple[Portrait, bytes]:
    kept, at, names = [_PNG], len(_PNG), set[bytes]()
    while b"IEND" not in names:
        length, name = _number(data, at, 4), data[at + 4 : at + 8]
        chunk = data[at : at + 12 + length]
        _number(chunk, 8 + length, 4)
        if zlib.crc32(chunk[4:-4]) != _number(chunk, 8 + length, 4):
            raise BrokenPictureError(_DAMAGED)
        names.add(name)
        if name in _KEPT:
            kept.append(chunk)
        at += len(chunk)
    if data[12:16] != b"IHDR" or b"IDAT" not in names:
        raise BrokenPictureError(_NOTHING)
    portrait = Portrait(kind="png", width=_number(data, 16, 4), height=_number(data, 20, 4), still=b"acTL" not in names)
    return portrait, b"".join(kept)


def _gif(data: bytes) -> tuple[Portrait, bytes]:
    at = 13 + (3 << ((data[10] & 7) + 1) if data[10] & 0x80 else 0)
    kept, frames = [data[:at]], 0
    while data[at] != 0x3B:
        start, kind = at, data[at]
        if kind == 0x2C:
            frames += 1
            at += 11 + (3 << ((data[at + 9] & 7) + 1) if data[at + 9] & 0x80 else 0)
        elif kind == 0x21:
            at += 2
        else:
            raise BrokenPictureError(_MESS)
        first = at
        while data[at]:
            at += data[at] + 1
        at += 1
        loops = data[first + 1 : first + 12] in _LOOPS
        if kind == 0x2C or data[start + 1] in (0xF9, 0x01) or (data[start + 1] == 0xFF and loops):
            kept.append(data[start:at])
    if not frames:
        raise BrokenPictureError(_NOTHING)
    width, height = _number(data, 6, 2, "little"), _number(data, 8, 2, "little")
    return Portrait(kind="gif", width=width, height=height, still=frames == 1), b"".join(kept) + b";"


def _webp(data: bytes) -> tuple[Portrait, bytes]:
    if data[8:12] != b"WEBP":
        raise BrokenPictureError(_SOUND)
    end, at, kept = 8 + _number(data, 4, 4, "little"), 12, list[bytes]()
    size, still, drawn = (0, 0), True, False
    while at + 8 <= end:
        name, length = data[at : at + 4], _number(data, at + 4, 4, "little")
        chunk = data[at : at + 8 + length + (length & 1)]
        _number(chunk, 8 + length - 1, 1)
        if name == b"VP8X":
            size = (_number(chunk, 12, 3, "little") + 1, _number(chunk, 15, 3, "little") + 1)
            still = not chunk[8] & 0x02
            chunk = chunk[:8] + bytes((chunk[8] & ~0x0C,)) + chunk[9:]
        elif name == b"VP8 " and not size[0]:
            size = (_number(chunk, 14, 2, "little") & 0x3FFF, _number(chunk, 16, 2, "little") & 0x3FFF)
        elif name == b"VP8L" and not size[0]:
            bits = _number(chunk, 9, 4, "little")
            size = ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
        drawn = drawn or name in (b"VP8 ", b"VP8L", b"ANMF")
        if name in (b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"):
            kept.append(chunk)
        at += len(chunk)
    if not drawn:
        raise BrokenPictureError(_NOTHING)
    body = b"WEBP" + b"".join(kept)
    return (
        Portrait(kind="webp", width=size[0], height=size[1], still=still),
        b"RIFF" + len(body).to_bytes(4, "little") + body,
    )
