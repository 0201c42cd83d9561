"""Files that go out as they are: the site's assets and the pictures of the issues."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import quote

from guodong_site import urls
from guodong_site.artifact import Artifact, Format
from guodong_site.model import Asset, Picture, Site


def plan(site: Site) -> Iterator[Artifact]:
    """Every asset, and every picture that an article shows or links."""
    for asset in site.assets:
        yield Artifact(path=asset.address, make=partial(_bytes, asset))
    for issue in site.issues:
        shown = {link.address for article in issue.articles for link in article.prose.links}
        for picture in issue.pictures:
            if site.settings.base_path + quote(urls.picture(issue.id, picture.name)) not in shown:
                continue  # a draft or original left in the folder must not get out with the pictures
            yield Artifact(path=urls.picture(issue.id, picture.name), make=partial(_read, picture))


def _bytes(asset: Asset) -> bytes:
    return asset.data


def _read(picture: Picture) -> bytes:
    return Path(picture.path).read_bytes()


FORMAT = Format(name="files", plan=plan)
