"""The folder of a server that readers are shown: which release stands, the switch to another, the way back.

Below it lie `releases/<serial>-<id>/`, whole and never changed again, and `current`, a link to one of them: what the web server
shows (`releases/previous` leads to the one before).  On a server that makes no links `current` is the release's folder itself, and for the moment between the two renames of a
switch there is none; `.guodong/switch.json` says what was meant, and the next run, whatever it is to do, completes it first.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from guodong_site.publishing.remote.account import Account
from guodong_site.publishing.remote.dialling import dialled
from guodong_site.publishing.remote.line import Line
from guodong_site.publishing.remote.lock import Turn, turn
from guodong_site.publishing.remote.tree import Count, Yard, built
from guodong_site.publishing.target import Progress, Sent, Shipment, Target, TargetError
from guodong_site.release import MANIFEST

_NAME = re.compile(r"(\d{4,})-([0-9a-f]{16})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The release readers see: the folder it is read from, its release.json, its id and that of the one before it.

    `name` is what it is called among the releases.
    """

    folder: str
    manifest: bytes
    id: str
    previous: str | None
    name: str


class Portal:
    """The folder at `path` of a server."""

    def __init__(self, line: Line, path: str, keep: int) -> None:
        """`path` is absolute; `keep` releases stay."""
        self._line, self._path, self._keep = line, path, keep
        self._current, self._releases, self._ours = f"{path}/current", f"{path}/releases", f"{path}/.guodong"
        self._journal = f"{self._ours}/switch.json"

    async def standing(self) -> Standing | None:
        """What readers see; None where nothing was ever published."""
        line, name = self._line, ""
        stands = await line.look(self._current)
        folder = self._current
        if stands is None or stands.kind == "folder":
            name = (await self._meant()).get("to", "")
            if stands is None and name:
                folder = f"{self._releases}/{name}"  # a switch was cut between its renames
            elif stands is None:
                return None
            elif name and await line.look(f"{self._releases}/{name}") is not None:
                name = (await self._meant()).get("from", "")  # it was cut before the first
        else:
            name = (await line.pointed(self._current)).rstrip("/").rpartition("/")[2]
            folder = f"{self._releases}/{name}"  # as it is now, also if somebody switches meanwhile
        manifest = await line.content(f"{folder}/{MANIFEST}")
        try:
            said = json.loads(manifest or b"")
            name = name or f"000000-{said['id']}"  # its folder, of which nobody knows what it was called
            return Standing(folder=folder, manifest=manifest or b"", id=said["id"], previous=said["previous"], name=name)
        except (ValueError, KeyError, TypeError) as fault:
            message = f"服务器上的“{self._current}”不是由本程序发布的：没有 {MANIFEST}，或者它坏了"
            raise TargetError(message, "换一个 path；要从头发布，请管理员先移走这个文件夹") from fault

    async def send(self, shipment: Shipment, progress: Progress) -> Sent:
        """The next release, whole, and readers switched to it."""
        line = self._line
        for folder in (self._path, self._releases, self._ours):
            await line.folder(folder)
        async with turn(line, f"{self._ours}/lock") as ours:
            await self._completed()
            stands = await self.standing()
            if stands and stands.id == shipment.release.id:
                await self._tidied(stands)
                return Sent()
            if (stands.id if stands else None) != (shipment.before.id if shipment.before else None):
                message = "服务器上的网站刚刚被另一次发布换过"
                raise TargetError(message, "再发布一次", passing=True)
            tree, before, count = f"tree-{shipment.release.id}", stands.folder if stands else None, Count(progress=progress)
            await self._cleared(tree)
            await built(
                Yard(line=line, ours=self._ours, tree=f"{self._ours}/{tree}", before=before, shipment=shipment, count=count)
            )
            name = f"{await self._next(stands):06d}-{shipment.release.id}"
            await line.rename(f"{self._ours}/{tree}", f"{self._releases}/{name}")
            if not await self._switched(stands, name, ours):
                count.notes.append("服务器不能建符号链接：切换由两次改名完成，其间有一瞬间打不开网站")
            now = await self.standing()
            if now is None or now.manifest != shipment.own[MANIFEST]:
                message = "切换之后，服务器上的网站不是刚刚发布的"
                raise TargetError(message, "请管理员查看是否还有别的程序在改这个文件夹")
            await self._tidied(now)
        return Sent(
            bytes=count.bytes,
            files=count.files,
            linked=count.linked,
            resumed=count.resumed,
            removed=len(shipment.delta.removed),
            notes=tuple(count.notes),
        )

    async def rollback(self, progress: Progress) -> bytes:
        """Readers switched back to the release before the one that stands."""
        line = self._line
        if await line.look(self._ours) is None:
            message = "这里还没有发布过"
            raise TargetError(message, "先发布")
        async with turn(line, f"{self._ours}/lock") as ours:
            await self._completed()
            stands = await self.standing()
            if stands is None:
                message = "这里还没有发布过"
                raise TargetError(message, "先发布")
            found = [name for name in await self._names() if stands.previous and name.endswith("-" + stands.previous)]
            if not found:
                hint = "用 Git 回到那一次的提交，重新生成、发布"
                message = "服务器上没有留着上一次发布的网站，退不回去"
                raise TargetError(message, hint)
            await self._switched(stands, found[-1], ours)
            progress(1, 1)
            now = await self.standing()
        if now is None or now.id != stands.previous:
            message = "切换之后，服务器上的网站不是上一次发布的"
            raise TargetError(message, "请管理员查看是否还有别的程序在改这个文件夹")
        return now.manifest

    async def _names(self) -> list[str]:
        """The releases that are there, oldest first."""
        return sorted((one for one in await self._line.listed(self._releases) if _NAME.fullmatch(one)), key=_serial)

    async def _next(self, stands: Standing | None) -> int:
        return 1 + max(_serial(name) for name in (*await self._names(), stands.name if stands else "", "0-"))

    async def _switched(self, stands: Standing | None, name: str, ours: Turn) -> bool:
        """Readers see another release from now on; False where it took two renames."""
        line = self._line
        stood = await line.look(self._current)
        if stood is None or stood.kind == "link":
            if stands:  # files named by their content go on being found there by pages that were just loaded (docs/nginx.conf)
                await self._pointed(f"{self._releases}/previous", stands.name)
            await ours.kept()
            if await self._pointed(self._current, f"releases/{name}"):
                return True
        await self._intend(stands.name if stands else "", name)
        await ours.kept()
        await self._completed(begun=False)
        return False

    async def _pointed(self, link: str, at: str) -> bool:
        """Makes a link lead elsewhere, in one step; False where the server does not do that."""
        new = f"{self._ours}/link"
        await self._line.unlink(new)
        done = await self._line.point(new, at) and await self._line.rename(new, link)
        await self._line.unlink(new)
        return done

    async def _intend(self, start: str, goal: str) -> None:
        """Says what a switch by two renames is to do, and so what `current` is called when it is done."""
        line, new = self._line, self._journal + ".new"
        await line.write(new, [json.dumps({"from": start, "to": goal}).encode()])
        if not await line.rename(new, self._journal):
            await line.unlink(self._journal)
            await line.rename(new, self._journal)

    async def _meant(self) -> dict[str, str]:
        """What the last switch by two renames was to do; nothing where there was none."""
        try:
            said = json.loads(await self._line.content(self._journal) or b"{}")
            return {key: said[key] for key in ("from", "to") if _NAME.fullmatch(said[key])}
        except (ValueError, KeyError, TypeError):
            return {}

    async def _completed(self, *, begun: bool = True) -> None:
        """A switch by two renames, to its end; a former run's that had not `begun` is dropped."""
        line, meant = self._line, await self._meant()
        if "to" not in meant or await line.look(f"{self._releases}/{meant['to']}") is None:
            return
        stood = await line.look(self._current)
        if stood is not None and begun:
            await self._intend("", meant.get("from", ""))
            return
        if stood is not None and stood.kind == "link":
            await line.unlink(self._current)
        elif stood is not None:
            await line.rename(self._current, f"{self._releases}/{meant['from']}")
        await line.rename(f"{self._releases}/{meant['to']}", self._current)

    async def _tidied(self, stands: Standing) -> None:
        """What nobody needs any more goes; a release is first taken from among the releases, so that none there is ever half."""
        line, names = self._line, await self._names()
        kept = {stands.name, *names[-self._keep :], *(name for name in names if name.endswith(f"-{stands.previous}"))}
        for name in names:
            if name not in kept:
                await line.rename(f"{self._releases}/{name}", f"{self._ours}/tree-{name}")
        await self._cleared("")
        await line.fell(f"{self._ours}/incoming")

    async def _cleared(self, but: str) -> None:
        """What former runs left half done goes, `but` the tree that is gone on with."""
        for name in await self._line.listed(self._ours):
            if name.startswith("tree-") and name != but:
                await self._line.fell(f"{self._ours}/{name}")


def _serial(name: str) -> int:
    return int(name.partition("-")[0] or 0)


class _Visit:
    """The portal as a target: each question is a run of the loop, in which the server must not be silent for long."""

    def __init__(self, runner: asyncio.Runner, line: Line, portal: Portal) -> None:
        """Made by `visited`."""
        self._runner, self._line, self._portal = runner, line, portal

    def standing(self) -> bytes | None:
        stands = self._runner.run(self._line.watched(self._portal.standing()))
        return stands.manifest if stands else None

    def send(self, shipment: Shipment, progress: Progress) -> Sent:
        return self._runner.run(self._line.watched(self._portal.send(shipment, progress)))

    def rollback(self, progress: Progress) -> bytes:
        return self._runner.run(self._line.watched(self._portal.rollback(progress)))


def _told_already(_loop: asyncio.AbstractEventLoop, _context: dict[str, object]) -> None:
    """What the requests that were on their way say when a line breaks; that it broke is told once, by TargetError."""


@contextmanager
def visited(account: Account, path: str, keep: int) -> Iterator[Target]:
    """The folder at `path` of a server, as a target, for the time of a `with`."""
    with asyncio.Runner() as runner:
        runner.get_loop().set_exception_handler(_told_already)
        dialling = dialled(account)
        line = runner.run(dialling.__aenter__())
        try:
            portal = Portal(line, runner.run(line.absolute(path)), keep)
            yield _Visit(runner, line, portal)
        finally:
            runner.run(dialling.__aexit__(None, None, None))
