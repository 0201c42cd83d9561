"""A parcel → the files of a package: those of its adapter, the manifest, the sums, and READY."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from guodong_site import __version__
from guodong_site.portal.parcel import MANIFEST, READY, SUMS, Adapter, Paper, Parcel, Piece
from guodong_site.portal.records import fragment_path, record_path
from guodong_site.release import File, sums

KIND = "guodong-package"
"""What a manifest says of itself, so that no other folder is taken for a package."""


def made(parcel: Parcel, adapter: Adapter) -> dict[str, bytes]:
    """Every file by path, READY last."""
    laid = dict(sorted(adapter.lay(parcel).items()))
    listed = tuple(_file(path, data) for path, data in laid.items())
    name = hashlib.sha256(f"{_about(parcel, adapter)}{sums(listed)}".encode()).hexdigest()[:16]
    laid[MANIFEST] = (json.dumps(_manifest(parcel, adapter, name, listed), ensure_ascii=False, indent=1) + "\n").encode()
    every = tuple(_file(path, data) for path, data in sorted(laid.items()))
    return {**laid, SUMS: sums(every).encode(), READY: f"{name}\n".encode()}


def _about(parcel: Parcel, adapter: Adapter) -> str:
    """What tells packages of the same files apart."""
    return repr((adapter.name, parcel.since, [(piece.id, piece.op, piece.rev) for piece in parcel.pieces]))


def _file(path: str, data: bytes) -> File:
    return File(path=path, size=len(data), sha256=hashlib.sha256(data).hexdigest())


def _manifest(parcel: Parcel, adapter: Adapter, name: str, files: tuple[File, ...]) -> Mapping[str, Any]:
    settings = parcel.settings
    known = {file.path: file for file in files}
    return {
        "kind": KIND,
        "version": 1,
        "id": name,
        "since": parcel.since,
        "adapter": adapter.name,
        "commit": parcel.commit or None,
        "forced": [{"gate": gate, "reason": reason} for gate, reason in parcel.forced],
        "generator": f"guodong-site {__version__}",
        "name": settings.name,
        "issuer": settings.issuer,
        "base_url": settings.origin + settings.base_path,
        "counts": parcel.counts,
        "editions": [_edition(paper, known[paper.path]) for paper in parcel.papers if paper.path in known],
        "items": [_item(piece, known) for piece in parcel.pieces],
        "files": [{"path": file.path, "size": file.size, "sha256": file.sha256} for file in files],
    }


def _edition(paper: Paper, file: File) -> Mapping[str, Any]:
    facts = {"issue": paper.issue, "label": paper.label, "url": paper.url, "pages": paper.pages}
    return {**facts, "path": file.path, "size": file.size, "sha256": file.sha256}


def _item(piece: Piece, paths: Mapping[str, File]) -> Mapping[str, Any]:
    record, text = record_path(piece.id), fragment_path(piece.id)
    return {
        "id": piece.id,
        "op": piece.op,
        "url": piece.url,
        "title": piece.title,
        "date": piece.date,
        "published": piece.published,
        "sha256": piece.sha256,
        "rev": piece.rev,
        "withdrawn": piece.withdrawn,
        "record": record if record in paths else None,
        "html": text if text in paths else None,
        "attachments": [one.path for one in piece.enclosures],
    }
