"""docs/门户接口说明.md is true: its tables are the schemas', its tags the program's, its files those of a package."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import ROOT

from guodong_site.portal import adapters
from guodong_site.portal.catalogue import COLUMNS
from guodong_site.portal.fragment import TAGS
from guodong_site.portal.parcel import OPS, Adapter
from guodong_site.registry import discover

MANUAL = ROOT / "docs/门户接口说明.md"
_KINDS = {"string": "文字", "integer": "整数", "boolean": "是否", "array": "列表", "object": "一组", "null": "null"}


def fields(schema: dict[str, Any], path: str = "") -> Iterator[tuple[str, str, str]]:
    for name, one in schema.get("properties", {}).items():
        here = f"{path}.{name}" if path else name
        kinds = one["type"] if isinstance(one["type"], list) else [one["type"]]
        yield here, " 或 ".join(_KINDS[kind] for kind in kinds), one["description"]
        yield from fields(one, here)
        if "items" in one:
            yield from fields(one["items"], f"{here}[]")


def table(name: str) -> str:
    schema = json.loads((ROOT / f"src/guodong_site/schemas/{name}.json").read_bytes())
    lines = ["| 名称 | 类型 | 意思 |", "|---|---|---|"]
    return "\n".join([*lines, *(f"| `{path}` | {kind} | {said} |" for path, kind, said in fields(schema))])


def test_its_tables_are_the_schemas(request: pytest.FixtureRequest) -> None:
    """Every field of manifest and record, and every tag; `pytest --accept` rewrites them."""
    made = {name: table(name) for name in ("package", "package-item")} | {"标签": "、".join(f"`{tag}`" for tag in sorted(TAGS))}
    text = MANUAL.read_text(encoding="utf-8")
    wanted = text
    for name, part in made.items():
        before, rest = wanted.split(f"<!-- {name} -->\n")
        after = rest.split(f"<!-- /{name} -->")[1]
        wanted = f"{before}<!-- {name} -->\n{part}\n<!-- /{name} -->{after}"
    if request.config.getoption("--accept"):
        MANUAL.write_text(wanted, encoding="utf-8")
        text = wanted

    assert text == wanted


def test_it_names_what_there_is() -> None:
    """The adapters, the operations, the columns, and no more."""
    text = MANUAL.read_text(encoding="utf-8")
    named = re.findall(r"^\| `(\w+)` \| (?!文字|整数|列表|是否|一组)", text.split("## 七")[1], re.MULTILINE)

    assert sorted(named) == sorted(one.name for one in discover(adapters, "ADAPTER", Adapter))
    assert "、".join(COLUMNS) in text.replace("\n", "")
    assert all(f"`{op}`" in text for op in OPS)
