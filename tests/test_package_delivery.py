"""A package is put down whole or not at all, at whatever step the power fails."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import snapshot

from guodong_site.portal.delivery import deliver


def package(word: str) -> dict[str, bytes]:
    return {
        "items/2024-03/1.json": f'{{"a": "{word}"}}'.encode(),
        f"items/2024-03/{word}.json": b"{}",
        "manifest.json": b'{"kind": "guodong-package", "files": []}',
        "SHA256SUMS": word.encode(),
        "READY": f"{word}\n".encode(),
    }


OLD, NEW = package("old"), package("new")


def cut(step: int, files: dict[str, bytes], out: Path) -> bool:
    """Puts the files down in a process of its own that ends, without a word, before its step-th call to the disk; whether it did."""
    child = os.fork()
    if not child:
        left = step

        def counted(call: Callable[..., Any]) -> Callable[..., Any]:
            def one(*arguments: Any, **named: Any) -> Any:
                nonlocal left
                if not left:
                    os._exit(9)
                left -= 1
                return call(*arguments, **named)

            return one

        for home, names in ((Path, ("open", "rename", "mkdir")), (shutil, ("rmtree",)), (os, ("unlink", "rmdir", "fsync"))):
            for name in names:
                setattr(home, name, counted(getattr(home, name)))
        deliver(files, out)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


@pytest.mark.parametrize("before", [None, OLD], ids=["nothing", "old"])
def test_cut_at_every_step(tmp_path: Path, before: dict[str, bytes] | None) -> None:
    """An importer finds the old package, the new one, or none; the next run ends with the new one and nothing beside it."""
    seen, step = set(), 0
    while True:
        out = tmp_path / str(step) / "package"
        out.parent.mkdir()
        if before:
            deliver(before, out)
        was_cut = cut(step, NEW, out)
        stands = snapshot(out) if out.exists() else None
        assert stands in (None, before, NEW)
        seen.add("none" if stands is None else "old" if stands == before else "new")
        deliver(NEW, out)
        assert snapshot(out) == NEW
        assert [path.name for path in out.parent.iterdir()] == ["package"]
        step += 1
        if not was_cut:
            break

    assert step > 10
    assert seen == ({"none", "old", "new"} if before else {"none", "new"})


def test_a_full_disk(tmp_path: Path) -> None:
    """A file that cannot be written: the old package stands, nothing lies beside it."""
    out = tmp_path / "package"
    deliver(OLD, out)
    with pytest.raises(OSError, match="too long"):
        deliver({"x" * 300: b"", **NEW}, out)  # a name no disk takes

    assert snapshot(out) == OLD
    assert [path.name for path in tmp_path.iterdir()] == ["package"]


def test_standing_is_left_alone(tmp_path: Path) -> None:
    """The same package again: no file is touched; a file that was changed by hand is put right."""
    out = tmp_path / "package"
    deliver(NEW, out)
    times = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    again = deliver(NEW, out)
    stood = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    (out / "items/2024-03/1.json").write_text("changed")

    assert (again, stood) == (False, times)
    assert deliver(NEW, out)
    assert snapshot(out) == NEW
