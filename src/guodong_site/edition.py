"""The nouns of the printed edition: what pages say of one, and what it is as files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What is known of an issue's PDF without opening it; `digest` names all that it was made from, `cover` is the size in
    pixels of the picture of its first page."""

    pages: int
    size: int
    digest: str
    cover: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """An edition as it was set: the file, its first page as a picture (PNG), how many pages it has."""

    pdf: bytes
    cover: bytes
    pages: int


Printings = Callable[[str], Printing]
"""How the files of an issue's edition are had, by the issue's id."""
