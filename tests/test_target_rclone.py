"""Publishing through rclone, to a WebDAV server that knows no hashes and to a store that does: the order, cut runs, the way back."""

from __future__ import annotations

import random
import re
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
import shipping
import stores
from browsers.install import RCLONE
from conftest import Project, snapshot
from offices import office
from shipping import Place, Site, cut, edited, laid, named, site, whole
from stores import Store

from guodong_site.publishing import carrier
from guodong_site.publishing.caching import FOREVER, NEVER, PAGE, cache_control
from guodong_site.publishing.order import waves
from guodong_site.publishing.target import LackingError, TargetError
from guodong_site.publishing.targets import rclone
from guodong_site.publishing.unfinished import Unfinished, told
from guodong_site.release import MANIFEST, between

A = site(1)
B = edited(A, 2)
C = edited(B, 3)


@pytest.fixture(autouse=True, scope="module")
def _no_bundle() -> Iterator[None]:
    """Where the environment names a bundle of certificates, Debian's rclone refuses every bucket: its affair, not ours."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("AWS_CA_BUNDLE", raising=False)
        yield


@pytest.fixture(
    scope="module", params=["dav", pytest.param("disk", marks=pytest.mark.long), pytest.param("s3", marks=pytest.mark.long)]
)
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A WebDAV server, which knows no hashes; rclone's local store, which does; a bucket, which has no folders."""
    with stores.STORES[request.param](tmp_path_factory.mktemp(request.param)) as found:
        yield found


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The three sites as folders."""
    folder = tmp_path_factory.mktemp("sites")
    return {name: laid(folder / name, made) for name, made in (("a", A), ("b", B), ("c", C))}


def cost(old: Site, new: Site) -> int:
    """The bytes of the files that really changed, and of the release's own."""
    changed = sum(len(data) for path, data in new.items() if old.get(path) != data)
    return changed + sum(map(len, shipping.own(shipping.released(new, shipping.released(old))).values()))


def test_published_again_edited_and_back(store: Store, sites: dict[str, Path]) -> None:
    """Nothing is sent twice, of an edit only what changed; the release before can be had back, and the one before that."""
    place = store.place("first")
    first = place.publish(sites["a"], A)
    shown = [store.seen("first") == whole(A)]
    again = place.publish(sites["a"], A)
    edit = place.publish(sites["b"], B)
    shown.append(store.seen("first") == whole(B, A))
    place.publish(sites["c"], C)
    shown.append(store.seen("first") == whole(C, B))
    back = named(place.rollback())
    shown.append(store.seen("first") == whole(B, A))
    place.rollback()
    shown.append(store.seen("first") == whole(A))
    with pytest.raises(TargetError, match="退不回去"):
        place.rollback()

    assert shown == [True] * 5
    assert first.bytes == sum(map(len, whole(A).values()))
    assert (again.bytes, again.files) == (0, 0)
    assert edit.bytes <= 1.2 * cost(A, B)
    assert back == shipping.released(B).id
    assert (
        [note for note in edit.notes if "读回来核对" in note]
        == list(edit.notes)
        == (["存储不给出文件的校验值，新传的文件读回来核对"] if store.name == "dav" else [])
    )
    assert [name for name in store.names("first") if name.startswith(".guodong")] == []


def test_a_bucket(sites: dict[str, Path], tmp_path: Path) -> None:
    """On object storage a reader gets each file with its kind's Cache-Control, after an edit and after the way back too."""
    with stores.bucket(tmp_path) as bucket:
        place = bucket.place("www")

        def odd(made: Site) -> list[str]:
            return [path for path in made if path.isascii() and bucket.kept(f"www/{path}") != cache_control(path)]

        first = place.publish(sites["a"], A)
        again = place.publish(sites["a"], A)
        edit = place.publish(sites["b"], B)
        shown, headers = bucket.seen("www"), odd(whole(B))
        back = named(place.rollback())
        was, turned = bucket.seen("www"), odd(whole(A))

    assert (first.bytes, again.files) == (sum(map(len, whole(A).values())), 0)
    assert edit.bytes <= 1.2 * cost(A, B)
    assert shown == whole(B, A)
    assert (back, was) == (shipping.released(A).id, whole(A))
    assert headers == turned == []
    assert {cache_control(path) for path in whole(A)} >= {FOREVER, NEVER, PAGE}


def killed(folder: Path, sites: dict[str, Path], seeds: range) -> list[TargetError]:
    """The server is killed at a random moment of an edit and comes back; what the operator was told, where anything broke."""
    told, store = [], stores.a_dav(folder)
    for seed in seeds:
        site_name = f"dead{seed}"
        with store.served():
            store.place(site_name).publish(sites["a"], A)
        with store.served() as server:
            threading.Timer(random.Random(seed).uniform(0.3, 3), server.kill).start()
            try:
                store.place(site_name).publish(sites["b"], B)
            except TargetError as fault:
                told.append(fault)
        with store.served():
            store.place(site_name).publish(sites["b"], B)
            shown = store.seen(site_name) or {}
        assert {**shown, MANIFEST: b""} == {**whole(B), MANIFEST: b""}, seed
    return told


def test_a_server_that_dies(sites: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its death passes, and says so; once it lives again the next run completes the cut one."""
    monkeypatch.setattr(carrier, "PATIENCE", 6)
    faults = killed(tmp_path, sites, range(2))

    assert faults
    assert all(fault.passing for fault in faults)


@pytest.mark.long
def test_a_server_that_dies_often(sites: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same, thirty times."""
    monkeypatch.setattr(carrier, "PATIENCE", 6)
    faults = killed(tmp_path, sites, range(100, 130))

    assert len(faults) > 10
    assert all(fault.passing for fault in faults)


def cuts(store: Store, sites: dict[str, Path], seeds: range) -> list[int]:
    """Kills the client at a random moment, rclone with it; the seeds whose run was still at work then."""
    hit = []
    for seed in seeds:
        place = store.place(f"cut{seed}")
        place.publish(sites["a"], A)
        hit += [seed] * cut(partial(place.publish, sites["b"], B), random.Random(seed).uniform(0.1, 4))
        standing = place.standing()
        assert standing is not None
        assert named(standing) in (shipping.released(A).id, shipping.released(B).id), seed
        goal, made = (sites["c"], C) if seed % 2 else (sites["b"], B)
        place.publish(goal, made)
        shown = store.seen(f"cut{seed}")
        assert shown is not None
        assert {path: data for path, data in shown.items() if path != MANIFEST} == {
            path: data for path, data in whole(made).items() if path != MANIFEST
        }, seed
        assert ".guodong/publishing.json" not in store.names(f"cut{seed}")
    return hit


def test_cut_at_random_moments(store: Store, sites: dict[str, Path]) -> None:
    """The next run completes a cut one, of the same edit or of the next."""
    assert cuts(store, sites, range(2))


@pytest.mark.long
def test_cut_at_many_random_moments(store: Store, sites: dict[str, Path]) -> None:
    """The same, fifty times a store."""
    assert len(cuts(store, sites, range(100, 150))) > 20


def stepwise(folder: Path, steps: int) -> str:
    """A program that is rclone so many times, and then breaks."""
    program = folder / f"rclone-{steps}"
    counter = folder / f"count-{steps}"
    program.write_text(
        f"#!/bin/sh\nn=$(cat {counter} 2>/dev/null || echo 0)\necho $((n+1)) > {counter}\n"
        f'[ "$n" -ge {steps} ] && {{ echo "dial tcp: connection reset" >&2; exit 1; }}\nexec {RCLONE.found()} "$@"\n'
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return str(program)


def linked(number: int, extra: str = "") -> Site:
    """A site whose home leads to an issue, that to its pages, and each page to a style sheet and picture of its own."""
    made: Site = {}
    for issue in range(number):
        made[f"i{issue}/index.html"] = f'<a href="/i{issue}/1/"></a><a href="/"></a>{extra}'.encode()
        made[f"i{issue}/1/index.html"] = f'<a href="/i{issue}/"></a><img src="/i{issue}/1.jpg">'.encode()
        made[f"i{issue}/1.jpg"] = f"picture {issue}".encode()
    style = f"assets/{number:08x}/site.css"
    made[style] = b"a {}"
    links = "".join(f'<a href="/i{issue}/"></a>' for issue in range(number))
    made["index.html"] = f'<link href="/{style}">{links}'.encode()
    made["feed.xml"] = links.encode()
    return made


def dead(shown: Site) -> list[str]:
    """The links to nothing on all pages that a reader can reach from the home page."""
    waiting, known, missing = ["index.html"], {"index.html"}, []
    while waiting:
        path = waiting.pop()
        if path not in shown:
            missing.append(path)
            continue
        if path.endswith(".html"):
            for link in re.findall(r'(?:href|src)="/([^"]*)"', shown[path].decode()):
                goal = link + "index.html" if link == "" or link.endswith("/") else link
                if goal not in known:
                    known.add(goal)
                    waiting.append(goal)
    return missing


def test_no_page_leads_to_what_is_not_there(store: Store, tmp_path: Path) -> None:
    """Broken off after any step, of an edit that adds and removes issues, no page a reader is led to has a dead link; then completed."""
    old, new = linked(3), {path: data for path, data in linked(5, "!").items() if not path.startswith("i0/")}
    new["index.html"] = new["index.html"].replace(b'<a href="/i0/"></a>', b"")
    before, after = laid(tmp_path / "old", old), laid(tmp_path / "new", new)
    place = store.place("order")
    place.publish(before, old)
    seen_dead, broken = [], 0
    for steps in (8, 10, 12, 14, 99):  # rclone is started about twenty times a run
        try:
            place.but(program=stepwise(tmp_path, steps)).publish(after, new)
        except TargetError as fault:
            seen_dead += dead(store.seen("order") or {})
            broken += fault.passing
        else:
            break

    assert seen_dead == []
    assert broken >= 3
    assert store.seen("order") == whole(new, old)


def test_the_order() -> None:
    """What pages need, new pages, changed ones, then what lists them."""
    old, new = linked(2), linked(3, "!")
    delta = between(shipping.released(old), shipping.released(new))

    assert [[file.path for file in wave] for wave in waves(delta)] == [
        ["assets/00000003/site.css", "i2/1.jpg"],
        ["i2/1/index.html", "i2/index.html"],
        ["i0/index.html", "i1/index.html"],
        ["feed.xml", "index.html"],
    ]


def test_without_a_backup(store: Store, sites: dict[str, Path]) -> None:
    """Where no backup is named the operator is told that there is no way back, and what to do instead."""
    place = store.place("bare")
    place = Place(place.kind, {name: said for name, said in place.options.items() if name != "backup"}, place.root)
    place.publish(sites["a"], A)
    sent = place.publish(sites["b"], B)
    with pytest.raises(TargetError, match="退不回去") as caught:
        place.rollback()

    assert any("没有写 backup" in note for note in sent.notes)
    assert "Git" in caught.value.hint


def test_somebody_published_meanwhile(store: Store, sites: dict[str, Path]) -> None:
    """A delta that was made against another release than stands is not sent."""
    place = store.place("race")
    place.publish(sites["a"], A)
    stale = shipping.shipped(sites["c"], C, place.standing())
    place.publish(sites["b"], B)
    with pytest.raises(TargetError, match="刚刚被另一次发布换过"), place.open() as target:
        target.send(stale, lambda _done, _total: None)

    assert store.seen("race") == whole(B, A)


def said(options: dict[str, str], root: Path) -> TargetError:
    """What is said of a target that cannot be asked."""
    with pytest.raises(TargetError) as caught:
        Place(rclone.TARGET, options, root).standing()
    return caught.value


def test_what_cannot_be_reached(tmp_path: Path) -> None:
    """No program, no configuration, no such store, nobody there, a remote that is none: one sentence each."""
    conf = tmp_path / "rclone.conf"
    conf.write_text(f"[dav]\ntype = webdav\nurl = http://127.0.0.1:{shipping.free_port()}\nvendor = other\n")
    program = said({"remote": "dav:x", "program": "no-rclone-here"}, tmp_path)
    config = said({"remote": "dav:x", "config": "away.conf"}, tmp_path)
    unknown = said({"remote": "oss:x", "config": "rclone.conf"}, tmp_path)
    nobody = said({"remote": "dav:x", "config": "rclone.conf"}, tmp_path)
    none = said({"remote": "x", "config": "rclone.conf"}, tmp_path)
    keep = said({"remote": "dav:x", "config": "rclone.conf", "keep": "all"}, tmp_path)

    assert isinstance(program, LackingError)
    assert "apt-get install -y rclone" in program.hint
    assert "没有 rclone 的配置文件" in str(config)
    assert ("没有这个存储" in str(unknown), unknown.passing) == (True, False)
    assert ("连接断了" in str(nobody), nobody.passing) == (True, True)
    assert "存储名:文件夹" in str(none)
    assert "keep 应是" in str(keep)


def test_a_password_that_is_wrong(tmp_path: Path, sites: dict[str, Path]) -> None:
    """A store that lets us not in, or takes nothing, is told apart from a lost connection."""
    port = shipping.free_port()
    folder = tmp_path / "store"
    folder.mkdir()
    conf = tmp_path / "rclone.conf"
    conf.write_text(f"[dav]\ntype = webdav\nurl = http://127.0.0.1:{port}\nvendor = other\n")
    command = [
        RCLONE.found(),
        "serve",
        "webdav",
        str(folder),
        f"--addr=127.0.0.1:{port}",
        "--user=u",
        "--pass=p",
        f"--config={conf}",
    ]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as running:
        shipping.answering(port)
        with pytest.raises(TargetError, match="不让写入或登录") as caught:
            Place(rclone.TARGET, {"remote": "dav:x", "config": str(conf)}, tmp_path).publish(sites["a"], A)
        running.terminate()

    assert not caught.value.passing


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system does not end rclone with us")
def test_rclone_ends_with_us(tmp_path: Path) -> None:
    """Killed outright, we leave no rclone behind that goes on writing under the next run's hands."""
    pid = tmp_path / "pid"
    program = tmp_path / "rclone"
    program.write_text(f"#!/bin/sh\necho $$ > {pid}\nexec sleep 60\n")
    program.chmod(0o755)
    place = Place(rclone.TARGET, {"remote": "x:y", "program": str(program)}, tmp_path)

    assert cut(place.standing, 1.5)
    for _ in range(100):
        if not Path("/proc", pid.read_text().strip()).exists():
            break
        time.sleep(0.05)
    else:
        raise AssertionError(pid)


def test_the_release_before_mends_a_cut_run(project: Project, tmp_path: Path) -> None:
    """A run was cut before release.json; whoever publishes the release before again has it whole again.  A rehearsal touches nothing."""
    conf = tmp_path / "rclone.conf"
    conf.write_text("[disk]\ntype = local\n")
    target = f"\nreviews: false\ntargets:\n  shop:\n    kind: rclone\n    remote: disk:{tmp_path}/shop\n    config: {conf}\n"
    told_of, folder = office(project, target), tmp_path / "shop"
    first = told_of.run("publish", "shop")
    good = snapshot(folder)
    page, stray = folder / "issues/2024-03/1/index.html", folder / "issues/2024-03/9/index.html"
    page.write_text("下一版")
    stray.parent.mkdir()
    stray.write_text("下一版")
    touched = frozenset(one.relative_to(folder).as_posix() for one in (page, stray))
    mark = folder / ".guodong/publishing.json"
    mark.parent.mkdir(exist_ok=True)
    start = named((folder / "release.json").read_bytes())
    mark.write_bytes(told(Unfinished(start=start, goal="0" * 16, touched=touched)))
    rehearsed = told_of.run("publish", "shop", "--dry-run")
    left = (page.read_text(), stray.exists(), mark.exists())
    done = told_of.run("publish", "shop")

    assert (first.code, rehearsed.code, done.code) == (0, 0, 0), first.said + rehearsed.said + done.said
    assert left == ("下一版", True, True)
    assert snapshot(folder) == good
    assert "发送 " in done.out
    assert told_of.run("verify", str(folder)).code == 0
    assert "没有发送任何文件" in told_of.run("publish", "shop").out
