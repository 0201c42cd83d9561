"""What may happen to what the build remembers, and to the times it looks at: slower the next time, never a wrong site.

Wrong clocks, two builds at once, no room, no rights, another one's cache, one broken issue among hundreds.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import marshal
import os
import random
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from builds import Press, different, fresh, judgement, loaded, looks
from conftest import GOOD, Done, Project, jpeg, new_project, snapshot
from desk import Desk, exchange, flip, same_size_and_time
from test_rights import AS_CLERK, as_clerk

PAGES = ("build", "--no-search", "--no-pdf")
DOUBT = 2.2
"""Seconds: a file changed longer ago than this is known by its times alone (stamp.py)."""


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    """The program, loaded once."""
    with loaded() as one:
        yield one


@pytest.fixture
def desk(project: Project, press: Press) -> Desk:
    """An archive of five issues, built."""
    desk = Desk(project)
    assert press.run(project, *PAGES).code == 0
    return desk


def is_right(press: Press, project: Project, done: Done, *options: str) -> None:
    """The build went well, and its site and words are those of a build from nothing."""
    assert done.code == 0, done.said
    cold, site = fresh(press, project, *(options or PAGES[1:]))
    assert different(project.site(), site) == []
    assert judgement(done) == judgement(cold)


# Times.

SAME_SIZE = {
    "issues/2024-01.md": ("检查", "核查"),
    "templates/pages/about.html": ("关于", "说明"),
    "static/css/print.css": ("print", "paper"),
    "site.yaml": ("青岛市国防动员办公室《", "青岛市国防动员委员会《"),
    "editorial/stopwords.txt": ("开展", "防空"),
}
"""Files of every kind, and an edit of each that keeps its size."""


def rewritten(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, path
    path.write_text(text.replace(old, new), encoding="utf-8")


TIMES: dict[str, Callable[[os.stat_result], tuple[int, int]]] = {
    "as before": lambda seen: (seen.st_atime_ns, seen.st_mtime_ns),
    "set back": lambda _: (10**18, 10**18),
    "in the future": lambda _: (4 * 10**18, 4 * 10**18),
}


@pytest.mark.parametrize(
    "when", [TIMES["as before"], *(pytest.param(TIMES[name], marks=pytest.mark.long) for name in (*TIMES,)[1:])]
)
def test_a_file_rewritten_in_its_size_whatever_its_time_says(
    desk: Desk, press: Press, when: Callable[[os.stat_result], tuple[int, int]]
) -> None:
    """Long after the last look, another content of the same size: mtime as before, long ago, in the future.  ctime tells."""
    project = desk.project
    picture = desk.project.write("issues/2024-01/a.jpg", jpeg(1))
    desk.append("issues/2024-01.md", "\n![照片](2024-01/a.jpg)\n")
    assert press.run(project, *PAGES).code == 0
    for path in [picture, *(project.root / name for name in SAME_SIZE)]:
        os.utime(path, ns=when(path.stat()))
    time.sleep(DOUBT)
    assert "没有改动任何文件" in press.run(project, *PAGES).said
    for path, (old, new) in [(project.root / name, pair) for name, pair in SAME_SIZE.items()]:
        seen = path.stat()
        rewritten(path, old, new)
        os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))
        assert (path.stat().st_size, path.stat().st_mtime_ns) == (seen.st_size, seen.st_mtime_ns)
        before = project.site()
        is_right(press, project, press.run(project, *PAGES))
        assert path.name == "stopwords.txt" or different(project.site(), before), path
    seen = picture.stat()
    picture.write_bytes(jpeg(2))
    os.utime(picture, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    is_right(press, project, press.run(project, *PAGES))
    assert jpeg(2) in project.site().values()


def test_a_published_file_rewritten_in_its_size_and_time(desk: Desk, press: Press) -> None:
    """Somebody edits the site itself and sets the time back: mended, and nothing else is written."""
    time.sleep(DOUBT)
    same_size_and_time(desk.project.out / "issues/2024-01/index.html")
    before = looks(desk.project.out)
    done = press.run(desk.project, *PAGES, "--format", "json")
    wrote = json.loads(done.said)["written"]

    assert (done.code, wrote["created"], wrote["changed"], wrote["removed"]) == (0, [], ["issues/2024-01/index.html"], [])
    assert {path for path, look in looks(desk.project.out).items() if before.get(path) != look and path.endswith(".html")} == {
        "issues/2024-01/index.html"
    }
    is_right(press, desk.project, press.run(desk.project, *PAGES))


# Two at once.


def at_once(project: Project, *each: tuple[str, ...], meanwhile: Callable[[], object] = lambda: None) -> list[Done]:
    """Real commands, begun at the same moment."""
    begun = [
        subprocess.Popen(
            [sys.executable, "-m", "guodong_site", *arguments],
            cwd=project.root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
        )
        for arguments in each
    ]  # fmt: skip
    while any(process.poll() is None for process in begun):
        meanwhile()
        time.sleep(0.01)
    return [Done(process.wait(), process.communicate()[0].replace(WAITING, ""), "") for process in begun]


WAITING = "这个项目里另一次生成还没有结束，等它结束……\n"


def test_the_second_build_waits_and_says_so(good: Project) -> None:
    """While the project is somebody else's nothing is made; the moment it is free the build goes on."""
    folder = os.open(good.root, os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    command = [sys.executable, "-m", "guodong_site", "build", "--no-search", "--no-pdf"]
    with subprocess.Popen(command, cwd=good.root, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        time.sleep(0.5)
        waited, made = process.poll() is None, good.out.exists()
        os.close(folder)
        rest = process.stdout.read()

    assert (said, waited, made) == (WAITING, True, False)
    assert process.returncode == 0
    assert "完成：1 期" in rest


def said_well(done: Done) -> bool:
    """A good build, or a Chinese sentence why not; no bug."""
    return "Traceback" not in done.said and (
        done.code == 0 or (done.code in {1, 2, 4} and any("一" <= c <= "龥" for c in done.said))
    )


def test_two_builds_at_once(desk: Desk, press: Press) -> None:
    """Each round changes every page; whatever the two make of one another, the site that stands is right, and stays so."""
    for turn in range(2):
        desk.swap("templates/base.html", "</footer>", f"<p>第{turn}版</p></footer>")
        both = at_once(desk.project, PAGES, PAGES)

        assert all(said_well(done) for done in both), [done.said for done in both]
        assert 0 in {done.code for done in both}, [done.said for done in both]
        assert f"第{turn}版".encode() in (desk.project.out / "404.html").read_bytes()
        is_right(press, desk.project, press.run(desk.project, *PAGES))


def test_two_builds_at_once_while_an_issue_is_saved(desk: Desk, press: Press) -> None:
    """The editor saves again and again meanwhile: the next build stands on nothing half seen."""
    chance = random.Random(5)

    def save() -> None:
        if chance.random() < 0.2:
            bulletin = desk.bulletins[-1]
            bulletin.news[0].paragraphs[0] = desk.sentence()
            bulletin.news[0].title = f"通知第{desk.next()}号"
            desk.save(bulletin)

    for _ in range(3):
        desk.swap("templates/base.html", "</footer>", f"<p>第{desk.next()}版</p></footer>")
        both = at_once(desk.project, PAGES, PAGES, meanwhile=save)

        assert all(said_well(done) for done in both), [done.said for done in both]
        is_right(press, desk.project, press.run(desk.project, *PAGES))


def test_two_ways_of_building_at_once(desk: Desk, press: Press) -> None:
    """With drafts and without, into one folder: one of the two, never a mixture; into two folders: both, from one cache."""
    desk.bulletins[-1].draft = True
    desk.save(desk.bulletins[-1])
    for turn in range(1):
        desk.swap("templates/base.html", "</footer>", f"<p>第{turn}版</p></footer>")
        mixed = at_once(desk.project, PAGES, (*PAGES, "--drafts"))
        stands = desk.project.site()
        sites = [fresh(press, desk.project, *options)[1] for options in (PAGES[1:], (*PAGES[1:], "--drafts"))]

        assert all(said_well(done) for done in mixed), [done.said for done in mixed]
        assert stands in sites, [different(stands, site) for site in sites]
        is_right(press, desk.project, press.run(desk.project, *PAGES))
        desk.swap("templates/base.html", "</footer>", f"<p>又第{turn}版</p></footer>")
        apart = at_once(desk.project, PAGES, (*PAGES, "--drafts", "--out", "inside"))
        is_right(press, desk.project, apart[0])
        assert apart[1].code == 0
        assert different(snapshot(desk.project.root / "inside"), fresh(press, desk.project, *PAGES[1:], "--drafts")[1]) == []


SAVED_THEN = """
from guodong_site import catalogue

really = catalogue.content
def content(file):
    if file.name == "issues/2024-02.md" and not os.path.exists("saved"):
        open("saved", "w").close()
        text = file.path.read_text(encoding="utf-8")
        file.path.write_text(text.replace("检查", "核查"), encoding="utf-8")
    return really(file)
catalogue.content = content
"""
"""An editor who saves between the look at a file and the reading of it, once."""


def test_a_file_saved_in_the_very_moment_it_is_read(desk: Desk, press: Press) -> None:
    """What was read is not remembered under what was seen: put back as it was, the site is as it was."""
    project, path = desk.project, desk.project.root / "issues/2024-02.md"
    old = path.read_text(encoding="utf-8") + "\n又及。\n"
    path.write_text(old, encoding="utf-8")
    with loaded(SAVED_THEN) as other:
        done = other.run(project, *PAGES)

    assert (project.root / "saved").exists()
    assert done.code == 0, done.said
    path.write_text(old, encoding="utf-8")
    is_right(press, project, press.run(project, *PAGES))


# No room.


@contextmanager
def disk(place: Path, size: str) -> Iterator[None]:
    """A disk of that size at a place; the test is passed over where none may be mounted."""
    place.mkdir(exist_ok=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no right to mount a disk")
    try:
        yield
    finally:
        subprocess.run(["umount", str(place)], check=True)


@pytest.mark.parametrize("size", ["4k", "40k", "400k", "6m"])
def test_no_room_for_the_cache(project: Project, press: Press, size: str) -> None:
    """A full disk where the cache lies: every build is right all the same, and says no word of it."""
    desk = Desk(project)
    with disk(project.root / ".cache", size):
        is_right(press, project, press.run(project, "build"), "--base-url", "https://example.org/")
        for _ in range(2):
            desk.publish((2024, 11, 1))
            is_right(press, project, press.run(project, *PAGES))


def test_no_file_may_be_large(project: Project, press: Press) -> None:
    """Under a limit that every page keeps and the dictionary in the cache does not."""
    desk = Desk(project)
    for _ in range(2):
        desk.publish((2024, 11, 1))
        ended = subprocess.run(
            [sys.executable, "-m", "guodong_site", *PAGES],
            cwd=project.root, capture_output=True, text=True, encoding="utf-8", check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000)),
        )  # fmt: skip
        is_right(press, project, Done(ended.returncode, ended.stdout, ended.stderr))


def test_a_file_where_the_cache_should_be(project: Project, press: Press) -> None:
    """`.cache` is a file: no cache.  It stays what it is."""
    desk = Desk(project)
    shutil.rmtree(project.root / ".cache")
    file = project.write(".cache", b"mine")
    for _ in range(2):
        desk.publish((2024, 11, 1))
        is_right(press, project, press.run(project, *PAGES))

    assert file.read_bytes() == b"mine"


# No rights.


def closed(root: Path, *, folders: int, files: int) -> None:
    for path in [root, *root.rglob("*")]:
        path.chmod(folders if path.is_dir() else files)


def opened(root: Path) -> None:
    root.chmod(0o755)
    for path in root.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)


@pytest.mark.parametrize("filled", [True, False], ids=["filled", "empty"])
@pytest.mark.parametrize(
    ("folders", "files"), [(0o555, 0o444), (0o555, 0o000), (0o000, 0o000)], ids=["to read", "closed", "shut"]
)
def test_a_cache_without_rights(project: Project, press: Press, folders: int, files: int, *, filled: bool) -> None:
    """To be read only, or not even that, filled or empty: the build is right, and the cache what it was."""
    desk, cache = Desk(project), project.root / ".cache"
    if filled:
        assert press.run(project, *PAGES).code == 0
    else:
        for name in ("stamps", "templates", "words", "archive"):
            (cache / name).mkdir(parents=True)
    held = snapshot(cache)
    desk.publish((2024, 11, 1))
    desk.append("templates/pages/about.html", "\n{# another #}\n")
    closed(cache, folders=folders, files=files)
    try:
        done = as_clerk(project, *PAGES)
        again = as_clerk(project, *PAGES)
    finally:
        opened(cache)

    assert snapshot(cache) == held
    is_right(press, project, done)
    assert (again.code, "没有改动任何文件" in again.said) == (0, True), again.said


@pytest.mark.skipif(not AS_CLERK, reason="only root can give a file to another one")
@pytest.mark.parametrize("mode", [0o755, 0o700])
def test_a_cache_somebody_else_made(project: Project, press: Press, mode: int) -> None:
    """Made by another user, root say, who may let us read it or not: the build is right; as long as it stays theirs, too."""
    desk, cache = Desk(project), project.root / ".cache"
    assert press.run(project, *PAGES).code == 0
    for path in [cache, *cache.rglob("*")]:
        os.chown(path, 65534, 65534)
        path.chmod(mode if path.is_dir() else mode & 0o644)
    for _ in range(2):
        desk.publish((2024, 11, 1))
        desk.append("templates/pages/about.html", "\n{# another #}\n")
        is_right(press, project, as_clerk(project, *PAGES))


def test_a_cache_on_a_disk_to_be_read_only(project: Project, press: Press) -> None:
    """Not a question of rights: nobody can write there."""
    desk = Desk(project)
    with disk(project.root / ".cache", "20m"):
        assert press.run(project, *PAGES).code == 0
        subprocess.run(["mount", "-o", "remount,ro", str(project.root / ".cache")], check=True)
        desk.publish((2024, 11, 1))
        desk.append("templates/pages/about.html", "\n{# another #}\n")
        is_right(press, project, press.run(project, *PAGES))
        assert "没有改动任何文件" in press.run(project, *PAGES).said


# Another one's cache.

EVIL = b"cos\nsystem\n(S'touch run'\ntR."
"""A pickle that leaves a file if anybody unpacks it."""


def folder_in_place(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "inside").write_bytes(b"x")


def link_in_place(path: Path) -> None:
    path.unlink()
    path.symlink_to(path)


HARM: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "garbage": lambda path: path.write_bytes(random.Random(1).randbytes(500)),
    "a newer format": lambda path: path.write_bytes(b"guodong-cache 9\n" + path.read_bytes()),
    "a program": lambda path: path.write_bytes(EVIL),
    "half of it": lambda path: os.truncate(path, path.stat().st_size // 2),
    "a bit at the beginning": lambda path: flip(path, 1),
    "a bit in the middle": lambda path: flip(path, path.stat().st_size // 2),
    "a bit at the end": lambda path: flip(path, path.stat().st_size - 1),
    "a folder": folder_in_place,
    "a link to itself": link_in_place,
}


@pytest.mark.parametrize("harm", HARM.values(), ids=HARM)
def test_every_file_of_the_cache_is_another(desk: Desk, press: Press, harm: Callable[[Path], object]) -> None:
    """Under every name there is, stamps and compiled templates included: a miss, never a wrong page, and nothing is run."""
    project = desk.project
    assert press.run(project, "build").code == 0
    for path in desk.files(".cache"):
        harm(path)
    desk.publish((2024, 11, 1))
    done = press.run(project, "build")

    is_right(press, project, done, "--base-url", "https://example.org/")
    assert not (project.root / "run").exists()


@pytest.mark.long
def test_no_bit_of_a_compiled_template_is_trusted(desk: Desk, press: Press) -> None:
    """Forty bits turned over, each alone, in what the pages are made by."""
    project, chance = desk.project, random.Random(3)
    right, files = project.site(), desk.files(".cache/libraries")
    kept = {file: file.read_bytes() for file in files}
    wrong = []
    for _ in range(40):
        for file, data in kept.items():
            file.write_bytes(data)
        shutil.rmtree(project.out, ignore_errors=True)
        file = chance.choice(files)
        at = chance.randrange(len(kept[file]))
        flip(file, at)
        done = press.run(project, *PAGES)
        if done.code or different(project.site(), right):
            wrong.append((file.name, at, done.code, done.said[-200:] if done.code else different(project.site(), right)[:3]))

    assert wrong == []


@pytest.mark.parametrize("most", [12, pytest.param(10_000, marks=pytest.mark.long)], ids=["some", "all"])
def test_no_file_of_the_cache_is_taken_for_another(desk: Desk, press: Press, most: int) -> None:
    """Two whole files changed for one another: of one folder, or of one name in two."""
    project = desk.project
    assert press.run(project, "build").code == 0
    cache = project.root / ".cache"
    kept = project.root / "kept"
    shutil.copytree(cache, kept)
    files = list(desk.files(".cache"))
    pairs = [(a, b) for a in files for b in files if a < b and (a.parent == b.parent or a.name == b.name)]
    pairs = random.Random(7).sample(pairs, min(most, len(pairs)))
    right, wrong = project.site(), []
    for one, other in pairs:
        shutil.rmtree(cache)
        shutil.copytree(kept, cache)
        shutil.rmtree(project.out, ignore_errors=True)
        exchange(one, other)
        done = press.run(project, "build")
        if done.code or different(project.site(), right):
            wrong.append((one.relative_to(cache).as_posix(), other.relative_to(cache).as_posix(), done.code))

    assert len(pairs) >= 12
    assert wrong == []


def test_no_stamp_is_taken_for_another(desk: Desk, press: Press) -> None:
    """The stamps of two ways of building changed for one another: a site with drafts is never passed as one without."""
    project, stamps = desk.project, desk.project.root / ".cache/stamps"
    desk.bulletins[-1].draft = True
    desk.save(desk.bulletins[-1])
    for options in (PAGES, (*PAGES, "--drafts")):
        for _ in range(2):
            assert press.run(project, *options).code == 0
    exchange(*sorted(stamps.iterdir()))

    is_right(press, project, press.run(project, *PAGES))


SEVEN: tuple[Any, ...] = (1, "two", [3], {}, None, b"six", 7.0)


@pytest.mark.parametrize("held", [None, 9, (), SEVEN, ({},) * 7, (None,) * 7, {"version": 9}], ids=repr)
def test_a_stamp_of_another_version(desk: Desk, press: Press, held: Any) -> None:
    """Whole by its digest, but not what this version keeps: no stamp."""
    for stamp in (desk.project.root / ".cache/stamps").iterdir():
        data = marshal.dumps(held)
        stamp.write_bytes(hashlib.sha256(data).digest() + data)
    desk.publish((2024, 11, 1))

    is_right(press, desk.project, press.run(desk.project, *PAGES))


def test_a_cache_of_another_project(desk: Desk, press: Press, tmp_path: Path) -> None:
    """Copied over from one with other issues of the same names, other words, other templates; its site too."""
    (tmp_path / "other").mkdir()
    other = Desk(new_project(tmp_path / "other"), seed=9)
    other.append("templates/pages/about.html", "\n{# another #}\n")
    other.append("editorial/words.txt", "海防云哨\n")
    for _ in range(2):
        assert press.run(other.project, *PAGES).code == 0
    for name in (".cache", "public"):
        shutil.rmtree(desk.project.root / name)
        shutil.copytree(other.project.root / name, desk.project.root / name)

    is_right(press, desk.project, press.run(desk.project, *PAGES))


def test_a_project_that_is_moved_or_copied(desk: Desk, press: Press, tmp_path: Path) -> None:
    """Everything with it, cache and site: another folder, the same bytes; an edit is noticed there."""
    moved = Project(tmp_path / "moved")
    shutil.copytree(desk.project.root, moved.root)
    is_right(press, moved, press.run(moved, *PAGES))
    moved.write("issues/2024-01.md", (moved.root / "issues/2024-01.md").read_text(encoding="utf-8").replace("检查", "核查"))
    is_right(press, moved, press.run(moved, *PAGES))

    assert "核查".encode() in moved.site()["issues/2024-01/index.html"]


# One of many.


def many(project: Project, count: int) -> list[Path]:
    """So many small issues, three a month, newest first."""
    made = []
    for n in range(count):
        year, number = 2024 - n // 36, 36 - n % 36
        date = f"{year}-{(number + 2) // 3:02}-{(number + 2) % 3 * 10 + 5:02}"
        text = GOOD.replace("number: 3", f"number: {number}").replace("2024-03-15", date)
        made.append(project.write(f"issues/{year}-{number:02}.md", text))
    return made


def one_broken(project: Project, press: Press, count: int) -> None:
    """One issue among many is broken, then mended as it was, then mended with another text."""
    files = many(project, count)
    assert press.run(project, *PAGES).code == 0
    press.run(project, *PAGES)
    broken = files[count // 3]
    text = broken.read_text(encoding="utf-8")
    site, stood = project.site(), looks(project.out)
    broken.write_text(text.replace("date:", "daet:"), encoding="utf-8")
    name = f"issues/{broken.name}"
    for _ in range(2):
        failed = press.run(project, *PAGES, "--format", "json")
        told = json.loads(failed.said)
        faults = [one for one in told["diagnostics"] if one["severity"] == "error"]

        assert failed.code == 1
        assert {one["file"] for one in faults} == {name}, faults
        assert 3 in {one["line"] for one in faults}, faults
        assert "written" not in told
        assert looks(project.out) == stood
    said = press.run(project, *PAGES).said
    assert f"{name} 第 3 行" in said, said
    assert "没有写出任何内容，网站保持上一次的样子。" in said, said

    broken.write_text(text, encoding="utf-8")
    mended = json.loads(press.run(project, *PAGES, "--format", "json").said)["written"]
    assert (mended["created"], mended["changed"], mended["removed"]) == ([], [], [])
    assert looks(project.out) == stood

    broken.write_text(text.replace("手册200余份", "手册300余份"), encoding="utf-8")
    wrote = json.loads(press.run(project, *PAGES, "--format", "json").said)["written"]
    stem = broken.stem
    assert (wrote["created"], wrote["removed"]) == ([], [])
    assert wrote["changed"]
    assert {path for path in wrote["changed"] if path.startswith("issues/")} <= {
        path for path in site if path.startswith(f"issues/{stem}/")
    }
    assert len(wrote["changed"]) <= 8, wrote
    is_right(press, project, press.run(project, *PAGES))


def test_one_broken_issue_of_three_hundred(project: Project, press: Press) -> None:
    """Its file and line are named, the site stays; mended, only what shows it is written."""
    one_broken(project, press, 300)


@pytest.mark.long
def test_one_broken_issue_of_many(project: Project, press: Press) -> None:
    """The same of two thousand four hundred."""
    one_broken(project, press, 2_400)


def test_all_issues_broken_but_one(project: Project, press: Press) -> None:
    """Every fault is said in one run, and what was kept of the sound one is of no harm."""
    files = many(project, 24)
    assert press.run(project, *PAGES).code == 0
    site = project.site()
    texts = [file.read_text(encoding="utf-8") for file in files]
    for file, text in zip(files[1:], texts[1:], strict=True):
        file.write_text(text.replace("date:", "daet:"), encoding="utf-8")
    failed = press.run(project, *PAGES, "--format", "json")
    named = {one["file"] for one in json.loads(failed.said)["diagnostics"] if one["severity"] == "error"}

    assert failed.code == 1
    assert named == {f"issues/{file.name}" for file in files[1:]}
    assert project.site() == site
    for file, text in zip(files, texts, strict=True):
        file.write_text(text, encoding="utf-8")
    is_right(press, project, press.run(project, *PAGES))
    assert project.site() == site
