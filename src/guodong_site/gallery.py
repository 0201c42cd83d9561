"""Every picture that an issue shows or offers, looked at once: its plate for the pages, or what is wrong with it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from guodong_site import darkroom, faults
from guodong_site.catalogue import ChangedWhileReadingError, Copy
from guodong_site.diagnostics import Diagnostic, Rule
from guodong_site.listing import Figure
from guodong_site.machine import PICTURE_LIBRARY, unreadable
from guodong_site.memory import Memory
from guodong_site.picture_files import BrokenPictureError
from guodong_site.plates import SUFFIXES, Picture, Plate, Portrait, widths

LIMIT = 30 * 1024 * 1024
"""Bytes; a larger file is not a photograph for a bulletin, and would be read into memory whole."""

_SMALL = 3
"""Pixels: a picture no wider or higher is one that pages once counted their readers with."""

_SMALLER = "用看图软件把它缩小到 1600 像素宽，再存一次"


class Gallery:
    """The pictures of a project.  What is known of one is kept by its content, and so are its prints."""

    def __init__(self, memory: Memory) -> None:
        self._memory, self._identity, self._equipped = memory, darkroom.identity(), darkroom.equipped()
        self._hung: dict[str, Plate] = {}

    def hang(self, copies: Iterable[Copy]) -> list[Diagnostic]:
        """Gives every copy the plates of its issue; returns what is wrong with them, each at the line that shows it."""
        found: list[Diagnostic] = []
        bare: list[Figure] = []
        for copy in copies:
            copy.plates = tuple(self._plates(copy, found))
            large = {plate.name for plate in copy.plates if widths(plate.portrait)}
            bare += [figure for figure in copy.listing.figures if figure.link.picture and figure.name in large]
            self._hung |= {_kept(plate): plate for plate in copy.plates}
        self._memory.only("prints", self._hung)
        self._memory.save()
        if bare and not self._equipped:
            message = "图片按原来的大小发布，只去掉了拍摄地点等信息：这台电脑没有安装处理图片的程序库 pillow"
            hint = f"运行 pip install {PICTURE_LIBRARY}，再生成一次"
            found.append(faults.NO_PICTURE_LIBRARY.at(bare[0].link.where, message, hint))
        return found

    def prints(self, plate: Plate) -> Mapping[str, bytes]:
        """The files of a plate by name."""

        def make() -> Mapping[str, bytes]:
            return darkroom.prints(_content(plate.path, plate.digest), plate)

        identity = hashlib.sha256(self._identity + repr(plate.facts).encode()).digest()
        return self._memory.large("prints", _kept(plate), identity, make)

    def _plates(self, copy: Copy, found: list[Diagnostic]) -> Iterator[Plate]:
        """Those of one issue, by name."""
        own = {picture.name: picture for picture in copy.file.pictures}
        uses: dict[str, list[Figure]] = {}
        for figure in copy.listing.figures:
            uses.setdefault(figure.name, []).append(figure)
        for name, figures in sorted(uses.items()):
            try:
                digest, portrait = self._looked_at(own[name])
            except OSError as fault:
                folder = copy.file.name.rpartition(".")[0]
                found.append(unreadable(f"{folder}/{name}", fault, "检查文件权限，或重新存一份"))
                continue
            wrong = list(_wrong(name, portrait))
            found += [rule.at(one.link.where, said, hint, item=one.item) for rule, said, hint in wrong for one in figures]
            if isinstance(portrait, Portrait) and not any(rule is faults.UNWIELDY_PICTURE for rule, *_ in wrong):
                shown = self._equipped and any(figure.link.picture for figure in figures)
                made = widths(portrait) if shown else ()
                yield Plate(name=name, path=own[name].path, digest=digest, portrait=portrait, widths=made)

    def _looked_at(self, picture: Picture) -> tuple[str, Portrait | str | int]:
        """The digest of a picture's content, and what is known of it: its portrait, why it is none, or how large it is in
        bytes where that is too much to read.  Raises OSError."""
        size = Path(picture.path).stat().st_size
        if size > LIMIT:
            return picture.digest, size
        digest = picture.digest or hashlib.sha256(Path(picture.path).read_bytes()).hexdigest()

        def look() -> Portrait | str:
            try:
                return darkroom.examined(_content(picture.path, digest))
            except BrokenPictureError as fault:
                return str(fault)

        return digest, self._memory.small("portraits", digest, self._identity, look)


def _kept(plate: Plate) -> str:
    """The name the prints of a plate are kept under."""
    return f"{plate.digest}/{plate.name}/{plate.widths}"


def _content(path: str, digest: str) -> bytes:
    """What is in a file, which must be what it was when the build began.  Raises OSError."""
    data = Path(path).read_bytes()
    if hashlib.sha256(data).hexdigest() != digest:
        raise ChangedWhileReadingError(path)
    return data


def _wrong(name: str, seen: Portrait | str | int) -> Iterator[tuple[Rule, str, str]]:
    """What is wrong with a picture: rule, message, hint."""
    if isinstance(seen, int):
        yield faults.UNWIELDY_PICTURE, f"图片“{name}”有 {seen / 1024 / 1024:.0f} MB，太大了", _SMALLER
    elif isinstance(seen, str):
        yield faults.BROKEN_PICTURE, f"图片“{name}”{seen}", "用看图软件打开原图，另存为 JPEG 或 PNG，再放进来"
    else:
        ending = Path(name).suffix.lower()
        if seen.kind != SUFFIXES[ending]:
            right = name[: len(name) - len(ending)] + (".jpg" if seen.kind == "jpeg" else f".{seen.kind}")
            message = f"图片“{name}”其实是 {seen.kind.upper()} 格式"
            yield faults.WRONG_PICTURE_KIND, message, f"把文件改名为“{right}”，正文里也改"
        if max(seen.width, seen.height) > darkroom.LARGEST_SIDE or seen.width * seen.height > darkroom.LARGEST_AREA:
            yield faults.UNWIELDY_PICTURE, f"图片“{name}”有 {seen.width}×{seen.height} 像素，太大了", _SMALLER
        if min(seen.width, seen.height) <= _SMALL:
            message = f"图片“{name}”只有 {seen.width}×{seen.height} 像素，读者看不见"
            yield faults.TINY_PICTURE, message, "换成真正的图；从网页上复制来的占位图，删去这一处"
