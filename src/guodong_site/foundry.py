"""Where the free 仿宋, 楷体, 黑体 and 宋体 (Fandol) come from: Debian's package of Chinese TeX, of which nothing else is taken.

Neither root nor TeX is needed.  The fonts are known by their digests, whichever version of the package holds them; they come into
the project's `fonts/` all together, or not at all.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tarfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from guodong_site.machine import reason
from guodong_site.typefaces import FOLDER

PACKAGE = "texlive-lang-chinese"
PLACE = f"{FOLDER}/fandol"

FANDOL = {
    "FandolFang-Regular.otf": "d838ad32ce2244d8144f408c37fe71065aba6fbbc80759a4d2aa2033948d5bc9",
    "FandolHei-Bold.otf": "42ca2de27b45e16a284768673b6205a5add9e17871ee0e7db9c0d03f061d96fd",
    "FandolHei-Regular.otf": "4afa97aa8751e0118617df88272b58d43691b5cffb7ea024c4580496e9f34d28",
    "FandolKai-Regular.otf": "ea7e7fb4f9b3ac694a68d43946e04d21deed6e8c29a7c2d3081e1a4138f2f827",
    "FandolSong-Bold.otf": "ffa76a70e128947a4dd22151d5ee829b23e24ce3cb6fe8ad49891cd1c2d9e9b9",
    "FandolSong-Regular.otf": "a3820003227d4abe31fe28b493200d94a849ccfd078b50a019264f70353020b0",
}
"""The files and their SHA-256.  GPL with the font exception: documents set in them stay free; the files are never committed."""

_LARGEST = 64 * 1024 * 1024
"""Bytes: more is no font of these."""

_OTHERWISE = f"也可以在能上网的 Debian 或 Ubuntu 电脑上运行 apt-get download {PACKAGE}，把下载的 .deb 拷来，用 --deb 指明"


def standing(root: Path, wanted: Mapping[str, str] = FANDOL) -> bool:
    """Whether all of them are there already, whole."""
    with suppress(OSError):
        return all(hashlib.sha256((root / PLACE / name).read_bytes()).hexdigest() == digest for name, digest in wanted.items())
    return False


def fetch(root: Path, deb: Path | None, say: Callable[[str], None], wanted: Mapping[str, str] = FANDOL) -> str | None:
    """Puts the fonts into the project, from the package's file or downloaded now; what stands in the way where it cannot."""
    try:
        with TemporaryDirectory(prefix="guodong-fonts-") as desk:
            if shutil.which("dpkg-deb") is None:
                return (
                    "这台电脑没有 dpkg-deb（不是 Debian 或 Ubuntu），打不开软件包；可以从别的电脑拷贝 Fandol 字体文件到 fonts/"
                )
            if deb is None:
                say(f"正在下载 Debian 的软件包 {PACKAGE}（约 49 MB）……")
                refused = _download(Path(desk))
                if refused:
                    return refused
                (deb,) = Path(desk).glob("*.deb")
            taken = _taken(deb, wanted)
    except OSError as fault:
        return f"下载的软件包没有存下来：{reason(fault, '写入')}"
    if isinstance(taken, str):
        return taken
    for name, digest in wanted.items():
        if name not in taken:
            return f"软件包里没有 {name}，一个字体也没有放进来。{_OTHERWISE}"
        if hashlib.sha256(taken[name]).hexdigest() != digest:
            return f"{name} 的校验和不对，不是原来的字体，一个字体也没有放进来。请换一个软件源再下载"
    return _put(root, taken)


def _download(desk: Path) -> str | None:
    """Gets the package by apt, as any user may; says why not."""
    if shutil.which("apt-get") is None:
        return f"这台电脑没有 apt-get，下载不了软件包。{_OTHERWISE}"
    plain = {**os.environ, "LC_ALL": "C"}
    done = subprocess.run(
        ["apt-get", "-q", "download", PACKAGE],  # noqa: S607  # wherever the system has it
        cwd=desk,
        env=plain,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if not done.returncode and any(desk.glob("*.deb")):
        return None
    if "No space left" in done.stderr:
        return "软件包没有下载完：磁盘已满。腾出 100 MB 再试"
    if "Unable to locate package" in done.stderr or "No packages found" in done.stderr:
        return f"软件源的目录里没有 {PACKAGE}：请管理员运行 apt-get update 再试。{_OTHERWISE}"
    said = next((line[3:] for line in done.stderr.splitlines() if line.startswith("E: ")), "没有说明原因")
    return f"软件包没有下载成，可能是没有联网（apt-get：{said[:200]}）。{_OTHERWISE}"


def _taken(deb: Path, wanted: Mapping[str, str]) -> dict[str, bytes] | str:
    """The fonts as they stand in a package, which is read through once and never laid out on the disk."""
    taken: dict[str, bytes] = {}
    command = ["dpkg-deb", "--fsys-tarfile", str(deb)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as reading:  # see above
        try:
            with tarfile.open(fileobj=reading.stdout, mode="r|") as archive:
                for member in archive:
                    name = member.name.rpartition("/")[2]
                    if name in wanted and member.isfile() and member.size <= _LARGEST:
                        file = archive.extractfile(member)
                        taken[name] = file.read() if file else b""
        except (tarfile.TarError, EOFError):
            taken = {}
        finally:
            reading.kill()  # who found the archive broken need not read on
    return taken or f"“{deb.name}”不是完整的软件包，或者里面没有 Fandol 字体"


def _put(root: Path, files: Mapping[str, bytes]) -> str | None:
    """All of them at once: a build that runs meanwhile sees none or all."""
    home, stage = root / PLACE, root / ".cache" / f"fonts-{os.getpid()}"
    new, old = stage / "new", stage / "old"
    try:
        new.mkdir(parents=True)
        home.parent.mkdir(exist_ok=True)
        for name, data in files.items():
            (new / name).write_bytes(data)
        if home.exists():
            home.rename(old)
        new.rename(home)
    except OSError as fault:
        if old.exists() and not home.exists():
            old.rename(home)
        return f"字体没有放进 {PLACE}/：{reason(fault, '写入')}。原来的字体没有动"
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    return None
