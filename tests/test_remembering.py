"""Work is done once for the same input; whatever is wrong with what was kept, the site is that of a build from nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import GOOD, Project

from guodong_site.manuscript import read_manuscript
from guodong_site.memory import Memory
from guodong_site.pipeline import Made, Options, check, make
from guodong_site.stamp import Stamp, look
from guodong_site.write import write


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

    monkeypatch.setattr("guodong_site.load.read_manuscript", counted)
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


def test_a_check_reads_what_was_kept_and_keeps_nothing(two: Project, read: list[str]) -> None:
    """After a build it reads no issue again; it leaves no trace, whether there is a cache or not."""
    shutil.rmtree(two.root / ".cache")
    said = check(Options(root=two.root)).found
    without = (two.root / ".cache").exists()
    made(two, drafts=True)
    read.clear()
    before = {path: path.stat().st_mtime_ns for path in (two.root / ".cache").rglob("*")}

    assert not without
    assert check(Options(root=two.root)).found == said
    assert read == []
    assert {path: path.stat().st_mtime_ns for path in (two.root / ".cache").rglob("*")} == before


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
    "gone": lambda path: path.unlink(),
}


@pytest.mark.parametrize("harm", HARM.values(), ids=HARM)
def test_what_is_damaged_is_made_again(two: Project, read: list[str], harm: Callable[[Path], object]) -> None:
    """A miss, never a wrong page, and nothing in it is run."""
    first = made(two)
    read.clear()
    for path in [path for path in (two.root / ".cache").rglob("*") if path.is_file()]:
        harm(path)
    second = made(two)

    assert read == ["2024-03", "2024-04"]
    assert second.files == first.files


def test_a_cache_of_another_program_is_a_miss(two: Project, read: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Another version of the program reads for itself."""
    made(two)
    read.clear()
    monkeypatch.setattr("guodong_site.stamp.Inputs.program", b"another")

    assert made(two).files
    assert read == ["2024-03", "2024-04"]


def test_a_save_while_reading_is_read_again(two: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that changes after the build has looked at it: it looks again, and the site is that of the new file."""
    looks: list[Any] = []

    def then_saved(*known: Any) -> Any:
        seen = look(*known)
        if not looks:
            two.write("issues/2024-03.md", GOOD.replace("200", "300"))
        looks.append(seen)
        return seen

    monkeypatch.setattr("guodong_site.pipeline.look", then_saved)
    files = made(two).files

    assert len(looks) == 2
    assert files is not None
    assert "300余份" in files["issues/2024-03/2/index.html"].decode()
    assert files == made(two, cache=False).files


def printed_anew(project: Project, *, search: bool = False) -> set[str]:
    """Builds as the command does; the outputs that were not left standing."""
    stamp = Stamp(project.root, project.out, "any")
    stamp.begin()
    done = make(Options(root=project.root, search=search), stamp.inputs, stamp)
    assert done.printed is not None
    assert done.files is not None
    written = write(done.files, project.out, kept=done.kept, present=stamp.present())
    stamp.keep(done.inputs, ("", "", ""), {one.name: (one.identity, one.paths) for one in done.printed}, written.touched)  # type: ignore[union-attr]
    return {one.name for one in done.printed if one.files}


YEARS = ("2021", "2022", "2023", "2024")


@pytest.fixture
def years(project: Project) -> Project:
    """Two issues a year."""
    for year in YEARS:
        for month in (3, 9):
            text = GOOD.replace("number: 3", f"number: {month}").replace("2024-03", f"{year}-{month:02}")
            project.write(f"issues/{year}-{month:02}.md", text)
    return project


def test_a_new_issue_touches_its_own(years: Project) -> None:
    """The issue, the one before it, the lists of its year and those of the newest: no sheet of any other year."""
    printed_anew(years)
    years.write("issues/2024-10.md", GOOD.replace("number: 3", "number: 10").replace("2024-03", "2024-10"))
    anew = printed_anew(years)

    assert printed_anew(years) == set()
    assert {"article/2024-10", "issue/2024-10", "issue/2024-09", "year/2024", "section/yaowen/2024", "home/", "feed/"} <= anew
    assert [name for name in anew if any(year in name for year in YEARS[:3])] == []
    assert {name for name in anew if name.startswith(("article/", "issue/"))} == {
        "article/2024-10",
        "article/2024-09",  # the last of a section names the next one of that section
        "issue/2024-10",
        "issue/2024-09",
    }


def test_a_new_issue_touches_its_numbers_sources_and_month(years: Project) -> None:
    """Of numbers, sources, months and data: its year's sources, its own month, its own file, and the lists of all.

    A month that was there before touches no other; a feed is made anew only where it follows what the issue holds.
    """
    kinds = ("source", "statistics/", "today/", "issue_json/", "feed", "atom/", "api/", "schemas/")
    printed_anew(years)
    years.write("issues/2024-10.md", GOOD.replace("number: 3", "number: 10").replace("2024-03", "2024-10"))
    first = printed_anew(years)
    years.write("issues/2025-03.md", GOOD.split("# 简讯", maxsplit=1)[0].replace("2024-03", "2025-03"))
    second = printed_anew(years)
    written = ("feed", "atom", "feed_json")
    lists = {"sources/", "statistics/", *(f"{kind}/{place}" for kind in written for place in ("", "sections/yaowen/"))}
    briefs = {f"{kind}/sections/jianxun/" for kind in written}

    assert {name for name in first if name.startswith(kinds)} == lists | briefs | {
        *("today/", "today/03", "today/09", "today/10"),  # the first October: the months' pages now lead there
        *("source/2024", "issue_json/2024-10"),
    }
    assert {name for name in second if name.startswith(kinds)} == lists | {
        *("today/03", "source/2025", "source/2024", "issue_json/2025-03"),
    }


def test_a_new_year_touches_the_year_before(years: Project) -> None:
    """Of the lists of closed years only the neighbour's, which names the new year."""
    printed_anew(years)
    years.write("issues/2025-01.md", GOOD.replace("number: 3", "number: 1").replace("2024-03-15", "2025-01-15"))
    anew = printed_anew(years)

    assert {"year/2025", "year/2024", "section/yaowen/2024"} <= anew
    assert [name for name in anew if any(year in name for year in YEARS[:3])] == []


def test_an_edit_in_an_old_issue_touches_its_own(years: Project) -> None:
    """A number corrected in a closed year: its pages, its lists, no page of another issue."""
    printed_anew(years)
    path = years.root / "issues/2022-03.md"
    path.write_text(path.read_text(encoding="utf-8").replace("200余份", "300余份"), encoding="utf-8")
    anew = printed_anew(years)

    assert {name for name in anew if name.startswith(("article/", "issue/"))} == {"article/2022-03", "issue/2022-03"}
    assert [name for name in anew if any(year in name for year in ("2021", "2023", "2024"))] == []


def test_an_edit_examines_its_own_links(years: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """The index is another after every edit, and no page leads to its files; where a page is gone all are looked at again."""
    looked: set[str] = set()

    def read(_stamp: Stamp, path: str) -> bytes:
        looked.add(path)
        return (years.out / path).read_bytes()

    printed_anew(years, search=True)
    monkeypatch.setattr(Stamp, "read", read)
    path = years.root / "issues/2022-03.md"
    path.write_text(path.read_text(encoding="utf-8").replace("200余份", "300余份"), encoding="utf-8")
    before = {one for one in years.site() if one.startswith("search/index/")}
    printed_anew(years, search=True)
    edit, after = set(looked), {one for one in years.site() if one.startswith("search/index/")}
    looked.clear()
    (years.root / "issues/2024-09.md").unlink()
    printed_anew(years, search=True)

    assert before - after
    assert not [one for one in edit if one.startswith(("issues/2021", "issues/2023", "issues/2024"))]
    assert {"issues/2021-03/index.html", "issues/2023-09/index.html"} <= looked


def test_a_template_touches_its_own_pages(years: Project) -> None:
    """What only articles use makes only articles anew; what all use makes all."""
    printed_anew(years)
    page = years.root / "templates/pages/article.html"
    page.write_text(page.read_text(encoding="utf-8").replace("上一篇", "前一篇"), encoding="utf-8")
    articles = printed_anew(years)
    base = years.root / "templates/base.html"
    base.write_text(base.read_text(encoding="utf-8").replace("主办：", "主办单位："), encoding="utf-8")
    every = printed_anew(years)

    assert {name.split("/")[0] for name in articles} == {"article"}
    assert {"article/2021-03", "home/", "topics/", "year/2021"} <= every
    assert not {"feed/", "atom/", "feed_json/", "archive_json/archive", "issue_json/2021-03", "sitemap_xml/2021"} & every


def test_rows_nobody_asks_for_are_forgotten(tmp_path: Path) -> None:
    """A table holds what the last run used, a folder the large values it is told to."""
    memory = Memory(tmp_path / "a" / "b")
    memory.small("kind", "one", b"1", lambda: 1)
    memory.small("kind", "two", b"2", lambda: 2)
    memory.large("big", "one", b"1", lambda: "x")
    memory.large("big", "two", b"2", lambda: "y")
    memory.save()
    memory.small("kind", "two", b"2", lambda: 3)
    memory.only("big", ["two"])
    memory.save()
    fresh = Memory(tmp_path / "a" / "b")

    assert [fresh.small("kind", name, identity, lambda: 0) for name, identity in (("one", b"1"), ("two", b"2"))] == [0, 2]
    assert [fresh.recalled("big", name, identity) for name, identity in (("one", b"1"), ("two", b"2"))] == [None, "y"]


def test_few_ways_of_building_are_kept(tmp_path: Path) -> None:
    """Each has a folder; the newest four stay."""
    for number in range(6):
        memory = Memory(tmp_path / "archive" / str(number))
        memory.large("big", "one", b"1", lambda: "x")
        memory.save()
        os.utime(tmp_path / "archive" / str(number), (number, number))

    assert sorted(path.name for path in (tmp_path / "archive").iterdir()) == ["2", "3", "4", "5"]
