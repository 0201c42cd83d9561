"""What a test does in a browser, whichever it is: open, look, type, click."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

_CENTRE = """(() => {
    const element = document.querySelector(%s);
    element.scrollIntoView({ block: "center" });
    const { left, top, width, height } = element.getBoundingClientRect();
    return [Math.round(left + width / 2), Math.round(top + height / 2)];
})()"""


class Tab(ABC):
    """One tab of a running browser."""

    listener = ""  # what must stand first in every page for `errors` to hear; most browsers tell of themselves

    def __init__(self) -> None:
        self._errors: list[str] = []

    @property
    def errors(self) -> list[str]:
        """What went wrong since `open`: uncaught, console.error, failed loads, as the browser tells it."""
        return self._errors

    @abstractmethod
    def open(self, url: str, *, width: int = 1280, height: int = 900) -> None:
        """Goes to an address in a window of that inner size and waits until it is loaded."""

    @abstractmethod
    def _value(self, promise: str) -> str:
        """What the promise of a string resolves to; RuntimeError where it is rejected."""

    @abstractmethod
    def press(self, key: str) -> None:
        """Presses one key: a character, or the name of a key in KEYS."""

    @abstractmethod
    def _click(self, x: int, y: int) -> None:
        """Clicks at a place of the window."""

    @abstractmethod
    def screenshot(self, file: Path) -> None:
        """A PNG of the window; for a whole page, open it with its height."""

    def evaluate(self, script: str) -> Any:
        """The value of an expression as JSON, of a promise what it resolves to; raises where the script does."""
        return json.loads(self._value(f"(async () => JSON.stringify({{ value: await ({script}) }}))()")).get("value")

    def wait(self, script: str) -> None:
        """Returns once the expression is true."""
        until(lambda: self.evaluate(f"Boolean({script})"), script)

    def click(self, selector: str) -> None:
        """Clicks in the middle of the first such element."""
        self._click(*self.evaluate(_CENTRE % json.dumps(selector)))

    def fill(self, selector: str, text: str) -> None:
        """Types a text into a field in the place of what was there."""
        self.evaluate(f"document.querySelector({json.dumps(selector)}).select()")
        for char in text:
            self.press(char)


def until(true: Callable[[], Any], what: str, seconds: float = 10) -> None:
    """Returns once it is true; a page that is just leaving has no answer."""
    end = time.monotonic() + seconds
    while True:
        with suppress(RuntimeError):
            if true():
                return
        if time.monotonic() > end:
            raise TimeoutError(what)
        time.sleep(0.05)


@contextmanager
def running(*command: str, **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    """A program running, quiet; killed afterwards with its helpers."""
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, start_new_session=True, **{**quiet, **options}) as process:
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
