"""editorial/wording.yaml → Wording: what is a slip, what was renamed, which phrase is fixed.  Absent, it is empty."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from guodong_site import faults
from guodong_site.diagnostics import Diagnostic
from guodong_site.editorial import open_fields
from guodong_site.fields import Fields, last_day
from guodong_site.wording import Confusion, Former, Phrase, Post, Secret, Series, Term, Wording

WORDING_FILE = "editorial/wording.yaml"
_SOURCE = "加一行 source: 依据哪里，谁可以核对"


def read_wording(root: Path, found: list[Diagnostic]) -> Wording:
    """The table, as far as it is right; its faults, with their places, go to `found`."""
    if not (root / WORDING_FILE).exists():
        return Wording()
    complaints: list[Diagnostic] = []
    fields = open_fields(root, WORDING_FILE, complaints)
    found += [d for d in complaints if d.rule is not faults.EMPTY_FILE]
    if fields is None:
        return Wording()
    wording = Wording(
        confusions=tuple(_confusions(fields)),
        formers=tuple(_formers(fields)),
        phrases=tuple(_phrases(fields)),
        posts=tuple(_posts(fields)),
        series=tuple(_series(fields)),
        secrets=tuple(_secrets(fields)),
        public=tuple(_public(fields)),
    )
    fields.finish()
    return wording


def _asked(entry: Fields, *keys: str) -> list[str] | None:
    """The texts of keys that must be there, the source last; None where one is not."""
    for key in keys:
        entry.required(key, f"加一行 {key}: 内容")
    entry.required("source", _SOURCE)
    texts = [entry.string(key) for key in (*keys, "source")]
    told = [text for text in texts if text]
    return told if len(told) == len(texts) else None


def _confusions(fields: Fields) -> Iterator[Confusion]:
    for entry in fields.mappings("confusions"):
        told, unless = _asked(entry, "wrong", "right"), entry.strings("unless")
        entry.finish()
        if told is None:
            continue
        wrong, right, source = told
        if wrong in right or any(wrong not in longer for longer in unless):
            message = f"“{wrong}”这一条会误报" if wrong in right else f"unless 里的词要包含“{wrong}”"
            hint = "wrong 写一定是错的词，不能是 right 的一部分；unless 写包含它而不错的更长的词"
            fields.found.append(faults.WRONG_VALUE.at(entry.where, message, hint))
            continue
        yield Confusion(wrong=wrong, right=right, source=source, unless=unless)


def _formers(fields: Fields) -> Iterator[Former]:
    for entry in fields.mappings("renamed"):
        entry.required("from", "加一行 from: 改名的年月，如 2023-01")
        told, since = _asked(entry, "old", "new"), entry.date("from")
        entry.finish()
        if told and since:
            yield Former(old=told[0], new=told[1], since=since.first_day, source=told[2])


def _phrases(fields: Fields) -> Iterator[Phrase]:
    for entry in fields.mappings("phrases"):
        told, term = _asked(entry, "text"), _term(entry)
        entry.finish()
        if told:
            yield Phrase(text=told[0], source=told[1], term=term)


def _posts(fields: Fields) -> Iterator[Post]:
    for entry in fields.mappings("posts"):
        told, term = _asked(entry, "name", "post"), _term(entry)
        entry.finish()
        if told:
            yield Post(name=told[0], post=told[1], source=told[2], term=term)


def _series(fields: Fields) -> Iterator[Series]:
    for entry in fields.mappings("series"):
        entry.required("base", "加一行 base: 第1个的前一年，如 1972")
        told, base = _asked(entry, "name"), entry.integer("base")
        entry.finish()
        if told and base:
            yield Series(name=told[0], base=base, source=told[1])


def _secrets(fields: Fields) -> Iterator[Secret]:
    for entry in fields.mappings("secrets"):
        entry.required("words", "加一行 words: [甲, 乙]")
        told, words = _asked(entry), entry.strings("words")
        entry.finish()
        if told and words:
            yield Secret(words=words, source=told[0])


def _public(fields: Fields) -> Iterator[str]:
    for entry in fields.mappings("public"):
        told = _asked(entry, "text")
        entry.finish()
        if told:
            yield told[0]


def _term(entry: Fields) -> Term:
    since, until = entry.date("from"), entry.date("until")
    return Term(since=since.first_day if since else None, until=last_day(until) if until else None)
