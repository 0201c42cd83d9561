"""A mapping with places, asked field by field, that remembers every complaint.

Front matter, site.yaml and editorial/ all go through here, so an editor meets one kind of message.
"""

from __future__ import annotations

import calendar
import datetime
import difflib
import re
from collections.abc import Iterable, Mapping

from guodong_site import faults, notation
from guodong_site.diagnostics import Diagnostic, Span
from guodong_site.model import IssueDate
from guodong_site.source import SourceText

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?|年(\d{1,2})月(?:(\d{1,2})日)?)")
_MOMENT = re.compile(r"(\S+?)(?:[ T]+|(?<=日))(\d{1,2})[:：时](\d{2})分?")

_YEARS = range(1949, 2200)
"""A bulletin of this office is not older, and a year like 1024 or 2204 is a slip of the keyboard."""
_SEPARATOR = re.compile("[，、；]|,(?![0-9])")


def near(word: str, known: Iterable[str]) -> str | None:
    """The known word most like `word`, for “您是不是想写”."""
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)
    return close[0] if close else None


def parse_date(text: str) -> IssueDate | None:
    """`2023-03-15`, `2023-03`, `2023年3月15日` or `2023年3月`; None for anything else or a day that cannot be meant."""
    match = _DATE.fullmatch(text.strip())
    if not match:
        return None
    year, month, day = int(match[1]), match[2] or match[4], match[3] or match[5]
    if month is None or year not in _YEARS:
        return None
    try:
        datetime.date(year, int(month), int(day or 1))
    except ValueError:
        return None
    return IssueDate(year=year, month=int(month), day=int(day) if day else None)


def last_day(date: IssueDate) -> datetime.date:
    """The day, or the last of a month of which no day is known."""
    return date.first_day.replace(day=date.day or calendar.monthrange(date.year, date.month)[1])


def date_fault(text: str) -> tuple[str, str]:
    """What is wrong with a text that is no date, and what to type."""
    match = _DATE.fullmatch(text.strip())
    if match and int(match[1]) not in _YEARS:
        return f"“{text}”的年份不对", f"核对年份 {match[1]}，写成 2024-03-15 这样的年-月-日"
    return f"“{text}”不是真实的日期", "写成 2024-03-15 这样的年-月-日，并核对这一天是否存在；“2024年3月15日”也可以"


class Fields:
    """One YAML mapping.  Each question takes a key off the list; `finish` complains of what nobody asked for.

    Answers are None where the key is absent or wrong; what was wrong is in `found`.
    """

    def __init__(self, text: SourceText, node: notation.Mapping, found: list[Diagnostic]) -> None:
        """`found` takes the complaints."""
        self.text, self.found = text, found
        self.where = self._span(node)
        self.keys: dict[str, notation.Scalar] = {}
        self.values: dict[str, notation.Node] = {}
        self._asked: list[str] = []
        self._unreadable = node.lost | {key.text for key, value in node.pairs if value is None}
        for key, value in node.pairs:
            if key.text in self.keys:
                first = self._span(self.keys[key.text]).line
                message = f"“{key.text}”写了两次，第一次在第 {first} 行"
                self.found.append(faults.DUPLICATE_KEY.at(self._span(key), message, "只留下正确的一行"))
                continue
            self.keys[key.text] = key
            if value is not None:
                self.values[key.text] = value

    def _span(self, node: notation.Node) -> Span:
        return self.text.span(node.start, node.end)

    def where_of(self, key: str) -> Span:
        """The place of a key's value, of the key where it has none, or of the whole mapping where it is absent."""
        node = self.values.get(key) or self.keys.get(key)
        return self._span(node) if node else self.where

    def named_at(self, key: str) -> Span:
        """The place of a key itself."""
        return self._span(self.keys[key])

    def _wrong(self, key: str, message: str, hint: str) -> None:
        self.found.append(faults.WRONG_VALUE.at(self.where_of(key), message, hint))

    def _scalar(self, key: str) -> str | None:
        self._asked.append(key)
        node = self.values.get(key)
        if node is None:
            return None
        if not isinstance(node, notation.Scalar):
            self._wrong(key, f"“{key}”应当是一行文字，这里是列表或多层内容", f"写成 {key}: 内容")
            return None
        if not node.text:
            self._wrong(key, f"“{key}”后面没有内容", f"写上内容，或删去 {key} 这一行")
        return node.text or None

    def required(self, key: str, hint: str) -> None:
        """Complains where `key` is absent; a key that is there but wrong has had its complaint."""
        if key not in self.values and key not in self._unreadable:
            self.found.append(faults.MISSING_KEY.at(self.where, f"缺少“{key}”", hint))

    def string(self, key: str) -> str | None:
        """A line of text."""
        return self._scalar(key)

    def integer(self, key: str) -> int | None:
        """A whole number from 1."""
        text = self._scalar(key)
        if text is None:
            return None
        if not re.fullmatch(r"\d{1,6}", text) or not int(text):
            self._wrong(key, f"“{key}”要写阿拉伯数字，“{text}”不是", f"写成 {key}: 3 这样的整数")
            return None
        return int(text)

    def boolean(self, key: str) -> bool:
        """True or false; absent is false."""
        text = self._scalar(key)
        if text is not None and text not in ("true", "false", "是", "否"):
            self._wrong(key, f"“{key}”只能写 true（是）或 false（否）", f"写成 {key}: true，或删去这一行")
        return text in ("true", "是")

    def choice(self, key: str, known: Iterable[str]) -> str | None:
        """One of the known words."""
        text, known = self._scalar(key), tuple(known)
        if text is None or text in known:
            return text
        guess = near(text, known)
        self._wrong(key, f"“{key}”不能写“{text}”", f"您是不是想写“{guess}”？" if guess else "可以写：" + "、".join(known))
        return None

    def strings(self, key: str) -> tuple[str, ...]:
        """A list of texts; one text alone is a list of one."""
        return tuple(text for text, _ in self.texts(key))

    def texts(self, key: str) -> tuple[tuple[str, Span], ...]:
        """As `strings`, each with its place."""
        node = self.values.get(key)
        if isinstance(node, notation.Sequence):
            self._asked.append(key)
            items = [item for item in node.items if isinstance(item, notation.Scalar)]
            if len(items) < len(node.items):
                self._wrong(key, f"“{key}”的每一项应当是文字", f"写成 {key}: [甲, 乙]")
                return ()
        else:
            items = [node] if self._scalar(key) and isinstance(node, notation.Scalar) else []
        for item in items:
            mark = None if item.quoted else _SEPARATOR.search(item.text)
            if mark:
                apart = ", ".join(part.strip() for part in re.split("[，、；,]", item.text) if part.strip())
                hint = f"用英文逗号隔开：{key}: [{apart}]；标点是名称的一部分时，用英文引号把这个名称括起来"
                self.found.append(faults.WRONG_VALUE.at(self._span(item), f"“{key}”里用“{mark[0]}”隔开的，会被当成一个", hint))
        return tuple((item.text, self._span(item)) for item in items)

    def date(self, key: str) -> IssueDate | None:
        """A day, or a month where the day is not known."""
        text = self._scalar(key)
        if text is None:
            return None
        date = parse_date(text)
        if date is None:
            self.found.append(faults.IMPOSSIBLE_DATE.at(self.where_of(key), *date_fault(text)))
        return date

    def moment(self, key: str) -> datetime.datetime | None:
        """A day with hour and minute."""
        text = self._scalar(key)
        if text is None:
            return None
        match = _MOMENT.fullmatch(text)
        day = parse_date(match[1]) if match else None
        try:
            if match and day and day.day:
                return datetime.datetime(day.year, day.month, day.day, int(match[2]), int(match[3]))  # noqa: DTZ001
        except ValueError:
            pass
        hint = "写成 2024-03-16 09:00 这样的 年-月-日 时:分"
        if day is None and match and _DATE.fullmatch(match[1]):
            hint = date_fault(match[1])[1]
        self.found.append(faults.IMPOSSIBLE_DATE.at(self.where_of(key), f"“{text}”不是真实的日期和时间", hint))
        return None

    def mappings(self, key: str) -> tuple[Fields, ...]:
        """A list of mappings, each to be asked in turn."""
        self._asked.append(key)
        node = self.values.get(key)
        if node is None:
            return ()
        if not isinstance(node, notation.Sequence):
            self._wrong(key, f"“{key}”应当是列表", "每一项以“- ”开头，一项一段")
            return ()
        inner = []
        for item in node.items:
            if isinstance(item, notation.Mapping):
                inner.append(Fields(self.text, item, self.found))
            else:
                self._wrong(key, f"“{key}”的每一项应当写成“名称: 内容”", "参看文件里其余各项的写法")
        return tuple(inner)

    def entries(self, key: str, form: str) -> tuple[Fields, ...]:
        """A mapping or a list of them, each to be asked in turn; `form` says how one is written."""
        self._asked.append(key)
        node = self.values.get(key)
        listed = node.items if isinstance(node, notation.Sequence) else () if node is None else (node,)
        for item in listed:
            if not isinstance(item, notation.Mapping):
                self.found.append(faults.WRONG_VALUE.at(self._span(item), f"“{key}”的写法不对", form))
        return tuple(Fields(self.text, item, self.found) for item in listed if isinstance(item, notation.Mapping))

    def maps(self, key: str, names: frozenset[str] = frozenset()) -> bool:
        """Whether a value is a mapping, and not one in which any of these `names` has a text."""
        node = self.values.get(key)
        return isinstance(node, notation.Mapping) and not any(
            name.text in names and isinstance(value, notation.Scalar) for name, value in node.pairs
        )

    def mapping(self, key: str) -> Fields | None:
        """A mapping, to be asked in turn."""
        self._asked.append(key)
        node = self.values.get(key)
        if node is None:
            return None
        if not isinstance(node, notation.Mapping):
            self._wrong(key, f"“{key}”应当是“名称: 内容”的列表", "每行缩进两格，写成“名称: 内容”")
            return None
        return Fields(self.text, node, self.found)

    def finish(self, spoken: Mapping[str, str] | None = None) -> None:
        """Every key must have been asked for: a misspelt one would silently do nothing.  `spoken` names keys in other words."""
        for name in self.keys.keys() - set(self._asked):
            guess = (spoken or {}).get(name) or near(name, self._asked)
            hint = f"您是不是想写“{guess}”？" if guess else "可以写：" + "、".join(self._asked)
            self.found.append(faults.UNKNOWN_KEY.at(self._span(self.keys[name]), f"不认识的名称“{name}”", hint))


def read_fields(text: SourceText, start: int, end: int, found: list[Diagnostic]) -> Fields | None:
    """The YAML mapping in `text[start:end]`; None where nothing can be asked.  Complaints, now and later, go to `found`."""
    node = notation.read_notation(text, start, end, found)
    return Fields(text, node, found) if node is not None else None
