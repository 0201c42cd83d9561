"""/issues/<id>/<id>.epub: one issue as a book, where site.yaml asks for it.  A year's book is made with the year's page."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from guodong_site import book, urls
from guodong_site.archive import Archive
from guodong_site.artifact import Artifact, Format, Sheet
from guodong_site.model import Site
from guodong_site.plates import Prints


def plan(archive: Archive) -> Iterator[Sheet]:
    """A book an issue; none of a draft that a preview shows, nor where a file of the editor's has its name."""
    for entry in archive.entries:
        files = (picture.name for picture in entry.pictures)
        if not entry.head.draft and book.of_issue(archive.settings, entry.head.id, files):
            yield Sheet(name=entry.head.id, make=partial(_file, archive.prints), shows=(entry,))


def _file(prints: Prints, site: Site) -> Iterator[Artifact]:
    (issue,) = site.issues
    yield Artifact(path=urls.issue_book(issue.id), make=partial(book.issue_book, prints, site))


FORMAT = Format(name="epub", plan=plan)
