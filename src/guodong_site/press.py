"""The press: sheets → files.  What was printed of the same before and still stands is not printed again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from guodong_site import formats, pages
from guodong_site.archive import Archive
from guodong_site.artifact import Artifact, Format, Former, Page, PageKind, Printed, Sheet
from guodong_site.diagnostics import Diagnostic
from guodong_site.machine import unreadable
from guodong_site.registry import discover
from guodong_site.render import Renderer
from guodong_site.workers import shared

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
    formes: list[Forme], archive: Archive, renderer: Renderer, former: Former, jobs: int, tick: Callable[[int, int], None]
) -> tuple[list[Printed], list[Diagnostic]]:
    """The files of every sheet, and what is wrong with the templates on the way; by so many processes where there is much."""
    made: list[Printed] = []
    found: list[Diagnostic] = []
    taken: set[str] = set()
    standing = {forme.name: former.kept(forme.name, forme.identity) for forme in formes}
    anew = [forme for forme in formes if standing[forme.name] is None]
    runs = dict(zip((forme.name for forme in anew), shared(partial(_run, archive, renderer), anew, jobs, tick), strict=True))
    for forme in sorted(formes, key=lambda forme: forme.sheet.gives_way):
        run = runs.get(forme.name, [])
        files = {path: data for path, data in run if isinstance(data, bytes)}
        faults = [data for _, data in run if isinstance(data, Diagnostic)]
        paths = standing[forme.name] or tuple(files)
        if forme.sheet.gives_way:
            paths = tuple(path for path in paths if path not in taken)
            run = [(path, data) for path, data in run if path not in taken]
            files = {path: data for path, data in files.items() if path not in taken}
        if not taken.isdisjoint(paths) or len(files) + len(faults) < len(run):
            raise ValueError(forme.name)  # two outputs claim one address: our bug, and never one over the other
        taken.update(paths)
        found += faults
        made.append(Printed(name=forme.name, identity=forme.identity, paths=paths, files=files))
    return made, found


def _run(archive: Archive, renderer: Renderer, forme: Forme) -> list[tuple[str, bytes | Diagnostic]]:
    """The files of one sheet by path, or what is wrong with a template."""
    made = forme.sheet.make(archive.of(*forme.sheet.shows), *forme.sheet.facts)
    return [(one.path, renderer.render(one) if isinstance(one, Page) else _made(one)) for one in made]


def _made(artifact: Artifact) -> bytes | Diagnostic:
    try:
        return artifact.make()
    except OSError as fault:
        return unreadable(artifact.path, fault, "检查文件权限，或重新存一份")
