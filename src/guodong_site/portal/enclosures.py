"""The files that go with an article: its pictures as they are published, and the papers it links to.  Nothing else of the folder."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import quote

from guodong_site import urls
from guodong_site.archive import Archive, Entry
from guodong_site.model import Article, Issue
from guodong_site.plates import SUFFIXES, Plate
from guodong_site.portal.parcel import Enclosure

_KINDS = {
    ".pdf": "application/pdf",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xls": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".ofd": "application/ofd",
    ".zip": "application/zip",
    ".txt": "text/plain",
}
_OTHER = "application/octet-stream"


def place(issue_id: str, name: str) -> str:
    """Where a file of an issue lies in a package."""
    return f"attachments/{issue_id}/{name}"


def enclosures(archive: Archive, entry: Entry, issue: Issue, article: Article) -> tuple[Enclosure, ...]:
    """The files an article shows or links, in the order it does, each once; as `formats/files.py` publishes them."""
    album = {plate.name: plate for plate in issue.album}
    base = archive.settings.base_path
    held = {base + quote(urls.picture(issue.id, picture.name)): picture for picture in entry.pictures}
    found: dict[str, Enclosure] = {}
    for link in article.prose.links:
        picture = held.get(link.address or "")
        if picture is None:
            continue
        make: Callable[[], bytes] = Path(picture.path).read_bytes
        name, suffix = picture.name, Path(picture.name).suffix.lower()
        if name in album:
            kind, make = f"image/{album[name].portrait.kind}", partial(_print, archive, album[name])
        elif suffix in SUFFIXES:
            continue  # a picture that could not be cleaned must not get out as it is
        else:
            kind = _KINDS.get(suffix, _OTHER)
        digest = picture.digest or hashlib.sha256(Path(picture.path).read_bytes()).hexdigest()
        found[name] = Enclosure(path=place(issue.id, name), name=name, kind=kind, digest=digest, make=make)
    return tuple(found.values())


def _print(archive: Archive, plate: Plate) -> bytes:
    return archive.prints(plate)[plate.name]
