"""The full-text index: search documents in which one position is one character, made into Pagefind's files.

Design and measurements: one position a character, carrying the pair of characters that starts there; where jieba starts a
two-character word, that word under a key of its own (`W-` + word).  Adjacent pairs give exact sets; words decide the order.
Pagefind makes the index (`pagefind-bin`, pinned); static/js/reader.js reads its files.  Two processes must agree on one
thing only, `fold`: tests/search/fold.json holds both sides to it.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import json
import os
import re
import subprocess
import threading
import unicodedata
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guodong_site import faults, urls
from guodong_site.diagnostics import Diagnostic, Span
from guodong_site.model import Article, Issue, Site
from guodong_site.words import Cutter

PAGEFIND_VERSION = "1.5.2"
"""The one version whose undocumented file format the reader knows; it refuses every other."""

_CHUNK_SIZE = "2000"  # postings a chunk: small chunks keep a query at 15 KB (the default 20000 costs 33)
_SIGNATURE = b"pagefind_dcd"
_KEPT = re.compile(
    r"(?:index|fragment)/|pagefind\.(?!js\.map)[^/]*(?:pf_meta|js)$|pagefind-entry\.json$|wasm\.unknown\.pagefind$"
)
_HAN = re.compile(r"[\u3400-\u9fff]{2}")
_MOVED = ((0xC0, 0x58F, 0x17000), (0x1E00, 0x1FFF, 0x17500), (0x3040, 0x30FF, 0x17700))
"""Blocks of letters with accents (first, last) and where in the Tangut block they go: Latin to Armenian, its additions, kana."""
_MARK = "\u2423"  # a token that takes a position and makes no key


def fold(char: str) -> str:
    """One character as search compares it: width and case aside, everything else told apart; always one character.

    Pagefind decomposes and drops accents.  So a character that has one canonical form takes it (compatibility ideographs),
    and letters with accents move to an unused script by code point: `é` stays different from `e`, ガ from カ.  Hangul, which
    decomposes too and would need 11,172 places, is searched as Pagefind leaves it.
    """
    code = ord(char)
    if 0xFF10 <= code <= 0xFF5A and unicodedata.category(char)[0] in "LN":  # full-width digits and letters
        char = chr(code - 0xFEE0)
    canonical = unicodedata.normalize("NFC", char)
    char = canonical if len(canonical) == 1 else char
    lower = char.lower()
    char = lower if len(lower) == 1 else char
    code = ord(char)
    for first, last, place in _MOVED:
        if first <= code <= last:
            return chr(place + code - first)
    return char


def is_word_character(char: str) -> bool:
    """Letters and digits of any script: what a run is made of."""
    return unicodedata.category(char)[0] in "LN"


def tokens(text: str, cutter: Cutter) -> str:
    """A text as Pagefind shall read it: one token a character, blanks between.

    In a run: the character and its follower; at the start of a two-character word of 汉字, `W-` before them; outside runs a
    mark.  A mark closes the text, so that nothing adjoins across two texts.
    """
    folded = [fold(char) for char in text]
    inside = [is_word_character(char) for char in folded]
    out = [_MARK] * len(folded)
    for at, char in enumerate(folded):
        if inside[at]:
            out[at] = char + (folded[at + 1] if at + 1 < len(folded) and inside[at + 1] else "")
    place = 0
    for word in cutter.cut(text):
        if len(word) == 2 and _HAN.fullmatch(word):
            out[place] = "W-" + word
        place += len(word)
    return html.escape(" ".join([*out, _MARK]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One article as search sees it."""

    address: str
    title: str
    units: tuple[str, ...]
    issue: Issue
    article: Article


def documents(site: Site) -> tuple[Document, ...]:
    """Every article, oldest first: Pagefind numbers pages in the order they are sent, so date order costs nothing."""
    return tuple(
        Document(
            address=urls.article(issue.id, article.id),
            title=article.title.text,
            units=article.prose.units,
            issue=issue,
            article=article,
        )
        for issue in reversed(site.issues)
        for article in issue.articles
    )


def index(site: Site, cutter: Cutter) -> dict[str, bytes] | Diagnostic:
    """The files of the index by path, or why there is none."""
    found = documents(site)
    if not found:
        return {urls.INDEX_FOLDER + "facets.json": _facets(site, found, "")}
    pages = [(document.address + "index.html", _page(document, cutter)) for document in found]
    try:
        raw = run_pagefind(pages)
    except (OSError, ImportError, IndexBuildError) as fault:
        hint = f"运行 pip install pagefind-bin=={PAGEFIND_VERSION}；只要网页、不要搜索时用 --no-search"
        return faults.NO_SEARCH_ENGINE.at(Span(path=urls.INDEX_FOLDER), f"搜索索引没有做成：{fault}", hint)
    files = _readable(raw, found)
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.encode() + b"\0" + hashlib.sha256(files[path]).digest())
    folder = digest.hexdigest()[:12] + "/"
    made = {urls.INDEX_FOLDER + folder + path: data for path, data in files.items()}
    made[urls.INDEX_FOLDER + "facets.json"] = _facets(site, found, folder)
    return made


def _page(document: Document, cutter: Cutter) -> str:
    """The search document: never published, only read by Pagefind."""
    body = "".join(f"<p>{tokens(unit, cutter)}</p>" for unit in document.units)
    title = tokens(document.title, cutter)
    return f'<!doctype html><html lang="und"><body data-pagefind-body><h1>{title}</h1>{body}</body></html>'


class IndexBuildError(Exception):
    """Pagefind did not give a whole index."""


def pagefind_binary() -> Path:
    """The program in the wheel.  ImportError where pagefind-bin is not installed."""
    import pagefind_bin  # noqa: PLC0415  # absent on a machine that builds without search

    folder = Path(pagefind_bin.__file__).parent
    name = "pagefind.exe" if os.name == "nt" else "pagefind"
    return folder / name


def run_pagefind(pages: list[tuple[str, str]]) -> dict[str, bytes]:
    """Pagefind's files for (path, HTML) pages, each verified.

    Drives `pagefind --service` directly: the Python wrapper waits 0.1 s a message, and files written by the service can be
    left empty when it ends.  Raises IndexBuildError, OSError or ImportError.
    """
    environment = {**os.environ, "PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": _CHUNK_SIZE}
    with subprocess.Popen(
        [str(pagefind_binary()), "--service"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    ) as service:
        requests: list[dict[str, Any]] = [{"type": "NewIndex", "config": {"force_language": "und"}}]
        requests += [{"type": "AddFile", "index_id": 0, "file_path": p, "file_contents": text} for p, text in pages]
        requests.append({"type": "GetFiles", "index_id": 0})
        answers = _exchange(service, requests)
    files: dict[str, bytes] = {}
    for answer in answers:
        payload = answer["payload"]
        if payload["type"] == "Error":
            raise IndexBuildError(payload.get("message", "Pagefind"))
        for file in payload.get("files", ()):
            files[file["path"]] = base64.b64decode(file["content"])
    verify(files, len(pages))
    return files


def _exchange(service: subprocess.Popen[bytes], requests: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Sends all requests without waiting, while a thread takes the answers (the pipe would fill up otherwise)."""
    if service.stdin is None or service.stdout is None:  # for the type checker: both were asked for
        raise IndexBuildError
    taken: list[bytes] = []
    stdout = service.stdout

    def take() -> None:
        parts: list[bytes] = []
        while len(taken) < len(requests) and (data := os.read(stdout.fileno(), 1 << 20)):
            *done, rest = data.split(b",")
            for part in done:
                taken.append(b"".join([*parts, part]))
                parts.clear()
            parts.append(rest)

    taker = threading.Thread(target=take)
    taker.start()
    try:
        for number, payload in enumerate(requests, 1):
            message = json.dumps({"message_id": number, "payload": payload}).encode()
            service.stdin.write(base64.b64encode(message) + b",")
        service.stdin.flush()
        taker.join()
    except BrokenPipeError:
        taker.join()
    service.stdin.close()
    if len(taken) < len(requests):
        reason = "Pagefind 中途停止"
        raise IndexBuildError(reason)
    return [json.loads(base64.b64decode(answer)) for answer in taken]


def verify(files: Mapping[str, bytes], pages: int) -> None:
    """Every file whole, every page counted: a truncated index would quietly find less.  Raises IndexBuildError."""
    try:
        entry = json.loads(files.get("pagefind-entry.json", b"{}"))
    except ValueError as fault:
        reason = "pagefind-entry.json 不完整"
        raise IndexBuildError(reason) from fault
    counted = sum(language["page_count"] for language in entry.get("languages", {}).values())
    if entry.get("version") != PAGEFIND_VERSION:
        reason = f"Pagefind 的版本是 {entry.get('version', '未知')}，应当是 {PAGEFIND_VERSION}"
        raise IndexBuildError(reason)
    if counted != pages:
        reason = f"送去 {pages} 篇，索引里只有 {counted} 篇"
        raise IndexBuildError(reason)
    for path, data in files.items():
        if path.endswith((".pf_meta", ".pf_index", ".pf_fragment", ".pagefind")):
            try:
                whole = gzip.decompress(data).startswith(_SIGNATURE)
            except (OSError, EOFError, zlib.error):
                whole = False
            if not whole:
                reason = f"文件 {path} 不完整"
                raise IndexBuildError(reason)


def _readable(files: Mapping[str, bytes], found: tuple[Document, ...]) -> dict[str, bytes]:
    """The files we publish: Pagefind's ready-made interface left out, fragments carrying the text itself for excerpts."""
    by_address = {"/" + document.address: document for document in found}
    kept = {}
    for path, data in files.items():
        if not _KEPT.match(path):
            continue
        kept[path] = data
        if path.startswith("fragment/"):
            fragment = json.loads(gzip.decompress(data)[len(_SIGNATURE) :])
            document = by_address[fragment["url"]]
            fragment["content"] = "\n".join((document.title, *document.units))
            fragment["meta"] = {"title": document.title}
            plain = json.dumps(fragment, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
            kept[path] = gzip.compress(_SIGNATURE + plain, 9, mtime=0)
    return kept


def _facets(site: Site, found: tuple[Document, ...], folder: str) -> bytes:
    """What the index cannot say: section, districts, source and issue of every article, in page order, as small columns."""
    settings = site.settings
    sources = sorted({document.article.source for document in found})
    issues = [issue for issue in reversed(site.issues) if issue.articles]
    place = {issue.id: at for at, issue in enumerate(issues)}
    sections = [kind.key for kind in settings.sections]
    slugs = [district.slug for district in settings.districts]
    bundle = {
        "folder": folder,
        "issue": [place[document.issue.id] for document in found],
        "section": [sections.index(document.article.section.key) for document in found],
        "source": [sources.index(document.article.source) for document in found],
        "district": [[slugs.index(slug) for slug in document.article.districts] for document in found],
    }
    data = {
        "version": PAGEFIND_VERSION,
        "sections": [[kind.key, kind.name] for kind in settings.sections],
        "districts": [[district.slug, district.name] for district in settings.districts],
        "sources": sources,
        "issues": [[issue.id, issue.label, issue.date.iso] for issue in issues],
        "bundles": [bundle] if found else [],
    }
    return (json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
