"""What the portal has by now, and so what is to be done; as a release.json, a receipt or the manifest of a package says it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

_FACTS = ("url", "title", "date", "published", "sha256", "rev")
_TO_THE_MINUTE = 16  # characters of `2024-03-16T09:00:00+08:00`


class NotComparableError(Exception):
    """The file is no list of articles; `str()` says why, in Chinese."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An article as the portal has it, at the `path` of its address; a fact that the file does not hold is not there."""

    path: str
    gone: bool
    facts: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """All that the portal has, by id; `name` is the release's or package's."""

    name: str | None = None
    items: Mapping[str, Known] = field(default_factory=dict)

    def op(self, key: str, facts: Mapping[str, str | None]) -> str:
        """What is to be done with an article that is to be read, of which these are the facts."""
        known = self.items.get(key)
        if known is None or known.gone:
            return "create"
        same = all(_plain(name, told) == _plain(name, facts[name]) for name, told in known.facts.items())
        return "unchanged" if same else "update"

    def gone(self, key: str) -> str:
        """What is to be done with an article that is withdrawn."""
        known = self.items.get(key)
        return "unchanged" if known is not None and known.gone else "withdraw"


def read(data: bytes) -> Before:
    """Reads any of them.  Raises NotComparableError."""
    try:
        told = json.loads(data)
        told = told.get("release", told)  # which a receipt holds
        name, listed = told.get("id"), told["items"]
        items = {str(one["id"]): _known(one) for one in listed}
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        message = "它不是 release.json，也不是数据包的 manifest.json"
        raise NotComparableError(message) from fault
    if not isinstance(name, str):
        message = "它没有写明是哪一次发布（id）"
        raise NotComparableError(message)
    return Before(name=name, items=items)


def _known(one: Mapping[str, Any]) -> Known:
    gone = one["op"] == "withdraw" or bool(one.get("withdrawn"))
    facts = {name: one[name] for name in _FACTS if name in one}
    return Known(path=urlsplit(str(one["url"])).path, gone=gone, facts={} if gone else facts)


def _plain(name: str, told: str | None) -> str | None:
    """A fact as both files say it: one has paths where the other has addresses."""
    if told is None:
        return None
    if name == "url":
        return urlsplit(told).path
    return told[:_TO_THE_MINUTE] if name == "published" else told
