"""The release's own files: release.json, the sums, and the signature over them.  The only one who starts ssh-keygen.

The signature is over SHA256SUMS, which names release.json too: so it holds for every file, commit and item.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from guodong_site.publishing import manifest
from guodong_site.publishing.target import LackingError, TargetError
from guodong_site.publishing.weighing import Weight
from guodong_site.release import MANIFEST, SIGNATURE, SM3_SUMS, SUMS, Release, sums

NAMESPACE = "guodong-release"
"""What a signature of ours is for, so that one given for something else cannot pass for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """How a release is sealed: with SM3 sums too, signed with the key in a file."""

    sm3: bool = False
    key: Path | None = None


def examined(seal: Seal) -> None:
    """Raises LackingError where this computer cannot seal so, before anything long is begun."""
    if seal.sm3 and "sm3" not in hashlib.algorithms_available:
        raise LackingError("这台电脑的 OpenSSL 没有 SM3", "换用带 SM3 的 OpenSSL（1.1.1 以上）的 Python，或不写 sm3: true")
    if seal.key is not None:
        if shutil.which("ssh-keygen") is None:
            raise LackingError("没有 ssh-keygen，不能签名", "安装 OpenSSH 客户端（Debian：apt-get install openssh-client）")
        if not seal.key.is_file():
            raise LackingError(f"签名的密钥“{seal.key}”不在", "核对 --sign-key 或环境变量 GUODONG_SIGN_KEY")


def lines(release: Release, written: bytes) -> bytes:
    """SHA256SUMS: every file, and release.json as it was `written`."""
    return (sums(release.files) + f"{hashlib.sha256(written).hexdigest()}  {MANIFEST}\n").encode()


def sealed(release: Release, weights: Sequence[Weight], seal: Seal) -> dict[str, bytes]:
    """The own files by name."""
    written = manifest.written(release)
    own = {SUMS: lines(release, written)}
    if seal.sm3:
        last = hashlib.new("sm3", written).hexdigest()
        own[SM3_SUMS] = "".join(f"{w.sm3}  {w.file.path}\n" for w in weights).encode() + f"{last}  {MANIFEST}\n".encode()
    if seal.key is not None:
        own[SIGNATURE] = _signed(own[SUMS], seal.key)
    return own | {MANIFEST: written}


def _signed(data: bytes, key: Path) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, SUMS)
        file.write_bytes(data)
        done = _keygen("-q", "-Y", "sign", "-f", str(key), "-n", NAMESPACE, str(file))
        made = file.with_name(f"{SUMS}.sig")
        if done.returncode or not made.is_file():
            raise TargetError(
                f"没有签成：密钥“{key}”不能用", "核对密钥；有口令的密钥先用 ssh-add 加进 ssh-agent，再指向它的 .pub 文件"
            )
        return made.read_bytes()


def signed_by(data: bytes, signature: bytes, signers: Path) -> str | None:
    """Who signed, as the file of allowed signers calls them; None where nobody of them did.  Raises LackingError."""
    if shutil.which("ssh-keygen") is None:
        raise LackingError("没有 ssh-keygen，不能核对签名", "安装 OpenSSH 客户端（Debian：apt-get install openssh-client）")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, SIGNATURE)
        file.write_bytes(signature)
        found = _keygen("-Y", "find-principals", "-f", str(signers), "-s", str(file))
        for who in found.stdout.decode("utf-8", "replace").splitlines() if not found.returncode else ():
            command = ("-q", "-Y", "verify", "-f", str(signers), "-I", who, "-n", NAMESPACE, "-s", str(file))
            if not _keygen(*command, data=data).returncode:
                return who
    return None


def _keygen(*arguments: str, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "LC_ALL": "C", "SSH_ASKPASS_REQUIRE": "never", "DISPLAY": ""}  # a question would wait for ever
    program = shutil.which("ssh-keygen") or "ssh-keygen"
    return subprocess.run(
        [program, *arguments], input=data, capture_output=True, check=False, env=environment, start_new_session=True
    )
