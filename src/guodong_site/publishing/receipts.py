"""The receipt of a release: what stands at a target and since when, in `releases/<target>.json` of the repository.

It is also the lock of addresses where the target cannot be asked, or is a new one: every item, and every page and PDF of the issues.
Committed, it says for all time what was published when; `publish` writes it after success, and reads nothing else of the past.
"""

from __future__ import annotations

import datetime
import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from guodong_site.config import CHINA
from guodong_site.publishing import manifest
from guodong_site.publishing.target import Sent
from guodong_site.publishing.worktree import RECEIPTS
from guodong_site.release import Release, addressed


def receipt_of(target: str) -> str:
    """Where the receipt of a target lies in the project."""
    return f"{RECEIPTS}/{target}.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the last receipt says stands at a target: the release's `id`, and as much of it as the lock needs."""

    id: str
    release: Release


def read(root: Path, target: str) -> Receipt | None:
    """The last receipt; None where there is none.  Raises ValueError where it is none of ours."""
    try:
        data = (root / receipt_of(target)).read_bytes()
    except FileNotFoundError:
        return None
    held = json.loads(data)
    try:
        return Receipt(id=str(held["receipt"]["release"]), release=manifest.understood(held["release"]))
    except (KeyError, TypeError) as fault:
        message = "no receipt"
        raise ValueError(message) from fault


def keep(root: Path, target: str, release: Release, sent: Sent, now: datetime.datetime) -> None:
    """Writes the receipt, whole or not at all.  Raises OSError."""
    kept = tuple(file for file in release.files if addressed(file.path))
    lock = manifest.written(replace(release, files=kept)).decode()
    head = {
        "target": target,
        "release": release.id,
        "time": now.astimezone(CHINA).isoformat(timespec="seconds"),
        "commit": release.commit,
        "sent": asdict(sent),
    }
    opened = json.dumps({"receipt": head}, ensure_ascii=False, indent=1).removesuffix("\n}")
    path = root / receipt_of(target)
    path.parent.mkdir(exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        part.write_text(f'{opened},\n "release": {lock.rstrip()}\n}}\n', encoding="utf-8")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
