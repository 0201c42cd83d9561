"""An issue is read once for the same text; whatever is wrong with what was kept, the site is that of a build from nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import GOOD, Project

from guodong_site.manuscript import read_manuscript
from guodong_site.pipeline import Made, Options, make


@pytest.fixture
def two(project: Project) -> Project:
    """Two issues, one of them with something to complain of."""
    project.write("issues/2024-03.md", GOOD)
    project.write(
        "issues/2024-04.md",
        GOOD.replace("number: 3", "number: 4").replace("03-15", "04-15").replace("工作会议\n", "工作会议。\n"),
    )
    return project


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The issues that are really read."""
    names: list[str] = []

    def counted(text: Any, issue_id: str, *rest: Any) -> Any:
        names.append(issue_id)
        return read_manuscript(text, issue_id, *rest)

    monkeypatch.setattr("guodong_site.remembering.read_manuscript", counted)
    return names


def made(project: Project, **choice: Any) -> Made:
    return make(Options(root=project.root, search=False, **choice))


def test_nothing_is_read_twice(two: Project, read: list[str]) -> None:
    """A second build reads no issue again, and gives the same bytes, complaints and conclusions."""
    first = made(two)
    cold, read[:] = list(read), []
    second = made(two)

    assert cold == ["2024-03", "2024-04"]
    assert read == []
    assert any(d.rule.name == "title-full-stop" for d in second.found)
    assert (second.files, second.found, second.inferred) == (first.files, first.found, first.inferred)
    assert second.files == made(two, cache=False).files


CHANGES: dict[str, tuple[Callable[[Project], object], list[str]]] = {
    "an issue": (lambda p: p.write("issues/2024-03.md", GOOD.replace("200", "300")), ["2024-03"]),
    "its name": (lambda p: (p.root / "issues/2024-03.md").rename(p.root / "issues/2024-05.md"), ["2024-05"]),
    "its pictures": (lambda p: p.write("issues/2024-03/a.jpg", b"x"), ["2024-03"]),
    "the settings": (lambda p: p.write("site.yaml", (p.root / "site.yaml").read_text(encoding="utf-8") + "contact: 一号\n"), ["2024-03", "2024-04"]),
    "the words": (lambda p: p.write("editorial/words.txt", "去年工作\n"), ["2024-03", "2024-04"]),
    "a template": (lambda p: p.write("templates/feeds/robots.txt", "x"), []),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_what_changed_is_read_again(two: Project, read: list[str], name: str) -> None:
    """The issue that changed, or all where the settings or words did; the site is that of a build from nothing."""
    made(two)
    read.clear()
    change, wanted = CHANGES[name]
    change(two)
    warm = made(two)
    again = list(read)

    assert again == wanted
    assert warm.files == made(two, cache=False).files


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


HARM: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "cut off": cut,
    "one bit wrong": flip,
    "something else": lambda path: path.write_bytes(b"cos\nsystem\n(S'exit 1'\ntR."),
}


@pytest.mark.parametrize("harm", HARM.values(), ids=HARM)
def test_what_is_damaged_is_read_again(two: Project, read: list[str], harm: Callable[[Path], object]) -> None:
    """A miss, never a wrong page, and nothing in it is run."""
    first = made(two)
    read.clear()
    for path in (two.root / ".cache/issues").iterdir():
        harm(path)
    second = made(two)

    assert read == ["2024-03", "2024-04"]
    assert second.files == first.files


def test_a_cache_of_another_program_is_a_miss(two: Project, read: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Another version of the program reads for itself."""
    made(two)
    read.clear()
    monkeypatch.setattr("guodong_site.remembering._program", lambda: b"another")

    assert made(two).files
    assert read == ["2024-03", "2024-04"]
