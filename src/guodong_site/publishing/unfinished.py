"""What a cut run leaves in a place that cannot switch: which files are in doubt, and what that makes of the next delta."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from guodong_site.release import OWN, Delta, File, Release


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfinished:
    """A run on its way from a release to another, and the paths it may have touched; `back` says that it is a rollback."""

    start: str | None
    goal: str
    touched: frozenset[str]
    back: bool = False


def told(mark: Unfinished) -> bytes:
    """As it is kept."""
    said = {"from": mark.start, "to": mark.goal, "back": mark.back, "touched": sorted(mark.touched)}
    return json.dumps(said, ensure_ascii=False).encode()


def read(data: bytes) -> Unfinished:
    """As it was kept.  Raises ValueError where it is nothing of ours."""
    try:
        said = json.loads(data)
        return Unfinished(start=said["from"], goal=said["to"], back=said["back"], touched=frozenset(said["touched"]))
    except (KeyError, TypeError) as fault:
        message = f"no mark: {fault}"
        raise ValueError(message) from fault


def touched_by(delta: Delta) -> frozenset[str]:
    """The paths of all that is not kept."""
    return frozenset(file.path for file in (*delta.created, *delta.changed, *delta.removed))


def doubted(delta: Delta, before: Release | None, release: Release, cut: Unfinished | None) -> Delta:
    """The delta, and all that a cut run may have left otherwise than `before` has it."""
    if cut is None:
        return delta
    held, wanted = {file.path: file for file in before.files} if before else {}, {file.path: file for file in release.files}
    more = cut.touched - touched_by(delta)
    changed = [wanted[path] for path in more if path in wanted and path in held]
    created = [wanted[path] for path in more if path in wanted and path not in held]
    removed = [File(path=path, size=0, sha256="") for path in more if path not in wanted and path not in OWN]
    return Delta(
        created=_sorted((*delta.created, *created)),
        changed=_sorted((*delta.changed, *changed)),
        removed=_sorted((*delta.removed, *removed)),
        kept=tuple(file for file in delta.kept if file.path not in more),
    )


def _sorted(files: Iterable[File]) -> tuple[File, ...]:
    return tuple(sorted(files, key=lambda file: file.path))


def above(path: str) -> list[str]:
    """The folders a path is in, the outermost first."""
    parts = path.split("/")
    return ["/".join(parts[:n]) for n in range(1, len(parts))]
