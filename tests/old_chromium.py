"""A real Chromium 86, as in the 360 and QQ browsers of Windows 7 PCs, driven over DevTools by the standard library alone.

with started(get(Path.home() / ".cache" / "old-chromium")) as tab:
    tab.open("http://127.0.0.1:8000/search/", width=360)
    answer = tab.evaluate("window.guodong.search('国防动员')")  # promises are awaited
"""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import DEVNULL, PIPE
from typing import Any

_UNPACK = "fs.createReadStream(process.argv[1]).pipe(zlib.createBrotliDecompress()).pipe(fs.createWriteStream(process.argv[2]))"
_FLAGS = "--headless --no-sandbox --disable-gpu --no-zygote --disable-dev-shm-usage --hide-scrollbars --remote-debugging-pipe"
_PIPES = 'exec "$@" 3<&0 4>&1 </dev/null >/dev/null 2>&1'  # DevTools reads 3 and writes 4: no port, so none to find free


def get(cache: Path) -> Path:
    """The browser's path below `cache`; the first time fetched with npm (42 MB) and unpacked with node (138 MB)."""
    browser = cache / "chromium-86" / "chromium"
    if not browser.exists():
        browser.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as work:
            made = Path(work, "chromium")
            subprocess.run(["npm", "pack", "--silent", "chrome-aws-lambda@5.3.1"], cwd=work, check=True, stdout=DEVNULL)
            shutil.unpack_archive(next(Path(work).glob("*.tgz")), work)
            subprocess.run(["node", "-e", _UNPACK, f"{work}/package/bin/chromium.br", str(made)], check=True)
            made.chmod(0o755)
            made.replace(browser)  # whole or not at all, also when two begin at once
    return browser


@contextmanager
def started(path: Path) -> Iterator[Tab]:
    """The browser running with a profile of its own and one tab; stopped afterwards."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        line = ["sh", "-c", _PIPES, "sh", str(path), *_FLAGS.split(), f"--user-data-dir={profile}"]
        with subprocess.Popen(line, stdin=PIPE, stdout=PIPE, bufsize=0, start_new_session=True) as process:
            try:
                yield Tab(process)
            finally:
                os.killpg(process.pid, signal.SIGKILL)  # with its helpers


class Tab:
    """The newest tab of a running browser: messages of JSON ended by a null byte, through a pipe."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._pipe: Any = process
        self._serial, self._read = 0, b""
        self._session: dict[str, str] = {}
        self.errors: list[str] = []  # uncaught, console.error, failed loads: as DevTools tells them

    def send(self, method: str, **params: Any) -> Any:
        """One DevTools command and its answer; errors of the page heard meanwhile are noted."""
        self._serial += 1
        said = {"id": self._serial, "method": method, "params": params, **self._session}
        self._pipe.stdin.write(json.dumps(said).encode() + b"\0")
        while (heard := self._heard()).get("id") != self._serial:
            what = heard.get("params", {})
            if what.get("exceptionDetails") or "error" in {what.get("type"), what.get("entry", {}).get("level")}:
                self.errors.append(json.dumps(what, ensure_ascii=False))
        if "error" in heard:
            raise RuntimeError(method, heard["error"])
        return heard["result"]

    def _heard(self) -> Any:
        while b"\0" not in self._read:
            more = os.read(self._pipe.stdout.fileno(), 1 << 20) if select.select([self._pipe.stdout], [], [], 30)[0] else b""
            if not more:
                raise TimeoutError
            self._read += more
        line, _, self._read = self._read.partition(b"\0")
        return json.loads(line)

    def open(self, url: str, *, width: int = 1280, height: int = 900, dark: bool = False) -> None:
        """Goes to an address in a new window of that inner size and waits until it is loaded."""
        self._session = {}
        self.errors.clear()
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        self._session = {"sessionId": self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]}
        for domain in ("Page", "Runtime", "Log"):
            self.send(f"{domain}.enable")
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.send("Emulation.setEmulatedMedia", features=[scheme])
        self.send("Page.navigate", url=url)
        self.wait("location.href !== 'about:blank' && document.readyState === 'complete'")

    def evaluate(self, script: str) -> Any:
        """The value of an expression, of a promise what it resolves to; raises where the script does."""
        done = self.send("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if thrown := done.get("exceptionDetails"):
            raise RuntimeError(thrown.get("exception", {}).get("description", thrown["text"]))
        return done["result"].get("value")

    def wait(self, script: str, seconds: float = 10) -> None:
        """Returns once the expression is true; raises after so many seconds."""
        end = time.monotonic() + seconds
        while not self.evaluate(f"Boolean({script})"):
            if time.monotonic() > end:
                raise TimeoutError(script)
            time.sleep(0.05)

    def screenshot(self, file: Path) -> None:
        """A PNG of the window; for a whole page, open it with its height."""
        file.write_bytes(base64.b64decode(self.send("Page.captureScreenshot", format="png")["data"]))
