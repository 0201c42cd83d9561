"""What an editor did where YAML stumbles, and what to type instead.  Looks at the text; knows no YAML reader, no field."""

from __future__ import annotations

import re
from collections.abc import Callable

from guodong_site import faults
from guodong_site.diagnostics import Diagnostic, Span
from guodong_site.source import SourceText

_PROBLEMS = (
    ("could not find expected ':'", "这一行缺少冒号", "写成“名称: 内容”，冒号后面留一个空格"),
    ("mapping values are not allowed", "冒号的位置不对", "一行只写一项；内容里有冒号时，用英文引号把内容括起来"),
    ("expected ',' or ']'", "方括号没有配对", "列表写成 [甲, 乙]，用英文逗号隔开"),
    ("expected ',' or '}'", "花括号没有配对", "检查这一处的花括号是否成对"),
    ("expected <block end>", "缩进不对", "每一项都从行首写起，前面不要留空格"),
    ("found character", "有不能用在这里的符号", "内容里有特殊符号时，用英文引号把内容括起来"),
    ("found undefined alias", "内容不能以 * 开头", "用英文引号把内容括起来"),
    ("found unknown escape", "反斜杠的写法不对", "不用反斜杠，或改用英文单引号"),
)
_NO_COLON = re.compile(r"""^[^\s#:\[\]{}'",-][^:\n]*$""", re.MULTILINE)
_OPEN_QUOTE = re.compile(r"""^[ ]*\w+[ ]*:[ ]*(?P<quote>"[^"\n]*|'[^'\n]*)$""", re.MULTILINE)
_BEHIND_QUOTE = re.compile(r"""^[ ]*\w+[ ]*:[ ]*(?P<value>(["'])[^\n]*?\2[ ]*[^\s#][^\n]*)$""", re.MULTILINE)
_SPECIAL = re.compile(r"^[ ]*\w+[ ]*:[ ]+(?P<mark>[*&!%@`])[^\n]*$", re.MULTILINE)
_SECOND = re.compile(r"^[ ]*\w+[ ]*:[ ]+[^\s\"'\[{][^\n]*?[ ](?P<name>[a-z_]+)[ ]*:(?=[ ]|$)", re.MULTILINE)


def explained(text: SourceText, piece: str, place: Callable[[int], int], at: int, problem: str) -> Diagnostic:
    """The slip in `piece`, where PyYAML stumbled at `at` with an English sentence, at the place where the editor must type."""
    known = _quotes(text, piece, place) or _marks(text, piece, place, problem)
    if known is not None:
        return known
    if "end of stream" in problem and piece[at : at + 1] in ('"', "'"):
        return faults.UNCLOSED_QUOTE.at(text.span(place(at)), *_UNPAIRED)
    at = min(at, len(piece))
    if piece[at : at + 1] in ("", "\n"):  # behind the end of a line: show the line itself
        at = max(0, len(piece[:at].rstrip()) - 1)
    for english, message, hint in _PROBLEMS:
        if english in problem:
            return faults.BROKEN_YAML.at(text.span(place(at)), message, hint)
    return faults.BROKEN_YAML.at(text.span(place(at)), "这里的写法不对", "每行写成“名称: 内容”，冒号后面留一个空格")


def without_colon(where: Span) -> Diagnostic:
    """A line that names nothing."""
    return faults.BROKEN_YAML.at(where, "这一行缺少冒号", "写成“名称: 内容”，冒号后面留一个空格")


_UNPAIRED = ("这个引号后面没有配对的引号", "在内容末尾补上同样的引号，或去掉前面的引号")


def _quotes(text: SourceText, piece: str, place: Callable[[int], int]) -> Diagnostic | None:
    """A quote without its fellow: PyYAML stumbles at the next one, which may be lines below; or words behind a pair."""
    quote = _OPEN_QUOTE.search(piece)
    if quote:
        return faults.UNCLOSED_QUOTE.at(text.span(place(quote.start("quote"))), *_UNPAIRED)
    behind = _BEHIND_QUOTE.search(piece)
    if behind:
        where = text.span(place(behind.start("value")), place(behind.end("value")))
        hint = "改用中文引号“”，或用一对英文单引号把整项内容括起来"
        return faults.BROKEN_YAML.at(where, "英文引号只括住了一部分内容", hint)
    return None


def _marks(text: SourceText, piece: str, place: Callable[[int], int], problem: str) -> Diagnostic | None:
    """A mark that means something else to YAML, a colon too few, or one too many."""
    special = _SPECIAL.search(piece)
    if special:
        where = text.span(place(special.start("mark")), place(special.end()))
        return faults.BROKEN_YAML.at(where, f"内容不能以“{special['mark']}”开头", "用英文引号把整项内容括起来，或去掉这个符号")
    bare = _NO_COLON.search(piece)
    if bare and ("mapping values" in problem or "expected ':'" in problem):
        return without_colon(text.span(place(bare.start()), place(bare.end())))
    second = _SECOND.search(piece)
    if second and "mapping values" in problem:
        where = text.span(place(second.start("name")), place(second.end("name")))
        hint = f"“{second['name']}”另起一行写；冒号是内容的一部分时，用英文引号把内容括起来"
        return faults.BROKEN_YAML.at(where, "一行写了两项", hint)
    return None
