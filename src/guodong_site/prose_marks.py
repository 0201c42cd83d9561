"""The mechanical slips of marks and blanks: how they are found, and what stands there instead.

Checks report them, `check --fix` repairs them, so both know the same.  Only marks and blanks are ever changed, never a letter
(GB/T 15834—2011).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from guodong_site.proof import HAN

_WIDE = rf"{HAN}“”‘’（）《》〈〉【】、，。；：？！…—"
HALF_WIDTH = re.compile(
    rf"[,;:?!](?<=[{HAN}”’》）】].)(?=[{HAN}“‘《（【]|\n|$)|\((?<=[{HAN}].)(?=[^()\n]*[{HAN}][^()\n]*\))"
    rf"|\)(?<=[{HAN}”’》].)(?=[{_WIDE}])"
)
"""A half-width mark among 汉字; a bracket where 汉字 stand on its inner side too."""

BLANK = re.compile(
    rf"[ \t\u3000](?:(?<=[{HAN}].)[ \t\u3000]*(?=[{HAN}，。；：？！、])|(?<=[，。；：？！、].)[ \t\u3000]*(?=[{HAN}]))"
)
"""A blank between two 汉字, or between one and a mark."""

DOUBLED = re.compile(
    r"([，、；：])\1+|(?<!。)。{2}(?!。)|。{3,}|"
    rf"(?<=[{_WIDE}])\.{{3,}}|(?<=[{HAN}”》）])--+(?=[{HAN}“《（])|，[。；]|[。；、]，|、。|。、|[：；]。|“{{2,}}|”{{2,}}|《{{2,}}|》{{2,}}"
)
"""Marks that stand twice, or two of which one is too many."""

_FULL = str.maketrans(",;:?!()", "，；：？！（）")
_KEPT = re.compile(
    r"“[^“”\n]*”|‘[^‘’\n]*’|《[^《》\n]*》|「[^「」\n]*」|`[^`\n]*`|!?\[[^\]\n]*\]\([^()\n]*\)|<[^<>\n]*>|\{[^{}\n]*\}|https?://[^\s\u4e00-\u9fff]+"
)
"""What is never touched: what somebody else said or wrote, code, links, tags, attributes."""
_OPEN_QUOTE = re.compile(r"[“”‘’《》「」`]")
_OUTSIDE = re.compile(r"^(?:#|＃|\||[ \t]*(?:```|~~~)|---|\s*$| {4}|\t)")


def widened(mark: str) -> str:
    """The full-width form of a half-width mark."""
    return mark.translate(_FULL)


def single(marks: str) -> str | None:
    """What doubled marks were meant to be; None where a person must say which of two it is."""
    if marks[0] == "." or marks.startswith("。。。"):
        return "……"
    if marks[0] == "-":
        return "——"
    return marks[0] if len(set(marks)) == 1 and marks[0] in "，、；：。" else None


def mended(body: str) -> str:
    """The body of an issue file with its mechanical slips repaired; mended again, it stays as it is.

    Headings, tables, code and lines whose quotation marks do not pair are left alone: there a person must look.
    """
    lines, fence = body.split("\n"), False
    for at, line in enumerate(lines):
        if re.match(r"[ \t]*(?:```|~~~)", line):
            fence = not fence
        elif not (fence or _OUTSIDE.match(line)):
            lines[at] = _line(line)
    return "\n".join(lines)


def _line(line: str) -> str:
    while True:
        kept = [match.span() for match in _KEPT.finditer(line)]
        rest = _KEPT.sub("", line)
        if _OPEN_QUOTE.search(rest):
            return line
        changes = [(a, b, new) for a, b, new in _changes(line) if not any(a < end and start < b for start, end in kept)]
        if not changes:
            return line
        begin, end, new = changes[0]  # one at a time: a change may make another needless
        line = line[:begin] + new + line[end:]


def _changes(line: str) -> Iterator[tuple[int, int, str]]:
    ends = len(line.rstrip())
    opened: int | None = None
    for match in HALF_WIDTH.finditer(line, 0, ends):
        if match[0] == "(":
            opened = match.start()
        elif match[0] == ")":
            if (
                opened is not None
                and "(" not in line[opened + 1 : match.start()]
                and ")" not in line[opened + 1 : match.start()]
            ):
                yield opened, match.end(), f"（{line[opened + 1 : match.start()]}）"
            opened = None
        else:
            yield match.start(), match.end(), widened(match[0])
    for match in BLANK.finditer(line):
        yield match.start(), match.end(), ""
    for match in DOUBLED.finditer(line):
        meant = single(match[0])
        if meant is not None:
            yield match.start(), match.end(), meant
