"""docs/schema/issue.schema.json: what the front matter of an issue may say, for editors that understand JSON Schema.

It asks `front_matter` what there is to ask, so that it cannot say anything else; the explanations are those of the manual.
`python docs/make_schema.py` writes it; tests/test_schema_of_issues.py holds it to both.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from guodong_site.config import Settings
from guodong_site.diagnostics import Span
from guodong_site.fields import Fields
from guodong_site.front_matter import SPOKEN, ask
from guodong_site.model import IssueDate
from guodong_site.notation import Mapping as Written
from guodong_site.notation import Node, Scalar
from guodong_site.source import SourceText

FILE = Path(__file__).parent / "schema" / "issue.schema.json"
_MANUAL = Path(__file__).parent / "编辑手册.md"
_ITEM = "*"
"""Stands for any item, where a field is asked item by item."""

_DATE = r"^\d{4}(-\d{1,2}(-\d{1,2})?|年\d{1,2}月(\d{1,2}日)?)$"
_MOMENT = r"^\S+(日|[ T]+)\d{1,2}[:：时]\d{2}分?$"
_TEXT = {"type": ["string", "number"]}
_YES_NO = {"enum": [True, False, "是", "否"]}


class _Asked(Fields):
    """Fields that answer nothing and remember what they were asked; `by_item`: as if everything were said item by item."""

    def __init__(self, *, by_item: bool = False, said: frozenset[str] = frozenset()) -> None:
        super().__init__(SourceText(path="", text=""), Written(start=0, end=0, pairs=()), [])
        self.by_item, self.said = by_item, said
        self.properties: dict[str, dict[str, Any]] = {}
        self.needed: list[str] = []
        self.values = _Everything() if by_item else {}

    def where_of(self, key: str) -> Span:  # noqa: ARG002  # the reader's shape
        return Span(path="")

    def named_at(self, key: str) -> Span:  # noqa: ARG002  # the reader's shape
        return Span(path="")

    def required(self, key: str, hint: str) -> None:  # noqa: ARG002  # the reader's shape
        self.needed.append(key)

    def string(self, key: str) -> None:
        self.properties[key] = dict(_TEXT)

    def integer(self, key: str) -> None:
        self.properties[key] = {"type": "integer", "minimum": 1, "maximum": 999999}

    def _scalar(self, key: str) -> str | None:
        """Of all questions only that for yes or no comes down to here, since `amendments` passes it on as a function."""
        self.properties[key] = dict(_YES_NO)
        return "true" if key in self.said else None

    def choice(self, key: str, known: Iterable[str]) -> None:
        self.properties[key] = {"enum": list(known)}

    def texts(self, key: str) -> tuple[tuple[str, Span], ...]:
        self.properties[key] = {"anyOf": [dict(_TEXT), {"type": "array", "items": dict(_TEXT)}]}
        return ()

    def date(self, key: str) -> IssueDate | None:
        self.properties[key] = {"type": "string", "pattern": _DATE}
        return None

    def moment(self, key: str) -> datetime.datetime | None:
        self.properties[key] = {"type": "string", "pattern": _MOMENT}
        return None

    def maps(self, key: str, names: frozenset[str] = frozenset()) -> bool:  # noqa: ARG002  # the reader's shape
        return self.by_item

    def mappings(self, key: str) -> tuple[Fields, ...]:
        return self.entries(key, "")

    def entries(self, key: str, form: str) -> tuple[Fields, ...]:  # noqa: ARG002  # the reader's shape
        inner = _Asked()
        self.properties[key] = {"entries": inner}
        return (inner,)

    def mapping(self, key: str) -> Fields:
        inner = _Asked()
        inner.keys = {_ITEM: Scalar(start=0, end=0, text=_ITEM)}
        self.properties[key] = {"items": inner}
        return inner

    def finish(self, spoken: Mapping[str, str] | None = None) -> None:
        """Nothing is left over."""

    def schema(self, name: str) -> dict[str, Any]:
        """What a field may be."""
        one = self.properties[name]
        if isinstance(one.get("entries"), _Asked):
            entry = one["entries"].object()
            return {"anyOf": [entry, {"type": "array", "items": entry}]}
        return one

    def object(self) -> dict[str, Any]:
        """What a mapping of these fields may be."""
        properties = {name: self.schema(name) for name in self.properties}
        return {"type": "object", "additionalProperties": False, "required": self.needed, "properties": properties}


class _Everything(dict[str, Node]):
    """Every name is there."""

    def __contains__(self, key: object) -> bool:
        return True


def _asked(*, by_item: bool = False, said: str = "") -> _Asked:
    asked = _Asked(by_item=by_item, said=frozenset((said,)))
    ask(asked, Settings(name="", issuer="", base_url="", sections=()))
    return asked


def schema() -> dict[str, Any]:
    """The schema, in the order in which the manual explains the fields."""
    whole, by_item = _asked(), _asked(by_item=True)
    explained = _explained()
    spoken = {name: word for word, name in reversed(SPOKEN.items())}
    properties = {}
    for name in sorted(whole.properties, key=lambda name: list(explained).index(name)):
        one = whole.schema(name)
        inner = by_item.properties[name].get("items")
        if isinstance(inner, _Asked):
            one = {"anyOf": [one, {"type": "object", "minProperties": 1, "additionalProperties": inner.schema(_ITEM)}]}
        properties[name] = {"title": spoken.get(name, name), "description": explained[name], **one}
    always = [name for name in whole.needed if all(name in _asked(said=said).needed for said in _switches(whole))]
    relaxed = [name for name in whole.needed if name not in always]
    relaxing = [said for said in _switches(whole) if not set(relaxed) & set(_asked(said=said).needed)]
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "刊头信息",
        "description": "一期开头两行 --- 之间的内容；由 docs/make_schema.py 生成。",
        "type": "object",
        "additionalProperties": False,
        "required": always,
        "anyOf": [
            {"required": relaxed},
            *({"required": [said], "properties": {said: {"enum": [True, "是"]}}} for said in relaxing),
        ],
        "properties": properties,
    }


def _switches(asked: _Asked) -> list[str]:
    return [name for name, one in asked.properties.items() if one == _YES_NO]


def _explained() -> dict[str, str]:
    """What the manual's table says of each field."""
    found = {}
    for cell, meaning in re.findall(r"^\| (`.+?) \| (.+?) \| .*\|$", _MANUAL.read_text(encoding="utf-8"), re.MULTILINE):
        for name in re.findall(r"`(\w+)(?:: \w+)?`", cell):
            found[name] = re.sub(r"[*`]", "", meaning)
    return found


def text() -> str:
    """The file."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(text(), encoding="utf-8")
