"""Files that are no pages: the site's assets, and the pictures and papers of the issues."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from urllib.parse import quote

from guodong_site import urls
from guodong_site.archive import Archive
from guodong_site.artifact import Artifact, Format, Sheet
from guodong_site.model import Asset, Site
from guodong_site.plates import SUFFIXES, Plate, Prints

Files = tuple[tuple[str, str, str], ...]
"""Name, place and content (its digest) of the files in an issue's folder."""


def plan(archive: Archive) -> Iterator[Sheet]:
    """Every asset, and every picture that an article shows or links."""
    yield Sheet(name="assets", make=_assets, facts=(tuple(asset.address for asset in archive.assets),))
    for entry in archive.entries:
        if entry.pictures:
            files = tuple((picture.name, picture.path, picture.digest) for picture in entry.pictures)
            make = partial(_pictures, archive.prints)
            yield Sheet(name=f"pictures/{entry.head.id}", make=make, shows=(entry,), facts=(files,))


def _assets(site: Site, _: tuple[str, ...]) -> Iterator[Artifact]:
    for asset in site.assets:
        yield Artifact(path=asset.address, make=partial(_bytes, asset))


def _pictures(prints: Prints, site: Site, files: Files) -> Iterator[Artifact]:
    for issue in site.issues:
        album = {plate.name: plate for plate in issue.album}
        shown = {link.address for article in issue.articles for link in article.prose.links}
        for name, place, _ in files:
            if site.settings.base_path + quote(urls.picture(issue.id, name)) not in shown:
                continue  # a draft or original left in the folder must not get out with the pictures
            if name in album:
                yield from _prints(issue.id, album[name], prints)
            elif Path(name).suffix.lower() not in SUFFIXES:  # a picture that could not be cleaned must not get out as it is
                yield Artifact(path=urls.picture(issue.id, name), make=Path(place).read_bytes)


def _prints(issue_id: str, plate: Plate, prints: Prints) -> Iterator[Artifact]:
    """A picture and the narrower ones made of it, all in one go when the first is asked for."""
    made = cache(partial(prints, plate))

    def one(name: str) -> bytes:
        return made()[name]

    for name in (plate.name, *map(plate.made, plate.widths)):
        yield Artifact(path=urls.picture(issue_id, name), make=partial(one, name))


def _bytes(asset: Asset) -> bytes:
    return asset.data


FORMAT = Format(name="files", plan=plan)
