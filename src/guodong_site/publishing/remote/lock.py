"""Whose turn it is to publish to a server: a folder there, which only one can make.

No clock is asked, here or there: who holds the lock changes a word in it every few seconds, and a lock whose word does not change
for long enough, as the one who waits counts, was left behind.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from guodong_site.publishing.remote.line import Line
from guodong_site.publishing.target import TargetError

BEAT = 4.0
"""Seconds between two signs of life."""

STALE = 5 * BEAT
"""Seconds without one, after which a lock was left behind."""

_OWNER = "owner.json"


class Turn:
    """Our turn.  `kept` says whether it is still ours."""

    def __init__(self, line: Line, lock: str) -> None:
        """`lock` is the folder."""
        self._line, self._lock = line, lock
        self.name = os.urandom(8).hex()

    async def kept(self) -> None:
        """Raises TargetError where somebody took us for dead."""
        if _told(await self._line.content(f"{self._lock}/{_OWNER}")).get("turn") != self.name:
            message = "另一次发布接替了这一次，已停下"
            raise TargetError(message, "等它完成，再发布一次")

    async def sign(self, beat: int) -> None:
        """A sign of life.  Put in place by rename, so that nobody ever reads half of it."""
        said = {"turn": self.name, "beat": beat, "host": socket.gethostname(), "machine": _machine(), "pid": os.getpid()}
        await self._line.write(f"{self._lock}/{self.name}", [json.dumps(said).encode()])
        if not await self._line.rename(f"{self._lock}/{self.name}", f"{self._lock}/{_OWNER}"):
            await self._line.write(f"{self._lock}/{_OWNER}", [json.dumps(said).encode()])

    async def beating(self) -> None:
        """Signs of life until it is cancelled."""
        beat = 1
        while True:
            await asyncio.sleep(BEAT)
            await self.sign(beat)
            beat += 1


@asynccontextmanager
async def turn(line: Line, lock: str) -> AsyncIterator[Turn]:
    """The server is ours to publish to until the end."""
    ours = Turn(line, lock)
    while not await line.folder(lock):
        await _left_behind(line, lock, ours.name)
    await ours.sign(0)
    beats = asyncio.create_task(ours.beating())
    try:
        yield ours
    finally:
        beats.cancel()
        with suppress(asyncio.CancelledError, TargetError):
            await beats
        with suppress(TargetError):
            await ours.kept()
            await line.fell(lock)


async def _left_behind(line: Line, lock: str, name: str) -> None:
    """Puts the lock of somebody who is gone out of the way; raises TargetError where he is at work."""
    seen = await line.content(f"{lock}/{_OWNER}")
    owner = _told(seen)
    if not _dead(owner):
        for _ in range(10):
            await asyncio.sleep(STALE / 10)
            if await line.content(f"{lock}/{_OWNER}") != seen:
                who = owner.get("host") or "另一台电脑"
                message = f"{who} 正在向这里发布"
                raise TargetError(message, "等它完成，再发布一次")
    aside = f"{lock}-{name}"
    with suppress(TargetError):  # somebody else who waited was quicker
        await line.rename(lock, aside)
    if _told(await line.content(f"{aside}/{_OWNER}")).get("turn") != owner.get("turn"):
        with suppress(TargetError):
            await line.rename(aside, lock)  # it was already the next one's: he finds it where he left it
        message = "另一次发布刚刚开始"
        raise TargetError(message, "等它完成，再发布一次")
    await line.fell(aside)


def _told(data: bytes | None) -> dict[str, object]:
    """What the lock says of its owner; nothing where he had no time to say it."""
    try:
        said = json.loads(data or b"{}")
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _machine() -> str:
    """The machine since it was last started, and where its processes are counted (a container counts its own)."""
    parts = [socket.gethostname()]
    with suppress(OSError):
        parts.append(Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip())
        parts.append(str(Path("/proc/self/ns/pid").stat().st_ino))
    return " ".join(parts)


def _dead(owner: dict[str, object]) -> bool:
    """Whether the owner was a process of this machine that has ended: then there is nothing to wait for."""
    pid = owner.get("pid")
    if os.name != "posix" or owner.get("machine") != _machine() or not isinstance(pid, int):
        return False
    if pid == os.getpid():  # we ourselves, before the line broke
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except OSError:
        pass
    return False
