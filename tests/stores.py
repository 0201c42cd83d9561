"""Stores as rclone knows them, each real and on the loopback address: a WebDAV server, a bucket behind the S3 protocol, a disk."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import shipping
from browsers.install import RCLONE
from shipping import Place, Site

from guodong_site.publishing.targets import rclone


@dataclass
class Store:
    """A store: what rclone calls its root, how to begin and end its server, and the folder of its files, where it has one."""

    name: str
    folder: Path
    root: str
    conf: Path
    command: list[str] = field(default_factory=list)
    port: int = 0

    def place(self, site: str) -> Place:
        """A site of its own in this store, with a backup beside it."""
        options = {
            "remote": f"{self.root}{site}",
            "backup": f"{self.root}{site}.backup",
            "config": str(self.conf),
        }
        return Place(rclone.TARGET, options, self.folder)

    def seen(self, site: str) -> Site | None:
        """What readers are shown; asked of a bucket, which has no folder to look into."""
        if self.name != "s3":
            return shipping.seen(self.folder / site)
        with tempfile.TemporaryDirectory() as copied:
            self.rclone("copy", f"{self.root}{site}", copied)
            return shipping.seen(Path(copied))

    def names(self, site: str) -> set[str]:
        """The names of all files in the folder of a site, ours too."""
        return set(self.rclone("lsf", "-R", "--files-only", f"{self.root}{site}").split())

    def kept(self, path: str) -> str | None:
        """The Cache-Control that a reader of the bucket gets with a file."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{self.root.partition(':')[2]}{path}") as answer:
            return str(answer.headers["Cache-Control"])

    def rclone(self, *arguments: str) -> str:
        """What rclone itself says of the store."""
        done = subprocess.run(
            [RCLONE.found(), f"--config={self.conf}", *arguments], check=True, capture_output=True, encoding="utf-8"
        )
        return done.stdout

    @contextmanager
    def served(self) -> Iterator[subprocess.Popen[bytes]]:
        """Its server, for the time of a `with`."""
        with subprocess.Popen(self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
            try:
                shipping.answering(self.port, running)
                yield running
            finally:
                running.kill()


@contextmanager
def dav(folder: Path) -> Iterator[Store]:
    """`rclone serve webdav`, which knows no hashes."""
    store = a_dav(folder)
    with store.served():
        yield store


def a_dav(folder: Path) -> Store:
    """The same, not begun yet."""
    port, files = shipping.free_port(), folder / "files"
    files.mkdir()
    conf = _conf(folder, f"[dav]\ntype = webdav\nurl = http://127.0.0.1:{port}\nvendor = other\n")
    serve = ["serve", "webdav", str(files), f"--addr=127.0.0.1:{port}", "--dir-cache-time=0s", f"--config={conf}"]
    return Store("dav", files, "dav:", conf, [RCLONE.found(), *serve], port)


@contextmanager
def disk(folder: Path) -> Iterator[Store]:
    """rclone's local store, which knows hashes and keeps no Cache-Control."""
    yield Store("disk", folder, f"disk:{folder}/", _conf(folder.parent, "[disk]\ntype = local\n"))


@contextmanager
def bucket(folder: Path) -> Iterator[Store]:
    """moto, which speaks the S3 protocol and keeps a bucket in memory: hashes, headers with each file, no folders."""
    port = shipping.free_port()
    conf = _conf(
        folder,
        f"[s3]\ntype = s3\nprovider = Other\nendpoint = http://127.0.0.1:{port}\nregion = us-east-1\n"
        "access_key_id = clerk\nsecret_access_key = secret\nacl = public-read\n",
    )
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    store = Store("s3", folder, "s3:portal/", conf, command, port)
    with store.served():
        store.rclone("mkdir", "s3:portal")
        yield store


def _conf(folder: Path, said: str) -> Path:
    conf = folder / "rclone.conf"
    conf.write_text(said)
    return conf


STORES: dict[str, Callable[[Path], AbstractContextManager[Store]]] = {"dav": dav, "disk": disk, "s3": bucket}
