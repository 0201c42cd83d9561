"""Diagnostics as other programs read them: our own JSON, GitHub's annotations, GitLab's Code Quality, SARIF 2.1.0.

Sources: DESIGN.md §10; GitHub Actions workflow commands; GitLab Code Quality report format (Code Climate's subset); OASIS SARIF 2.1.0.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from guodong_site import __version__
from guodong_site.diagnostics import Diagnostic, Rule, Severity

if TYPE_CHECKING:
    from guodong_site.model import Inference

_GITHUB = {Severity.VETO: "error", Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_GITLAB = {Severity.VETO: "blocker", Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}
_SARIF = {Severity.VETO: "error", Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def as_json(found: tuple[Diagnostic, ...], inferred: tuple[Inference, ...], code: int) -> dict[str, Any]:
    """The shape of DESIGN.md §10."""
    return {
        "version": 1,
        "exit": code,
        "counts": {s.value: sum(d.severity is s for d in found) for s in reversed(Severity)},
        "diagnostics": [
            {
                "code": d.rule.code,
                "name": d.rule.name,
                "severity": d.severity.value,
                "file": d.where.path,
                "line": d.where.line,
                "column": d.where.column,
                "end_column": max(d.where.end_column, d.where.column),
                "message": d.message,
                "hint": d.hint,
                "item": d.item,
            }
            for d in found
        ],
        "inferred": [
            {
                "file": i.where.path,
                "line": i.where.line,
                "item": i.item,
                "field": i.field,
                "value": i.value,
                "evidence": i.evidence,
            }
            for i in inferred
        ],
    }


def as_annotation(diagnostic: Diagnostic) -> str:
    """A workflow command of GitHub Actions; its own escapes for % and line ends, and for : and , in properties."""
    where = diagnostic.where

    def escaped(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def value(text: str) -> str:
        return escaped(text).replace(":", "%3A").replace(",", "%2C")

    places = f"file={value(where.path)},line={where.line},col={where.column},endColumn={max(where.end_column, where.column)}"
    kind = _GITHUB[diagnostic.severity]
    return f"::{kind} {places},title={value(diagnostic.rule.code)}::{escaped(_told(diagnostic))}"


def as_gitlab(found: Iterable[Diagnostic]) -> list[dict[str, Any]]:
    """A Code Quality report, which GitLab shows in a merge request."""
    return [
        {
            "description": f"{d.rule.code} {_told(d)}",
            "check_name": d.rule.name,
            "fingerprint": print_,
            "severity": _GITLAB[d.severity],
            "location": {
                "path": d.where.path,
                "lines": {"begin": d.where.line},
            },
        }
        for d, print_ in _fingerprinted(found)
    ]


def as_sarif(found: Iterable[Diagnostic]) -> dict[str, Any]:
    """A SARIF log of one run; `columnKind` says that columns count characters."""
    listed = list(_fingerprinted(found))
    rules = list({d.rule.code: d.rule for d, _ in listed}.values())
    at = {rule.code: number for number, rule in enumerate(rules)}
    results = [
        {
            "ruleId": d.rule.code,
            "ruleIndex": at[d.rule.code],
            "level": _SARIF[d.severity],
            "message": {"text": _told(d)},
            "locations": [_location(d)],
            "partialFingerprints": {"guodong/v1": print_},
            "properties": {"severity": d.severity.value, **({"item": d.item} if d.item else {})},
        }
        for d, print_ in listed
    ]
    driver = {
        "name": "guodong-site",
        "version": __version__,
        "language": "zh-CN",
        "rules": [_descriptor(rule) for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "language": "zh-CN",
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"ROOT": {"description": {"text": "项目文件夹"}}},
        "results": results,
    }
    schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
    return {"$schema": schema, "version": "2.1.0", "runs": [run]}


def _told(diagnostic: Diagnostic) -> str:
    return diagnostic.message + (f"。改法：{diagnostic.hint}" if diagnostic.hint else "")


def _descriptor(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {"text": f"错：{rule.wrong}\n对：{rule.right}"},
        "defaultConfiguration": {"level": _SARIF[rule.severity]},
    }


def _location(diagnostic: Diagnostic) -> dict[str, Any]:
    where = diagnostic.where
    region: dict[str, Any] = {"startLine": where.line, "startColumn": where.column}
    if where.excerpt:
        region["endColumn"] = max(where.end_column, where.column) + 1  # which SARIF does not count in
        region["snippet"] = {"text": where.excerpt[-1]}
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(where.path), "uriBaseId": "ROOT"}, "region": region}}


def _uri(path: str) -> str:
    """A relative URI reference; only what cannot stand in one is escaped."""
    return "".join(
        char if char.isalnum() or char in "/._~-" else "".join(f"%{byte:02X}" for byte in char.encode()) for char in path
    )


def _fingerprinted(found: Iterable[Diagnostic]) -> Iterator[tuple[Diagnostic, str]]:
    """Each with a name of its own that stays when lines above are added: rule, file, message, and which of the like it is."""
    seen: Counter[str] = Counter()
    for diagnostic in found:
        name = "\0".join((diagnostic.rule.code, diagnostic.where.path, diagnostic.item or "", diagnostic.message))
        seen[name] += 1
        yield diagnostic, hashlib.sha256(f"{name}\0{seen[name]}".encode()).hexdigest()
