"""The nouns of pictures: a file in an issue's folder, what is known of what it shows, and the plate that its pages carry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

LARGEST = 1600
"""The widest a picture is published where it can be made smaller: twice the column of text, for sharp screens."""

_WIDTHS = (480, 960, LARGEST)

SUFFIXES = {".jpg": "jpeg", ".jpeg": "jpeg", ".png": "png", ".gif": "gif", ".webp": "webp"}
"""What each ending of a name promises."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A file that lies in an issue's folder: its name there, where to read it, and the digest of what is in it, where known."""

    name: str
    path: str
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """What a picture's head says: size in pixels as it is seen, `turned` as EXIF says it (1: upright), whether it stands still."""

    kind: str
    width: int
    height: int
    turned: int = 1
    still: bool = True
    cmyk: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Plate:
    """A picture of an issue as its pages carry it; `digest` is of its file, `widths` are those it is made anew in."""

    name: str
    path: str
    digest: str
    portrait: Portrait
    widths: tuple[int, ...] = ()

    def made(self, width: int) -> str:
        """The name of the file it is made anew in; it changes with the picture, so that no browser keeps an old one."""
        return f"{self.name}.{self.digest[:8]}-{width}.webp"

    @property
    def facts(self) -> tuple[object, ...]:
        """All of it but where the project lies."""
        return (self.name, self.digest, self.portrait, self.widths)


Prints = Callable[[Plate], Mapping[str, bytes]]
"""How the files of a plate are had, by name: the picture itself under its own, and one a width."""


def widths(portrait: Portrait) -> tuple[int, ...]:
    """The widths a picture is made in: never larger than it is; none where it moves."""
    if not portrait.still or portrait.kind == "gif":
        return ()
    return (*(width for width in _WIDTHS if width < portrait.width), *((portrait.width,) if portrait.width < LARGEST else ()))
