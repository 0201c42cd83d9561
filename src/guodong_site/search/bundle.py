"""One bundle: Pagefind's files for some records, and the words that stand in them."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache

from guodong_site.model import Reading
from guodong_site.search.head import NAME, head
from guodong_site.search.pagefind import SIGNATURE, run_pagefind
from guodong_site.search.records import Record
from guodong_site.search.tokens import tokens
from guodong_site.words import Cutter

WORDS, CHARACTERS = "words.txt", "characters.txt"
"""Beside the index files, for the vocabulary only, never published: a line for each word with its reading and how many
articles hold it, `国防 guo'fang 9`, and for each character, `国 9`."""

_KEPT = re.compile(
    r"(?:index|fragment)/|pagefind\.(?!js\.map)[^/]*(?:pf_meta|js)$|pagefind-entry\.json$|wasm\.unknown\.pagefind$"
)
_WORD = re.compile(r"[\u3400-\u9fff]{2,8}")
_CHARACTER = re.compile(r"[\u3400-\u9fff]")


def make_bundle(records: tuple[Record, ...], cutter: Cutter, reading: Reading) -> dict[str, bytes]:
    """The files of one bundle by path, a function of the records, the cutter's words and how words are read.

    Raises what run_pagefind raises.
    """
    words: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    pages = []

    @cache
    def parts(word: str) -> list[str]:
        return [part for part in cutter.parts(word) if _WORD.fullmatch(part)]

    for record in records:
        texts = (record.title, *record.units)
        cuts = [cutter.cut(text) for text in texts]
        words.update({part for word in {word for cut in cuts for word in cut} for part in parts(word)})
        characters.update({char for text in texts for char in _CHARACTER.findall(text)})
        pages.append((record.address + "index.html", _page(texts, [cutter.pieces(cut) for cut in cuts])))
    files = _readable(run_pagefind(pages), records)
    files[NAME] = head(next(data for path, data in files.items() if path.endswith(".pf_meta")))
    spelt = {word: "'".join(reading(word)) for word in sorted(words)}
    files[WORDS] = "\n".join(f"{word} {sounds} {words[word]}" for word, sounds in spelt.items()).encode()
    files[CHARACTERS] = "\n".join(f"{char} {characters[char]}" for char in sorted(characters)).encode()
    return files


def _page(texts: tuple[str, ...], cuts: list[list[str]]) -> str:
    """The search document: never published, only read by Pagefind."""
    title, *units = (tokens(text, cut) for text, cut in zip(texts, cuts, strict=True))
    body = "".join(f"<p>{unit}</p>" for unit in units)
    return f'<!doctype html><html lang="und"><body data-pagefind-body><h1>{title}</h1>{body}</body></html>'


def _readable(files: Mapping[str, bytes], records: tuple[Record, ...]) -> dict[str, bytes]:
    """The files we publish: Pagefind's ready-made interface left out, fragments carrying the text itself for excerpts.

    A character of `content` stands at its own position in the index, line breaks where the tokens have a mark.
    """
    by_address = {"/" + record.address: record for record in records}
    kept = {}
    for path, data in files.items():
        if not _KEPT.match(path):
            continue
        kept[path] = data
        if path.startswith("fragment/"):
            fragment = json.loads(gzip.decompress(data)[len(SIGNATURE) :])
            record = by_address[fragment["url"]]
            fragment["content"] = "\n".join((record.title, *record.units))
            fragment["meta"] = {"title": record.title, "breaks": record.breaks}
            plain = json.dumps(fragment, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
            kept[path] = gzip.compress(SIGNATURE + plain, 9, mtime=0)
    return kept
