"""What Firefox and WebKitGTK have in common: WebDriver's way to say what fingers do."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from browsers.tab import Tab

KEYS = {"Enter": "\ue007", "Escape": "\ue00c", "ArrowUp": "\ue013", "ArrowDown": "\ue015"}


class WebDriver(Tab):
    """A tab that is told what to do in WebDriver's input actions."""

    @abstractmethod
    def _perform(self, source: dict[str, Any]) -> None:
        """Does what one input source, a keyboard or a mouse, does."""

    def press(self, key: str) -> None:
        steps = [{"type": kind, "value": KEYS.get(key, key)} for kind in ("keyDown", "keyUp")]
        self._perform({"type": "key", "id": "keyboard", "actions": steps})

    def _click(self, x: int, y: int) -> None:
        steps = [{"type": "pointerMove", "x": x, "y": y}, *({"type": f"pointer{way}", "button": 0} for way in ("Down", "Up"))]
        self._perform({"type": "pointer", "id": "mouse", "actions": steps})
