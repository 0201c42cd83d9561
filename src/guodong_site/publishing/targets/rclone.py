"""Any object store or WebDAV, through the program rclone: nothing can be switched there, so files go out in an order that never misleads.

While a run is at work, `.guodong/publishing.json` beside the site names the files it touches: where it is found, an earlier run
was cut, and just these files are in doubt.  release.json is changed last of all that is sent, so it says what stood before.

With the option `backup`, a folder of any store that readers do not see, what a release replaces is put there first: the way back.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from guodong_site.config import Destination
from guodong_site.publishing.caching import cache_control
from guodong_site.publishing.carrier import Carrier, Store
from guodong_site.publishing.manifest import parse
from guodong_site.publishing.order import farewell, waves
from guodong_site.publishing.target import LackingError, Progress, Sent, Shipment, Target, TargetError, TargetKind
from guodong_site.publishing.unfinished import Unfinished, above, doubted, read, told, touched_by
from guodong_site.release import MANIFEST, OWN, Delta, Release, between

KEEP = 3
"""Ways back that are kept in the backup."""

_MARK = ".guodong/publishing.json"
_NAME = re.compile(r"(\d{4,})-([0-9a-f]{16})")


@dataclass(slots=True, kw_only=True)
class _Tally:
    """What has been sent; `total` is what is to be."""

    progress: Progress
    total: int
    done: int = 0
    files: int = 0
    notes: list[str] = field(default_factory=list)

    def hear(self) -> Callable[[int], object]:
        """For one run of rclone, which counts from nothing."""
        start = self.done

        def heard(sent: int) -> None:
            self.done = max(self.done, start + sent)
            self.progress(self.done, max(self.total, self.done))

        return heard


class Remote:
    """A folder of a store, as a target."""

    def __init__(self, carrier: Carrier, remote: str, backup: str | None, keep: int) -> None:
        """`remote` and `backup` as rclone names folders."""
        self._carrier, self._remote, self._backup, self._keep = carrier, remote.rstrip("/"), (backup or "").rstrip("/"), keep

    def standing(self) -> bytes | None:
        """The release.json readers are served."""
        return self._carrier.content(_join(self._remote, MANIFEST))

    def _settled(self) -> bytes | None:
        """The same, once a run that was cut after it had changed that file is finished."""
        stood, cut = self.standing(), self._unfinished()
        if stood is not None and cut is not None and (stands := parse(stood)).id == cut.goal:
            self._remove(doubted(Delta(), stands, stands, cut), self._carrier.store(self._remote), stands)
            self._carrier.delete(self._remote, [_MARK])
        return stood

    def send(self, shipment: Shipment, progress: Progress) -> Sent:
        """The next release, in its order; a cut run before is made good by the way."""
        release, before = shipment.release, shipment.before
        stood, cut = self._settled(), self._unfinished()
        if stood is not None and before is not None and parse(stood).id != before.id:
            raise TargetError("存储里的网站刚刚被另一次发布换过", "再发布一次", passing=True)
        if (stood is None) != (before is None):
            raise TargetError("存储里的网站刚刚被另一次发布换过", "再发布一次", passing=True)
        if before is not None and before.id == release.id and cut is None:
            return Sent()
        store = self._carrier.store(self._remote)
        delta = doubted(shipment.delta, before, release, cut)
        tally = _Tally(progress=progress, total=delta.bytes + sum(map(len, shipment.own.values())))
        if before is not None and before.id != release.id:
            self._put_by(before, delta, cut, tally)
        self._mark(
            Unfinished(
                start=before.id if before else None,
                goal=release.id,
                touched=touched_by(delta) | (cut.touched if cut else frozenset()),
            )
        )
        source = str(shipment.folder)
        there = self._there(source, delta, store) if cut else set[str]()
        with tempfile.TemporaryDirectory() as folder:
            for name, data in shipment.own.items():
                Path(folder, name).write_bytes(data)
            self._carry(source, delta, there, store, tally)
            self._seal(folder, shipment.own, store, tally)
        self._remove(delta, store, release)
        self._agreed(release, shipment.own, store)
        self._carrier.delete(self._remote, [_MARK])
        self._forget()
        return Sent(
            bytes=tally.done, files=tally.files, removed=len(delta.removed), resumed=len(there), notes=tuple(tally.notes)
        )

    def rollback(self, progress: Progress) -> bytes:
        """What was put by when the standing release came, back to its place."""
        begun, stood, cut = self._unfinished(), self._settled(), self._unfinished()
        if begun is not None and begun.back and cut is None and stood is not None:
            return stood  # it was all but done
        if stood is None:
            raise TargetError("这里还没有发布过", "先发布")
        stands = parse(stood)
        if cut is not None and cut.goal != stands.previous:
            raise TargetError("上一次发布没有做完，不能从这里退回", "先再发布一次，把它做完")
        name = next(
            (one for one in reversed(self._ways_back()) if stands.previous and one.endswith(f"-{stands.previous}")), None
        )
        manifest = self._carrier.content(_join(self._backup, name, MANIFEST)) if name else None
        if name is None or manifest is None:
            hint = "用 Git 回到那一次的提交，重新生成、发布；以后要能退回，在 site.yaml 的目标里写 backup"
            raise TargetError("没有留着上一次发布的网站，退不回去", hint)
        source, release, store = _join(self._backup, name), parse(manifest), self._carrier.store(self._remote)
        delta = between(stands, release)
        tally = _Tally(progress=progress, total=delta.bytes)
        self._mark(Unfinished(start=stands.id, goal=release.id, touched=touched_by(delta), back=True))
        self._carry(source, delta, set(), store, tally)
        own = [one for one in sorted(OWN - {MANIFEST}) if self._carrier.content(_join(source, one)) is not None]
        self._seal(source, own, store, tally)
        self._carrier.delete(self._remote, sorted(OWN - {MANIFEST, *own}))
        self._remove(delta, store, release)
        self._carrier.delete(self._remote, [_MARK])
        return manifest

    def _unfinished(self) -> Unfinished | None:
        data = self._carrier.content(_join(self._remote, _MARK))
        try:
            return None if data is None else read(data)
        except ValueError as fault:
            message = f"看不懂存储里的“{_MARK}”"
            raise TargetError(message, "请管理员看一看；删去它之前，先用 guodong verify 核对网站") from fault

    def _mark(self, mark: Unfinished) -> None:
        self._carrier.put(_join(self._remote, _MARK), told(mark))

    def _there(self, source: str, delta: Delta, store: Store) -> set[str]:
        """What a cut run has brought already; where the store knows no hashes, by size, and what is read back later decides."""
        paths = [file.path for file in (*delta.created, *delta.changed)]
        return set(paths) - self._carrier.unlike(source, self._remote, paths, *(() if store.hashes else ("--size-only",)))

    def _carry(self, source: str, delta: Delta, there: set[str], store: Store, tally: _Tally) -> None:
        """What is new, wave by wave, and verified; what is in a folder's way, or is one, goes first."""
        new = [file.path for file in (*delta.created, *delta.changed)]
        folders = {one for path in new for one in above(path)}
        blocking = [file.path for file in delta.removed if file.path in folders or not set(new).isdisjoint(above(file.path))]
        if store.folders and blocking:
            self._carrier.delete(self._remote, blocking)
            for path in sorted(set(new) & {folder for one in blocking for folder in above(one)}):
                self._carrier.clear(_join(self._remote, path))
        self._waves(source, delta, there, store, tally)
        wrong = self._other(source, new, store, tally)
        if wrong:
            tally.notes.append(f"有 {len(wrong)} 个文件到了存储里与本地的不一样，已重新传过")
            self._waves(source, delta, set(new) - wrong, store, tally)
            if self._other(source, sorted(wrong), store, tally):
                message = "传到存储里的文件与本地的不一样"
                raise TargetError(message, "再发布一次；还是这样，请管理员检查存储", passing=True)

    def _waves(self, source: str, delta: Delta, but: set[str], store: Store, tally: _Tally) -> None:
        """Wave by wave; on a store that keeps Cache-Control with a file, one run of rclone for each answer to how long it is kept."""
        for wave in waves(delta):
            groups: dict[str, list[str]] = {}
            for file in wave:
                if file.path not in but:
                    groups.setdefault("" if store.folders else cache_control(file.path), []).append(file.path)
            for kept, paths in sorted(groups.items()):
                self._copy(source, paths, kept, store, tally)

    def _copy(self, source: str, paths: Sequence[str], kept: str, store: Store, tally: _Tally) -> None:
        more = [f"--header-upload=Cache-Control: {kept}"] if kept else []
        more += ["--disable=Copy"] if store.folders else []  # a WebDAV server copies nothing over what is there
        self._carrier.copy(source, self._remote, paths, *more, hear=tally.hear())
        tally.files += len(paths)

    def _other(self, source: str, paths: Sequence[str], store: Store, tally: _Tally) -> set[str]:
        """What is not there as it was sent: by the store's own hashes, or read back."""
        if not store.hashes and paths:
            said = "存储不给出文件的校验值，新传的文件读回来核对"
            if said not in tally.notes:
                tally.notes.append(said)
        return self._carrier.unlike(source, self._remote, paths, *(() if store.hashes else ("--download",)))

    def _seal(self, source: str, names: Iterable[str], store: Store, tally: _Tally) -> None:
        """The release's own files; the one that says which release it is comes last."""
        for wave in ([name for name in names if name != MANIFEST], [MANIFEST]):
            if wave:
                self._copy(source, wave, "" if store.folders else cache_control(MANIFEST), store, tally)

    def _remove(self, delta: Delta, store: Store, release: Release) -> None:
        """What is gone, and the folders that leaves empty."""
        for wave in farewell(delta):
            self._carrier.delete(self._remote, [file.path for file in wave])
        if store.folders:
            alive = {one for file in release.files for one in above(file.path)} | {file.path for file in release.files}
            dead = {next((one for one in above(file.path) if one not in alive), None) for file in delta.removed}
            for folder in sorted(filter(None, dead)):
                self._carrier.clear(_join(self._remote, folder))

    def _agreed(self, release: Release, own: Iterable[str], store: Store) -> None:
        """Where the store lists all at once: every file is there, in its size."""
        if not store.lists:
            return
        sizes, names = self._carrier.sizes(self._remote), {*own}
        odd = [file.path for file in release.files if sizes.get(file.path) != file.size]
        odd += [name for name in names if name not in sizes]
        if odd:
            hint = "运行 guodong verify 看全部差别；存储里的文件被别人动过的，请管理员清空后重新发布"
            raise TargetError(f"存储里有 {len(odd)} 个文件不在或大小不对，如“{odd[0]}”", hint)

    def _put_by(self, before: Release, delta: Delta, cut: Unfinished | None, tally: _Tally) -> None:
        """What will be replaced or removed, into the backup.  What a cut run has touched lies there already."""
        if not self._backup:
            tally.notes.append("没有写 backup，这次发布不能用 --rollback 退回（可以用 Git 回到上一次的提交再发布）")
            return
        ways = self._ways_back()
        name, touched = None, frozenset[str]()
        if cut and cut.start == before.id:
            name, touched = next((one for one in reversed(ways) if one.endswith(f"-{before.id}")), None), cut.touched
        if name is None:
            name, touched = f"{1 + max([0, *map(_serial, ways)]):06d}-{before.id}", frozenset()
        held = {file.path for file in before.files}
        paths = [path for path in sorted(touched_by(delta)) if path in held and path not in touched]
        own = [] if touched else sorted(OWN)
        self._carrier.copy(self._remote, _join(self._backup, name), [*paths, *own])

    def _ways_back(self) -> list[str]:
        """The folders of the backup, oldest first."""
        if not self._backup:
            return []
        return sorted((one for one in self._carrier.folders(self._backup) if _NAME.fullmatch(one)), key=_serial)

    def _forget(self) -> None:
        for name in self._ways_back()[: -self._keep]:
            self._carrier.purge(_join(self._backup, name))


def _serial(name: str) -> int:
    return int(name.partition("-")[0])


def _join(remote: str, *parts: str) -> str:
    """A path below a folder as rclone names it; `store:` needs no slash after it."""
    return "/".join((remote, *parts)) if not remote.endswith(":") else remote + "/".join(parts)


@contextmanager
def opened(destination: Destination, root: Path) -> Iterator[Target]:
    """The store.  A relative path of a file is one of the project's."""
    options = destination.options
    program = shutil.which(options.get("program", "rclone"))
    if program is None:
        raise LackingError("发布到对象存储或 WebDAV 要用程序 rclone，这台电脑上没有", "运行：sudo apt-get install -y rclone")
    config = root / Path(options["config"]).expanduser() if "config" in options else None
    if config is not None and not config.is_file():
        raise TargetError(f"没有 rclone 的配置文件“{config}”", "核对 site.yaml 里的 config")
    keep = options.get("keep", str(KEEP))
    if not (keep.isascii() and keep.isdigit() and int(keep) > 0):
        raise TargetError(f"site.yaml 里的 keep 应是 1 以上的数，现在是“{keep}”", "改正后再发布")
    if ":" not in options["remote"]:
        raise TargetError(f"site.yaml 里的 remote 应写成“存储名:文件夹”，现在是“{options['remote']}”", "改正后再发布")
    yield Remote(Carrier(program=program, config=config), options["remote"], options.get("backup"), int(keep))


TARGET = TargetKind(
    name="rclone",
    open=opened,
    options=("remote", "config", "program", "backup", "keep"),
    required=("remote",),
    switches=False,
)
