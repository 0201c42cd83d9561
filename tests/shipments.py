"""Small sites of plain files and their releases, for who tests a target without building anything."""

from __future__ import annotations

import contextlib
import hashlib
import random
from collections.abc import Iterator
from pathlib import Path

from guodong_site.config import Destination
from guodong_site.diagnostics import Span
from guodong_site.publishing import manifest
from guodong_site.publishing.publish import stood
from guodong_site.publishing.sealing import Seal, sealed
from guodong_site.publishing.target import Sent, Shipment, Target
from guodong_site.publishing.targets.folder import TARGET
from guodong_site.publishing.weighing import good, listed, weighed
from guodong_site.release import MANIFEST, Release, between

PAGES = 40


def drawn(folder: Path, version: int) -> Path:
    """A site: half of its pages are the same in every version, folders come and go, looks are named by content."""
    look = hashlib.sha256(str(version).encode()).hexdigest()[:12]
    files = {"index.html": f"home of {version} assets/{look}/site.css", f"assets/{look}/site.css": f"look {version}" * 9}
    for page in range(PAGES):
        files[f"issues/2024-{page:02}/index.html"] = f"page {page} {version if page % 2 else 'the same'} " * 50
    for page in range(version % 5):
        files[f"issues/v{version}/{page}/deep/index.html"] = f"only in {version}"
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def released(site: Path, before: Release | None, commit: str = "0" * 40) -> Shipment:
    """The site as it is sent to where `before` stands."""
    weights = good(weighed(site, listed(site)))
    release = Release(
        commit=commit,
        base_url="https://example.org/",
        generator="test",
        files=tuple(weight.file for weight in weights),
        items=(),
        previous=before.id if before else None,
    )
    own = sealed(release, weights, Seal())
    return Shipment(folder=site, release=release, own=own, before=before, delta=between(before, release))


def destination(place: Path, **options: str) -> Destination:
    """Where it goes, as site.yaml would say it."""
    return Destination(name="portal", kind="folder", options={"path": str(place), **options}, where=Span(path="site.yaml"))


@contextlib.contextmanager
def opened(place: Path, **options: str) -> Iterator[Target]:
    """The folder target."""
    with TARGET.open(destination(place, **options), Path("/")) as target:
        yield target


def sent(place: Path, site: Path, **options: str) -> Sent:
    """Sends the site as `publish` does."""
    with opened(place, **options) as target:
        shipment = released(site, stood(target))
        done = target.send(shipment, lambda *_: None)
        assert target.standing() == shipment.own[MANIFEST]
        return done


def standing(place: Path) -> str:
    """The id of what readers see."""
    return manifest.parse((place / "current" / MANIFEST).read_bytes()).id


def chance(seed: int) -> random.Random:
    """The dice of one run."""
    return random.Random(seed)
