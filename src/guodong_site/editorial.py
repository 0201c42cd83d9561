"""editorial/ → what the editors maintain: districts, words, stop words, synonyms.  All may be absent but the districts' file."""

from __future__ import annotations

import re
from pathlib import Path

from guodong_site import faults
from guodong_site.config import District, FormerName, Synonym
from guodong_site.diagnostics import Diagnostic
from guodong_site.fields import Fields, read_fields
from guodong_site.machine import unreadable
from guodong_site.source import SourceText, decode

DISTRICTS_FILE = "editorial/districts.yaml"
WORDS_FILE = "editorial/words.txt"
STOP_WORDS_FILE = "editorial/stopwords.txt"
SYNONYMS_FILE = "editorial/synonyms.yaml"
_SLUG = re.compile(r"[a-z][a-z0-9-]*")


def _text(root: Path, name: str, found: list[Diagnostic]) -> SourceText | None:
    try:
        data = (root / name).read_bytes()
    except OSError as fault:
        found.append(unreadable(name, fault, "检查文件权限，或从项目的备份里取回这个文件"))
        return None
    text, wrong = decode(name, data)
    found += wrong
    return text


def open_fields(root: Path, name: str, found: list[Diagnostic]) -> Fields | None:
    """A YAML file of the project, ready to be asked; None where it cannot be read, with the reason in `found`."""
    text = _text(root, name, found)
    if text is None:
        return None
    return read_fields(text, 0, len(text.text), found)


def unique(entries: tuple[Fields, ...], key: str) -> None:
    """Two entries may not share an address or a name."""
    first: dict[str, int] = {}
    for entry in entries:
        name, where = getattr(entry.values.get(key), "text", ""), entry.where_of(key)
        if name in first and name:
            message = f"“{name}”写了两次，第一次在第 {first[name]} 行"
            entry.found.append(faults.DUPLICATE_KEY.at(where, message, f"每一项的 {key} 都要不同"))
        first.setdefault(name, where.line)


def slug(entry: Fields, key: str) -> str | None:
    """A name that can stand in an address."""
    text = entry.string(key)
    if text is not None and not _SLUG.fullmatch(text):
        hint = "只用小写英文字母、数字和连字符，如 yaowen"
        entry.found.append(faults.WRONG_VALUE.at(entry.where_of(key), f"“{text}”不能用在网址里", hint))
        return None
    return text


def read_districts(root: Path, found: list[Diagnostic]) -> tuple[District, ...]:
    """The 区市 in official order."""
    fields = open_fields(root, DISTRICTS_FILE, found)
    if fields is None:
        return ()
    districts = []
    entries = fields.mappings("districts")
    for key in ("slug", "name"):
        unique(entries, key)
    for entry in entries:
        entry.required("slug", "加一行 slug: 网址用的英文名")
        entry.required("name", "加一行 name: 区市名称")
        place, name = slug(entry, "slug"), entry.string("name")
        aliases, note = entry.strings("aliases"), entry.string("note") or ""
        former = tuple(one for held in entry.mappings("former") if (one := _former(held)) is not None)
        entry.finish()
        if place and name:
            districts.append(District(slug=place, name=name, aliases=aliases, note=note, former=former))
    fields.finish()
    return tuple(districts)


def _former(entry: Fields) -> FormerName | None:
    entry.required("name", "加一行 name: 原来的名称")
    entry.required("until", "加一行 until: 改名的月份，如 2017-10")
    name, until = entry.string("name"), entry.date("until")
    entry.finish()
    return FormerName(name=name, until=(until.year, until.month)) if name and until else None


def read_words(root: Path, name: str, found: list[Diagnostic]) -> tuple[str, ...]:
    """A list with one word a line, `#` before remarks; no file or no word is no fault."""
    if not (root / name).exists():
        return ()
    complaints: list[Diagnostic] = []
    text = _text(root, name, complaints)
    found += [d for d in complaints if d.rule is not faults.EMPTY_FILE]
    lines = text.text.split("\n") if text else []
    return tuple(dict.fromkeys(line.strip() for line in lines if line.strip() and not line.startswith("#")))


def read_synonyms(root: Path, found: list[Diagnostic]) -> tuple[Synonym, ...]:
    """What else to look for where a reader's word is in no article: `same` both ways, `from` → `to` one way."""
    if not (root / SYNONYMS_FILE).exists():
        return ()
    complaints: list[Diagnostic] = []
    fields = open_fields(root, SYNONYMS_FILE, complaints)
    found += [d for d in complaints if d.rule is not faults.EMPTY_FILE]
    if fields is None:
        return ()
    synonyms = []
    for entry in fields.mappings("synonyms"):
        entry.required("source", "加一行 source: 依据哪里，谁可以核对")
        same, terms, others = entry.strings("same"), entry.strings("from"), entry.strings("to")
        source = entry.string("source")
        entry.finish()
        if same and (terms or others):
            hint = "两边通用的只写 same；单向的写 from 和 to，分成两条"
            found.append(faults.WRONG_VALUE.at(entry.where, "same 和 from、to 写在了同一条里", hint))
        elif len(same) == 1 or (not same and not (terms and others)):
            hint = "写成 same: [国动办, 国防动员办公室]，或 from: [防空洞] 和 to: [人防工程] 两行"
            found.append(faults.WRONG_VALUE.at(entry.where, "这一条没有写全，看不出哪个词和哪个词同义", hint))
        elif source:
            synonyms.append(Synonym(terms=same or terms, others=same or others, source=source))
    fields.finish()
    return tuple(synonyms)
