"""`kind: folder`: versioned releases behind a link.  Killed, without space or rights, readers see the old release or the new one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from conftest import ROOT, Project, snapshot
from offices import commit, office, www
from servers import nginx
from shipments import PAGES, chance, drawn, opened, sent, standing
from test_rights import AS_CLERK, as_clerk

from guodong_site.publishing.target import TargetError
from guodong_site.publishing.targets.folder import Folder
from guodong_site.publishing.verifying import verify_folder

ALARMED, SLAIN = -14, -9


class Slayer:
    """Sends sites in a child that is killed on the way."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def send(
        self, place: Path, site: Path, *, step: int | None = None, seconds: float | None = None, back: bool = False
    ) -> tuple[int, int]:
        """How it ended and how many steps it took, if it came to an end."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([str(place), str(site), step, seconds, back]) + "\n")
        self._process.stdin.flush()
        code, steps = json.loads(self._process.stdout.readline())
        return code, steps


@pytest.fixture(scope="module")
def slayer() -> Iterator[Slayer]:
    with subprocess.Popen(
        [sys.executable, str(ROOT / "tests/slain.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        yield Slayer(process)
        assert process.stdin is not None
        process.stdin.close()


@pytest.fixture
def sites(tmp_path: Path) -> list[Path]:
    """Versions of one site."""
    return [drawn(tmp_path / f"site{version}", version) for version in range(4)]


def named(place: Path) -> list[str]:
    return sorted(p.name for p in (place / "releases").iterdir() if not p.is_symlink())


def test_releases_stand_side_by_side(tmp_path: Path, sites: list[Path]) -> None:
    """Each publication is a folder of its own, named upwards; what did not change is one file on the disk; five stay."""
    place = tmp_path / "www"
    first = sent(place, sites[0])
    second = sent(place, sites[1])
    same = Path("issues/2024-02/index.html")
    folders = [place / "releases" / name for name in named(place)]
    linked = len({(folder / same).stat().st_ino for folder in folders})
    for number in (2, 3, 0, 1, 2):
        sent(place, sites[number])

    assert (first.linked, second.linked, linked) == (0, PAGES // 2, 1)
    assert second.bytes < first.bytes * 0.7
    assert [name[:6] for name in named(place)] == [f"{n:06}" for n in range(3, 8)]
    assert {p: d for p, d in snapshot(place / "current").items() if p not in ("release.json", "SHA256SUMS")} == snapshot(
        sites[2]
    )
    assert list((place / "staging").iterdir()) == []
    assert verify_folder(place / "current").differences == ()


def test_the_way_back(tmp_path: Path, sites: list[Path]) -> None:
    """A roll-back shows the release before, twice the one before that; then there is none; the next release goes on from there."""
    place = tmp_path / "www"
    ids = []
    for number in (0, 1, 2):
        sent(place, sites[number])
        ids.append(standing(place))
    for expected in (ids[1], ids[0]):
        with opened(place) as target:
            target.rollback(lambda *_: None)
        assert standing(place) == expected
        assert verify_folder(place / "current").differences == ()
    with opened(place) as target, pytest.raises(TargetError, match="没有可以退回的"):
        target.rollback(lambda *_: None)
    again = sent(place, sites[2])  # what was rolled back lies there still
    with opened(place) as target:
        target.rollback(lambda *_: None)

    assert again.files == 2
    assert standing(place) == ids[0]


def test_a_touched_file_is_mended(tmp_path: Path, sites: list[Path]) -> None:
    """What somebody changed in the release that stands is not linked into the next, but brought anew; what he took away too."""
    place = tmp_path / "www"
    sent(place, sites[0])
    touched, lost = (place / f"current/issues/2024-{page}/index.html" for page in ("02", "04"))
    touched.write_text("改过", encoding="utf-8")
    lost.unlink()
    done = sent(place, sites[1])

    assert verify_folder(place / "current").differences == ()
    assert done.linked == PAGES // 2 - 2
    assert done.notes == (f"上一版里的 2 个文件不能硬链接，重新写了一遍（{2 * lost_size(sites[0])} 字节）",)


def lost_size(site: Path) -> int:
    return (site / "issues/2024-02/index.html").stat().st_size


def _survived(slayer: Slayer, place: Path, sites: list[Path], seeds: range) -> int:
    """Runs killed at a chosen step or moment; after each the site is whole, and the next run completes it."""
    code, steps = slayer.send(place, sites[0])
    assert code == 0
    slain = 0
    now = 0
    for seed in seeds:
        dice = chance(seed)
        wanted = dice.choice([n for n in range(len(sites)) if n != now])
        before, back = standing(place), seed % 7 == 3
        if seed % 3 == 2:
            code, _ = slayer.send(place, sites[wanted], seconds=dice.uniform(0.0005, 0.04), back=back)
        else:
            code, _ = slayer.send(place, sites[wanted], step=dice.randint(1, 40 if back else steps + 40), back=back)
        slain += code in (ALARMED, SLAIN)
        verdict = verify_folder(place / "current")  # what readers see now
        assert verdict.differences == (), (seed, verdict.differences)
        if back:
            now = next(
                n
                for n, site in enumerate(sites)
                if (site / "index.html").read_bytes() == (place / "current/index.html").read_bytes()
            )
            continue
        code, _ = slayer.send(place, sites[wanted])
        assert code == 0, seed
        home = (place / "current/index.html").read_bytes()
        assert home == (sites[wanted] / "index.html").read_bytes(), (seed, before)
        assert verify_folder(place / "current").differences == (), seed
        assert list((place / "staging").iterdir()) == [], seed
        now = wanted
    return slain


def test_killed_at_any_moment(slayer: Slayer, tmp_path: Path, sites: list[Path]) -> None:
    """Forty runs and roll-backs, killed at a seeded step on the disk (each rename, link, folder, file) or moment."""
    assert _survived(slayer, tmp_path / "www", sites, range(40)) > 20


@pytest.mark.long
def test_killed_a_thousand_times(slayer: Slayer, tmp_path: Path, sites: list[Path]) -> None:
    """The same, a thousand times."""
    assert _survived(slayer, tmp_path / "www", sites, range(1000, 2000)) > 500


def test_killed_at_every_step_of_the_switch(slayer: Slayer, tmp_path: Path, sites: list[Path]) -> None:
    """No step is left to chance: the last fifty of a publication, one after the other."""
    place = tmp_path / "www"
    _, first = slayer.send(place, sites[0])
    _, steps = slayer.send(place, sites[1])
    seen = set()
    for step in range(max(first, steps) - 50, steps + 1):
        shutil.rmtree(place)
        slayer.send(place, sites[0])
        old = standing(place)
        code, _ = slayer.send(place, sites[1], step=step)
        seen.add(standing(place) == old)

        assert code == SLAIN
        assert verify_folder(place / "current").differences == ()
    assert seen == {True, False}  # before and after the switch


def test_a_cut_run_is_gone_on_with(slayer: Slayer, tmp_path: Path, sites: list[Path]) -> None:
    """What an earlier run brought is not brought again."""
    place = tmp_path / "www"
    sent(place, sites[0])
    whole = PAGES // 2 + 2
    _, steps = slayer.send(tmp_path / "other", sites[1])
    slayer.send(place, sites[1], step=steps // 2)
    done = sent(place, sites[1])

    assert 0 < done.resumed < whole + 2
    assert done.files == whole + 1 - done.resumed + 2  # its own two are always written


def test_a_full_disk_leaves_the_old_release(tmp_path: Path) -> None:
    """No space: exit 5 and a Chinese sentence, readers see the old release; with space again the next run completes it."""
    small = tmp_path / "small"
    small.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(small)], check=True)
    try:
        old, new = drawn(tmp_path / "old", 1), drawn(tmp_path / "new", 2)
        (new / "film.bin").write_bytes(os.urandom(3_000_000))
        sent(small, old)
        before = standing(small)
        with pytest.raises(TargetError, match="目标文件夹：磁盘已满"):
            sent(small, new)
        assert standing(small) == before
        assert verify_folder(small / "current").differences == ()
        subprocess.run(["mount", "-o", "remount,size=9m", str(small)], check=True)
        done = sent(small, new)

        assert done.resumed > 0
        assert verify_folder(small / "current").differences == ()
    finally:
        subprocess.run(["umount", str(small)], check=True)


def test_a_disk_without_links(tmp_path: Path, sites: list[Path]) -> None:
    """Where the release before lies on a disk of another kind, all is written again, and what that cost is said."""
    place = tmp_path / "www"
    sent(place, sites[0])
    (name,) = named(place)
    other = tmp_path / "other"
    other.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(other)], check=True)
    try:
        shutil.move(place / "releases" / name, other)
        (place / "releases" / name).symlink_to(other / name)
        done = sent(place, sites[1])
    finally:
        subprocess.run(["umount", str(other)], check=True)

    assert done.linked == 0
    assert f"上一版里的 {PAGES // 2} 个文件不能硬链接" in done.notes[0]
    assert verify_folder(place / "current").differences == ()


def test_a_folder_without_rights(project: Project) -> None:
    """A clerk who may not write there: exit 5 and one sentence with the place; readers see the old release."""
    office(project)
    assert project.run("publish", "portal").code == 0
    commit(project)
    before = snapshot(www(project) / "current")
    project.write("issues/2024-03.md", (project.root / "issues/2024-03.md").read_text().replace("今年任务", "全年任务"))
    commit(project)
    folders = [www(project), www(project) / "releases", www(project) / "staging"]
    for folder in folders:
        folder.chmod(0o555)
    done = as_clerk(project, "publish", "portal")
    for folder in folders:
        folder.chmod(0o755)

    assert AS_CLERK or os.geteuid()
    assert (done.code, "目标文件夹：没有写入权限" in done.said) == (5, True), done.said
    assert snapshot(www(project) / "current") == before


def test_other_peoples_folder(tmp_path: Path, sites: list[Path]) -> None:
    """A folder that holds something else is not written into."""
    place = tmp_path / "home"
    place.mkdir()
    (place / "thesis.docx").write_bytes(b"x")

    with pytest.raises(TargetError, match="里已有别的文件（如“thesis"):
        sent(place, sites[0])
    assert [p.name for p in place.iterdir()] == ["thesis.docx"]


def readers_live(readers: list[threading.Thread]) -> bool:
    return all(reader.is_alive() for reader in readers)


def got(line: HTTPConnection, address: str) -> tuple[int, bytes]:
    """The status and the body of what stands at an address."""
    line.request("GET", address)
    answer = line.getresponse()
    return answer.status, answer.read()


def test_looks_are_opened_once(tmp_path: Path) -> None:
    """Four hundred switches under readers: the looks of the page just read are found, though they go between any two steps of nginx."""
    place = tmp_path / "www"
    folder = Folder(path=place)
    for number in range(3):
        looks = place / f"releases/{number}/assets/{number:012}/site.css"
        looks.parent.mkdir(parents=True)
        looks.write_bytes(b"x")
        (place / f"releases/{number}/index.html").write_text(f"/{looks.relative_to(place / f'releases/{number}')}")
    folder._switch("0")
    rounds = [0, 0, 0, 0]
    wrong: list[str] = []
    over = threading.Event()

    def reading(port: int, number: int) -> None:
        line = HTTPConnection("127.0.0.1", port, timeout=30)

        while not over.is_set():
            looks = got(line, "/")[1].decode()
            wrong.extend(looks for _ in range(3) if got(line, looks) != (200, b"x"))
            rounds[number] += 1
        line.close()

    with nginx(tmp_path, place / "current") as port:
        readers = [threading.Thread(target=reading, args=(port, number)) for number in range(len(rounds))]
        for reader in readers:
            reader.start()
        for turn in range(1, 401):
            folder._switch(str(turn % 3))
            seen = list(rounds)
            while readers_live(readers) and any(now < then + 2 for now, then in zip(rounds, seen, strict=True)):
                time.sleep(0.0003)
        over.set()
        for reader in readers:
            reader.join()

    assert wrong == []
    assert min(rounds) >= 800


def test_nginx_under_load_while_it_switches(tmp_path: Path, sites: list[Path]) -> None:
    """Hundreds of requests over two dozen switches: no error, no file of two releases, and looks of the page before are still found."""
    place = tmp_path / "www"
    sent(place, sites[0])
    whole = {site: snapshot(site) for site in sites}
    pages = {path: {held.get(path) for held in whole.values()} for path in whole[sites[0]] if path.startswith("issues/2024")}
    wrong: list[object] = []
    rounds = [0, 0, 0]
    over = threading.Event()

    def reading(port: int, seed: int) -> None:
        dice = chance(seed)
        line = HTTPConnection("127.0.0.1", port, timeout=30)

        while not over.is_set():
            status, home = got(line, "/")
            style = home.decode().split()[-1]
            looks, css = got(line, f"/{style}")
            path = dice.choice(list(pages))
            shown, page = got(line, f"/{path.removesuffix('index.html')}")
            rounds[seed] += 1
            if (
                (status, looks, shown) != (200, 200, 200)
                or page not in pages[path]
                or css.decode()[5] != home.decode().split()[2]
            ):
                wrong.append((status, style, looks, path, shown))
        line.close()

    with nginx(tmp_path, place / "current") as port:
        readers = [threading.Thread(target=reading, args=(port, seed)) for seed in range(3)]
        for reader in readers:
            reader.start()
        for turn in range(1, 25):
            sent(place, sites[turn % len(sites)])
            seen = list(rounds)
            while readers_live(readers) and any(
                now < then + 2 for now, then in zip(rounds, seen, strict=True)
            ):  # nobody is two releases behind
                time.sleep(0.001)
        over.set()
        for reader in readers:
            reader.join()

    assert wrong == []
    assert min(rounds) >= 48
