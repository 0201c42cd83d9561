"""Print data → PDF: the only user of Typst, which is loaded when something is really set."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from guodong_site.typefaces import folders

if TYPE_CHECKING:
    import typst

TYPESETTING_LIBRARY = "typst==0.15.2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """A font that can be set with: its family, its weight, its file (None: part of Typst)."""

    family: str
    weight: int
    path: str | None


def equipped() -> bool:
    """Whether type can be set on this computer."""
    return find_spec("typst") is not None


def faces(root: Path, *, system: bool = False) -> tuple[Face, ...]:
    """Every font there is for a project; with `system` those of this computer too."""
    return tuple(Face(family=one.family, weight=one.weight, path=one.path) for one in _fonts(root, system=system).fonts())


def _fonts(root: Path, *, system: bool) -> typst.Fonts:
    import typst  # noqa: PLC0415  # 0.1 s, and most commands set nothing

    return typst.Fonts(include_system_fonts=system, include_embedded_fonts=True, font_paths=list(folders(root)))
