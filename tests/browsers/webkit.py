"""Debian's WebKitGTK in its MiniBrowser, driven over WebDriver, on a screen that is none."""

from __future__ import annotations

import base64
import json
import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from subprocess import PIPE
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from browsers.install import SCREEN, WEBKIT
from browsers.tab import Tab, running, until
from browsers.webdriver import WebDriver

_FLAGS = ["--automation", "--javascript-can-open-windows-automatically=true"]


@contextmanager
def started() -> Iterator[Tab]:
    """The browser running with a profile of its own and one tab; stopped afterwards."""
    with ExitStack() as until_done:
        screen = until_done.enter_context(running(SCREEN.found(), *"-displayfd 1 -screen 0 1400x4000x24".split(), stdout=PIPE))
        assert screen.stdout
        display = f":{screen.stdout.readline().decode().strip()}"
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        surroundings = {**os.environ, "DISPLAY": display, "GDK_BACKEND": "x11", "NO_AT_BRIDGE": "1"}
        until_done.enter_context(running(WEBKIT.found(), f"--port={port}", env=surroundings))
        tab = WebKit(f"http://127.0.0.1:{port}")
        until_done.callback(tab.quit)
        yield tab


class WebKit(WebDriver):
    """A window without tool bars, which would keep it wider than a phone: requests of JSON over HTTP."""

    listener = """<script>
        const note = (what) => (sessionStorage.faults = (sessionStorage.faults || "") + what + "\\n");
        addEventListener("error", (e) => note(e.message || e.target.outerHTML), true);
        addEventListener("unhandledrejection", (e) => note(e.reason));
        console.error = note;
    </script>"""  # WebKitGTK tells nobody what goes wrong in an automated page

    def __init__(self, address: str) -> None:
        super().__init__()
        self._session = address
        until(lambda: self._ask("GET", "/status"), "WebKitWebDriver")
        (binary,) = Path("/usr/lib").glob("*/webkit2gtk-4.1/MiniBrowser")  # beside WebKitGTK's library
        wanted = {"alwaysMatch": {"webkitgtk:browserOptions": {"binary": str(binary), "args": _FLAGS}}}
        self._session += "/session/" + self._ask("POST", "/session", capabilities=wanted)["sessionId"]
        (first,) = self._ask("GET", "/window/handles")
        self.evaluate("String(open('about:blank', '', 'width=360,height=800'))")
        until(lambda: len(self._ask("GET", "/window/handles")) == 2, "a second window")
        (window,) = set(self._ask("GET", "/window/handles")) - {first}
        self._ask("POST", "/window", handle=window)

    def _ask(self, method: str, path: str, **body: Any) -> Any:
        data = json.dumps(body).encode() if method == "POST" else None
        request = Request(self._session + path, data, {"Content-Type": "application/json"}, method=method)  # noqa: S310
        try:
            with urlopen(request, timeout=60) as answer:  # noqa: S310
                return json.load(answer)["value"]
        except HTTPError as error:
            raise RuntimeError(path, error.read().decode()) from error
        except URLError as error:
            raise RuntimeError(path) from error

    def quit(self) -> None:
        """Ends the browser, which is no child of ours."""
        self._ask("DELETE", "")

    @property
    def errors(self) -> list[str]:
        """What the listener of the pages heard."""
        return (self.evaluate("sessionStorage.faults") or "").splitlines()

    def open(self, url: str, *, width: int = 1280, height: int = 900) -> None:
        self._ask("POST", "/window/rect", x=0, y=0, width=width, height=height)
        if self.evaluate("location.protocol") != "about:":
            self.evaluate("delete sessionStorage.faults")
        self._ask("POST", "/url", url=url)
        self.wait("document.readyState === 'complete'")  # on a busy machine the answer comes earlier

    def _value(self, promise: str) -> str:
        body = f"const done = arguments[0]; {promise}.then((json) => done({{ json }}), (error) => done({{ error: String(error) }}))"
        said = self._ask("POST", "/execute/async", script=body, args=[])
        if "error" in said:
            raise RuntimeError(said["error"])
        return str(said["json"])

    def _perform(self, source: dict[str, Any]) -> None:
        self._ask("POST", "/actions", actions=[source])

    def screenshot(self, file: Path) -> None:
        file.write_bytes(base64.b64decode(self._ask("GET", "/screenshot")))
