"""release.json ↔ Release.  Same release, same bytes; an item and a file a line, so that git shows what changed."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from guodong_site.release import OPS, File, Item, Release, fit

VERSION = 1
"""Of the shape, which schemas/release.json describes."""

_FACTS = tuple(field.name for field in fields(Item))
_UNKNOWN = ("published", "withdrawn")
"""What nobody may know of an item."""

_SUM = re.compile(r"[0-9a-f]{64}")


def written(release: Release) -> bytes:
    """The file."""
    ops = Counter(item.op for item in release.items)
    head = {
        "version": VERSION,
        "id": release.id,
        "previous": release.previous,
        "commit": release.commit,
        "base_url": release.base_url,
        "generator": release.generator,
        "forced": [{"gate": gate, "reason": reason} for gate, reason in release.forced],
        "counts": {
            "files": len(release.files),
            "bytes": sum(file.size for file in release.files),
            "items": len(release.items),
            **{op: ops[op] for op in OPS},
        },
    }
    opened = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    items = _lines(json.dumps({name: getattr(item, name) for name in _FACTS}, ensure_ascii=False) for item in release.items)
    files = _lines(
        f'{{"path": {json.dumps(file.path, ensure_ascii=False)}, "size": {file.size}, "sha256": "{file.sha256}"}}'
        for file in release.files
    )
    return f'{opened},\n "items": {items},\n "files": {files}\n}}\n'.encode()


def _lines(entries: Iterable[str]) -> str:
    listed = ",\n".join(f"  {entry}" for entry in entries)
    return f"[\n{listed}\n ]" if listed else "[]"


def parse(data: bytes) -> Release:
    """The release a file tells of.  Raises ValueError where it is none, or one that could lead out of its folder."""
    try:
        return understood(json.loads(data))
    except (UnicodeDecodeError, RecursionError) as fault:
        message = f"no release: {fault}"
        raise ValueError(message) from fault


def understood(held: Any) -> Release:  # noqa: ANN401  # whatever a file holds
    """The same of what stands in the file.  Raises ValueError as `parse` does."""
    try:
        if held["version"] != VERSION:
            message = f"version {held['version']}"
            raise ValueError(message)
        release = Release(
            commit=_text(held["commit"]),
            base_url=_text(held["base_url"]),
            generator=_text(held["generator"]),
            previous=None if held["previous"] is None else _text(held["previous"]),
            forced=tuple((_text(one["gate"]), _text(one["reason"])) for one in held["forced"]),
            items=tuple(map(_item, held["items"])),
            files=tuple(_file(one) for one in held["files"]),
        )
    except (KeyError, TypeError, AttributeError) as fault:
        message = f"no release: {fault}"
        raise ValueError(message) from fault
    if len({file.path for file in release.files}) != len(release.files) or held["id"] != release.id:
        message = "its id is not that of its files"
        raise ValueError(message)
    return release


def _item(one: Mapping[str, Any]) -> Item:
    texts = {name: _text(value) for name, value in one.items() if name not in _UNKNOWN}
    published, withdrawn = (None if one[name] is None else _text(one[name]) for name in _UNKNOWN)
    item = Item(**texts, published=published, withdrawn=withdrawn)
    if item.op not in OPS or "/" not in item.id:
        message = f"no item: {item.id}"
        raise ValueError(message)
    return item


def _file(one: Mapping[str, Any]) -> File:
    file = File(path=_text(one["path"]), size=one["size"], sha256=_text(one["sha256"]))
    if not fit(file.path) or not _SUM.fullmatch(file.sha256):
        message = f"no file of a site: {file.path}"
        raise ValueError(message)
    if not isinstance(file.size, int) or file.size < 0:
        message = f"no size: {file.path}"
        raise ValueError(message)
    return file


def _text(value: object) -> str:
    if not isinstance(value, str):
        message = f"no text: {value!r}"
        raise TypeError(message)
    return value
