"""site.yaml and editorial/ → Settings: what the office maintains, read with the same care as an issue."""

from __future__ import annotations

import re
from pathlib import Path

from guodong_site import faults
from guodong_site.config import District, SectionKind, SectionStyle, Settings
from guodong_site.diagnostics import Diagnostic, Severity, Span
from guodong_site.fields import Fields, read_fields
from guodong_site.source import SourceText, decode
from guodong_site.urls import split

SITE_FILE = "site.yaml"
DISTRICTS_FILE = "editorial/districts.yaml"
WORDS_FILE = "editorial/words.txt"
_SLUG = re.compile(r"[a-z][a-z0-9-]*")


def read_office(root: Path, base_url: str | None = None) -> tuple[Settings | None, list[Diagnostic]]:
    """The settings of the project at `root`; None where site.yaml cannot be used.  `base_url` overrides the file's."""
    found: list[Diagnostic] = []
    fields = _open(root, SITE_FILE, found)
    if fields is None:
        return None, found
    fields.required("name", "加一行 name: 刊名")
    fields.required("issuer", "加一行 issuer: 主办单位全称")
    fields.required("base_url", "加一行 base_url: 网站的正式网址")
    fields.required("sections", "参看 README 里的 site.yaml 写上栏目")
    name, issuer = fields.string("name"), fields.string("issuer")
    written = fields.string("base_url")
    address = base_url or written
    if address is not None and not is_address(address):
        hint = "写成 https://www.example.org/ 或 https://www.example.org/gzdt/"
        found.append(faults.WRONG_VALUE.at(fields.where_of("base_url"), f"“{address}”不是完整的网址", hint))
        address = None
    facts = {key: fields.string(key) for key in ("site_id_code", "icp", "police", "contact")}
    description = fields.string("description") or ""
    classification, disclosure = fields.string("classification"), fields.string("disclosure")
    entries = fields.mappings("sections")
    sections = tuple(kind for entry in entries if (kind := _section(entry)) is not None)
    if "sections" in fields.values and not entries:
        found.append(faults.WRONG_VALUE.at(fields.where_of("sections"), "没有写任何栏目", "每个栏目写 key 和 name，以“- ”开头"))
    for key in ("key", "name"):
        _unique(entries, key)
    severities = _severities(fields, found)
    fields.finish()
    districts = _districts(root, found)
    words = _words(root, found)
    if not (name and issuer and address and sections):
        return None, found
    settings = Settings(
        name=name,
        issuer=issuer,
        base_url=address,
        description=description,
        sections=sections,
        districts=districts,
        words=words,
        classification=classification or "公开",
        disclosure=disclosure or "主动公开",
        severities=severities,
        **facts,
    )
    return settings, found


def is_address(text: str) -> bool:
    """Whether a text is a complete web address, without query or anchor."""
    parts = split(text)
    return (
        parts is not None and parts.scheme in ("http", "https") and bool(parts.netloc) and not (parts.query or parts.fragment)
    )


def _text(root: Path, name: str, found: list[Diagnostic]) -> SourceText | None:
    try:
        data = (root / name).read_bytes()
    except OSError as fault:
        message = f"打不开：{fault.strerror}"
        found.append(faults.UNREADABLE_FILE.at(Span(path=name), message, "从项目的备份里取回这个文件"))
        return None
    text, wrong = decode(name, data)
    found += wrong
    return text


def _open(root: Path, name: str, found: list[Diagnostic]) -> Fields | None:
    text = _text(root, name, found)
    if text is None:
        return None
    return read_fields(text, 0, len(text.text), found)


def _section(entry: Fields) -> SectionKind | None:
    entry.required("key", "加一行 key: 网址用的英文名")
    entry.required("name", "加一行 name: 栏目名称")
    key, name = _slug(entry, "key"), entry.string("name")
    style = entry.choice("style", [s.value for s in SectionStyle])
    entry.finish()
    return SectionKind(key=key, name=name, style=SectionStyle(style or "articles")) if key and name else None


def _unique(entries: tuple[Fields, ...], key: str) -> None:
    """Two entries may not share an address or a name."""
    first: dict[str, int] = {}
    for entry in entries:
        node = entry.values.get(key)
        name, where = str(getattr(node, "value", "")), entry.where_of(key)
        if name in first and name:
            message = f"“{name}”写了两次，第一次在第 {first[name]} 行"
            entry.found.append(faults.DUPLICATE_KEY.at(where, message, f"每一项的 {key} 都要不同"))
        first.setdefault(name, where.line)


def _slug(entry: Fields, key: str) -> str | None:
    text = entry.string(key)
    if text is not None and not _SLUG.fullmatch(text):
        hint = "只用小写英文字母、数字和连字符，如 yaowen"
        entry.found.append(faults.WRONG_VALUE.at(entry.where_of(key), f"“{text}”不能用在网址里", hint))
        return None
    return text


def _districts(root: Path, found: list[Diagnostic]) -> tuple[District, ...]:
    fields = _open(root, DISTRICTS_FILE, found)
    if fields is None:
        return ()
    districts = []
    entries = fields.mappings("districts")
    for key in ("slug", "name"):
        _unique(entries, key)
    for entry in entries:
        entry.required("slug", "加一行 slug: 网址用的英文名")
        entry.required("name", "加一行 name: 区市名称")
        slug, name = _slug(entry, "slug"), entry.string("name")
        aliases, note = entry.strings("aliases"), entry.string("note") or ""
        entry.finish()
        if slug and name:
            districts.append(District(slug=slug, name=name, aliases=aliases, note=note))
    fields.finish()
    return tuple(districts)


def _words(root: Path, found: list[Diagnostic]) -> tuple[str, ...]:
    complaints: list[Diagnostic] = []
    text = _text(root, WORDS_FILE, complaints)
    found += [d for d in complaints if d.rule is not faults.EMPTY_FILE]  # no words of one's own is no fault
    lines = text.text.split("\n") if text else []
    return tuple(dict.fromkeys(line.strip() for line in lines if line.strip() and not line.startswith("#")))


def _severities(fields: Fields, found: list[Diagnostic]) -> dict[str, Severity]:
    """`checks: {title-full-stop: error}`: the office's own weight of a rule, by name."""
    known = {severity.value: severity for severity in Severity}
    chosen = {}
    for name, value in fields.mapping("checks").items():
        if value in known:
            chosen[name] = known[value]
        else:
            hint = "可以写：" + "、".join(known)
            found.append(faults.WRONG_VALUE.at(fields.where_of("checks"), f"“{name}”不能写“{value}”", hint))
    return chosen
