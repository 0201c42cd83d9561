"""Where a project keeps what was made before: .cache/<kind>/<what it was made with>."""

from __future__ import annotations

from pathlib import Path

from guodong_site.memory import Memory
from guodong_site.stamp import program


def shelf(root: Path, kind: str, made_with: bytes) -> Path:
    """The folder of one `kind` of things; `made_with` is a digest of what they depend on besides their own identity."""
    return root / ".cache" / kind / made_with.hex()[:16]


def libraries(root: Path) -> Memory:
    """The dictionaries as we cut them, which depend on no project: half of the time of a command that reads one issue only."""
    return Memory(shelf(root, "libraries", program()))
