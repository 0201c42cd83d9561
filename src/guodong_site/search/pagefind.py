"""Pagefind, the program: HTML pages in, the files of an index out, each verified.  The only user of pagefind-bin."""

from __future__ import annotations

import base64
import gzip
import json
import os
import subprocess
import threading
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

PAGEFIND_VERSION = "1.5.2"
"""The one version whose undocumented file format the reader knows; it refuses every other."""

SIGNATURE = b"pagefind_dcd"
"""What every compressed file of an index begins with."""

_CHUNK_SIZE = "1300"
"""Postings a chunk.  Small chunks make a query cheap (11 KB at 2,800 articles, 33 KB with the default 20000) and the heads
long, with which a search begins; measured from 1000 to 2000 at 2,800 and 10,000 articles."""


class IndexBuildError(Exception):
    """Pagefind did not give a whole index."""


def pagefind_binary() -> Path:
    """The program in the wheel.  ImportError where pagefind-bin is not installed."""
    import pagefind_bin  # noqa: PLC0415  # absent on a machine that builds without search

    folder = Path(pagefind_bin.__file__).parent
    name = "pagefind.exe" if os.name == "nt" else "pagefind"
    return folder / name


def run_pagefind(pages: Iterable[tuple[str, str]]) -> dict[str, bytes]:
    """Pagefind's files for (path, HTML) pages, numbered in this order, each verified.

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
    verify(files, len(requests) - 2)
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
                whole = gzip.decompress(data).startswith(SIGNATURE)
            except (OSError, EOFError, zlib.error):
                whole = False
            if not whole:
                reason = f"文件 {path} 不完整"
                raise IndexBuildError(reason)
