"""The line to a server: what may be asked over one connection, its faults in Chinese.

It knows nothing of releases.  A path here is one of the server's.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TypeVar

import asyncssh

from guodong_site.publishing.remote.abreast import each
from guodong_site.publishing.remote.account import Account, lost
from guodong_site.publishing.target import TargetError

T = TypeVar("T")

PATIENCE = 90.0
"""Seconds in which a server must answer something; after them it is as good as gone."""

PART = ".part"
"""What a file is called until it is whole."""

_SCRIPT = 300.0
"""Seconds for a script: to link or to hash a large site on a slow disk."""

_DONE, _FAILED = "guodong-done", "guodong-failed"

_BLOCK = 256 * 1024

_REFUSED = (asyncssh.SFTPFailure, asyncssh.SFTPOpUnsupported, asyncssh.SFTPPermissionDenied, asyncssh.SFTPBadMessage)


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """What stands at a path: a `file`, a `folder` or a `link`."""

    kind: str
    size: int = 0


class Line:
    """An open line.  `links`, `copies` and `shell` turn False where the server turns out not to offer it."""

    def __init__(self, account: Account, connection: asyncssh.SSHClientConnection, sftp: asyncssh.SFTPClient) -> None:
        """Made by `dialled`."""
        self.account = account
        self.links, self.copies, self.shell = True, sftp.supports_remote_copy, True
        self._connection, self._sftp = connection, sftp
        self._heard = 0.0

    async def watched(self, work: Coroutine[None, None, T]) -> T:
        """The work; broken off where the server has not answered anything for long."""
        loop = asyncio.get_running_loop()
        self._heard = loop.time()
        task = asyncio.create_task(work)
        try:
            while not (await asyncio.wait({task}, timeout=min(1.0, PATIENCE)))[0]:
                if loop.time() - self._heard > PATIENCE:
                    self._connection.abort()  # whatever the work is at ends with a lost line, its last words too
                    message = f"服务器 {self.account} 已有 {PATIENCE:.0f} 秒没有应答"
                    raise TargetError(message, "稍后再试；接着上次停下的地方做", passing=True)
            return task.result()
        finally:
            task.cancel()
            with suppress(BaseException):
                await task

    @contextmanager
    def _asking(self, what: str, path: str) -> Iterator[None]:
        """An answer is a sign of life; a fault is told as what could not be done."""
        try:
            yield
            self._heard = asyncio.get_running_loop().time()
        except (
            asyncssh.SFTPConnectionLost,
            asyncssh.SFTPNoConnection,
            asyncssh.DisconnectError,
            asyncssh.ChannelOpenError,
        ) as fault:
            raise lost(self.account) from fault
        except OSError as fault:
            raise lost(self.account) from fault
        except asyncssh.SFTPPermissionDenied as fault:
            hint = f"请服务器的管理员给用户 {self.account.user} 开通写入权限"
            message = f"服务器上没有权限{what}“{path}”"
            raise TargetError(message, hint) from fault
        except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath) as fault:
            message = f"服务器上{what}“{path}”不成：没有这个文件或文件夹"
            raise TargetError(message, "核对 site.yaml 里的 path") from fault
        except asyncssh.SFTPError as fault:
            message = f"服务器上{what}“{path}”不成（{fault.reason or fault.code}）"
            raise TargetError(message, "请服务器的管理员查看") from fault

    async def absolute(self, path: str) -> str:
        """The path from the root; one without `/` begins where the account does."""
        if path.startswith("/"):
            return path.rstrip("/") or "/"
        with self._asking("查看", path):
            home = str(await self._sftp.realpath("."))
        return f"{home.rstrip('/')}/{path}".rstrip("/")

    async def look(self, path: str, *, through: bool = False) -> Thing | None:
        """What stands there; `through` a link, what it leads to."""
        with self._asking("查看", path):
            try:
                found = await (self._sftp.stat(path) if through else self._sftp.lstat(path))
            except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath):
                return None
        return _thing(found)

    async def listed(self, path: str) -> dict[str, Thing]:
        """What stands in a folder, by name; nothing where there is no folder."""
        with self._asking("查看", path):
            try:
                entries = await self._sftp.readdir(path)
            except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath):
                return {}
        return {str(one.filename): _thing(one.attrs) for one in entries if one.filename not in (".", "..")}

    async def read(self, path: str, take: Callable[[bytes], object]) -> bool:
        """Gives a file's bytes to `take` as they come; False where there is none."""
        with self._asking("读取", path):
            try:
                async with self._sftp.open(path, "rb", encoding=None) as file:
                    while block := await file.read(_BLOCK):
                        take(block)  # type: ignore[arg-type]  # bytes, as `encoding` says
                        self._heard = asyncio.get_running_loop().time()
            except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath):
                return False
        return True

    async def content(self, path: str) -> bytes | None:
        """A small file."""
        parts: list[bytes] = []
        return b"".join(parts) if await self.read(path, parts.append) else None

    async def write(self, path: str, blocks: Iterable[bytes]) -> None:
        """A file of these bytes, on the disk for good; what stood there is overwritten, so it must be nobody else's."""
        try:
            with self._asking("写入", path):
                async with self._sftp.open(path, "wb") as file:
                    for block in blocks:
                        await file.write(block)
                        self._heard = asyncio.get_running_loop().time()
                    with suppress(*_REFUSED):
                        await file.fsync()
        except TargetError as fault:
            if not fault.passing and (free := await self.free(path.rpartition("/")[0])) is not None and free < 2 * _BLOCK:
                message = "服务器的磁盘满了"
                raise TargetError(message, "请管理员清理磁盘后再发布；网站没有变") from fault
            raise

    async def free(self, path: str) -> int | None:
        """Bytes we may still write there; None where the server does not say."""
        try:
            with self._asking("查看", path):
                found = await self._sftp.statvfs(path)
        except TargetError as fault:
            if fault.passing:
                raise
            return None
        return found.bavail * found.frsize

    async def folder(self, path: str) -> bool:
        """Makes a folder; False where it stood already."""
        with self._asking("建立文件夹", path):
            try:
                await self._sftp.mkdir(path)
            except asyncssh.SFTPError:
                there = await self.look(path, through=True)
                if there is None or there.kind != "folder":
                    raise
                return False
        return True

    async def same(self, source: str, target: str) -> bool:
        """Has the server put a file at a second path, by a hard link or a copy of its own; False where it does neither.

        What stands at `target` already is taken for the same.
        """
        with self._asking("建立", target):
            try:
                if self.links and await self._linked(source, target):
                    return True
                return self.copies and await self._copied(source, target)
            except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath):
                return False

    async def _linked(self, source: str, target: str) -> bool:
        try:
            await self._sftp.link(source, target)
        except _REFUSED:
            if await self.look(target) is not None:
                return True
            self.links = False
        return self.links

    async def _copied(self, source: str, target: str) -> bool:
        part = target + PART
        try:
            async with self._sftp.open(source, "rb", block_size=0) as old, self._sftp.open(part, "wb", block_size=0) as new:
                await self._sftp.remote_copy(old, new)
        except _REFUSED:
            self.copies = False
            await self.unlink(part)
            return False
        return await self.rename(part, target)

    async def rename(self, source: str, target: str) -> bool:
        """Gives a file, link or folder another path, in place of the file or link there; False where the server cannot replace."""
        with self._asking("改名为", target):
            try:
                await self._sftp.posix_rename(source, target)
            except _REFUSED:
                if await self.look(target) is not None or await self.look(source) is None:
                    return False
                await self._sftp.rename(source, target)  # nothing is in its way
        return True

    async def point(self, link: str, at: str) -> bool:
        """Makes a symbolic link; False where the server makes none."""
        with self._asking("建立链接", link):
            try:
                await self._sftp.symlink(at, link)
            except _REFUSED:
                return False
        return True

    async def pointed(self, link: str) -> str:
        """Where a link leads."""
        with self._asking("查看", link):
            return str(await self._sftp.readlink(link))

    async def unlink(self, path: str) -> None:
        """Removes a file or link; there may be none."""
        with self._asking("删除", path), suppress(asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath):
            await self._sftp.remove(path)

    async def clear(self, path: str) -> bool:
        """Removes an empty folder; False where it is not empty."""
        with self._asking("删除", path):
            try:
                await self._sftp.rmdir(path)
            except asyncssh.SFTPError:
                return False
        return True

    async def fell(self, path: str) -> None:
        """Removes a folder with all in it; there may be none."""
        inside = await self.listed(path)
        folders = [f"{path}/{name}" for name, one in inside.items() if one.kind == "folder"]
        if folders and await self.run(f"rm -rf -- {quoted(path)}") is not None and await self.look(path) is None:
            return
        await each((f"{path}/{name}" for name, one in inside.items() if one.kind != "folder"), self.unlink)
        for folder in folders:
            await self.fell(folder)
        await self.clear(path)

    async def run(self, script: str) -> list[str] | None:
        """The lines a script of the shell says, where it ends well; None where it does not, or the account has no shell.

        Only our own last word is believed: an account that is held to sftp answers a command with something else.
        """
        if not self.shell:
            return None
        command = f"export LC_ALL=C; {{ {script}\n}} </dev/null && echo {_DONE} || echo {_FAILED}"
        said = [""]
        try:
            async with asyncio.timeout(_SCRIPT):
                answer = await self._connection.run(command, stdin=asyncssh.DEVNULL, stderr=asyncssh.DEVNULL, encoding=None)
            text = answer.stdout or b""
            said = (text if isinstance(text, str) else bytes(text).decode("utf-8", "replace")).splitlines() or said
        except (asyncssh.Error, OSError) as fault:  # TimeoutError is one
            if self._connection.is_closed():
                raise lost(self.account) from fault
        self.shell = said[-1] in (_DONE, _FAILED)
        return said[:-1] if said[-1] == _DONE else None


def _thing(found: asyncssh.SFTPAttrs) -> Thing:
    kinds = {asyncssh.FILEXFER_TYPE_DIRECTORY: "folder", asyncssh.FILEXFER_TYPE_SYMLINK: "link"}
    return Thing(kind=kinds.get(found.type, "file"), size=found.size or 0)


def quoted(path: str) -> str:
    """A path as the shell takes it literally."""
    return "'" + path.replace("'", "'\\''") + "'"
