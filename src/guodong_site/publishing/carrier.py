"""The program rclone: the only place that starts it.  What it is asked, how far it is, its faults in Chinese.

Where a store lies and how one logs in there is said by rclone's own configuration or environment, never by us.
"""

from __future__ import annotations

import ctypes
import json
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from guodong_site.publishing.target import TargetError

_ABSENT = (3, 4)
"""Exit codes of rclone: no such folder, no such file."""

_NOTHING = 9
"""Another: nothing was there to be read, though nothing went wrong."""

_BEFORE = (
    "--retries=1",
    "--low-level-retries=3",
    "--contimeout=15s",
    "--timeout=60s",
    "--ask-password=false",
    "--use-json-log",
)
_MEANINGS = (
    (r"no such host|server misbehaving", "找不到服务器", "核对 rclone 配置里的网址，看网络是否连通", False),
    (
        r"section in config|config file.*not found|unknown backend",
        "rclone 的配置里没有这个存储",
        "核对 site.yaml 里的 remote 和 config",
        False,
    ),
    (
        r"\b(42[39]|50[0-46-9])\b|connection|timeout|EOF|reset|dial tcp|temporar|SlowDown|broken pipe",
        "连接断了，或者存储一时没有应答",
        "再发布一次，接着上次停下的地方做",
        True,
    ),
    (
        r"\b40[13]\b|denied|[Uu]nauthori|[Ff]orbidden|InvalidAccessKey|SignatureDoesNot",
        "存储不让写入或登录",
        "核对 rclone 配置里的密钥和权限",
        False,
    ),
    (r"\b507\b|[Nn]o space|[Ii]nsufficient|[Qq]uota", "存储满了", "请管理员清理后再发布", False),
)
"""What rclone says, what it means, what to do, whether it may pass by itself."""

PATIENCE = 60
"""Times that rclone, which tells twice a second, may tell of nothing new sent: of a dead server it asks for every file, ever slower."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """What a store can do: the `hashes` it knows of its files, whether it lists all at once, whether it has folders at all."""

    hashes: tuple[str, ...]
    lists: bool
    folders: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """rclone, found: the program and its configuration, if it is not its own default."""

    program: str
    config: Path | None

    def run(
        self,
        what: str,
        *arguments: str,
        hear: Callable[[int], object] = lambda _: None,
        fine: Sequence[int] = (),
    ) -> tuple[int, bytes]:
        """What rclone answers, and its exit code, which is 0 or one of `fine`; `hear` is told the bytes it has sent so far.

        Raises TargetError where it could not do `what`, or sent nothing more for so long that nobody can be there.
        """
        command = [self.program, *arguments, *_BEFORE, *([f"--config={self.config}"] if self.config else [])]
        said: list[str] = []
        most, still = 0, 0
        with tempfile.TemporaryFile() as answer:
            with subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=answer,
                stderr=subprocess.PIPE,
                preexec_fn=_tied if sys.platform == "linux" else None,  # noqa: PLW1509  # there is one thread
            ) as process:
                try:
                    for line in process.stderr or ():
                        sent, fault = _heard(line)
                        if fault:
                            said.append(fault)
                        if sent is not None:
                            hear(sent)
                            most, still = max(most, sent), 0 if sent > most else still + 1
                        if still == PATIENCE:
                            process.kill()
                            said.append("timeout")
                except BaseException:
                    process.kill()
                    raise
            answer.seek(0)
            data = answer.read()
        if process.returncode and process.returncode not in fine:
            raise _fault(what, " ".join(said[-3:]))
        return process.returncode, data

    def content(self, path: str) -> bytes | None:
        """A small file; None where there is none, which a bucket, that knows no folders, calls an empty folder."""
        code, data = self.run(f"读取“{path}”", "cat", "--error-on-no-transfer", path, fine=(*_ABSENT, _NOTHING))
        return None if code else data

    def store(self, remote: str) -> Store:
        """What the store can do."""
        said = json.loads(self.run(f"查看“{remote}”", "backend", "features", remote)[1])
        features = said["Features"]
        return Store(
            hashes=tuple(said["Hashes"] or ()),
            lists=bool(features.get("ListR") or features.get("IsLocal")),
            folders=bool(features.get("CanHaveEmptyDirectories")),
        )

    def copy(
        self, source: str, target: str, paths: Iterable[str], *more: str, hear: Callable[[int], object] = lambda _: None
    ) -> None:
        """Files from folder to folder, whatever stands there."""
        with _listed(paths) as listed:
            self.run(
                f"写入“{target}”", "copy", source, target, *listed, "--no-traverse", "--no-check-dest", "--transfers=8",
                "--stats=0.5s", "--stats-one-line", "--verbose", *more, hear=hear,
            )  # fmt: skip

    def put(self, path: str, data: bytes, *more: str) -> None:
        """One small file."""
        with tempfile.TemporaryDirectory() as folder:
            held = Path(folder, "file")
            held.write_bytes(data)
            self.run(f"写入“{path}”", "copyto", str(held), path, "--no-check-dest", *more)

    def delete(self, target: str, paths: Sequence[str]) -> None:
        """Files of a folder; they may be gone."""
        if paths:
            with _listed(paths) as listed:
                self.run(f"删除“{target}”里的文件", "delete", target, *listed, fine=_ABSENT)

    def clear(self, folder: str) -> None:
        """A folder with nothing but empty folders in it; one that stays, or is a file already, is the next step's affair."""
        self.run(f"删除“{folder}”", "rmdirs", folder, fine=(1, *_ABSENT))

    def purge(self, folder: str) -> None:
        """A folder with all in it."""
        self.run(f"删除“{folder}”", "purge", folder, fine=_ABSENT)

    def folders(self, remote: str) -> list[str]:
        """The folders in a folder."""
        code, data = self.run(f"查看“{remote}”", "lsf", "--dirs-only", remote, fine=_ABSENT)
        return [] if code else [line.rstrip("/") for line in data.decode().splitlines()]

    def sizes(self, remote: str) -> dict[str, int]:
        """Every file and its size."""
        code, data = self.run(
            f"查看“{remote}”",
            "lsjson",
            "-R",
            "--files-only",
            "--no-modtime",
            "--no-mimetype",
            "--fast-list",
            remote,
            fine=_ABSENT,
        )
        return {} if code else {one["Path"]: one["Size"] for one in json.loads(data)}

    def unlike(self, source: str, target: str, paths: Sequence[str], *how: str) -> set[str]:
        """Those files that are not at `target` what they are at `source`; `how` they are compared, if not by the hash both know."""
        if not paths:
            return set()
        with _listed(paths) as listed:
            _, data = self.run(
                f"核对“{target}”", "check", source, target, *listed, "--one-way", "--combined=-", "--no-traverse", *how, fine=(1, *_ABSENT),
            )  # fmt: skip
        same = {line[2:] for line in data.decode().splitlines() if line.startswith("= ")}
        return set(paths) - same


class _listed:  # noqa: N801  # used like a function
    """The paths as rclone is told them, for the time of a `with`."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._file = tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".txt", delete=False)  # noqa: SIM115  # closed below
        with self._file as file:
            file.writelines(f"{path}\n" for path in paths)

    def __enter__(self) -> tuple[str, ...]:
        return ("--files-from-raw", self._file.name)

    def __exit__(self, *_: object) -> None:
        Path(self._file.name).unlink(missing_ok=True)


def _heard(line: bytes) -> tuple[int | None, str]:
    """What a line of rclone's log tells: the bytes sent so far, or a fault, without the file it befell."""
    try:
        entry = json.loads(line)
        message, level, stats = str(entry["msg"]), entry["level"], entry.get("stats")
    except (ValueError, KeyError, TypeError):
        return None, line.decode("utf-8", "replace").strip()
    fault = "" if level in ("info", "debug", "notice") else message.strip()
    return int(stats["bytes"]) if isinstance(stats, dict) else None, fault


def _fault(what: str, said: str) -> TargetError:
    for pattern, meaning, hint, passing in _MEANINGS:
        if re.search(pattern, said):
            return TargetError(f"{what}不成：{meaning}（{said[-200:]}）", hint, passing=passing)
    return TargetError(f"{what}不成（rclone：{said[-200:]}）", "请管理员查看；改好后再发布一次")


def _tied() -> None:
    """Has the system end rclone with us, however we end: an orphan would go on writing under the next run's hands."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
