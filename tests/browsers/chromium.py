"""A real Chromium, today's or an old one, driven over DevTools by the standard library alone."""

from __future__ import annotations

import base64
import json
import os
import select
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any

from browsers.tab import Tab, running

KEYS = {"Enter": 13, "Escape": 27, "ArrowUp": 38, "ArrowDown": 40}  # by Windows' numbers
_FLAGS = "--headless --no-sandbox --disable-gpu --no-zygote --disable-dev-shm-usage --hide-scrollbars --remote-debugging-pipe"
_PIPES = 'exec "$@" 3<&0 4>&1 </dev/null >/dev/null 2>&1'  # DevTools reads 3 and writes 4: no port, so none to find free


@contextmanager
def started(path: str) -> Iterator[Tab]:
    """The browser running with a profile of its own and one tab; stopped afterwards."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        line = ["sh", "-c", _PIPES, "sh", path, *_FLAGS.split(), f"--user-data-dir={profile}"]
        with running(*line, stdin=PIPE, stdout=PIPE, bufsize=0) as process:
            yield DevTools(process)


class DevTools(Tab):
    """The newest tab of a running Chromium: messages of JSON ended by a null byte, through a pipe."""

    def __init__(self, process: Popen[bytes]) -> None:
        super().__init__()
        self._pipe: Any = process
        self._serial, self._read = 0, b""
        self._session: dict[str, str] = {}

    def send(self, method: str, **params: Any) -> Any:
        """One DevTools command and its answer; errors of the page heard meanwhile are noted."""
        self._serial += 1
        said = {"id": self._serial, "method": method, "params": params, **self._session}
        self._pipe.stdin.write(json.dumps(said).encode() + b"\0")
        while (heard := self._heard()).get("id") != self._serial:
            what = heard.get("params", {})
            if what.get("exceptionDetails") or "error" in {what.get("type"), what.get("entry", {}).get("level")}:
                self._errors.append(json.dumps(what, ensure_ascii=False))
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

    def open(self, url: str, *, width: int = 1280, height: int = 900) -> None:
        self._session = {}
        self._errors.clear()
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        self._session = {"sessionId": self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]}
        for domain in ("Page", "Runtime", "Log"):
            self.send(f"{domain}.enable")
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.send("Page.navigate", url=url)
        self.wait("location.href !== 'about:blank' && document.readyState === 'complete'")

    def _value(self, promise: str) -> str:
        done = self.send("Runtime.evaluate", expression=promise, awaitPromise=True)
        if thrown := done.get("exceptionDetails"):
            raise RuntimeError(thrown.get("exception", {}).get("description", thrown["text"]))
        return str(done["result"]["value"])

    def press(self, key: str) -> None:
        text = "\r" if key == "Enter" else key if len(key) == 1 else ""
        for kind in ("keyDown", "keyUp"):
            self.send("Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=KEYS.get(key, 0), text=text)

    def _click(self, x: int, y: int) -> None:
        for kind in ("mousePressed", "mouseReleased"):
            self.send("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def screenshot(self, file: Path) -> None:
        file.write_bytes(base64.b64decode(self.send("Page.captureScreenshot", format="png")["data"]))
