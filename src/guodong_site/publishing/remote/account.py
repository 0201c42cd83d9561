"""An account on a server: who we are where, and how both prove it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from guodong_site.publishing.target import TargetError

PORT = 22
"""Of SSH, where nobody says another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """`key` and `password` come from the operator's own files and environment."""

    host: str
    port: int
    user: str
    known_hosts: Path
    key: Path | None = None
    passphrase: str | None = None
    password: str | None = None

    def __str__(self) -> str:
        """As it is told."""
        return self.host if self.port == PORT else f"{self.host}:{self.port}"


def lost(account: Account) -> TargetError:
    """The line broke."""
    return TargetError(f"与服务器 {account} 的连接断了", "再发布一次，接着上次停下的地方做", passing=True)
