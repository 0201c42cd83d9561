"""A server over SFTP: a release is put together beside the one that stands, verified there, and switched to by one rename.

What is asked of the server stands in `remote/`; asyncssh, which costs a third of a second, is loaded when a line is opened.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from guodong_site.config import Destination
from guodong_site.machine import reason
from guodong_site.publishing.remote.account import PORT, Account
from guodong_site.publishing.target import LackingError, Target, TargetError, TargetKind

KEEP = 5
"""Releases that stay on the server, the one readers see among them."""


@contextmanager
def opened(destination: Destination, root: Path) -> Iterator[Target]:
    """The server, logged in to.  A relative file is one of the project's; secrets come from the environment alone."""
    if find_spec("asyncssh") is None:
        message = "发布到 SFTP 要用程序库 asyncssh，这台电脑上没有"
        raise LackingError(message, "运行：pip install 'guodong-site[deploy]'")
    from guodong_site.publishing.remote.portal import visited  # noqa: PLC0415  # see above

    options = destination.options
    key = options.get("key") or os.environ.get("GUODONG_SFTP_KEY")
    account = Account(
        host=options["host"],
        port=_number(options, "port", PORT, 65535),
        user=options["user"],
        known_hosts=_file(options.get("known_hosts", "~/.ssh/known_hosts"), root),
        key=_key(_file(key, root)) if key else None,
        passphrase=os.environ.get("GUODONG_SFTP_PASSPHRASE"),
        password=os.environ.get("GUODONG_SFTP_PASSWORD"),
    )
    with visited(account, options["path"], _number(options, "keep", KEEP, 1000)) as target:
        yield target


def _number(options: Mapping[str, str], name: str, default: int, most: int) -> int:
    said = str(options.get(name, default))
    if not (said.isascii() and said.isdigit() and 1 <= int(said) <= most):
        message = f"site.yaml 里的 {name} 应是 1 到 {most} 的数，现在是“{said}”"
        raise TargetError(message, "改正后再发布")
    return int(said)


def _file(said: str, root: Path) -> Path:
    return root / Path(said).expanduser()


def _key(path: Path) -> Path:
    try:
        path.read_bytes()
    except OSError as fault:
        message = f"打不开密钥文件“{path}”：{reason(fault)}"
        raise TargetError(message, "核对 site.yaml 里的 key 或环境变量 GUODONG_SFTP_KEY") from fault
    return path


TARGET = TargetKind(
    name="sftp",
    open=opened,
    options=("host", "port", "user", "path", "key", "known_hosts", "keep"),
    required=("host", "user", "path"),
)
