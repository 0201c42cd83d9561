"""Debian's Firefox, driven over WebDriver BiDi, which it speaks itself: no geckodriver."""

from __future__ import annotations

import base64
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from browsers.install import FIREFOX
from browsers.tab import Tab, running, until
from browsers.webdriver import WebDriver


@contextmanager
def started() -> Iterator[Tab]:
    """The browser running with a profile of its own and one tab; stopped afterwards."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        line = [FIREFOX.found(), "--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"]
        with running(*line):
            told = Path(profile, "WebDriverBiDiServer.json")
            until(lambda: told.exists() and told.read_text().endswith("}"), "Firefox", seconds=30)
            address = json.loads(told.read_text())
            with connect(f"ws://{address['ws_host']}:{address['ws_port']}/session", max_size=None) as socket:
                yield Firefox(socket)


class Firefox(WebDriver):
    """The one tab of a running Firefox: messages of JSON through a socket."""

    def __init__(self, socket: ClientConnection) -> None:
        super().__init__()
        self._socket, self._serial = socket, 0
        self.send("session.new", capabilities={})
        self.send("session.subscribe", events=["log.entryAdded", "network.responseCompleted"])
        self._tab = self.send("browsingContext.create", type="tab")["context"]

    def send(self, method: str, **params: Any) -> Any:
        """One BiDi command and its answer; errors of the page heard meanwhile are noted."""
        self._serial += 1
        self._socket.send(json.dumps({"id": self._serial, "method": method, "params": params}))
        while (heard := json.loads(self._socket.recv(timeout=30))).get("id") != self._serial:
            what = heard.get("params", {})
            if what.get("level") == "error" or what.get("response", {}).get("status", 0) >= 400:
                self._errors.append(json.dumps(what, ensure_ascii=False))
        if heard["type"] == "error":
            raise RuntimeError(method, heard["error"], heard["message"])
        return heard["result"]

    def open(self, url: str, *, width: int = 1280, height: int = 900) -> None:
        self._errors.clear()
        self.send("browsingContext.setViewport", context=self._tab, viewport={"width": width, "height": height})
        self.send("browsingContext.navigate", context=self._tab, url=url, wait="complete")

    def _value(self, promise: str) -> str:
        done = self.send("script.evaluate", target={"context": self._tab}, expression=promise, awaitPromise=True)
        if done["type"] == "exception":
            raise RuntimeError(done["exceptionDetails"]["text"])
        return str(done["result"]["value"])

    def _perform(self, source: dict[str, Any]) -> None:
        self.send("input.performActions", context=self._tab, actions=[source])

    def screenshot(self, file: Path) -> None:
        file.write_bytes(base64.b64decode(self.send("browsingContext.captureScreenshot", context=self._tab)["data"]))
