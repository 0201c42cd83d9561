"""Where the tests' Chromium is, and how a machine without one gets it: Debian's package, or one line to type."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

LINE = "apt-get install -y chromium fonts-noto-cjk"
_NAMES = ("chromium", "chromium-browser", "google-chrome")


def find_chromium() -> str:
    """The path of a Chromium; leaves with the line to type where there is none."""
    given = os.environ.get("CHROMIUM")
    for name in (given, *_NAMES) if given else _NAMES:
        path = shutil.which(name)
        if path:
            return path
    sys.exit(f"The browser tests need Chromium and Chinese fonts. Type: sudo {LINE}")


def get_chromium() -> None:
    """Installs Debian's Chromium and Chinese fonts where there is none and we may; else leaves with the line to type."""
    if any(shutil.which(name) for name in _NAMES) or os.environ.get("CHROMIUM"):
        return
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        find_chromium()
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], [*LINE.split()[:2], "-qq", *LINE.split()[2:]]):
        subprocess.run(command, env=quiet, check=True)


if __name__ == "__main__":
    get_chromium()
    print(find_chromium())
