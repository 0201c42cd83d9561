"""A release is taken back: the target shows the one before again, and the receipt says so."""

from __future__ import annotations

import datetime
from contextlib import suppress
from pathlib import Path

from guodong_site.config import Destination
from guodong_site.publishing import manifest, receipts
from guodong_site.publishing.target import Progress, Sent, TargetError, TargetKind
from guodong_site.release import Release


def taken_back(root: Path, destination: Destination, kind: TargetKind, now: datetime.datetime, progress: Progress) -> Release:
    """The release that stands now.  Raises TargetError where there is none to go back to."""
    with kind.open(destination, root) as target:
        data = target.rollback(progress)
        if target.standing() != data:
            raise TargetError("退回以后，目标上的不是上一版", "再运行一次")
    try:
        release = manifest.parse(data)
    except ValueError as fault:
        raise TargetError("退回了，但是那一版的 release.json 看不懂", "在仓库里退回到那一次提交，再发布一次") from fault
    with suppress(OSError):  # it stands all the same
        receipts.keep(root, destination.name, release, Sent(), now)
    return release
