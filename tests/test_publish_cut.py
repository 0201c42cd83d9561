"""`guodong publish` cut, tried again, at a wrong time: the whole command, from the build to the receipt."""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import Project, snapshot
from offices import commit, office, release, www
from servers import nginx
from shipments import chance, destination

from guodong_site.config import CHINA, Destination
from guodong_site.publishing.publish import WAITS, Order, publish
from guodong_site.publishing.target import Progress, Sent, Shipment, Target, TargetError, TargetKind
from guodong_site.publishing.targets.folder import TARGET
from guodong_site.publishing.verifying import verify_folder

ISSUE = "issues/2024-03.md"
NOW = datetime.datetime(2026, 7, 1, 9, 0, tzinfo=CHINA)


def edited(project: Project, old: str, new: str) -> None:
    text = (project.root / ISSUE).read_text(encoding="utf-8")
    assert old in text
    project.write(ISSUE, text.replace(old, new))
    commit(project)


def killed(project: Project, seconds: float) -> int:
    """A publication killed after so long; how it ended."""
    command = [sys.executable, "-m", "guodong_site", "publish", "portal", "--no-pdf"]
    with subprocess.Popen(command, cwd=project.root, stdout=subprocess.DEVNULL, start_new_session=True) as process:
        time.sleep(seconds)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    return process.returncode


@pytest.mark.parametrize("seeds", [range(2), pytest.param(range(2, 60), marks=pytest.mark.long)])
def test_the_command_killed_at_any_moment(project: Project, seeds: range) -> None:
    """From the first build to the receipt: readers see a whole release, the next publish completes it, the receipt is of it."""
    office(project)
    began = time.monotonic()
    assert project.run("publish", "portal").code == 0
    took = time.monotonic() - began
    commit(project)
    words = ["今年任务", "全年任务"]
    ended = set()
    for seed in seeds:
        edited(project, words[0], words[1])
        words.reverse()
        ended.add(killed(project, chance(seed).uniform(0.2, 0.95) * took))
        assert verify_folder(www(project) / "current").differences == (), seed
        done = project.run("publish", "portal")
        assert done.code == 0, done.said
        held = release(www(project) / "current")
        receipt = json.loads((project.root / "releases/portal.json").read_bytes())["receipt"]
        assert verify_folder(www(project) / "current").differences == (), seed
        assert words[0].encode() in (www(project) / "current/issues/2024-03/1/index.html").read_bytes(), seed
        assert receipt["release"] == held["id"], seed
        commit(project)
    assert -signal.SIGKILL in ended


@dataclass
class _Line:
    """The folder target behind a line that breaks so many times."""

    target: Target
    breaks: list[int]

    def standing(self) -> bytes | None:
        return self.target.standing()

    def send(self, shipment: Shipment, progress: Progress) -> Sent:
        if self.breaks[0]:
            self.breaks[0] -= 1
            said = "连接断了"
            raise TargetError(said, passing=True)
        return self.target.send(shipment, progress)

    def rollback(self, progress: Progress) -> bytes:
        return self.target.rollback(progress)


def breaking(times: int) -> TargetKind:
    """A kind whose line breaks so many times."""
    left = [times]

    @contextlib.contextmanager
    def opened(place: Destination, root: Path) -> Iterator[Target]:
        with TARGET.open(place, root) as target:
            yield _Line(target, left)

    return TargetKind(name="breaking", open=opened, options=TARGET.options, required=TARGET.required)


def order(project: Project, waited: list[float], kind: TargetKind = TARGET, moment: datetime.datetime = NOW) -> Order:
    return Order(
        root=project.root, destination=destination(www(project)), kind=kind, moment=moment, wait=waited.append,
        force={"checks": "这里不查"},
    )  # fmt: skip


def test_a_line_that_breaks_is_tried_again(project: Project) -> None:
    """Longer waits each time; what still fails after five tries is said, and nothing of it is seen."""
    office(project)
    waited: list[float] = []
    again: list[float] = []
    with pytest.raises(TargetError, match="连接断了"):
        publish(order(project, waited, breaking(99)))
    seen = (www(project) / "current").exists()
    outcome = publish(order(project, again, breaking(2)))

    assert (waited, seen) == (list(WAITS), False)
    assert (outcome.tries, again, outcome.sent is not None) == (3, [1, 2], True)
    assert verify_folder(www(project) / "current").differences == ()


def test_a_clock_that_is_wrong(project: Project) -> None:
    """Years behind: what has a moment is refused with the clock's own time; years ahead: releases go on counting; bytes are the same."""
    office(project)
    edited(project, "date: 2024-03-15", "date: 2024-03-15\npublished: 2024-03-16 09:00")
    behind = publish(order(project, [], moment=datetime.datetime(1999, 1, 1, tzinfo=CHINA)))
    ahead = publish(order(project, [], moment=datetime.datetime(2099, 1, 1, tzinfo=CHINA)))
    bytes_ahead = snapshot(www(project) / "current")
    again = publish(order(project, []))
    edited(project, "今年任务", "全年任务")
    later = publish(order(project, []))

    assert {stop.found.rule.code for stop in behind.stops} >= {"X004"}
    assert any("现在是 1999-01-01 00:00" in stop.found.message for stop in behind.stops)
    assert (ahead.sent is not None, again.stands, later.sent is not None) == (True, True, True)
    assert json.loads(bytes_ahead["release.json"])["items"][0]["published"] == "2024-03-16T09:00:00+08:00"
    assert [name[:6] for name in sorted(p.name for p in (www(project) / "releases").iterdir() if not p.is_symlink())] == [
        "000001",
        "000002",
    ]


def test_the_way_back_of_the_command(project: Project) -> None:
    """--rollback shows the release before, the receipt says so, and a further one has nowhere to go: exit 5, a sentence."""
    office(project)
    project.run("publish", "portal")
    first = release(www(project) / "current")["id"]
    commit(project)
    edited(project, "今年任务", "全年任务")
    project.run("publish", "portal")
    back = project.run("publish", "portal", "--rollback")
    receipt = json.loads((project.root / "releases/portal.json").read_bytes())["receipt"]
    further = project.run("publish", "portal", "--rollback")

    assert (back.code, first in back.out) == (0, True), back.said
    assert (release(www(project) / "current")["id"], receipt["release"]) == (first, first)
    assert (further.code, "没有可以退回的" in further.err) == (5, True), further.said


def test_what_readers_are_served_is_looked_at(project: Project, tmp_path: Path) -> None:
    """With `url` every file is asked for after the switch; a server that shows something else is said: exit 5, and which one that is."""
    (tmp_path / "nginx").mkdir()
    (tmp_path / "other").mkdir()
    with nginx(tmp_path / "nginx", www(project) / "current") as port:
        address = f"http://127.0.0.1:{port}/"
        office(project, f"\nreviews: false\ntargets: {{portal: {{kind: folder, path: ../www, url: '{address}'}}}}\n")
        good = project.run("publish", "portal")
    commit(project)
    edited(project, "今年任务", "全年任务")
    shutil.copytree(www(project) / "current", tmp_path / "stale")
    with nginx(tmp_path / "other", tmp_path / "stale") as port:
        site = (project.root / "site.yaml").read_text(encoding="utf-8")
        project.write("site.yaml", site.replace(address, f"http://127.0.0.1:{port}/"))
        commit(project)
        stale = project.run("publish", "portal")

    assert good.code == 0, good.said
    assert stale.code == 5, stale.said
    ids = re.findall(r"给读者的不是这一版：这一版是 (\w+)，那里是 (\w+)", stale.err)
    assert ids == [(release(www(project) / "current")["id"], release(tmp_path / "stale")["id"])], stale.said
    assert json.loads((project.root / "releases/portal.json").read_bytes())["receipt"]["release"] == ids[0][0]
    assert verify_folder(www(project) / "current").differences == ()
