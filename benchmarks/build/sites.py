"""One tool's archive on disk: written, changed, put back, built; and whether what was built shows the change."""

from __future__ import annotations

import hashlib
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import archive
import layouts
from archive import EDITED, Issue
from processes import Used, run
from tools import SITE, Tool

MODES = {
    "cold": "cold",
    "same": "no change",
    "edit": "one article edited",
    "template": "the article template edited",
    "add": "one issue more",
}
"""What is built → what the report calls it.  Added last: what a tool leaves of it goes with the next cold build."""

_WORDS = "（本刊更正）"
_TEMPLATE = ("<article", '<article data-edition="2"')
_MARK = "written"


@dataclass(frozen=True)
class Site:
    """A tool's folder with an archive of these issues."""

    tool: Tool
    root: Path
    issues: tuple[Issue, ...]

    @property
    def out(self) -> Path:
        """Where its pages lie."""
        return self.root / self.tool.made[0]

    @cached_property
    def added(self) -> Issue:
        """The issue that comes next."""
        newest = self.issues[-1]
        return archive.issue(archive.following((newest.year, newest.month)))

    def prepare(self) -> None:
        """Writes the archive, unless it lies there as it was left, and the templates anew."""
        if not (self._mark.exists() and self._mark.read_text(encoding="ascii") == self._state):
            shutil.rmtree(self.root, ignore_errors=True)
            for name, text in self.tool.layout.files(self.issues):
                self._write(name, text)
        if self.tool.ours:
            for name in SITE:
                source, target = self.tool.base / name, self.root / name
                shutil.rmtree(target, ignore_errors=True)
                (shutil.copytree if source.is_dir() else shutil.copy)(source, target)
        else:
            shutil.copytree(self.tool.base, self.root, dirs_exist_ok=True)
        self._mark.write_text(self._state, encoding="ascii")

    def clean(self) -> None:
        """No output, nothing remembered."""
        for name in self.tool.made:
            shutil.rmtree(self.root / name, ignore_errors=True)

    def build(self) -> Used | None:
        """One run of its command."""
        return run(self.tool.command, self.root, self.tool.environment)

    def index(self) -> Used | None:
        """… and of the second, where it has one."""
        return run(self.tool.then, self.root)

    @contextmanager
    def changed(self, mode: str) -> Iterator[None]:
        """The archive with one of the changes; put back after."""
        if mode in ("cold", "same"):
            yield
            return
        changes, before = self._changes(mode)
        with self._meanwhile(before):
            self._apply(changes)
            yield
        if mode == "add" and not self.tool.ours:  # others leave its pages lying
            shutil.rmtree(self._page(self.added).parent, ignore_errors=True)

    def expect(self, mode: str) -> None:
        """Ends the benchmark where the last build does not show what was changed, and only that."""
        page = self._page(self.issues[-1]).read_text(encoding="utf-8")
        seen = {"edit": _WORDS in page, "template": _TEMPLATE[1] in page, "add": self._page(self.added).exists()}
        if seen != {name: name == mode for name in seen}:
            sys.exit(f"{self.root.name}, {mode}: the output shows {seen}")

    @contextmanager
    def edited(self) -> Iterator[None]:
        """Open to edits by who measures; put back after."""
        with self._meanwhile(self._changes("edit")[1]):
            yield

    def saying(self, words: str) -> dict[Path, str]:
        """The files of the newest issue with these words in the edited article."""
        issues = (*self.issues[:-1], archive.edited(self.issues[-1], words))
        between = self.tool.layout.between(self.issues, issues)
        return {self.root / name: text for name, text in between.items() if text is not None}

    def address(self) -> str:
        """Of the page of the edited article, as a server has it."""
        return "/" + self.tool.page(self.issues[-1], self.issues[-1].articles[EDITED]).removesuffix("index.html")

    def _page(self, issue: Issue) -> Path:
        return self.out / self.tool.page(issue, issue.articles[EDITED])

    def _changes(self, mode: str) -> tuple[dict[str, str | None], dict[str, str | None]]:
        """What to write for a change, and to undo it."""
        if mode == "template":
            text = (self.root / self.tool.template).read_text(encoding="utf-8")
            return {self.tool.template: text.replace(*_TEMPLATE, 1)}, {self.tool.template: text}
        new = (*self.issues, self.added) if mode == "add" else (*self.issues[:-1], archive.edited(self.issues[-1], _WORDS))
        between = self.tool.layout.between
        return between(self.issues, new), between(new, self.issues)

    @contextmanager
    def _meanwhile(self, undo: dict[str, str | None]) -> Iterator[None]:
        """Something else lies there; who is killed in the middle leaves an archive that is written anew."""
        self._mark.unlink()
        try:
            yield
        finally:
            self._apply(undo)
            self._mark.write_text(self._state, encoding="ascii")

    def _apply(self, changes: dict[str, str | None]) -> None:
        for name, text in changes.items():
            if text is None:
                path = self.root / name
                path.unlink()
                if not any(path.parent.iterdir()):
                    path.parent.rmdir()
            else:
                self._write(name, text)

    def _write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    @property
    def _mark(self) -> Path:
        return self.root.parent / f"{self.root.name}.{_MARK}"

    @cached_property
    def _state(self) -> str:
        """What is written, in short: who wrote it, from what, how much of it."""
        sources = [Path(str(module.__file__)) for module in (archive, layouts)]
        read = hashlib.sha256(b"".join(path.read_bytes() for path in (*sources, archive.GIVEN)))
        read.update(f"{len(self.issues)} {self.issues[-1].id}".encode())
        return read.hexdigest()
