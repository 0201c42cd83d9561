"""A build that has nothing to do is over before it begins; whatever changed is noticed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import GOOD, Done, Project

from guodong_site.stamp import Stamp

NOTHING = "与上次相同，没有改动任何文件"


@pytest.fixture
def built(good: Project) -> Project:
    """A project just built."""
    assert good.run("build", "--no-search").code == 0
    return good


def again(project: Project, *options: str) -> tuple[Done, bool]:
    """Builds once more; whether that went the short way (no library was loaded)."""
    code = """import sys
from guodong_site.door import main
code = main(sys.argv[1:])
print("SHORT" if not {"jinja2", "yaml", "markdown", "jieba", "rich", "nh3", "argparse"} & set(sys.modules) else "WHOLE", file=sys.stderr)
sys.exit(code)"""
    command = [sys.executable, "-c", code, "build", "--no-search", "--no-pdf", *options]
    done = subprocess.run(command, cwd=project.root, capture_output=True, text=True, encoding="utf-8", check=False)
    return Done(done.returncode, done.stdout, done.stderr), "SHORT" in done.stderr


def looks(folder: Path) -> dict[str, tuple[int, int]]:
    return {str(p): (p.stat().st_mtime_ns, p.stat().st_ino) for p in folder.rglob("*")}


def test_nothing_to_do(built: Project) -> None:
    """No library is loaded, no file written, no time changed; what is said is what the whole way says."""
    before = looks(built.out)
    short, was_short = again(built)
    whole, was_whole = again(built, "--no-cache")

    assert (was_short, was_whole) == (True, False)
    assert (short.code, short.out) == (0, whole.out)
    assert NOTHING in short.out
    assert "M001" in short.out
    assert looks(built.out) == before


def test_quiet_is_quiet(built: Project) -> None:
    """Under --quiet nothing is said of a good build, the short way too."""
    done, was_short = again(built, "--quiet")

    assert (done.code, done.out, was_short) == (0, "", True)


def edit(path: str) -> Callable[[Project], None]:
    def change(project: Project) -> None:
        file = project.root / path
        file.write_bytes(file.read_bytes() + b"\n")

    return change


def same_size_and_time(project: Project) -> None:
    file = project.root / "issues/2024-03.md"
    seen = file.stat()
    file.write_text(GOOD.replace("200余份", "300余份"), encoding="utf-8")
    os.utime(file, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (seen.st_size, seen.st_mtime_ns)


def truncated(project: Project) -> None:
    for stamp in (project.root / ".cache/stamps").iterdir():
        os.truncate(stamp, stamp.stat().st_size // 2)


def without_stamp(project: Project) -> None:
    for stamp in (project.root / ".cache/stamps").iterdir():
        stamp.unlink()


def from_the_future(project: Project) -> None:
    file = project.root / "issues/2024-03.md"
    file.write_text(GOOD.replace("200余份", "300余份"), encoding="utf-8")
    os.utime(file, (4e9, 4e9))


CHANGES: dict[str, Callable[[Project], object]] = {
    "an issue": edit("issues/2024-03.md"),
    "a template": edit("templates/base.html"),
    "a style": edit("static/css/tokens.css"),
    "a script": edit("static/js/search.js"),
    "the settings": edit("site.yaml"),
    "a word list": edit("editorial/words.txt"),
    "a new issue": lambda p: p.write("issues/2024-04.md", GOOD.replace("number: 3", "number: 4").replace("03-15", "04-15")),
    "a picture": lambda p: p.write("issues/2024-03/a.jpg", b"x"),
    "a renamed issue": lambda p: (p.root / "issues/2024-03.md").rename(p.root / "issues/2024-05.md"),
    "size and mtime as before": same_size_and_time,
    "a time in the future": from_the_future,
    "an output file edited": edit("public/index.html"),
    "an output file deleted": lambda p: (p.out / "feed.xml").unlink(),
    "a stray output file": lambda p: p.write("public/stray.html", "x"),
    "an unfinished write": lambda p: p.write("public/.guodong/new/x", "x"),
    "a damaged stamp": lambda p: [edit(f.relative_to(p.root).as_posix())(p) for f in (p.root / ".cache/stamps").iterdir()],
    "a truncated stamp": truncated,
    "no stamp": without_stamp,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_is_noticed(built: Project, change: Callable[[Project], object]) -> None:
    """The build goes its whole way, and the site is that of a build from nothing; the next one is short again."""
    change(built)
    done, was_short = again(built)
    site = built.site()
    assert built.run("build", "--no-search", "--no-cache", "--out", "fresh").code == 0
    fresh = Project(built.root).root / "fresh"

    assert (done.code, was_short) == (0, False)
    assert site == {
        p.relative_to(fresh).as_posix(): p.read_bytes() for p in fresh.rglob("*") if p.is_file() and ".guodong" not in p.parts
    }
    assert again(built)[1]


def test_a_fresh_checkout_is_no_change(built: Project) -> None:
    """Times say nothing there: the content decides."""
    for path in [*(built.root / "issues").rglob("*"), *(built.root / "templates").rglob("*")]:
        os.utime(path)

    assert again(built)[1]


@pytest.mark.parametrize("options", [["--drafts"], ["--base-url", "https://www.example.org/b/"], ["--out", "other"]])
def test_another_way_of_building_is_another_build(built: Project, options: list[str]) -> None:
    """Drafts, another address, another folder: not what was built."""
    done, was_short = again(built, *options)

    assert (done.code, was_short) == (0, False)
    assert not again(built)[1] or options[0] == "--out"


def test_an_edit_while_building_is_not_missed(built: Project) -> None:
    """The file changes after the build has looked and before it ends, in its very size: the next build does not stand on it."""
    stamp = Stamp(built.root, built.out, "any")
    stamp.begin()
    built.write("issues/2024-03.md", GOOD.replace("200余份", "300余份"))
    stamp.keep(stamp.inputs, ("", "", ""), {}, ())

    assert stamp.unchanged() is None


def test_a_fault_is_said_each_time(built: Project) -> None:
    """A build that failed leaves nothing to stand on."""
    built.write("issues/2024-03.md", GOOD.replace("date:", "daet:"))
    codes = [again(built)[0].code for _ in range(2)]

    assert codes == [1, 1]


def test_a_read_only_cache_costs_time_and_nothing_else(built: Project) -> None:
    """A file where the folder of stamps should be: every build goes the whole way, and is right."""
    for path in (built.root / ".cache/stamps").iterdir():
        path.unlink()
    (built.root / ".cache/stamps").rmdir()
    built.write(".cache/stamps", "x")
    done, was_short = again(built)

    assert (done.code, was_short) == (0, False)
    assert NOTHING in done.out
