"""sw.js at the root of the site: a service worker rules what lies below its own address."""

from __future__ import annotations

from collections.abc import Iterator

from guodong_site import urls
from guodong_site.archive import Archive
from guodong_site.artifact import Artifact, Format, Sheet
from guodong_site.model import Site


def plan(_: Archive) -> Iterator[Sheet]:
    """The one file."""
    yield Sheet(name="", make=_file)


def _file(site: Site) -> Iterator[Artifact]:
    data = next(asset.data for asset in site.assets if asset.name == "sw.js")
    yield Artifact(path=urls.SERVICE_WORKER, make=lambda: data)


FORMAT = Format(name="service_worker", plan=plan)
