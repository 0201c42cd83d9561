"""/api/schema/: what archive.json and the files of the issues promise, as JSON Schemas."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from guodong_site import schema, urls
from guodong_site.archive import Archive
from guodong_site.artifact import Artifact, Format, Sheet
from guodong_site.model import Site


def plan(_: Archive) -> Iterator[Sheet]:
    """The two of them."""
    yield Sheet(name="", make=_files)


def _files(_: Site) -> Iterator[Artifact]:
    yield Artifact(path=urls.ARCHIVE_SCHEMA, make=partial(schema.source, "archive"))
    yield Artifact(path=urls.ISSUE_SCHEMA, make=partial(schema.source, "issue"))


FORMAT = Format(name="schemas", plan=plan)
