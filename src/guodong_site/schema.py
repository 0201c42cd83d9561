"""What the data files promise: JSON Schemas (draft 2020-12), published as they stand and read aloud by the page /api/."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "schemas"
_KINDS = {
    "string": "文字",
    "integer": "整数",
    "boolean": "是否",
    "array": "列表",
    "object": "对象",
    "null": "null",
}

Field = tuple[str, str, str]
"""A field's path (`[]`: each of a list), its type in words, and what it says."""


@cache
def source(name: str) -> bytes:
    """The schema of `archive` or `issue`, as it is published."""
    return (_FOLDER / f"{name}.json").read_bytes()


def fields(name: str) -> tuple[Field, ...]:
    """Every field of a file, in the order of the schema."""
    return tuple(_fields("", json.loads(source(name))))


def example(name: str) -> str:
    """A file of the schema's own examples."""
    return json.dumps(_example(json.loads(source(name))), ensure_ascii=False, indent=1)


def _fields(path: str, schema: Mapping[str, Any]) -> Iterator[Field]:
    for name, one in schema.get("properties", {}).items():
        here = f"{path}.{name}" if path else name
        kinds = one["type"] if isinstance(one["type"], list) else [one["type"]]
        inside = one.get("items", {})
        said = " 或 ".join(_KINDS[kind] for kind in kinds)
        yield here, f"{said}（{_KINDS[inside['type']]}）" if inside else said, one["description"]
        yield from _fields(f"{here}[]", inside)


def _example(schema: Mapping[str, Any]) -> Any:  # noqa: ANN401  # whatever JSON can be
    if "examples" in schema:
        return schema["examples"][0]
    if schema["type"] == "array":
        return [_example(schema["items"])]
    return {name: _example(one) for name, one in schema["properties"].items()}
