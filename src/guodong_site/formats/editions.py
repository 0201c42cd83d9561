"""The printed edition of every issue that has one, and its first page as a picture."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from guodong_site import urls
from guodong_site.archive import Archive
from guodong_site.artifact import Artifact, Format, Sheet
from guodong_site.edition import Edition, Printings
from guodong_site.model import Site


def plan(archive: Archive) -> Iterator[Sheet]:
    """Two files an edition."""
    for issue, edition in archive.editions.items():
        yield Sheet(name=issue, make=partial(_files, archive.printings), facts=(issue, edition))


def _files(printings: Printings, _: Site, issue: str, __: Edition) -> Iterator[Artifact]:
    yield Artifact(path=urls.pdf(issue), make=lambda: printings(issue).pdf)
    yield Artifact(path=urls.cover(issue), make=lambda: printings(issue).cover)


FORMAT = Format(name="editions", plan=plan)
