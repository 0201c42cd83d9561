"""The only reader of YAML: a mapping with places, asked field by field, that remembers every complaint.

Front matter, site.yaml and editorial/ all go through here, so an editor meets one kind of message.
"""

from __future__ import annotations

import bisect
import datetime
import difflib
import re
from collections.abc import Callable, Iterable

import yaml

from guodong_site import faults
from guodong_site.diagnostics import Diagnostic, Span
from guodong_site.model import IssueDate
from guodong_site.source import SourceText

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
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
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?|年(\d{1,2})月(?:(\d{1,2})日)?)")
_MOMENT = re.compile(r"(\S+?)(?:[ T]+|(?<=日))(\d{1,2})[:：时](\d{2})分?")


def near(word: str, known: Iterable[str]) -> str | None:
    """The known word most like `word`, for “您是不是想写”."""
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)
    return close[0] if close else None


def parse_date(text: str) -> IssueDate | None:
    """`2023-03-15`, `2023-03`, `2023年3月15日` or `2023年3月`; None for anything else or a day that does not exist."""
    match = _DATE.fullmatch(text.strip())
    if not match:
        return None
    year, month, day = int(match[1]), match[2] or match[4], match[3] or match[5]
    if month is None:
        return None
    try:
        datetime.date(year, int(month), int(day or 1))
    except ValueError:
        return None
    return IssueDate(year=year, month=int(month), day=int(day) if day else None)


_FULL_COLON = re.compile(r"^([A-Za-z_]+[ ]*)：([ \u3000]*)", re.MULTILINE)
_NO_COLON = re.compile(r"""^[^\s#:\[\]{}'",-][^:\n]*$""", re.MULTILINE)
_OPEN_QUOTE = re.compile(r"""^\w+[ ]*:[ ]*(?:"[^"\n]*|'[^'\n]*)$""", re.MULTILINE)
_DEEPEST = 50  # levels of brackets; the YAML reader recurses


class Fields:
    """One YAML mapping.  Each question takes a key off the list; `finish` complains of what nobody asked for.

    Answers are None where the key is absent or wrong; what was wrong is in `found`.
    """

    def __init__(self, text: SourceText, node: yaml.MappingNode, place: Callable[[int], int], found: list[Diagnostic]) -> None:
        """`place` gives the offset in the file of an offset in the YAML."""
        self.text, self.found, self._place = text, found, place
        self.where = self._span(node)
        self.keys: dict[str, yaml.Node] = {}
        self.values: dict[str, yaml.Node] = {}
        self._asked: list[str] = []
        for key, value in node.value:
            name = str(key.value)
            if name in self.keys:
                first = self._span(self.keys[name]).line
                message = f"“{name}”写了两次，第一次在第 {first} 行"
                self.found.append(faults.DUPLICATE_KEY.at(self._span(key), message, "只留下正确的一行"))
                continue
            self.keys[name], self.values[name] = key, value

    def _span(self, node: yaml.Node) -> Span:
        return self.text.span(self._place(node.start_mark.index), self._place(node.end_mark.index))

    def where_of(self, key: str) -> Span:
        """The place of a key's value, or of the whole mapping where it is absent."""
        return self._span(self.values[key]) if key in self.values else self.where

    def _wrong(self, key: str, message: str, hint: str) -> None:
        self.found.append(faults.WRONG_VALUE.at(self.where_of(key), message, hint))

    def _scalar(self, key: str) -> str | None:
        self._asked.append(key)
        node = self.values.get(key)
        if node is None:
            return None
        if not isinstance(node, yaml.ScalarNode):
            self._wrong(key, f"“{key}”应当是一行文字，这里是列表或多层内容", f"写成 {key}: 内容")
            return None
        text = "" if node.tag.endswith(":null") else str(node.value).strip()
        if not text:
            self._wrong(key, f"“{key}”后面没有内容", f"写上内容，或删去 {key} 这一行")
        return text or None

    def required(self, key: str, hint: str) -> None:
        """Complains where `key` is absent; a key that is there but wrong has had its complaint."""
        if key not in self.values:
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
        node = self.values.get(key)
        if not isinstance(node, yaml.SequenceNode):
            text = self._scalar(key)
            return (text,) if text else ()
        self._asked.append(key)
        if not all(isinstance(item, yaml.ScalarNode) for item in node.value):
            self._wrong(key, f"“{key}”的每一项应当是文字", f"写成 {key}: [甲, 乙]")
            return ()
        return tuple(str(item.value).strip() for item in node.value)

    def date(self, key: str) -> IssueDate | None:
        """A day, or a month where the day is not known."""
        text = self._scalar(key)
        if text is None:
            return None
        date = parse_date(text)
        if date is None:
            hint = "写成 2024-03-15 这样的年-月-日，并核对这一天是否存在；“2024年3月15日”也可以"
            self.found.append(faults.IMPOSSIBLE_DATE.at(self.where_of(key), f"“{text}”不是真实的日期", hint))
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
        self.found.append(faults.IMPOSSIBLE_DATE.at(self.where_of(key), f"“{text}”不是真实的日期和时间", hint))
        return None

    def mappings(self, key: str) -> tuple[Fields, ...]:
        """A list of mappings, each to be asked in turn."""
        self._asked.append(key)
        node = self.values.get(key)
        if node is None:
            return ()
        if not isinstance(node, yaml.SequenceNode):
            self._wrong(key, f"“{key}”应当是列表", "每一项以“- ”开头，一项一段")
            return ()
        inner = []
        for item in node.value:
            if isinstance(item, yaml.MappingNode):
                inner.append(Fields(self.text, item, self._place, self.found))
            else:
                self._wrong(key, f"“{key}”的每一项应当写成“名称: 内容”", "参看文件里其余各项的写法")
        return tuple(inner)

    def mapping(self, key: str) -> dict[str, str]:
        """A mapping of texts."""
        self._asked.append(key)
        node = self.values.get(key)
        if node is None:
            return {}
        if not isinstance(node, yaml.MappingNode) or not all(isinstance(v, yaml.ScalarNode) for _, v in node.value):
            self._wrong(key, f"“{key}”应当是“名称: 内容”的列表", "每行缩进两格，写成“名称: 内容”")
            return {}
        inner = Fields(self.text, node, self._place, self.found)  # says which key stands twice
        return {name: str(value.value) for name, value in inner.values.items()}

    def finish(self) -> None:
        """Every key must have been asked for: a misspelt one would silently do nothing."""
        for name in self.keys.keys() - set(self._asked):
            guess = near(name, self._asked)
            hint = f"您是不是想写“{guess}”？" if guess else "可以写：" + "、".join(self._asked)
            self.found.append(faults.UNKNOWN_KEY.at(self._span(self.keys[name]), f"不认识的名称“{name}”", hint))


def read_fields(text: SourceText, start: int, end: int, found: list[Diagnostic]) -> Fields | None:
    """The YAML mapping in `text[start:end]`; None where nothing can be asked.  Complaints, now and later, go to `found`."""
    tab = text.text.find("\t", start, end)
    if tab >= 0:
        found.append(faults.TAB.at(text.span(tab), "这里有一个制表符（Tab）", "删去它，改用空格"))
        return None
    plain, place = _plain(text.text[start:end], start)
    if _depth(plain) > _DEEPEST:
        found.append(faults.NESTED_TOO_DEEP.at(text.span(start), "括号套得太深", "列表写成 [甲, 乙]"))
        return None
    try:
        node = yaml.compose(plain, Loader=_Loader)
    except yaml.MarkedYAMLError as fault:
        found.append(_explained(text, plain, place, fault))
        return None
    except yaml.YAMLError:  # a character YAML does not allow: `decode` has said which
        return None
    if node is None:
        node = yaml.MappingNode("", [], yaml.Mark("", 0, 0, 0, None, 0), yaml.Mark("", 0, 0, 0, None, 0))
    if not isinstance(node, yaml.MappingNode):
        message, hint = "刊头信息不是“名称: 内容”的形式", "每行写成“名称: 内容”，冒号后面留一个空格"
        found.append(faults.BROKEN_YAML.at(text.span(place(node.start_mark.index)), message, hint))
        return None
    return Fields(text, node, place, found)


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


def _depth(plain: str) -> int:
    """How deep brackets nest at most."""
    depth = deepest = 0
    for char in re.findall(r"[\[{\]}]", plain):
        depth += 1 if char in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _explained(text: SourceText, plain: str, place: Callable[[int], int], fault: yaml.MarkedYAMLError) -> Diagnostic:
    """PyYAML's English sentence as one of ours, at the place where the editor must type."""
    problem, context = fault.problem or "", fault.context or ""
    quote = _OPEN_QUOTE.search(plain)  # the reader stumbles at the next quote, which may be lines below
    if quote or ("quoted scalar" in context and "end of stream" in problem and fault.context_mark):
        at = re.search(r"[\"']", quote[0]).start() + quote.start() if quote else fault.context_mark.index  # type: ignore[union-attr]
        hint = "在内容末尾补上同样的引号，或去掉前面的引号"
        return faults.UNCLOSED_QUOTE.at(text.span(place(at)), "这个引号后面没有配对的引号", hint)
    bare = _NO_COLON.search(plain)
    if bare and ("mapping values" in problem or "expected ':'" in problem):
        where = text.span(place(bare.start()), place(bare.end()))
        return faults.BROKEN_YAML.at(where, "这一行缺少冒号", "写成“名称: 内容”，冒号后面留一个空格")
    begun = "flow sequence" in context or "flow mapping" in context or "simple key" in context
    mark = (fault.context_mark if begun else None) or fault.problem_mark or fault.context_mark
    at = min(mark.index if mark else 0, len(plain))
    if plain[at : at + 1] in ("", "\n"):  # behind the end of a line: show the line itself
        at = max(0, len(plain[:at].rstrip()) - 1)
    for known, message, hint in _PROBLEMS:
        if known in problem:
            return faults.BROKEN_YAML.at(text.span(place(at)), message, hint)
    return faults.BROKEN_YAML.at(text.span(place(at)), "这里的写法不对", "每行写成“名称: 内容”，冒号后面留一个空格")
