"""A release put together on a server, out of readers' sight: what is new sent, what is not linked from the release before, all verified.

New files wait in `incoming/` under the SHA-256 of their content, whole: what is sent there is `.part` until its last byte.  So
a cut run needs no journal to be gone on with, and an edit between two runs costs only what it changed.  The tree itself is
`tree-<id>/`, in which no file ever is anything but the one the release names.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from guodong_site.publishing.remote.abreast import each
from guodong_site.publishing.remote.line import PART, Line, quoted
from guodong_site.publishing.target import Progress, Shipment, TargetError
from guodong_site.publishing.unfinished import above
from guodong_site.release import OWN, File, sums

_SENDING = 12
"""Files on their way at the same time."""

_BLOCK = 256 * 1024


@dataclass(slots=True, kw_only=True)
class Count:
    """What has happened so far; in time, what was sent."""

    progress: Progress
    bytes: int = 0
    files: int = 0
    linked: int = 0
    resumed: int = 0
    expected: int = 0
    notes: list[str] = field(default_factory=list)

    def expect(self, files: tuple[File, ...]) -> None:
        """So much more is to be sent."""
        self.expected += sum(file.size for file in files)
        self.progress(self.bytes, self.expected)

    def sent(self, size: int) -> None:
        """A piece has gone out."""
        self.bytes += size
        self.progress(self.bytes, self.expected)


@dataclass(frozen=True, slots=True, kw_only=True)
class Yard:
    """Where a release is put together: `ours` is our own folder there, `before` the folder of the release that stands, if any.

    `tree` is the release as it grows.
    """

    line: Line
    ours: str
    tree: str
    before: str | None
    shipment: Shipment
    count: Count

    @property
    def incoming(self) -> str:
        """Where new files wait."""
        return f"{self.ours}/incoming"

    @property
    def own(self) -> tuple[File, ...]:
        """The release's own files; the one that says it is whole comes last."""
        return tuple(
            File(path=name, size=len(data), sha256=hashlib.sha256(data).hexdigest()) for name, data in self.shipment.own.items()
        )


async def built(yard: Yard) -> None:
    """Makes the tree the whole release, verified.  Raises TargetError where it cannot be had."""
    line, shipment, count = yard.line, yard.shipment, yard.count
    await line.folder(yard.incoming)
    new = (*shipment.delta.created, *shipment.delta.changed, *yard.own)
    kept = shipment.delta.kept
    await _room(yard, new)
    await _bring(yard, new)
    if yard.before is None or not await _linked_whole(yard, yard.before):
        await _folders(yard)
        await _keep(yard, kept)
    await _place(yard, new)
    wrong = await _wrong(yard, new)
    if wrong:  # a disk that lost something, or somebody's hand: once more, from here
        count.notes.append(f"服务器上有 {len(wrong)} 个文件与本地的不一样，已重新传过")
        for file in wrong:
            await line.unlink(f"{yard.tree}/{file.path}")
            await line.unlink(f"{yard.incoming}/{file.sha256}")
        await _bring(yard, wrong)
        await _place(yard, wrong)
        if await _wrong(yard, wrong):
            message = "传到服务器上的文件与本地的不一样，没有切换，读者看到的还是原来的网站"
            raise TargetError(message, "请管理员检查服务器的磁盘")


async def _room(yard: Yard, new: tuple[File, ...]) -> None:
    need = sum(file.size for file in new)
    free = await yard.line.free(yard.incoming)
    waiting = await yard.line.listed(yard.incoming)
    need -= sum(one.size for one in waiting.values())
    if free is not None and need > free:
        message = f"服务器的磁盘不够：还要 {size(need)}，只剩 {size(free)}"
        raise TargetError(message, "请管理员清理磁盘后再发布；网站没有变")


async def _bring(yard: Yard, files: tuple[File, ...]) -> None:
    """Sends what does not wait there already; files of the same content once."""
    line, count = yard.line, yard.count
    waiting, grown = await line.listed(yard.incoming), await line.look(yard.tree) is not None
    first = {file.sha256: file for file in reversed(files)}
    missing = []
    for file in first.values():
        one = waiting.get(file.sha256)
        there = one is not None and one.size == file.size
        if grown and one is None:  # on a server that links nothing an earlier run has moved it into the tree
            stood = await line.look(f"{yard.tree}/{file.path}")
            there = stood is not None and stood.size == file.size
        if there:
            count.resumed += 1
        else:
            missing.append(file)
    count.expect(tuple(missing))

    async def send(file: File) -> None:
        target = f"{yard.incoming}/{file.sha256}"
        await line.write(target + PART, _read(yard, file))
        if not await line.rename(target + PART, target):
            await line.unlink(target)
            await line.rename(target + PART, target)
        count.files += 1

    await each(missing, send, _SENDING)


def _read(yard: Yard, file: File) -> Iterator[bytes]:
    """A file of the release in blocks; raises TargetError at the end where it is not the one the release names."""
    own = yard.shipment.own.get(file.path)
    if own is not None:
        yard.count.sent(len(own))
        yield own
        return
    found = hashlib.sha256()
    try:
        with Path(yard.shipment.folder, file.path).open("rb") as held:
            while block := held.read(_BLOCK):
                found.update(block)
                yard.count.sent(len(block))
                yield block
    except OSError as fault:
        message = f"读不出要发布的文件“{file.path}”"
        raise TargetError(message, "重新生成网站后再发布") from fault
    if found.hexdigest() != file.sha256:
        message = f"要发布的文件“{file.path}”在发布时被改动了"
        raise TargetError(message, "重新生成网站后再发布")


async def _linked_whole(yard: Yard, before: str) -> bool:
    """Where the account has a shell, the whole standing release as links in one go, less what is not in the new one."""
    line, delta = yard.line, yard.shipment.delta
    part = yard.tree + PART
    await line.fell(part)
    if await line.look(yard.tree) is not None:  # a cut run's, of which every file is right: gone on with, one by one
        return False
    if await line.run(f"cp -al -- {quoted(before)} {quoted(part)}") is None:
        await line.fell(part)
        return False
    if await line.look(part) is None:  # the shell sees other folders than sftp does
        line.shell = False
        return False
    gone = (*(file.path for file in (*delta.changed, *delta.removed)), *OWN)
    await each(gone, lambda path: line.unlink(f"{part}/{path}"))
    emptied = {folder for file in delta.removed for folder in above(file.path)}
    for folder in sorted(emptied, key=lambda one: -one.count("/")):
        await line.clear(f"{part}/{folder}")
    await line.rename(part, yard.tree)
    await _folders(yard, only={folder for file in delta.created for folder in above(file.path)})
    yard.count.linked += len(delta.kept)
    return True


async def _folders(yard: Yard, only: set[str] | None = None) -> None:
    """The folders of the tree, floor by floor."""
    await yard.line.folder(yard.tree)
    wanted = {folder for file in yard.shipment.release.files for folder in above(file.path)} if only is None else only
    for floor in sorted({one.count("/") for one in wanted}):
        await each((f"{yard.tree}/{one}" for one in sorted(wanted) if one.count("/") == floor), yard.line.folder)


async def _keep(yard: Yard, kept: tuple[File, ...]) -> None:
    """What is not new, from the release that stands, by the server itself; sent again where it does not do that."""
    line, count = yard.line, yard.count
    again: list[File] = []

    async def keep(file: File) -> None:
        if await line.same(f"{yard.before}/{file.path}", f"{yard.tree}/{file.path}"):
            count.linked += 1
        else:
            again.append(file)

    await each(kept, keep, 64)
    if again:
        total = sum(file.size for file in again)
        count.notes.append(f"服务器不能链接也不能复制文件，没有变的 {len(again)} 个文件（{size(total)}）也重新传了")
        await _room(yard, tuple(again))
        await _bring(yard, tuple(again))
        await _place(yard, tuple(again))
    elif kept and not line.links:
        count.notes.append(
            f"服务器不能建硬链接，没有变的 {len(kept)} 个文件由它自己复制，多占磁盘 {size(sum(f.size for f in kept))}"
        )


async def _place(yard: Yard, files: tuple[File, ...]) -> None:
    """What waits in `incoming/` to its place: linked where the server links, so that it is still there if the tree must go."""
    line = yard.line
    last = {file.sha256: file.path for file in files}  # who comes last may take it away

    async def place(file: File) -> None:
        source, target = f"{yard.incoming}/{file.sha256}", f"{yard.tree}/{file.path}"
        if await line.same(source, target) or await line.look(target) is not None:
            return
        if last[file.sha256] == file.path:
            moves.append(file)
        else:
            await line.write(target + PART, _read(yard, file))
            await line.rename(target + PART, target)

    moves: list[File] = []
    await each(files, place)
    await each(moves, lambda file: line.rename(f"{yard.incoming}/{file.sha256}", f"{yard.tree}/{file.path}"))


async def _wrong(yard: Yard, new: tuple[File, ...]) -> tuple[File, ...]:
    """The files of the tree that are not as the release says.

    Where the account has a shell, the server hashes them all.  Otherwise sizes are asked, and what is new is read back.
    """
    line, every = yard.line, (*yard.shipment.release.files, *yard.own)
    suspects = await _hashed_there(yard, every)
    if suspects is None:
        suspects = await _of_other_size(yard, every)
        if new:
            total = size(sum(file.size for file in new))
            yard.count.notes.append(f"服务器不让执行命令，新传的 {len(new)} 个文件（{total}）读回来校验，其余的核对了大小")
        suspects = {*suspects, *new}
    wrong: list[File] = []

    async def compare(file: File) -> None:
        found = hashlib.sha256()
        if not await line.read(f"{yard.tree}/{file.path}", found.update) or found.hexdigest() != file.sha256:
            wrong.append(file)

    await each(sorted(suspects, key=lambda file: file.path), compare, _SENDING)
    return tuple(wrong)


async def _hashed_there(yard: Yard, every: tuple[File, ...]) -> set[File] | None:
    """Those that the server itself finds wrong; None where it cannot say."""
    listed = f"{yard.tree}.sums"
    await yard.line.write(listed, [sums(every).encode()])
    said = await yard.line.run(
        f"cd {quoted(yard.tree)} && {{ sha256sum -c {quoted(listed)} 2>/dev/null || true; }} && find . -type f | wc -l"
    )
    await yard.line.unlink(listed)
    if said is None:
        return None
    if int(said[-1]) > len(every):
        await yard.line.fell(yard.tree)
        message = f"服务器上的网站“{yard.before or yard.tree}”里有不属于它的文件"
        raise TargetError(message, "请管理员从那里删去多出来的文件，再发布一次")
    good = {line.removesuffix(": OK") for line in said if line.endswith(": OK")}
    return {file for file in every if file.path not in good}


async def _of_other_size(yard: Yard, every: tuple[File, ...]) -> set[File]:
    other: set[File] = set()

    async def weigh(file: File) -> None:
        found = await yard.line.look(f"{yard.tree}/{file.path}")
        if found is None or found.kind != "file" or found.size != file.size:
            other.add(file)

    await each(every, weigh, 64)
    return other


def size(number: int) -> str:
    """Bytes as one says them."""
    for unit, one in (("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10)):
        if number >= one:
            return f"{number / one:.1f} {unit}"
    return f"{number} 字节"
