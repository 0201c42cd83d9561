"""The typefaces of the printed edition: what each role is for, which families may fill it, and which one does.

A role is filled by family name, whoever brought the font: the free fonts of the extra `pdf`, the project's own folder `fonts/`,
the two of Typst itself; and, only where an office printer asks for them, the fonts of this computer.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

FOLDER = "fonts"
"""In the project: font files of the office's own, which git does not keep.  Whoever puts them there chooses other bytes."""

FONT_LIBRARY = "pylopdf-fonts-zh-cn==0.1.1"
_MODULE = "pylopdf_fonts_zh_cn"
_USUAL = re.compile(
    r"[\x20-\x7e\xb7\xd7\u2014\u2018\u2019\u201c\u201d\u2026\u3000-\u3003\u3007-\u3015\u4e00-\u9fa5"
    r"\uff01-\uff5e\s]+"
)
"""Characters that any Chinese font has."""

SUFFIXES = frozenset((".otf", ".ttf", ".ttc", ".otc"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A typeface the print template asks for by `key`.  `own` are the families meant, best first, `substitutes` what may stand
    in; `heavy` where a substitute that is no heavy face must be thickened."""

    key: str
    name: str
    use: str
    own: tuple[str, ...]
    substitutes: tuple[str, ...]
    heavy: bool = False


ROLES = (
    Role(
        key="xiaobiaosong",
        name="小标宋",
        use="报头、标题",
        own=("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "方正小标宋_GBK"),
        substitutes=("STZhongsong", "FandolSong", "Noto Serif SC", "Noto Serif CJK SC"),
        heavy=True,
    ),
    Role(
        key="fangsong",
        name="仿宋",
        use="正文",
        own=("FangSong_GB2312", "仿宋_GB2312", "FZFangSong-Z02", "FangSong", "STFangsong", "FandolFang R", "FandolFang"),
        substitutes=("Noto Serif SC", "Noto Serif CJK SC", "SimSun"),
    ),
    Role(
        key="heiti",
        name="黑体",
        use="栏目、小标题一级",
        own=("SimHei", "STHeiti", "FandolHei", "Noto Sans SC", "Noto Sans CJK SC"),
        substitutes=("Microsoft YaHei",),
    ),
    Role(
        key="kaiti",
        name="楷体",
        use="期号、来源、图注、小标题二级",
        own=("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "STKaiti", "FandolKai R", "FandolKai"),
        substitutes=("Noto Serif SC", "Noto Serif CJK SC"),
    ),
    Role(
        key="songti",
        name="宋体",
        use="页码",
        own=("SimSun", "STSong", "FandolSong", "Noto Serif SC", "Noto Serif CJK SC"),
        substitutes=(),
    ),
    Role(
        key="latin",
        name="西文",
        use="字母、数字",
        own=("Times New Roman",),
        substitutes=("Liberation Serif", "Libertinus Serif"),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """What fills a role: every family of it that is there, best first; what the first lacks is taken from the next."""

    role: Role
    families: tuple[str, ...]

    @property
    def family(self) -> str | None:
        """The one most of it is set in; None where nothing is there."""
        return self.families[0] if self.families else None

    @property
    def substituted(self) -> bool:
        """Whether that is none of those meant."""
        return self.family not in self.role.own


def unusual(text: str) -> str:
    """The characters of a text of which it must be asked whether some font has them, each once, in their order."""
    return "".join(sorted(set(_USUAL.sub("", text))))


def fillings(families: Collection[str]) -> tuple[Filling, ...]:
    """What fills each role, of the families that are there."""
    return tuple(
        Filling(role=role, families=tuple(one for one in (*role.own, *role.substitutes) if one in families)) for role in ROLES
    )


def complete(filled: tuple[Filling, ...]) -> bool:
    """Whether every role is filled."""
    return all(one.families for one in filled)


def folders(root: Path) -> tuple[Path, ...]:
    """Where fonts are looked for: the free fonts' package, where it is installed, and the project's own folder."""
    spec = find_spec(_MODULE)
    packaged = [Path(place) for place in (spec.submodule_search_locations or ())] if spec else []
    return tuple(folder for folder in (*packaged, root / FOLDER) if folder.is_dir())


def identity(root: Path) -> bytes:
    """Names the fonts in these folders: those of the package by its version, the project's own by what is in them."""
    digest = hashlib.sha256((version(FONT_LIBRARY.partition("==")[0]) if find_spec(_MODULE) else "").encode())
    own = root / FOLDER
    for path in sorted(own.rglob("*")) if own.is_dir() else ():
        if path.suffix.lower() in SUFFIXES and path.is_file():
            digest.update(path.relative_to(own).as_posix().encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.digest()
