"""The press: sheets → files.  What was printed of the same before and still stands is not printed again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from guodong_site import formats, pages
from guodong_site.archive import Archive
from guodong_site.artifact import Artifact, Format, Page, PageKind, Printed, Sheet
from guodong_site.diagnostics import Diagnostic
from guodong_site.machine import unreadable
from guodong_site.memory import Former
from guodong_site.registry import discover
from guodong_site.render import Renderer

FRAME = "frame"
"""The name of the output without files that stands where settings, assets, templates and program are those of before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forme:
    """A sheet ready for the press: `identity` names all that its files will be made from."""

    name: str
    identity: bytes
    sheet: Sheet


def planned(archive: Archive, renderer: Renderer, frame: bytes) -> list[Forme]:
    """Every sheet of the site.  `frame` names all that any page shows: program, settings, assets."""
    kinds = ((kind.name, renderer.identity(kind.template), kind.plan) for kind in discover(pages, "PAGE", PageKind))
    others = ((kind.name, b"", kind.plan) for kind in discover(formats, "FORMAT", Format))
    formes = []
    for kind, template, plan in (*kinds, *others):
        for sheet in plan(archive):
            digest = hashlib.sha256(frame + template)
            for entry in sheet.shows:
                digest.update(entry.digest)
            digest.update(repr((sheet.name, sheet.facts)).encode())
            formes.append(Forme(name=f"{kind}/{sheet.name}", identity=digest.digest(), sheet=sheet))
    return formes


def printed(
    formes: list[Forme], archive: Archive, renderer: Renderer, former: Former
) -> tuple[list[Printed], list[Diagnostic]]:
    """The files of every sheet, and what is wrong with the templates on the way."""
    made: list[Printed] = []
    found: list[Diagnostic] = []
    taken: set[str] = set()
    for forme in formes:
        paths = former.kept(forme.name, forme.identity)
        files: dict[str, bytes] = {}
        if paths is None:
            for path, data in _run(forme.sheet, archive, renderer):
                if isinstance(data, Diagnostic):
                    found.append(data)
                else:
                    files[path] = data
            paths = tuple(files)
        if not taken.isdisjoint(paths):
            raise ValueError(forme.name)  # two outputs claim one address: our bug, and never one over the other
        taken.update(paths)
        made.append(Printed(name=forme.name, identity=forme.identity, paths=paths, files=files))
    return made, found


def _run(sheet: Sheet, archive: Archive, renderer: Renderer) -> Iterator[tuple[str, bytes | Diagnostic]]:
    for one in sheet.make(archive.of(*sheet.shows), *sheet.facts):
        if isinstance(one, Page):
            yield one.path, renderer.render(one)
        else:
            yield one.path, _made(one)


def _made(artifact: Artifact) -> bytes | Diagnostic:
    try:
        return artifact.make()
    except OSError as fault:
        return unreadable(artifact.path, fault, "检查文件权限，或重新存一份")
