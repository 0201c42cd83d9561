"""Small made-up sites as releases, and the servers they are published to: sshd, nginx, rclone, each real, on the loopback address."""

from __future__ import annotations

import getpass
import hashlib
import json
import multiprocessing
import os
import random
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from browsers.install import SSHD

from guodong_site.config import Destination
from guodong_site.diagnostics import Span
from guodong_site.publishing.manifest import parse, written
from guodong_site.publishing.target import Sent, Shipment, Target, TargetKind
from guodong_site.release import MANIFEST, SUMS, File, Release, between, sums

Site = dict[str, bytes]
"""A site: its files by path."""


def site(seed: int, files: int = 40, size: int = 3000) -> Site:
    """A site with folders of several floors and files of several sizes, some of them the same."""
    chance = random.Random(seed)
    made: Site = {"index.html": chance.randbytes(size), "empty.txt": b"", "assets/0a1b2c3d/site.css": chance.randbytes(size)}
    for number in range(files):
        folder = chance.choice(["issues/2024-03", "issues/2024-03/1", "years/2024", "sources/新华社", "search/index"])
        made[f"{folder}/{number}.html"] = chance.randbytes(chance.randint(1, 2 * size))
    made["copy/a.txt"] = made["copy/b.txt"] = chance.randbytes(size)
    return made


def edited(old: Site, seed: int) -> Site:
    """The next state of a site: files new, changed, gone and under other names, a file become a folder and a folder a file."""
    chance = random.Random(seed)
    new = dict(old)
    for path in chance.sample(sorted(old), k=min(6, len(old))):
        match chance.randrange(4):
            case 0:
                del new[path]
            case 1:
                new[path] = chance.randbytes(2000)
            case 2:
                new[f"moved-{seed}/{path}"] = new.pop(path)
            case _:
                del new[path]
                new[f"{path}/index.html"] = chance.randbytes(500)
    folders = sorted({path.rpartition("/")[0] for path in new} - {""})
    gone = chance.choice(folders)
    new = {path: data for path, data in new.items() if not path.startswith(gone + "/") and path != gone}
    new[gone] = chance.randbytes(700)
    new = {path: data for path, data in new.items() if not any(parent in new for parent in _above(path))}
    new["index.html"] = chance.randbytes(3000)
    new[f"issues/2024-{seed}/index.html"] = chance.randbytes(3000)
    return new


def _above(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:n]) for n in range(1, len(parts))]


def released(made: Site, previous: Release | None = None) -> Release:
    """A site as a release."""
    files = tuple(
        File(path=path, size=len(data), sha256=hashlib.sha256(data).hexdigest()) for path, data in sorted(made.items())
    )
    return Release(
        commit="0" * 40,
        base_url="https://example.org/",
        generator="guodong-site",
        files=files,
        items=(),
        previous=previous.id if previous else None,
    )


def own(release: Release) -> dict[str, bytes]:
    """The release's own files, in the order they go out."""
    return {SUMS: sums(release.files).encode(), MANIFEST: written(release)}


def whole(made: Site, previous: Site | None = None) -> Site:
    """All that readers are served of a site published after another."""
    return {**made, **own(released(made, released(previous) if previous else None))}


def laid(folder: Path, made: Site) -> Path:
    """A site as files."""
    for path, data in made.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def shipped(folder: Path, made: Site, standing: bytes | None) -> Shipment:
    """What is to go out after what stands."""
    before = parse(standing) if standing else None
    release = released(made, before)
    return Shipment(folder=folder, release=release, own=own(release), before=before, delta=between(before, release))


@dataclass(frozen=True)
class Place:
    """A destination, and how to publish to it as the command does: ask what stands, then send."""

    kind: TargetKind
    options: Mapping[str, str]
    root: Path
    ticks: list[tuple[int, int]] = field(default_factory=list)

    @property
    def destination(self) -> Destination:
        return Destination(name="test", kind=self.kind.name, options=self.options, where=Span(path="site.yaml"))

    @contextmanager
    def open(self) -> Iterator[Target]:
        with self.kind.open(self.destination, self.root) as target:
            yield target

    def publish(self, folder: Path, made: Site) -> Sent:
        with self.open() as target:
            return target.send(shipped(folder, made, target.standing()), lambda done, total: self.ticks.append((done, total)))

    def rollback(self) -> bytes:
        with self.open() as target:
            return target.rollback(lambda done, total: self.ticks.append((done, total)))

    def standing(self) -> bytes | None:
        with self.open() as target:
            return target.standing()

    def but(self, **options: str) -> Place:
        """The same with other options."""
        return Place(self.kind, {**self.options, **options}, self.root)


def seen(folder: Path) -> Site | None:
    """What a folder shows to readers, empty folders included; None where there is none."""
    if not folder.is_dir():
        return None
    found = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if name.split("/")[0] == ".guodong":
            continue
        if path.is_file():
            found[name] = path.read_bytes()
        elif not any(path.iterdir()):
            found[name + "/"] = b""
    return found


def cut(work: Callable[[], object], after: float) -> bool:
    """The work in a process of its own, which is killed after so many seconds; whether it was still at it."""
    process = multiprocessing.get_context("fork").Process(target=_silently, args=(work,))
    process.start()
    process.join(after)
    alive = process.is_alive()
    if alive:
        process.kill()
    process.join()
    return alive


def _silently(work: Callable[[], object]) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    work()


def free_port() -> int:
    """One that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def answering(port: int, process: subprocess.Popen[bytes] | None = None) -> None:
    """Waits until somebody listens."""
    for _ in range(1500):  # half a minute: two suites at once have kept a server waiting
        assert process is None or process.poll() is None
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError(port)


def below(pid: int) -> list[int]:
    """The processes that a process has started, and theirs."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    found, known = [], {pid}
    while new := [child for child, parent in parents.items() if parent in known and child not in known]:
        found += new
        known |= set(new)
    return found


# SHLVL keeps bash from the .bashrc of whoever runs the tests.
CONFIG = """HostKey {folder}/{host}
AuthorizedKeysFile {folder}/authorized
StrictModes no
PermitRootLogin yes
PasswordAuthentication no
UsePAM no
PidFile none
ListenAddress 127.0.0.1:{port}
LogLevel ERROR
SetEnv SHLVL=2
{said}
"""

SHELL = "Subsystem sftp internal-sftp"
SFTP_ONLY = "Subsystem sftp internal-sftp\nForceCommand internal-sftp"
NO_LINKS = "Subsystem sftp internal-sftp -P hardlink\nForceCommand internal-sftp -P hardlink"
NO_COPIES = "Subsystem sftp internal-sftp -P hardlink,copy-data\nForceCommand internal-sftp -P hardlink,copy-data"
NO_SYMLINKS = (
    "Subsystem sftp internal-sftp -P symlink,hardlink,copy-data\nForceCommand internal-sftp -P symlink,hardlink,copy-data"
)


class Sshd:
    """Debian's OpenSSH server with its own keys and its own configuration."""

    def __init__(self, folder: Path, said: str = SHELL) -> None:
        self.folder, self.port, self.said = folder, free_port(), said
        for name in ("host", "other_host", "user", "stranger"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
        (folder / "authorized").write_bytes((folder / "user.pub").read_bytes())
        public = (folder / "host.pub").read_text().split()
        (folder / "known_hosts").write_text(f"[127.0.0.1]:{self.port} {public[0]} {public[1]}\n")
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(exist_ok=True)
        self.start()

    def start(self, host: str = "host") -> None:
        conf = self.folder / "sshd_config"
        conf.write_text(CONFIG.format(folder=self.folder, host=host, port=self.port, said=self.said))
        self.log = (self.folder / "log").open("ab")
        self.process = subprocess.Popen([SSHD.found(), "-D", "-e", "-f", conf], stderr=self.log)
        answering(self.port, self.process)

    def cut(self) -> None:
        """Kills every session; the server goes on listening."""
        for pid in below(self.process.pid):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def stop(self) -> None:
        self.cut()
        self.process.kill()
        self.process.wait()
        self.log.close()

    def place(self, kind: TargetKind, path: Path) -> Place:
        options = {
            "host": "127.0.0.1",
            "port": str(self.port),
            "user": getpass.getuser(),
            "path": str(path),
            "key": str(self.folder / "user"),
            "known_hosts": str(self.folder / "known_hosts"),
        }
        return Place(kind, options, self.folder)


@contextmanager
def sshd(folder: Path, said: str = SHELL) -> Iterator[Sshd]:
    """A server for the time of a `with`."""
    folder.mkdir(parents=True, exist_ok=True)
    server = Sshd(folder, said)
    try:
        yield server
    finally:
        server.stop()


def named(manifest: bytes) -> str:
    """The id a release.json says."""
    said: str = json.loads(manifest)["id"]
    return said
