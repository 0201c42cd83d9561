"""YAML text → its values with places, and every slip in how it is written.  The only user of yaml; knows no field's name.

Text that is no YAML as a whole is read again entry by entry, so that one slip does not hide the others.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import yaml

from guodong_site import faults
from guodong_site.diagnostics import Diagnostic
from guodong_site.slips import explained, without_colon
from guodong_site.source import SourceText

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 50  # levels of brackets; the YAML reader recurses
_FURTHEST = 120  # blanks and dashes before the first word of a line: every level of a list costs two
_FULL_COLON = re.compile(r"^(\w+[ ]*)：([ \u3000]*)", re.MULTILINE)
_NOT_YAML = re.compile("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters YAML does not allow: `decode` has said where they stand."""
_ENTRY = re.compile(r"([ \u3000]*)(\w+)[ ]*[:：](?=[ \u3000]|$)[ \u3000]*(?P<value>.*)")
_NAME = re.compile(r"(?:^|(?<=\s))(\w+)[ ]*[:：]")
_BARE = re.compile(r"""[^\s#:：\[\]{}'",-][^:：\[\]{}"']*""")
"""A line that could be an entry, had it a colon."""
_ONE_LINE = re.compile(r"[^\s\[{\"'|>&*!#]")
"""How a value begins that ends with its line: what is further in on the next line does not belong to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar:
    """One text, `quoted` or not; `start` and `end` are offsets in the file."""

    start: int
    end: int
    text: str
    quoted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence:
    """A list."""

    start: int
    end: int
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """Names with their values in the order of the file; a value is None where it could not be read.

    `lost` are further names that stand where nothing could be read: nobody can say that they are missing.
    """

    start: int
    end: int
    pairs: tuple[tuple[Scalar, Node | None], ...]
    lost: frozenset[str] = frozenset()


Node = Scalar | Sequence | Mapping


def read_notation(text: SourceText, start: int, end: int, found: list[Diagnostic]) -> Mapping | None:
    """The mapping in `text[start:end]`; None where there is none.  What is wrong with the writing goes to `found`."""
    written = text.text[start:end]
    for tab in re.finditer("\t+", written):
        where = text.span(start + tab.start(), start + tab.end())
        found.append(faults.TAB.at(where, "这里有制表符（Tab）", "删去它，改用空格"))
    plain, place = _plain(_NOT_YAML.sub(" ", written.replace("\t", " ")), start)
    if _too_deep(plain):
        found.append(faults.NESTED_TOO_DEEP.at(text.span(start), "层次套得太深", "列表写成 [甲, 乙]"))
        return None
    try:
        node = _composed(plain, place)
    except yaml.MarkedYAMLError as fault:
        return _piecewise(text, plain, place, fault, found)
    if node is None:
        return Mapping(start=place(0), end=place(0), pairs=())
    if not isinstance(node, Mapping):
        message, hint = "刊头信息不是“名称: 内容”的形式", "每行写成“名称: 内容”，冒号后面留一个空格"
        found.append(faults.BROKEN_YAML.at(text.span(node.start), message, hint))
        return None
    return node


def _plain(written: str, start: int) -> tuple[str, Callable[[int], int]]:
    """The YAML with full-width colons made plain, and where in the file each of its characters stands."""
    added: list[int] = []  # offsets in the result of blanks the file does not have

    def colon(match: re.Match[str]) -> str:
        if match[2] or written[match.end() : match.end() + 1] in ("", "\n"):
            return match[1] + ":" + " " * len(match[2])
        added.append(match.end() + len(added))
        return match[1] + ": "

    plain = _FULL_COLON.sub(colon, written).replace(":\u3000", ": ")
    return plain, lambda at: start + at - bisect.bisect_left(added, at)


def _too_deep(plain: str) -> bool:
    """Whether brackets or lists nest deeper than the YAML reader, which recurses, can bear."""
    depth = deepest = 0
    for char in re.findall(r"[\[{\]}]", plain):
        depth += 1 if char in "[{" else -1
        deepest = max(deepest, depth)
    return deepest > _DEEPEST or re.search(rf"^[ ?-]{{{_FURTHEST},}}[^ ?-]", plain, re.MULTILINE) is not None


def _composed(plain: str, place: Callable[[int], int]) -> Node | None:
    """The value of some YAML; None for nothing.  Raises yaml.MarkedYAMLError."""
    node = yaml.compose(plain, Loader=_Loader)
    return None if node is None else _own(node, place, {})


def _own(node: yaml.Node, place: Callable[[int], int], known: dict[int, Node]) -> Node:
    """A node of PyYAML's as one of ours; `known` holds those met before, which an alias may name again."""
    if id(node) in known:
        return known[id(node)]
    start, end = place(node.start_mark.index), place(node.end_mark.index)
    known[id(node)] = Scalar(start=start, end=end, text="")  # what an alias to what it stands in means
    made: Node
    if isinstance(node, yaml.MappingNode):
        pairs = [(_own(key, place, known), _own(value, place, known)) for key, value in node.value]
        named = [(k if isinstance(k, Scalar) else Scalar(start=k.start, end=k.end, text="?"), v) for k, v in pairs]
        made = Mapping(start=start, end=end, pairs=tuple(named))
    elif isinstance(node, yaml.SequenceNode):
        made = Sequence(start=start, end=end, items=tuple(_own(item, place, known) for item in node.value))
    else:
        text = "" if node.tag.endswith(":null") else str(node.value).strip()
        made = Scalar(start=start, end=end, text=text, quoted=getattr(node, "style", None) in ("'", '"'))
    known[id(node)] = made
    return made


def _piecewise(
    text: SourceText, plain: str, place: Callable[[int], int], whole: yaml.MarkedYAMLError, found: list[Diagnostic]
) -> Mapping:
    """The entries of a text that is broken somewhere, each read alone; `whole` is said where no entry explains it."""
    pairs: list[tuple[Scalar, Node | None]] = []
    lost: set[str] = set()
    slips: list[Diagnostic] = []
    for begin, piece in _entries(plain):
        here = partial(_behind, place, begin)
        slips += _indented(text, piece, here)
        try:
            node = _composed(piece, here)
        except yaml.MarkedYAMLError as fault:
            slips.append(explained(text, piece, here, *_stumble(fault)))
            pairs += _unread(piece, here)
            lost |= set(_NAME.findall(piece))
            continue
        if isinstance(node, Mapping):
            pairs += node.pairs
        elif node is not None:
            slips.append(without_colon(text.span(node.start, node.end)))
            lost |= set(re.findall(r"\w+", piece)[:1])
    if not slips and "\t" not in text.span(place(_stumble(whole)[0])).excerpt[-1]:  # a tab has had its complaint
        slips.append(explained(text, plain, place, *_stumble(whole)))
    found += slips
    return Mapping(start=place(0), end=place(len(plain)), pairs=tuple(pairs), lost=frozenset(lost))


def _behind(place: Callable[[int], int], begin: int, at: int) -> int:
    """The place in the file of an offset in the piece that begins at `begin`."""
    return place(begin + at)


def _entries(plain: str) -> Iterator[tuple[int, str]]:
    """The pieces of a text, one entry each, with their offsets: a name at the margin, or behind an entry of one line."""
    begins, at, ended = [0], 0, True
    for line in plain.splitlines(keepends=True):
        entry = _ENTRY.match(line)
        if (entry and (ended or not entry[1])) or _BARE.fullmatch(line.rstrip("\n")):
            begins.append(at)
            ended = entry is None or bool(_ONE_LINE.match(entry["value"]))
        elif line.strip():
            ended = False
        at += len(line)
    for begin, end in itertools.pairwise([*dict.fromkeys(begins), len(plain)]):
        yield begin, plain[begin:end]


def _indented(text: SourceText, piece: str, place: Callable[[int], int]) -> Iterator[Diagnostic]:
    """The complaint of an entry that does not begin at the margin; one with a tab there has had it."""
    entry = _ENTRY.match(piece)
    if entry and entry[1]:
        where = text.span(place(0), place(entry.end(1)))
        if "\t" not in where.excerpt[-1]:
            yield faults.BROKEN_YAML.at(where, f"“{entry[2]}”前面有空格", "删去行首的空格，从第一列写起")


def _unread(piece: str, place: Callable[[int], int]) -> Iterator[tuple[Scalar, None]]:
    """The name of an entry whose value is no YAML."""
    entry = _ENTRY.match(piece)
    if entry:
        yield Scalar(start=place(entry.start(2)), end=place(entry.end(2)), text=entry[2]), None


def _stumble(fault: yaml.MarkedYAMLError) -> tuple[int, str]:
    """Where PyYAML stumbles, and its English sentence.  What was begun and never ended is shown where it begins."""
    problem, context = fault.problem or "", fault.context or ""
    begun = re.search("flow sequence|flow mapping|simple key|quoted scalar", context)
    mark = (fault.context_mark if begun else None) or fault.problem_mark or fault.context_mark
    return (mark.index if mark else 0), problem
