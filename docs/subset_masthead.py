"""Makes static/fonts/masthead.woff2 of Noto Serif CJK SC Black: `python docs/subset_masthead.py FONT.ttc [CHARACTERS]`.

The font is Debian's fonts-noto-cjk-extra (file NotoSerifCJK-Black.ttc, SIL Open Font License 1.1).  The same font gives the same
bytes.  CHARACTERS is what the masthead must be able to say: by default the bulletin's name, its sections and what dates are made
of.  Whoever renames the bulletin or a section runs this again; until then the site does without the font rather than mix two.
Needs the test extra (fontTools, brotli).
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection

CHARACTERS = "工作动态要闻区市简讯人防科技撷英0123456789年月第期一二三四五六七八九十"
MADE_FROM = "7d38a254818bec880251400165923b5afdee2ae9a58c8276e912f26df2badecb"
"""SHA-256 of the font the committed subset was made from."""

FOLDER = Path(__file__).parent.parent / "static/fonts"


def main(font_file: str, characters: str = CHARACTERS) -> None:
    """Writes the subset and the list of its characters."""
    data = Path(font_file).read_bytes()
    if hashlib.sha256(data).hexdigest() != MADE_FROM:
        print("Another version of the font: the bytes may differ.", file=sys.stderr)
    font = next(font for font in TTCollection(font_file).fonts if font["name"].getDebugName(1) == "Noto Serif CJK SC Black")
    options = subset.Options(flavor="woff2", layout_features=[], hinting=False, desubroutinize=True, notdef_outline=True)
    options.name_IDs = [0, 1, 2, 13, 14]  # copyright, family, licence
    options.recalc_timestamp = False
    chosen = subset.Subsetter(options)
    chosen.populate(text=characters)
    chosen.subset(font)
    font.flavor = "woff2"
    font.recalcTimestamp = False
    FOLDER.mkdir(exist_ok=True)
    font.save(FOLDER / "masthead.woff2")
    (FOLDER / "masthead.txt").write_text("".join(sorted(set(characters))) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
