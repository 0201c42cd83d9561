"""site.yaml and editorial/ → Settings: what the office maintains, read with the same care as an issue."""

from __future__ import annotations

from pathlib import Path

from guodong_site import editorial, faults
from guodong_site.config import SITE_FILE, Destination, SectionKind, SectionStyle, Settings, Weight
from guodong_site.diagnostics import Diagnostic, Severity
from guodong_site.fields import Fields
from guodong_site.house_style import read_wording
from guodong_site.urls import split


def read_office(root: Path, base_url: str | None = None) -> tuple[Settings | None, list[Diagnostic]]:
    """The settings of the project at `root`; None where site.yaml cannot be used.  `base_url` overrides the file's."""
    found: list[Diagnostic] = []
    fields = editorial.open_fields(root, SITE_FILE, found)
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
    facts |= {key: _link(fields, key) for key in ("party_mark", "report_errors")}
    description = fields.string("description") or ""
    classification, disclosure = fields.string("classification"), fields.string("disclosure")
    offline = fields.boolean("offline") or "offline" not in fields.values
    reviews, issue_epub = fields.boolean("reviews"), fields.boolean("issue_epub")
    demanded = reviews or "reviews" not in fields.values
    print_distribution = fields.boolean("print_distribution")
    entries = fields.mappings("sections")
    sections = tuple(kind for entry in entries if (kind := _section(entry)) is not None)
    if "sections" in fields.values and not entries:
        found.append(faults.WRONG_VALUE.at(fields.where_of("sections"), "没有写任何栏目", "每个栏目写 key 和 name，以“- ”开头"))
    for key in ("key", "name"):
        editorial.unique(entries, key)
    link_hosts = fields.strings("link_hosts")
    weights = _weights(fields.mapping("checks"))
    destinations = _destinations(fields.mapping("targets"))
    fields.finish()
    districts = editorial.read_districts(root, found)
    words = editorial.read_words(root, editorial.WORDS_FILE, found)
    stop_words = editorial.read_words(root, editorial.STOP_WORDS_FILE, found)
    synonyms = editorial.read_synonyms(root, found)
    wording = read_wording(root, found)
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
        stop_words=stop_words,
        synonyms=synonyms,
        wording=wording,
        link_hosts=link_hosts,
        classification=classification or "公开",
        disclosure=disclosure or "主动公开",
        offline=offline,
        print_distribution=print_distribution,
        reviews=reviews,
        demanded=demanded,
        issue_epub=issue_epub,
        weights=weights,
        destinations=destinations,
        places={key: fields.where_of(key) for key in fields.values},
        **facts,
    )
    return settings, found


def is_address(text: str) -> bool:
    """Whether a text is a complete web address, without query or anchor."""
    parts = split(text)
    return (
        parts is not None and parts.scheme in ("http", "https") and bool(parts.netloc) and not (parts.query or parts.fragment)
    )


def _section(entry: Fields) -> SectionKind | None:
    entry.required("key", "加一行 key: 网址用的英文名")
    entry.required("name", "加一行 name: 栏目名称")
    key, name = editorial.slug(entry, "key"), entry.string("name")
    style = entry.choice("style", [s.value for s in SectionStyle])
    description, keywords = entry.string("description") or "", entry.strings("keywords")
    entry.finish()
    if not (key and name):
        return None
    return SectionKind(key=key, name=name, style=SectionStyle(style or "articles"), description=description, keywords=keywords)


def _link(fields: Fields, key: str) -> str | None:
    """A complete address, query included."""
    text = fields.string(key)
    parts = split(text) if text else None
    if text and not (parts and parts.scheme in ("http", "https") and parts.netloc):
        fields.found.append(faults.WRONG_VALUE.at(fields.where_of(key), f"“{text}”不是完整的网址", "从浏览器的地址栏复制"))
        return None
    return text


def _weights(fields: Fields | None) -> dict[str, Weight]:
    """`checks: {title-full-stop: error}`: the office's own weight of a rule, by name."""
    if fields is None:
        return {}
    known = {severity.value: severity for severity in Severity}
    chosen = {name: fields.choice(name, known) for name in fields.keys}
    return {name: Weight(severity=known[word] if word else None, where=fields.named_at(name)) for name, word in chosen.items()}


def _destinations(fields: Fields | None) -> tuple[Destination, ...]:
    """`targets: {portal: {kind: sftp, host: …}}`.  What a kind's options may be, only the kind can say."""
    if fields is None:
        return ()
    made = []
    for name in fields.keys:
        entry = fields.mapping(name)
        if entry is None:
            continue
        entry.required("kind", "加一行 kind: folder，或 sftp、rclone")
        kind = entry.string("kind")
        options = {key: text for key in entry.keys if key != "kind" and (text := entry.string(key)) is not None}
        if kind:
            places = {key: entry.where_of(key) for key in options}
            made.append(Destination(name=name, kind=kind, options=options, where=fields.named_at(name), places=places))
    return tuple(made)
