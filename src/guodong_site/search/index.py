"""All files of the index.  Every folder is named by its content, so a browser may keep what it has, and a reader never
meets files of two releases in one folder."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path

from guodong_site import faults, urls
from guodong_site.cache import Cache, program
from guodong_site.diagnostics import Diagnostic, Span
from guodong_site.machine import SEARCH_ENGINE, reason
from guodong_site.model import Site
from guodong_site.search.bundle import CHARACTERS, WORDS, make_bundle
from guodong_site.search.facets import Placed, facets
from guodong_site.search.pagefind import PAGEFIND_VERSION, IndexBuildError
from guodong_site.search.records import Record, bundles
from guodong_site.search.vocabulary import vocabulary
from guodong_site.words import Cutter


def index(site: Site, cutter: Cutter, kept: Cache) -> dict[str, bytes] | Diagnostic:
    """The files of the index by path, or why there is none."""
    files: dict[str, bytes] = {}
    packed: list[Placed] = []
    counted: list[tuple[str, str]] = []
    for records in bundles(site):
        try:
            identity = _identity(records, cutter)
            made = kept.value(identity.hex(), identity, partial(make_bundle, records, cutter))
        except (OSError, ImportError, IndexBuildError) as fault:
            return _not_made(fault)
        counted.append((made[WORDS].decode(), made[CHARACTERS].decode()))
        folder = _placed(files, {path: data for path, data in made.items() if path not in (WORDS, CHARACTERS)})
        packed.append(Placed(folder, records))
    articles = sum(len(bundle.records) for bundle in packed)
    aids = _placed(files, vocabulary(counted, articles)) if packed else ""
    files[urls.INDEX_FOLDER + "facets.json"] = facets(site, packed, aids)
    return files


def _not_made(fault: Exception) -> Diagnostic:
    """Why there is no index, and what to install."""
    why = str(fault)
    if isinstance(fault, ImportError):
        why = "没有安装 pagefind-bin"
    elif isinstance(fault, OSError):
        why = f"搜索引擎 pagefind 不能用：{reason(fault, '运行')}"
    hint = f"运行 pip install {SEARCH_ENGINE}；只要网页、不要搜索时用 --no-search"
    return faults.NO_SEARCH_ENGINE.at(Span(path=urls.INDEX_FOLDER), f"搜索索引没有做成：{why}", hint)


def _placed(files: dict[str, bytes], made: Mapping[str, bytes]) -> str:
    """Puts files into a folder named by their content and gives its name."""
    digest = hashlib.sha256()
    for path in sorted(made):
        digest.update(path.encode() + b"\0" + hashlib.sha256(made[path]).digest())
    folder = digest.hexdigest()[:12] + "/"
    files |= {urls.INDEX_FOLDER + folder + path: data for path, data in made.items()}
    return folder


@cache
def _program() -> bytes:
    """What of this program a bundle depends on, and the library of the readings."""
    here = Path(__file__).parent
    return program([*sorted(here.glob("*.py")), here.parent / "words.py", here.parent / "pinyin.py"], "pypinyin")


def _identity(records: tuple[Record, ...], cutter: Cutter) -> bytes:
    """Names all that a bundle is made from: this program, Pagefind, jieba and its words, the texts."""
    digest = hashlib.sha256(PAGEFIND_VERSION.encode() + cutter.identity.encode())
    digest.update(_program())
    for record in records:
        digest.update(json.dumps([record.address, record.title, record.breaks, record.units], ensure_ascii=False).encode())
    return digest.digest()
