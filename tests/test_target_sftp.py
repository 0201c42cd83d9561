"""Publishing over SFTP to Debian's OpenSSH server: what crosses the line, what readers see when anything breaks, who is let in."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import subprocess
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
import shipping
from servers import nginx
from shipping import Place, Sshd, cut, edited, laid, named, seen, site, whole

from guodong_site.publishing.remote import line, lock
from guodong_site.publishing.remote.abreast import each
from guodong_site.publishing.target import LackingError, TargetError
from guodong_site.publishing.targets import sftp

A = site(1)
B = edited(A, 2)
C = edited(B, 3)


@pytest.fixture(autouse=True)
def _alone() -> Iterator[None]:
    """The browser of other tests keeps an event loop at work in this thread: out of sight, as in a command, while we have ours."""
    held = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(held)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sshd]:
    """An account with a shell, as on most servers."""
    with shipping.sshd(tmp_path_factory.mktemp("shell")) as running:
        yield running


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sshd]:
    """An account held to sftp, as an office's security demands."""
    with shipping.sshd(tmp_path_factory.mktemp("plain"), shipping.SFTP_ONLY) as running:
        yield running


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The three sites as folders."""
    folder = tmp_path_factory.mktemp("sites")
    return {name: laid(folder / name, made) for name, made in (("a", A), ("b", B), ("c", C))}


def at(place: Place) -> Path:
    """What readers are shown."""
    return Path(place.options["path"]) / "current"


def fault(place: Place, folder: Path) -> TargetError:
    """What is said where it cannot be published."""
    with pytest.raises(TargetError) as caught:
        place.publish(folder, A)
    return caught.value


def new_bytes(old: shipping.Site, new: shipping.Site) -> int:
    """What really changed between two published sites: contents that were not there, and the release's own files."""
    contents = {data for path, data in new.items() if old.get(path) != data}
    return sum(map(len, contents)) + sum(map(len, shipping.own(shipping.released(new, shipping.released(old))).values()))


def test_published_again_edited_and_back(server: Sshd, sites: dict[str, Path], tmp_path: Path) -> None:
    """Nothing is sent twice, of an edit only what changed, and the release before can be had back; folders become files and back."""
    place = server.place(sftp.TARGET, tmp_path / "www")
    before = place.standing()
    first = place.publish(sites["a"], A)
    shown = [seen(at(place)) == whole(A)]
    again = place.publish(sites["a"], A)
    edit = place.publish(sites["b"], B)
    shown.append(seen(at(place)) == whole(B, A))
    third = place.publish(sites["c"], C)
    shown.append(seen(at(place)) == whole(C, B))
    back = named(place.rollback())
    shown.append(seen(at(place)) == whole(B, A))

    assert before is None
    assert shown == [True] * 4
    assert first.bytes == sum(map(len, {*whole(A).values()}))  # one content once
    assert (again.bytes, again.files) == (0, 0)
    assert edit.bytes <= 1.2 * new_bytes(A, B)
    assert third.bytes <= 1.2 * new_bytes(B, C)
    assert (edit.linked, edit.notes) == (len([path for path in A if B.get(path) == A[path]]), ())
    assert back == shipping.released(B).id
    assert place.ticks[-1] == (1, 1)
    assert not list((tmp_path / "www/.guodong").iterdir())


KINDS = {
    "sftp only": (shipping.SFTP_ONLY, ["读回来校验"]),
    "no links": (shipping.NO_LINKS, ["不能建硬链接，没有变的 28 个文件由它自己复制，多占磁盘 90.1 KB", "读回来校验"]),
    "no copies": (shipping.NO_COPIES, ["没有变的 28 个文件（90.1 KB）也重新传了", "读回来校验"]),
    "no symlinks": (shipping.NO_SYMLINKS, ["也重新传了", "读回来校验", "不能建符号链接"]),
}


@pytest.mark.parametrize("kind", KINDS)
def test_servers_that_offer_less(kind: str, sites: dict[str, Path], tmp_path: Path) -> None:
    """What a server does not offer is done otherwise, and the operator is told what that costs; the way back is there."""
    said, notes = KINDS[kind]
    with shipping.sshd(tmp_path / "ssh", said) as running:
        place = running.place(sftp.TARGET, tmp_path / "www")
        place.publish(sites["a"], A)
        edit = place.publish(sites["b"], B)
        shown = seen(at(place))
        place.rollback()
        back = seen(at(place))
        place.publish(sites["c"], C)

    assert shown == whole(B, A)
    assert back == whole(A)
    assert seen(at(place)) == whole(C, A)
    assert at(place).is_symlink() == (kind != "no symlinks")
    assert [note for wanted, note in zip(notes, edit.notes, strict=True) if wanted not in note] == []
    if kind in ("sftp only", "no links"):
        assert edit.bytes <= 1.2 * new_bytes(A, B)


def test_only_the_releases_asked_for_stay(server: Sshd, sites: dict[str, Path], tmp_path: Path) -> None:
    """Old releases go when the new one stands; the one readers see and the one before it always stay."""
    place = server.place(sftp.TARGET, tmp_path / "www").but(keep="2")
    for name, made in (("a", A), ("b", B), ("c", C), ("a", A)):
        place.publish(sites[name], made)

    stay = sorted(path.name for path in (tmp_path / "www/releases").iterdir() if not path.is_symlink())
    assert stay == [f"000003-{shipping.released(C).id}", f"000004-{shipping.released(A).id}"]
    assert at(place).resolve().name == stay[-1]
    assert (tmp_path / "www/releases/previous").resolve().name == stay[0]


def test_a_way_back_that_is_not_there(server: Sshd, sites: dict[str, Path], tmp_path: Path) -> None:
    """Who asks for the release before the first is told so, and nothing changes."""
    place = server.place(sftp.TARGET, tmp_path / "www")
    with pytest.raises(TargetError, match="还没有发布过"):
        place.rollback()
    place.publish(sites["a"], A)
    with pytest.raises(TargetError, match="退不回去"):
        place.rollback()

    assert seen(at(place)) == whole(A)


def cuts(running: Sshd, sites: dict[str, Path], folder: Path, seeds: range, *, symlinks: bool = True) -> list[int]:
    """Kills the client or the server's side at a random moment; the seeds whose run was still at work then."""
    hit = []
    folder.mkdir()
    for seed in seeds:
        chance = random.Random(seed)
        place = running.place(sftp.TARGET, folder / f"www{seed}")
        place.publish(sites["a"], A)
        after = chance.uniform(0.02, 0.5)
        if chance.random() < 0.5:
            alive = cut(partial(place.publish, sites["b"], B), after)
        else:
            alive = _cut_there(running, place, sites["b"], after)
        shown = seen(at(place))
        whole_site = shown in (whole(A), whole(B, A)) or (shown is None and not symlinks)
        assert whole_site, seed
        manifest = place.standing()
        assert manifest is not None
        assert named(manifest) in (shipping.released(A).id, shipping.released(B).id), seed
        place.publish(sites["b"], B)
        assert seen(at(place)) == whole(B, A), seed
        assert [path.name for path in (folder / f"www{seed}/.guodong").iterdir() if path.name != "switch.json"] == [], seed
        hit += [seed] * alive
    return hit


def _cut_there(running: Sshd, place: Place, folder: Path, after: float) -> bool:
    """The server's processes for this connection are killed; whether the client noticed."""
    killer = threading.Timer(after, running.cut)
    killer.start()
    said = []
    try:
        place.publish(folder, B)
    except TargetError as broken:
        said.append(broken)
    finally:
        killer.cancel()
        killer.join()
    assert [str(broken) for broken in said if not broken.passing] == []
    return bool(said)


def test_cut_at_random_moments(server: Sshd, plain: Sshd, sites: dict[str, Path], tmp_path: Path) -> None:
    """Client or server killed: readers have the old site or the new one, whole, and the next run completes it."""
    assert cuts(server, sites, tmp_path / "shell", range(6)) + cuts(plain, sites, tmp_path / "plain", range(6, 12))


@pytest.mark.long
def test_cut_at_a_hundred_random_moments(server: Sshd, plain: Sshd, sites: dict[str, Path], tmp_path: Path) -> None:
    """The same, for a hundred seeds and servers that offer less; without symbolic links there may be no site between two renames."""
    assert len(cuts(server, sites, tmp_path / "shell", range(100, 140))) > 15
    assert len(cuts(plain, sites, tmp_path / "plain", range(140, 170))) > 10
    for number, said in enumerate((shipping.NO_COPIES, shipping.NO_SYMLINKS)):
        with shipping.sshd(tmp_path / f"ssh{number}", said) as running:
            seeds = range(170 + 20 * number, 190 + 20 * number)
            assert len(cuts(running, sites, tmp_path / f"less{number}", seeds, symlinks=number == 0)) > 5


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_a_switch_of_two_renames_is_completed(steps: int, plain: Sshd, sites: dict[str, Path], tmp_path: Path) -> None:
    """Without symbolic links a cut between the renames leaves no site: `standing` says what is meant, the next run completes it."""
    place, www = plain.place(sftp.TARGET, tmp_path / "www"), tmp_path / "www"
    place.publish(sites["a"], A)
    place.publish(sites["b"], B)
    names = sorted(path.name for path in (www / "releases").iterdir() if not path.is_symlink())
    (www / "current").unlink()
    if steps == 0:
        (www / "releases" / names[0]).rename(www / "current")
    if steps == 2:
        (www / "releases" / names[1]).rename(www / "current")
    (www / ".guodong/switch.json").write_text(json.dumps({"from": names[0], "to": names[1]}))
    stands = place.standing()
    place.publish(sites["c"], C)

    assert stands is not None
    assert named(stands) == shipping.released(A if steps == 0 else B).id
    assert seen(www / "current") == whole(C, A if steps == 0 else B)


def test_a_cut_run_is_gone_on_with(server: Sshd, sites: dict[str, Path], tmp_path: Path) -> None:
    """What an earlier run brought is not sent again, whatever else was edited since; what it brought half is."""
    place = server.place(sftp.TARGET, tmp_path / "www")
    incoming = tmp_path / "www/.guodong/incoming"
    incoming.mkdir(parents=True)
    files = shipping.released(A).files
    for file in files[:20]:
        (incoming / file.sha256).write_bytes(A[file.path])
    (incoming / (files[20].sha256 + ".part")).write_bytes(A[files[20].path][:-1])
    sent = place.publish(sites["a"], A)

    there = {file.sha256 for file in files[:20]}
    assert sent.resumed == len(there)
    assert sent.bytes == sum(len(data) for data in {*whole(A).values()}) - sum(
        len(data) for data in {A[file.path] for file in files[:20]}
    )
    assert seen(at(place)) == whole(A)


@pytest.mark.parametrize("kind", ["shell", "plain"])
def test_what_was_damaged_there_is_found(kind: str, server: Sshd, plain: Sshd, sites: dict[str, Path], tmp_path: Path) -> None:
    """A file that waits with the right size and another content, one that is gone from the standing release: sent anew, and said."""
    place = (server if kind == "shell" else plain).place(sftp.TARGET, tmp_path / "www")
    place.publish(sites["a"], A)
    incoming = tmp_path / "www/.guodong/incoming"
    incoming.mkdir(parents=True)
    file = next(file for file in shipping.released(B).files if file.path not in A and file.size)
    (incoming / file.sha256).write_bytes(b"?" * file.size)
    kept = next(path for path in sorted(B) if A.get(path) == B[path] and B[path])
    (at(place) / kept).unlink()
    sent = place.publish(sites["b"], B)

    assert seen(at(place)) == whole(B, A)
    assert any("与本地的不一样，已重新传过" in note for note in sent.notes)


def test_a_file_that_changes_under_our_hands(server: Sshd, sites: dict[str, Path], tmp_path: Path) -> None:
    """What is not the file the release names does not go out."""
    place = server.place(sftp.TARGET, tmp_path / "www")
    place.publish(sites["a"], A)
    folder = laid(tmp_path / "changed", B)
    (folder / "index.html").write_bytes(b"?" * len(B["index.html"]))
    with pytest.raises(TargetError, match="在发布时被改动了"):
        place.publish(folder, B)

    assert seen(at(place)) == whole(A)


def test_who_the_server_is(server: Sshd, sites: dict[str, Path], tmp_path: Path) -> None:
    """An unknown host key and a changed one are refused, each in a sentence with the fingerprint; nothing is learnt silently."""
    place = server.place(sftp.TARGET, tmp_path / "www")
    empty = tmp_path / "known"
    unknown = [str(fault(place.but(known_hosts=str(empty)), sites["a"]))]
    empty.write_text("")
    unknown.append(str(fault(place.but(known_hosts=str(empty)), sites["a"])))
    other = (server.folder / "other_host.pub").read_text().split()[:2]
    empty.write_text(f"[127.0.0.1]:{server.port} {' '.join(other)}\n")
    changed = fault(place.but(known_hosts=str(empty)), sites["a"])
    kind = tmp_path / "rsa"
    subprocess.run(["ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-f", kind], check=True)
    empty.write_text(f"[127.0.0.1]:{server.port} {(tmp_path / 'rsa.pub').read_text()}")
    other_kind = fault(place.but(known_hosts=str(empty)), sites["a"])
    empty.write_text("@nobody x y z\n")
    nonsense = str(fault(place.but(known_hosts=str(empty)), sites["a"]))

    shown = subprocess.run(
        ["ssh-keygen", "-l", "-f", server.folder / "host.pub"], capture_output=True, text=True, check=True
    ).stdout.split()[1]
    assert [("还不认识" in said, shown in said) for said in unknown] == [(True, True)] * 2
    assert ["主机密钥变了" in str(one) and shown in str(one) and not one.passing for one in (changed, other_kind)] == [True] * 2
    assert "格式不对" in nonsense
    assert not (tmp_path / "www").exists()


def test_who_we_are(server: Sshd, sites: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that is not registered, one that is none, one that is away, one with a passphrase; the key's path from the environment."""
    place = server.place(sftp.TARGET, tmp_path / "www")
    (tmp_path / "none").write_text("no key")
    stranger = fault(place.but(key=str(server.folder / "stranger")), sites["a"])
    none = str(fault(place.but(key=str(tmp_path / "none")), sites["a"]))
    away = str(fault(place.but(key="away"), sites["a"]))
    locked = tmp_path / "locked"
    subprocess.run(["ssh-keygen", "-q", "-t", "rsa", "-m", "PEM", "-N", "秘密 口令", "-f", locked], check=True)
    with (server.folder / "authorized").open("ab") as keys:
        keys.write((tmp_path / "locked.pub").read_bytes())
    shut = str(fault(place.but(key=str(locked)), sites["a"]))
    monkeypatch.setenv("GUODONG_SFTP_PASSPHRASE", "秘密 口令")
    monkeypatch.setenv("GUODONG_SFTP_KEY", str(locked))
    options = {name: value for name, value in place.options.items() if name != "key"}
    standing = [Place(sftp.TARGET, options, tmp_path).standing()]
    subprocess.run(["ssh-keygen", "-q", "-p", "-P", "秘密 口令", "-N", "秘密 口令", "-f", locked], check=True)
    ours = locked.read_text().splitlines()[0]
    standing.append(Place(sftp.TARGET, options, tmp_path).standing())
    monkeypatch.setattr("asyncssh.public_key._bcrypt_available", False)
    lacking = fault(place.but(key=str(locked)), sites["a"])

    assert "不让用户" in str(stranger)
    assert not stranger.passing
    assert "读不出密钥" in none
    assert "打不开密钥文件" in away
    assert "口令不对" in shut
    assert ours == "-----BEGIN OPENSSH PRIVATE KEY-----"  # what ssh-keygen writes today
    assert standing == [None, None]
    assert isinstance(lacking, LackingError)
    assert "pip install bcrypt" in lacking.hint


def test_a_server_that_is_not_there(server: Sshd, sites: dict[str, Path], tmp_path: Path) -> None:
    """Refused, unknown by name, silent, no SSH: one sentence each; what may pass says so."""
    place = server.place(sftp.TARGET, tmp_path / "www")
    refused = fault(place.but(port=str(shipping.free_port())), sites["a"])
    nameless = fault(place.but(host="no-such-host.invalid"), sites["a"])
    number = str(fault(place.but(port="ssh"), sites["a"]))
    parentless = fault(place.but(path=str(tmp_path / "no/such/folder")), sites["a"])

    assert ("连不上服务器" in str(refused), refused.passing) == (True, True)
    assert ("找不到服务器" in str(nameless), nameless.passing) == (True, False)
    assert "port 应是 1 到 65535 的数" in number
    assert "没有这个文件或文件夹" in str(parentless)


def test_a_server_that_falls_silent(
    server: Sshd, sites: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that answers nothing more is left after a while, and readers keep their site."""
    place = server.place(sftp.TARGET, tmp_path / "www")
    place.publish(sites["a"], A)
    monkeypatch.setattr(line, "PATIENCE", 1.5)
    stopped: list[int] = []

    def stop(done: int, total: int) -> None:
        del total
        if done and not stopped:
            for pid in shipping.below(server.process.pid):
                os.kill(pid, signal.SIGSTOP)
                stopped.append(pid)

    with pytest.raises(TargetError, match="没有应答") as caught, place.open() as target:
        target.send(shipping.shipped(sites["b"], B, target.standing()), stop)
    for pid in stopped:
        os.kill(pid, signal.SIGKILL)

    assert caught.value.passing
    assert seen(at(place)) == whole(A)


def test_a_folder_we_may_not_write(sites: dict[str, Path], tmp_path: Path) -> None:
    """A server that takes nothing says so in one sentence; a folder that is somebody else's site is not touched."""
    with shipping.sshd(tmp_path / "ssh", "Subsystem sftp internal-sftp -R\nForceCommand internal-sftp -R") as running:
        (tmp_path / "www").mkdir()
        refused = fault(running.place(sftp.TARGET, tmp_path / "www"), sites["a"])
    (tmp_path / "www/current").mkdir()
    (tmp_path / "www/current/index.html").write_text("a site of other people")
    with shipping.sshd(tmp_path / "ssh2") as running:
        foreign = fault(running.place(sftp.TARGET, tmp_path / "www"), sites["a"])

    assert "没有权限" in str(refused)
    assert "管理员" in refused.hint
    assert "不是由本程序发布的" in str(foreign)
    assert [path.name for path in (tmp_path / "www/current").iterdir()] == ["index.html"]


@pytest.mark.skipif(os.geteuid() != 0, reason="a small disk can be mounted by root alone")
def test_a_full_disk(server: Sshd, tmp_path: Path) -> None:
    """Too little room is said before anything is sent; room that goes meanwhile, when it has gone.  Readers keep their site."""
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", disk], check=True)
    try:
        place = server.place(sftp.TARGET, disk / "www")
        small, large = {"index.html": b"a"}, {"index.html": b"b", "large.bin": random.Random(1).randbytes(4_000_000)}
        place.publish(laid(tmp_path / "small", small), small)
        with pytest.raises(TargetError, match="磁盘不够") as early:
            place.publish(laid(tmp_path / "large", large), large)
        middle = {"index.html": b"c", **{f"{n}.bin": random.Random(n).randbytes(200_000) for n in range(10)}}
        filled: list[int] = []

        def fill(done: int, total: int) -> None:
            del total
            if done and not filled:
                filled.append(done)
                with suppress(OSError), (disk / "filling").open("wb", buffering=0) as file:
                    while True:
                        file.write(b"x" * 4096)

        folder = laid(tmp_path / "middle", middle)
        with pytest.raises(TargetError, match="磁盘满了") as late, place.open() as target:
            target.send(shipping.shipped(folder, middle, target.standing()), fill)
        shown = seen(at(place))
        (disk / "filling").unlink()
        sent = place.publish(folder, middle)

        assert [caught.value.passing for caught in (early, late)] == [False, False]
        assert shown == whole(small)
        assert seen(at(place)) == whole(middle, small)
        assert sent.bytes <= 1.2 * new_bytes(small, middle)
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


def test_two_at_once(server: Sshd, sites: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While one publishes the other is told who; a lock that its owner left is taken over, whatever any clock says."""
    monkeypatch.setattr(lock, "BEAT", 0.1)
    monkeypatch.setattr(lock, "STALE", 1.0)
    place = server.place(sftp.TARGET, tmp_path / "www")
    place.publish(sites["a"], A)
    folder = tmp_path / "www/.guodong/lock"
    folder.mkdir()
    beating = threading.Event()

    def beat() -> None:
        count = 0
        while not beating.wait(0.05):
            count += 1
            (folder / "new").write_text(json.dumps({"turn": "x", "beat": count, "host": "另一台"}))
            (folder / "new").replace(folder / "owner.json")

    other = threading.Thread(target=beat)
    other.start()
    busy = fault_of(place, sites["b"])
    beating.set()
    other.join()
    os.utime(folder / "owner.json", (2**33, 2**33))  # the server's clock is centuries ahead
    started = time.monotonic()
    place.publish(sites["b"], B)
    waited = time.monotonic() - started

    assert "另一台 正在向这里发布" in busy
    assert waited >= 1.0
    assert seen(at(place)) == whole(B, A)


def fault_of(place: Place, folder: Path) -> str:
    """What is said of the second release."""
    with pytest.raises(TargetError) as caught:
        place.publish(folder, B)
    return str(caught.value)


def test_a_lock_with_no_word_in_it(
    server: Sshd, sites: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who was killed between making the lock and signing it, or by a full disk, keeps nobody out."""
    monkeypatch.setattr(lock, "STALE", 0.3)
    place = server.place(sftp.TARGET, tmp_path / "www")
    (tmp_path / "www/.guodong/lock").mkdir(parents=True)
    place.publish(sites["a"], A)
    (tmp_path / "www/.guodong/lock").mkdir()
    (tmp_path / "www/.guodong/lock/owner.json").write_bytes(b"\0\0")
    place.publish(sites["b"], B)

    assert seen(at(place)) == whole(B, A)


def test_who_was_taken_for_dead_stops(server: Sshd, sites: dict[str, Path], tmp_path: Path) -> None:
    """A publisher whose lock another took does not switch."""
    place = server.place(sftp.TARGET, tmp_path / "www")
    place.publish(sites["a"], A)

    def take(done: int, total: int) -> None:
        if done == total:
            (tmp_path / "www/.guodong/lock/owner.json").write_text('{"turn": "another"}')

    with pytest.raises(TargetError, match="接替"), place.open() as target:
        target.send(shipping.shipped(sites["b"], B, target.standing()), take)

    assert seen(at(place)) == whole(A)


def test_somebody_published_meanwhile(server: Sshd, sites: dict[str, Path], tmp_path: Path) -> None:
    """A delta that was made against another release than stands is not sent."""
    place = server.place(sftp.TARGET, tmp_path / "www")
    place.publish(sites["a"], A)
    with place.open() as target:
        stale = shipping.shipped(sites["c"], C, target.standing())
    place.publish(sites["b"], B)
    with pytest.raises(TargetError, match="刚刚被另一次发布换过"), place.open() as target:
        target.send(stale, lambda _done, _total: None)

    assert seen(at(place)) == whole(B, A)


def test_without_the_library(sites: dict[str, Path], tmp_path: Path, server: Sshd, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where asyncssh is missing one sentence says so, and how to get it."""
    monkeypatch.setattr(sftp, "find_spec", lambda _name: None)
    lacking = fault(server.place(sftp.TARGET, tmp_path / "www"), sites["a"])

    assert isinstance(lacking, LackingError)
    assert "pip install 'guodong-site[deploy]'" in lacking.hint


def test_what_the_shell_takes_literally() -> None:
    """No path is ever more than a path to the server's shell."""
    path = "a b'; echo $HOME `id` \"新\" \\ 'c"
    done = subprocess.run(["sh", "-c", f"printf %s {line.quoted(path)}"], capture_output=True, text=True, check=True)

    assert done.stdout == path


def test_several_at_the_same_time() -> None:
    """The first fault ends all, and is the one that is told."""

    async def work(number: int) -> None:
        await asyncio.sleep(0 if number == 3 else 10)
        if number == 3:
            message = "three"
            raise TargetError(message)

    with pytest.raises(TargetError, match="three"):
        asyncio.run(each(range(8), work))


def test_nginx_shows_what_stands(server: Sshd, sites: dict[str, Path], tmp_path: Path) -> None:
    """nginx before `current`: while releases come and go, every answer is of one of them, and none is missing."""
    place = server.place(sftp.TARGET, tmp_path / "www")
    place.publish(sites["a"], A)
    answers: list[bytes] = []
    done = threading.Event()

    def read(port: int) -> None:
        while not done.is_set():
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as answer:
                answers.append(answer.read())

    with nginx(tmp_path, at(place)) as port:
        reader = threading.Thread(target=read, args=(port,))
        reader.start()
        place.publish(sites["b"], B)
        place.rollback()
        done.set()
        reader.join()

    assert len(answers) > 10
    assert {A["index.html"], B["index.html"]} >= set(answers)
