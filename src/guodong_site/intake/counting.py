"""Automatic numbering of Word, resolved to the text a reader saw: 一、 （二） 3. ① (ECMA-376 part 1 §17.9).  Knows no text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"


def _chinese(number: int) -> str:
    """1 → 一, 10 → 十, 23 → 二十三, 105 → 一百零五; digits one by one above 9999."""
    if not 0 < number < 10000:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    said, zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            said += ("零" if zero and said else "") + _DIGITS[digit] + name
        zero = not digit
    return re.sub("^一十", "十", said)


def _roman(number: int) -> str:
    pairs = zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), "M CM D CD C XC L XL X IX V IV I".split(), strict=True)
    said = ""
    for value, name in pairs:
        said += name * (number // value)
        number %= value
    return said


def _letter(number: int) -> str:
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


_SPOKEN: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda n: f"{n:02}",
    "decimalFullWidth": lambda n: str(n).translate({ord(str(d)): chr(0xFF10 + d) for d in range(10)}),
    "decimalEnclosedCircle": lambda n: chr(0x245F + n) if 1 <= n <= 20 else f"（{n}）",
    "decimalEnclosedCircleChinese": lambda n: chr(0x245F + n) if 1 <= n <= 20 else f"（{n}）",
    "decimalEnclosedParen": lambda n: chr(0x2473 + n) if 1 <= n <= 20 else f"（{n}）",
    "decimalEnclosedFullstop": lambda n: chr(0x2487 + n) if 1 <= n <= 20 else f"{n}.",
    "upperRoman": _roman,
    "lowerRoman": lambda n: _roman(n).lower(),
    "upperLetter": _letter,
    "lowerLetter": lambda n: _letter(n).lower(),
    "ideographTraditional": lambda n: "甲乙丙丁戊己庚辛壬癸"[(n - 1) % 10],
    "none": lambda _: "",
}
_CHINESE = re.compile("chinese|japaneseCounting|japaneseDigital|taiwanese|ideograph(?:Digital|LegalTraditional|Enclosed)")


@dataclass(slots=True, kw_only=True)
class _Level:
    form: str
    text: str
    start: int
    legal: bool


@dataclass(slots=True, kw_only=True)
class _List:
    levels: dict[int, _Level]
    counters: dict[int, int] = field(default_factory=dict)


class Counting:
    """The lists of one document, counted as its paragraphs come by."""

    def __init__(self, root: ET.Element | None) -> None:
        """`root` is numbering.xml."""
        shapes: dict[str, _List] = {}
        self._lists: dict[str, _List] = {}
        for one in root.iter(f"{W}abstractNum") if root is not None else ():
            levels = {_number(level, f"{W}ilvl", 0): _level(level) for level in one.iter(f"{W}lvl")}
            shapes[one.get(f"{W}abstractNumId", "")] = _List(levels=levels)
        for one in root.iter(f"{W}num") if root is not None else ():
            shape = one.find(f"{W}abstractNumId")
            known = shapes.get(shape.get(f"{W}val", "") if shape is not None else "")
            if known is None:
                continue
            overrides = one.findall(f"{W}lvlOverride")
            if overrides:  # begins anew, or looks different: a list of its own
                known = _List(levels=dict(known.levels))
                for override in overrides:
                    at, level, start = (
                        _number(override, f"{W}ilvl", 0),
                        override.find(f"{W}lvl"),
                        override.find(f"{W}startOverride"),
                    )
                    if level is not None:
                        known.levels[at] = _level(level)
                    elif start is not None and at in known.levels:
                        was = known.levels[at]
                        first = _number(start, f"{W}val", 1)
                        known.levels[at] = _Level(form=was.form, text=was.text, start=first, legal=was.legal)
            self._lists[one.get(f"{W}numId", "")] = known

    def next(self, list_id: str, depth: int) -> str:
        """The number of the next paragraph of a list; empty where there is none."""
        one = self._lists.get(list_id)
        level = one.levels.get(depth) if one else None
        if one is None or level is None:
            return ""
        one.counters[depth] = one.counters.get(depth, level.start - 1) + 1
        for deeper in [at for at in one.counters if at > depth]:
            del one.counters[deeper]
        if level.form == "bullet":
            return "•"

        def said(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            other = one.levels.get(at)
            if other is None:
                return ""
            number = one.counters.get(at, other.start)
            return str(number) if level.legal else _said(other.form, number)

        return re.sub(r"%(\d)", said, level.text)


def _said(form: str, number: int) -> str:
    if _CHINESE.match(form):
        return _chinese(number)
    return _SPOKEN.get(form, str)(number)


def _number(element: ET.Element, name: str, default: int) -> int:
    written = element.get(name, "")
    return int(written) if re.fullmatch(r"-?\d{1,4}", written) else default


def _level(element: ET.Element) -> _Level:
    def value(name: str, default: str) -> str:
        one = element.find(f"{W}{name}")
        return default if one is None else one.get(f"{W}val", default)

    start = value("start", "1")
    return _Level(
        form=value("numFmt", "decimal"),
        text=value("lvlText", ""),
        start=int(start) if re.fullmatch(r"\d{1,4}", start) else 1,
        legal=element.find(f"{W}isLgl") is not None,
    )
