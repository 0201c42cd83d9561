"""`kind: folder`: versioned releases in a folder of this computer (or a mounted one), and a link that says which one readers see.

    <path>/current -> releases/000012-<id>     what the web server shows: root <path>/current
    <path>/releases/000012-<id>/               a release, never changed once it bears this name
    <path>/releases/previous -> 000011-<id>    the release before: files named by their content go on being found (docs/nginx.conf)
    <path>/staging/<id>/                       a release that is being brought; a cut run is completed by the next

Whoever reads through `current` sees one release whole: the link is put in place by rename.  Names count upwards and ask no clock.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from guodong_site.config import Destination
from guodong_site.machine import reason
from guodong_site.publishing import manifest
from guodong_site.publishing.target import Progress, Sent, Shipment, TargetError, TargetKind
from guodong_site.publishing.weighing import Weight, listed, weighed
from guodong_site.release import MANIFEST, File
from guodong_site.turn import turn

_CURRENT, _RELEASES, _STAGING, _PREVIOUS = "current", "releases", "staging", "previous"
_KEPT = 5
"""Releases that stay for a way back, where site.yaml says no other number."""

_NO_LINKS = frozenset((errno.EPERM, errno.EXDEV, errno.EMLINK, errno.EOPNOTSUPP, errno.ENOSYS))
"""What a disk says that knows no hard links, or no more of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """The target, whose lock is held; `kept` releases stay."""

    path: Path
    kept: int = _KEPT

    def standing(self) -> bytes | None:
        """The release.json of what `current` leads to."""
        with _told("读取"):
            current = self.path / _CURRENT
            if current.is_symlink() or not current.exists():
                return (current / MANIFEST).read_bytes() if current.exists() else None
        raise TargetError(f"“{current}”不是本程序做的链接", "换一个空文件夹，或移走它")

    def send(self, shipment: Shipment, progress: Progress) -> Sent:
        """Stages, verifies, names, switches; what is too old goes last, when nobody can need it any more."""
        with _told("写入"):
            (self.path / _RELEASES).mkdir(parents=True, exist_ok=True)
            staging = self.path / _STAGING / shipment.release.id
            self._sweep(staging.name)
            sent = _staged(shipment, _Staging(shipment.folder, staging, self._now(), self._twin(shipment.release.id)), progress)
            name = f"{self._serial():06}-{shipment.release.id}"
            os.sync()  # on the disk before it has a name
            staging.rename(self.path / _RELEASES / name)
            self._switch(name)
            self._prune(name)
            return sent

    def rollback(self, progress: Progress) -> bytes:
        """Goes to the release that the one standing names as the one before."""
        with _told("写入"):
            now = self._now()
            stood = self.standing()
            if now is None or stood is None:
                raise TargetError("这里还没有发布过，没有可以退回的", "先发布一次")
            before = manifest.parse(stood).previous
            older = [name for name in self._names() if name < now.name and name.endswith(f"-{before}")]
            if before is None:
                raise TargetError("现在是第一版，没有可以退回的", "不想给人看的，撤回后再发布")
            if not older:
                raise TargetError("上一版已经不在，不能退回", "在仓库里退回到那一次提交，再发布一次")
            progress(0, 1)
            self._switch(older[-1])
            progress(1, 1)
            return (self.path / _RELEASES / older[-1] / MANIFEST).read_bytes()

    def _now(self) -> Path | None:
        """The folder of the release that stands."""
        current = self.path / _CURRENT
        return self.path / _RELEASES / current.readlink().name if current.is_symlink() and current.exists() else None

    def _names(self) -> list[str]:
        """Releases, oldest first."""
        folder = self.path / _RELEASES
        return (
            sorted(p.name for p in folder.iterdir() if not p.is_symlink() and p.name[:6].isdigit()) if folder.is_dir() else []
        )

    def _twin(self, release_id: str) -> Path | None:
        """A release of the same files that does not stand: of a run cut before the switch, or one that was rolled back."""
        twins = [self.path / _RELEASES / name for name in self._names() if name.endswith(f"-{release_id}")]
        return twins[-1] if twins and twins[-1] != self._now() else None

    def _serial(self) -> int:
        names = self._names()
        return int(names[-1].partition("-")[0]) + 1 if names else 1

    def _switch(self, name: str) -> None:
        """The moment readers see another release.  The release before is named first: a cut between leaves the old one standing."""
        now = self._now()
        if now is not None and now.name != name:
            _link(self.path / _RELEASES / _PREVIOUS, now.name)
        _link(self.path / _CURRENT, f"{_RELEASES}/{name}")
        _flush(self.path)

    def _prune(self, name: str) -> None:
        """Removes the oldest releases, never one that stands or stood before it; what cannot be removed now is removed later."""
        previous = self.path / _RELEASES / _PREVIOUS
        held = {name, *([previous.readlink().name] if previous.is_symlink() else [])}
        for old in [one for one in self._names() if one not in held][: -(self.kept - len(held)) or None]:
            (self.path / _RELEASES / old).rename(self.path / _STAGING / old)  # never half a release under its name
        self._sweep("")

    def _sweep(self, wanted: str) -> None:
        """Clears what earlier runs left in staging, but what the next one goes on with."""
        staging = self.path / _STAGING
        staging.mkdir(exist_ok=True)
        for old in staging.iterdir():
            if old.name != wanted:
                shutil.rmtree(old, ignore_errors=True)


def _staged(shipment: Shipment, work: _Staging, progress: Progress) -> Sent:
    """The release brought whole, every file looked at again: linked where the release before has it, else copied."""
    files, delta = shipment.release.files, shipment.delta
    work.clear({file.path for file in files})
    new = (*delta.created, *delta.changed)
    resumed = work.resumed(new)
    linked = work.link(delta.kept)
    brought = [file for file in files if file.path not in resumed and file.path not in linked]
    total, done = sum(file.size for file in brought), 0
    for file in brought:
        work.bring(file)
        done += file.size
        progress(done, max(total, 1))
    touched = work.wrong(files)  # somebody had a hand in the release before: what he changed is brought anew
    for file in touched:
        work.bring(file)
    if broken := work.wrong(touched):
        raise TargetError(f"{broken[0].path} 写到目标以后内容不对", "检查目标的磁盘，再运行一次", passing=True)
    for name, data in sorted(shipment.own.items(), key=lambda one: one[0] == MANIFEST):
        work.put(name, data)
    same = {file.path for file in delta.kept}
    again = [file for file in (*brought, *touched) if file.path in same]
    note = f"上一版里的 {len(again)} 个文件不能硬链接，重新写了一遍（{sum(file.size for file in again)} 字节）"
    return Sent(
        bytes=sum(file.size for file in (*brought, *touched)) + sum(map(len, shipment.own.values())),
        files=len(brought) + len(touched) + len(shipment.own),
        linked=len(linked - {file.path for file in touched}),
        removed=len(delta.removed),
        resumed=len(resumed),
        notes=(note,) if again else (),
    )


class _Staging:
    """A release on its way from `source`; `before` is the folder of the one that stands, `twin` of one with the same files."""

    def __init__(self, source: Path, staging: Path, before: Path | None, twin: Path | None) -> None:
        self._source, self._staging, self._before, self._twin = source, staging, before, twin
        self._made: set[str] = set()
        self._links = True
        staging.mkdir(exist_ok=True)

    def clear(self, wanted: set[str]) -> None:
        """Removes what an earlier run left and this one does not want."""
        for path in listed(self._staging):
            if path not in wanted:
                (self._staging / path).unlink()

    def resumed(self, files: Sequence[File]) -> set[str]:
        """Those of some files that an earlier run brought whole."""
        if self._twin is not None:
            for file in files:
                self._linked(self._twin, file.path)
        there = [file for file in files if (self._staging / file.path).is_file()]
        wrong = {file.path for file in self.wrong(there)}
        return {file.path for file in there} - wrong

    def link(self, files: Sequence[File]) -> set[str]:
        """Those of some files that the release before gives by a link."""
        return {file.path for file in files if self._before is not None and self._linked(self._before, file.path)}

    def _linked(self, home: Path, path: str) -> bool:
        if not self._links:
            return False
        self._folder(path)
        try:
            os.link(f"{home}/{path}", f"{self._staging}/{path}", follow_symlinks=False)
        except FileExistsError:  # of an earlier run: its content is looked at with all others
            return True
        except FileNotFoundError:  # somebody took it away from the release before
            return False
        except OSError as fault:
            if fault.errno not in _NO_LINKS:
                raise
            self._links = fault.errno == errno.EMLINK
            return False
        return True

    def bring(self, file: File) -> None:
        """Copies a file, which has its name only when it is whole."""
        self._folder(file.path)
        _put(self._staging / file.path, partial(shutil.copyfile, self._source / file.path))

    def put(self, name: str, data: bytes) -> None:
        """A file of the release's own."""
        _put(self._staging / name, lambda part: part.write_bytes(data))

    def wrong(self, files: Sequence[File]) -> list[File]:
        """Those of some files that are not what they should be."""
        found = weighed(self._staging, [file.path for file in files])
        return [file for file, one in zip(files, found, strict=True) if not isinstance(one, Weight) or one.file != file]

    def _folder(self, path: str) -> None:
        folder = path.rpartition("/")[0]
        if folder and folder not in self._made:
            self._folder(folder)
            with suppress(FileExistsError):
                os.mkdir(f"{self._staging}/{folder}")  # noqa: PTH102  # of thousands, a Path costs as much as the rest
            self._made.add(folder)


def _put(path: Path, make: Callable[[Path], object]) -> None:
    """One file, whole or not there; a file linked with the release before is not written into."""
    part = path.with_name(f".{path.name[:200]}.part")
    make(part)
    part.replace(path)


def _link(place: Path, target: str) -> None:
    part = place.with_name(f".{place.name}.new")
    part.unlink(missing_ok=True)
    part.symlink_to(target)
    part.replace(place)


def _flush(folder: Path) -> None:
    """What a folder lists, on the disk: all else is there already."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


@contextmanager
def _told(doing: str) -> Iterator[None]:
    """What the system refuses, as a fault of the target."""
    try:
        yield
    except ValueError as fault:
        raise TargetError(
            "目标上的 release.json 看不懂，不知道上一版是哪一版", "在仓库里退回到那一次提交，再发布一次"
        ) from fault
    except OSError as fault:
        place = fault.filename2 or fault.filename or ""
        message = f"目标文件夹：{reason(fault, doing)}" + (f"（{place}）" if place else "")
        raise TargetError(message, "读者看到的还是原来的一版；清理磁盘、请管理员开通权限后再运行一次，会接着做") from fault


@contextmanager
def _opened(destination: Destination, root: Path) -> Iterator[Folder]:
    path = root / destination.options["path"]
    kept = destination.options.get("keep", "")
    if kept and not (kept.isascii() and kept.isdigit() and int(kept) >= 2):
        raise TargetError(f"keep 写的是“{kept}”", "写 2 或更大的整数：保留几版，好退回去")
    with _told("写入"):
        path.mkdir(parents=True, exist_ok=True)
        strange = next((one.name for one in path.iterdir() if one.name not in (_CURRENT, _RELEASES, _STAGING)), None)
    if strange is not None and not (path / _RELEASES).is_dir():
        raise TargetError(f"文件夹“{path}”里已有别的文件（如“{strange}”），不是发布用的文件夹", "换一个空文件夹")
    with turn(path, lambda: None):
        yield Folder(path=path, kept=int(kept) if kept else _KEPT)


TARGET = TargetKind(name="folder", open=_opened, options=("path", "keep"), required=("path",))
