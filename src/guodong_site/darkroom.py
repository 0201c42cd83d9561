"""Pictures made anew in several widths: the only user of Pillow, which is loaded when a picture is really made.

Without the extra `images` a picture goes out as it is, cleaned.  The same picture gives the same bytes: one thread, fixed
settings, integer arithmetic.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Mapping
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from guodong_site import picture_files
from guodong_site.picture_files import BrokenPictureError, taken_apart
from guodong_site.plates import LARGEST, Plate, Portrait

_QUALITY = 82
"""Of JPEG and WebP: above it files grow faster than anybody sees."""

LARGEST_SIDE, LARGEST_AREA = 12_000, 60_000_000
"""Pixels: beyond these a picture is not decoded, which could take gigabytes of memory (a decompression bomb)."""

_DAMAGED = "内容损坏，图像解不出来"


def equipped() -> bool:
    """Whether pictures can be made anew on this computer."""
    return find_spec("PIL") is not None


def identity() -> bytes:
    """Names all that prints are made with: this module, the one that takes pictures apart, Pillow."""
    parts = [Path(name).read_bytes() for name in (__file__, picture_files.__file__)]
    return hashlib.sha256(repr((parts, version("pillow") if equipped() else "")).encode()).digest()


def examined(data: bytes) -> Portrait:
    """What is known of a picture, which has been looked at whole where that can be done.  Raises BrokenPictureError."""
    portrait, clean = taken_apart(data)
    if equipped() and portrait.width * portrait.height <= LARGEST_AREA:
        _opened(clean, portrait)
    return portrait


def prints(data: bytes, plate: Plate) -> Mapping[str, bytes]:
    """The files of a plate by name, from what is in its file: the picture cleaned, and one a width.  Raises BrokenPictureError."""
    portrait, clean = taken_apart(data)
    if not plate.widths:
        return {plate.name: clean}
    image = _scaled(_coloured(_opened(clean, portrait)), LARGEST)
    made = {plate.made(width): _encoded(_scaled(image, width), "webp") for width in plate.widths}
    as_it_is = portrait.width <= LARGEST and portrait.turned == 1 and not portrait.cmyk
    made[plate.name] = clean if as_it_is else _encoded(image, portrait.kind)
    return made


def _opened(clean: bytes, portrait: Portrait) -> Any:  # noqa: ANN401  # Pillow is not there for everybody's type checker
    """The decoded picture, upright."""
    from PIL import Image, ImageOps  # noqa: PLC0415  # 0.1 s, and most builds make no picture

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(clean), formats=[portrait.kind])
            image.draft(image.mode, (1, LARGEST) if portrait.turned > 4 else (LARGEST, 1))  # a JPEG need not be decoded finer
            image.load()
            return ImageOps.exif_transpose(image)
    except Exception as fault:  # a decoder meets whatever bytes there are, and raises whatever it likes
        raise BrokenPictureError(_DAMAGED) from fault


def _coloured(image: Any) -> Any:  # noqa: ANN401
    """In the colours of the web: grey, RGB or RGBA, eight bits, sRGB; without anything that is no pixel."""
    from PIL import Image, ImageCms  # noqa: PLC0415

    profile = image.info.get("icc_profile")
    clear = "transparency" in image.info or image.mode in ("RGBA", "LA", "PA")
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    elif profile and not clear and image.mode in ("RGB", "CMYK", "L"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            image = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            image = image.convert("RGB")
    if image.mode not in ("L", "RGB", "RGBA"):
        image = image.convert("RGBA" if clear else "RGB")
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    return bare


def _scaled(image: Any, width: int) -> Any:  # noqa: ANN401
    if image.width <= width:
        return image
    from PIL import Image  # noqa: PLC0415

    return image.resize((width, max(1, round(image.height * width / image.width))), Image.Resampling.LANCZOS)


def _encoded(image: Any, kind: str) -> bytes:  # noqa: ANN401
    page = io.BytesIO()
    if kind == "jpeg":
        image.convert("RGB" if image.mode == "RGBA" else image.mode).save(page, "JPEG", quality=_QUALITY, progressive=True)
    elif kind == "png":
        image.save(page, "PNG", compress_level=9)
    else:
        image.save(page, "WEBP", quality=_QUALITY, method=4)
    return page.getvalue()
