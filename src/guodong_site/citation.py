"""How an article or issue is cited: GB/T 7714—2015 for Chinese papers, BibTeX and RIS for reference managers.

The day of access is the reader's own and is filled in by the browser.  What nobody knows is left out: without a number an issue
is cited by its year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SPECIAL = {char: "\\" + char for char in "{}%&#$_"} | {
    "\\": "\\textbackslash{}",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """What a citation names; `url` is complete, `key` names it in a list of references."""

    author: str
    title: str
    journal: str
    year: int
    number: int | None
    url: str
    key: str
    whole: bool = False
    """A whole issue rather than an article of it."""

    @property
    def before(self) -> str:
        """The citation up to the day of access: 主要责任者. 题名[J/OL]. 刊名, 年(期) (GB/T 7714—2015, 8.4 and 8.8)."""
        number = f"({self.number})" if self.number else ""
        if self.whole:
            return f"{self.author}. {self.journal}[J/OL]. {self.year}{number}"
        return f"{self.author}. {self.title.rstrip('。')}[J/OL]. {self.journal}, {self.year}{number}"

    @property
    def after(self) -> str:
        """What follows the day of access."""
        return f". {self.url}."

    @property
    def bibtex(self) -> str:
        """An entry of a BibTeX file."""
        fields = {
            "author": f"{{{_tex(self.author)}}}",
            "title": f"{{{_tex(self.title)}}}",
            "journal": _tex(self.journal),
            "year": str(self.year),
            "number": str(self.number or ""),
            "url": self.url,
            "langid": "chinese",
        }
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
        return f"@article{{{self.key},\n{lines}}}"

    @property
    def ris(self) -> str:
        """A record of a RIS file."""
        fields = (
            ("TY", "JOUR"),
            ("AU", self.author),
            ("TI", self.title),
            ("T2", self.journal),
            ("PY", str(self.year)),
            ("IS", str(self.number or "")),
            ("UR", self.url),
            ("LA", "zh-CN"),
        )
        return "\n".join(f"{tag}  - {value}" for tag, value in fields if value) + "\nER  - "


def _tex(text: str) -> str:
    return re.sub(r"[{}%&#$_\\~^]", lambda mark: _SPECIAL[mark[0]], text)
