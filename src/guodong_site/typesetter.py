"""Print data → PDF: the only user of Typst, which is loaded when something is really set.

The same data, template and fonts give the same bytes: the clock of a file is its issue's day, fonts are those of `typefaces`.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from guodong_site.edition import Printing
from guodong_site.typefaces import Filling, fillings, folders, identity

if TYPE_CHECKING:
    import typst

TYPESETTING_LIBRARY = "typst==0.15.2"
TEMPLATE = "bulletin.typ"
_STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]
"""For keeping (PDF/A) and for everybody (PDF/UA); with them a missing glyph is an error, never a box."""

_ROWS = (22, 23, 21, 20, 19, 18, 17, 16)
"""Lines a page: the standard's 22, else the first at which the tail stands under text."""

_DENSITY = 28
"""Pixels an inch of a first page as the web shows it: 232 × 328, for half of that on a sharp screen; some 23 KB."""

_MISSING = re.compile(r'error: [^\n]*the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_PRIVATE = re.compile(r'error: [^\n]*contains the codepoint `"\\u\{([0-9a-f]+)\}"`')
_PICTURE = re.compile(r"failed to decode|CMYK|image", re.IGNORECASE)
_PLACE = re.compile(r"bulletin\.typ:(\d+):(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """A font that can be set with: its family, its weight, its file (None: part of Typst)."""

    family: str
    weight: int
    path: str | None


class UnprintableError(Exception):
    """What could not be set: the texts no font has, the code points that are nobody's, or else what Typst said, at which line
    of the template; `picture` where it was about a picture."""

    def __init__(self, said: str) -> None:
        """`said` is Typst's own account of it."""
        super().__init__(said)
        self.missing = tuple(dict.fromkeys(re.sub(r"\\(.)", r"\1", one) for one in _MISSING.findall(said)))
        self.private = tuple(dict.fromkeys(chr(int(one, 16)) for one in _PRIVATE.findall(said)))
        self.picture = not (self.missing or self.private) and _PICTURE.search(said.partition("\n")[0]) is not None
        place = _PLACE.search(said)
        self.line = int(place[1]) if place else 1
        self.message = said.partition("\n")[0].removeprefix("error: ")


def equipped() -> bool:
    """Whether type can be set on this computer."""
    return find_spec("typst") is not None


def made_with(root: Path, template: bytes, *, system: bool = False) -> bytes:
    """Names all that an edition is made with but its data."""
    parts = (Path(__file__).read_bytes(), template, identity(root), version("typst") if equipped() else "", system)
    return hashlib.sha256(repr(parts).encode()).digest()


def faces(root: Path, *, system: bool = False) -> tuple[Face, ...]:
    """Every font there is for a project; with `system` those of this computer too."""
    return tuple(Face(family=one.family, weight=one.weight, path=one.path) for one in _fonts(root, system=system).fonts())


def _fonts(root: Path, *, system: bool) -> typst.Fonts:
    import typst  # noqa: PLC0415  # 0.1 s, and most commands set nothing

    return typst.Fonts(include_system_fonts=system, include_embedded_fonts=True, font_paths=list(folders(root)))


def unheld(root: Path, family: str, characters: str, *, system: bool = False) -> str:
    """Of these characters those that a family has not, itself alone."""
    import typst  # noqa: PLC0415  # see above

    source = '#set document(title: [x])\n#set text(font: sys.inputs.family, fallback: false, lang: "zh")\n#sys.inputs.text'
    compiler = typst.Compiler(font_paths=_fonts(root, system=system))
    asked = {"family": family, "text": characters}
    try:
        compiler.compile(source.encode(), format="pdf", pdf_standards=_STANDARDS, timestamp=0, sys_inputs=asked)
    except typst.TypstError as fault:
        missing = set("".join(UnprintableError(fault.diagnostic or fault.message).missing))
        return "".join(character for character in characters if character in missing)
    return ""


class Typesetter:
    """Sets one edition after another; what it learns of fonts and template with the first, the others have for nothing.

    Typst reads files below one folder only, its `desk`: the template and the pictures are put there.  Who has set type must not
    fork and set in the child: Typst's threads are not in it (`begun`).
    """

    begun: ClassVar[bool] = False

    def __init__(self, root: Path, desk: Path, template: bytes, *, system: bool = False) -> None:
        """`root` is the project; with `system` the fonts of this computer may fill a role."""
        import typst  # noqa: PLC0415  # see above

        self._desk, self._fault = desk, typst.TypstError
        (desk / TEMPLATE).write_bytes(template)
        fonts = _fonts(root, system=system)
        self.filled: tuple[Filling, ...] = fillings(fonts.families())
        heavy = {one.family for one in fonts.fonts() if one.weight >= 600}
        titles = next(one for one in self.filled if one.role.heavy)
        self._faces: dict[str, Any] = {one.role.key: one.families for one in self.filled}
        self._faces["thicken"] = titles.substituted and titles.family not in heavy
        self._compiler = typst.Compiler(str(desk / TEMPLATE), root=str(desk), font_paths=fonts)
        self._plain = typst.Compiler(root=str(desk), font_paths=fonts)

    def set(self, data: Mapping[str, Any], first: Mapping[str, Any], pictures: Mapping[str, bytes]) -> Printing:
        """The edition of this data; `first` is as much of it as its first page shows.  Raises UnprintableError."""
        for name, content in pictures.items():
            (self._desk / name).write_bytes(content)
        day = datetime.datetime.combine(datetime.date(*data["day"]), datetime.time(), datetime.UTC)
        try:
            return self._set(_json(data), _json(first), round(day.timestamp()))
        except self._fault as fault:
            raise UnprintableError(fault.diagnostic or fault.message) from fault

    def _set(self, data: str, first: str, moment: int) -> Printing:
        for rows in (*_ROWS, _ROWS[0]):  # the last: however it is done, the tail stands alone
            pdf = self._made(data, rows, format="pdf", pdf_standards=_STANDARDS, timestamp=moment)
            facts = json.loads(self._compiler.query("<facts>", field="value", one=True))
            if facts["end"] == facts["tail"]:
                break
        cover = self._made(first, rows, format="png", ppi=_DENSITY)
        return Printing(pdf=pdf, cover=cover, pages=facts["pages"])

    def _made(self, data: str, rows: int, **options: Any) -> bytes:  # noqa: ANN401  # Typst's own
        inputs = {"data": data, "faces": _json(self._faces), "rows": str(rows)}
        Typesetter.begun = True
        made = self._compiler.compile(sys_inputs=inputs, **options)
        page = made[0] if isinstance(made, list) else made
        if page is None:
            raise TypeError(type(made))
        return page

    def lacking(self, characters: str) -> UnprintableError | None:
        """What of these characters cannot be printed."""
        return self._refusal('#set document(title: [x])\n#set text(lang: "zh")\n#sys.inputs.text', text=characters)

    def refused(self, names: Iterable[str]) -> tuple[str, ...]:
        """Of the pictures on the desk those that cannot be printed."""
        source = '#set document(title: [x])\n#image(sys.inputs.name, alt: "x")'
        return tuple(name for name in names if self._refusal(source, name=name))

    def _refusal(self, source: str, **inputs: str) -> UnprintableError | None:
        Typesetter.begun = True
        try:
            self._plain.compile(source.encode(), format="pdf", pdf_standards=_STANDARDS, timestamp=0, sys_inputs=inputs)
        except self._fault as fault:
            return UnprintableError(fault.diagnostic or fault.message)
        return None


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True)
