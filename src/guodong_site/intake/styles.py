"""How a paragraph of Word looks, from its own properties and its styles (ECMA-376 part 1 §17.7).  Knows no text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from guodong_site.intake.counting import W

_DEEPEST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """How a run is set; None where nothing says so."""

    size: float | None = None
    bold: bool | None = None
    font: str | None = None
    hidden: bool | None = None

    def over(self, base: Letters) -> Letters:
        """These properties, and the base's where these say nothing."""
        pairs = ((getattr(self, name), getattr(base, name)) for name in ("size", "bold", "font", "hidden"))
        size, bold, font, hidden = (own if own is not None else below for own, below in pairs)
        return Letters(size=size, bold=bold, font=font, hidden=hidden)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """How a paragraph is set: its letters, whether centred, the outline level of its style, its list and depth in it."""

    letters: Letters = Letters()
    centred: bool = False
    heading: int = 0
    list_id: str = ""
    depth: int = 0


class Styles:
    """The styles of one document, asked for what a paragraph and a run look like."""

    def __init__(self, root: ET.Element | None) -> None:
        """`root` is styles.xml."""
        every = [] if root is None else root.findall(f"{W}style")
        self._styles = {one.get(f"{W}styleId", ""): one for one in every}
        self._default = next(
            (one.get(f"{W}styleId", "") for one in every if one.get(f"{W}type") == "paragraph" and _on(one.get(f"{W}default"))),
            "",
        )
        base = None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._letters = letters(base).over(Letters(size=10.5))

    def paragraph(self, properties: ET.Element | None) -> Setting:
        """What the properties of a paragraph (w:pPr) come to."""
        style = properties.find(f"{W}pStyle") if properties is not None else None
        chain = list(self._chain(style.get(f"{W}val", "") if style is not None else self._default))
        own = self._letters
        for one in reversed(chain):
            own = letters(one.find(f"{W}rPr")).over(own)
        parts = [properties, *(one.find(f"{W}pPr") for one in chain)]
        aligned = _first(parts, "jc")
        outline = _first(parts, "outlineLvl")
        return Setting(
            letters=own,
            centred=aligned == "center",
            heading=(int(outline) + 1 if outline and outline.isdecimal() and int(outline) < 9 else 0) or _named(chain),
            list_id=_first(parts, "numPr", "numId") or "",
            depth=int(depth) if (depth := _first(parts, "numPr", "ilvl") or "0").isdecimal() else 0,
        )

    def run(self, properties: ET.Element | None, base: Letters) -> Letters:
        """What the properties of a run (w:rPr) come to in a paragraph of these letters."""
        style = properties.find(f"{W}rStyle") if properties is not None else None
        for one in reversed(list(self._chain(style.get(f"{W}val", "") if style is not None else ""))):
            base = letters(one.find(f"{W}rPr")).over(base)
        return letters(properties).over(base)

    def _chain(self, style: str) -> Iterator[ET.Element]:
        """A style, what it is based on, and so on; a circle ends."""
        for _ in range(_DEEPEST):
            one = self._styles.get(style)
            if one is None:
                return
            yield one
            based = one.find(f"{W}basedOn")
            style = based.get(f"{W}val", "") if based is not None else ""


def letters(properties: ET.Element | None) -> Letters:
    """What a w:rPr itself says."""
    if properties is None:
        return Letters()
    size, fonts = properties.find(f"{W}sz"), properties.find(f"{W}rFonts")
    written = size.get(f"{W}val", "") if size is not None else ""
    return Letters(
        size=float(written) / 2 if re.fullmatch(r"\d{1,4}(?:\.\d+)?", written) else None,
        bold=_switch(properties, "b"),
        font=fonts.get(f"{W}eastAsia") if fonts is not None else None,
        hidden=_switch(properties, "vanish"),
    )


def _switch(properties: ET.Element, name: str) -> bool | None:
    one = properties.find(f"{W}{name}")
    return None if one is None else _on(one.get(f"{W}val", "1"))


def _on(value: str | None) -> bool:
    return value is not None and value.lower() not in ("0", "false", "off", "none")


def _first(parts: list[ET.Element | None], *path: str) -> str | None:
    """The value of the first that says it."""
    for part in parts:
        one = part.find("/".join(f"{W}{name}" for name in path)) if part is not None else None
        if one is not None:
            return one.get(f"{W}val")
    return None


def _named(chain: list[ET.Element]) -> int:
    """The level of a style called 标题 1, heading 2, Title …"""
    for one in chain:
        name = one.find(f"{W}name")
        match = re.fullmatch(
            r"(?:heading|标题) ?([1-9])|(title|标题|标题名)", name.get(f"{W}val", "").lower() if name is not None else ""
        )
        if match:
            return int(match[1] or 1)
    return 0
