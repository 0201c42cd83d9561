"""`guodong verify`: a folder, or a site as it is served, against its own release.json; every difference is named."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Done, Project
from servers import nginx
from shipments import PAGES, drawn, sent

PAGE = "issues/2024-02/index.html"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A published folder."""
    sent(tmp_path / "www", drawn(tmp_path / "site", 1))
    return tmp_path / "www/current"


def verify(place: object, *options: str) -> Done:
    return Project(Path()).run("verify", str(place), *options)


def differences(done: Done) -> dict[str, str]:
    return {one["path"]: one["what"] for one in json.loads(done.out)["differences"]}


def test_what_is_right_is_said_to_be(site: Path) -> None:
    """Exit 0, with the release, its commit, the number of files; as JSON for programs; needs no project."""
    done = verify(site)
    data = json.loads(verify(site, "--format", "json").out)

    assert (done.code, f"的 {PAGES + 3} 个文件" in done.out, "都没有变" in done.out) == (0, True, True), done.said
    assert (data["good"], data["files"], data["differences"]) == (True, PAGES + 3, [])


def test_every_difference_is_named(site: Path) -> None:
    """Missing, shorter, changed at the same size, more than there should be: each file and what it is instead; exit 5."""
    text = (site / PAGE).read_text(encoding="utf-8")
    (site / PAGE).write_text(text.replace("page 2", "page 8", 1), encoding="utf-8")
    (site / "issues/2024-04/index.html").write_text("", encoding="utf-8")
    (site / "issues/2024-06/index.html").unlink()
    (site / "issues/hidden.html").write_text("x", encoding="utf-8")
    (site / "SM3SUMS").write_text("0  release.json\n", encoding="utf-8")
    done = verify(site, "--format", "json")
    found = differences(done)
    sm3 = found.pop("SM3SUMS")

    assert done.code == 5
    assert found == {
        PAGE: "内容变了（大小没有变）",
        "issues/2024-04/index.html": f"大小不对：应当是 {len(text)} 字节，现在是 0 字节",
        "issues/2024-06/index.html": "不见了",
        "issues/hidden.html": "多出来的，这一版里没有",
    }
    assert "的 SM3 值对不上" in sm3
    assert "有 5 处不同" in verify(site).err


def _no_release(site: Path) -> None:
    (site / "release.json").unlink()


def _broken(site: Path) -> None:
    (site / "release.json").write_bytes((site / "release.json").read_bytes()[:-40])


def _forged(site: Path) -> None:
    held = json.loads((site / "release.json").read_bytes())
    held["files"][0]["sha256"] = "0" * 64
    (site / "release.json").write_text(json.dumps(held), encoding="utf-8")


def _outside(site: Path) -> None:
    held = json.loads((site / "release.json").read_bytes())
    held["files"][0]["path"] = "../../secret"
    (site / "release.json").write_text(json.dumps(held), encoding="utf-8")


def _deep(site: Path) -> None:
    (site / "release.json").write_text("[" * 200_000, encoding="utf-8")


def _list(site: Path) -> None:
    (site / "release.json").write_text("[1]", encoding="utf-8")


@pytest.mark.parametrize("spoil", [_no_release, _broken, _forged, _outside, _deep, _list])
def test_a_release_json_that_is_none(site: Path, spoil: Callable[[Path], None]) -> None:
    """Missing, cut off, forged, leading out of its folder, endless: one sentence, exit 5, no traceback."""
    shutil.copytree(site, site.parent / "copy")
    spoil(site.parent / "copy")
    done = verify(site.parent / "copy")

    assert (done.code, "release.json" in done.err, len(done.err.splitlines())) == (5, True, 1), done.said


def test_the_sums_are_held_to_the_release(site: Path) -> None:
    """SHA256SUMS that say something else than release.json, or lack, are a difference."""
    sums = (site / "SHA256SUMS").read_text(encoding="utf-8")
    (site / "SHA256SUMS").write_text(sums[64:], encoding="utf-8")
    changed = differences(verify(site, "--format", "json"))
    (site / "SHA256SUMS").unlink()
    gone = differences(verify(site, "--format", "json"))

    assert (changed, gone) == ({"SHA256SUMS": "与 release.json 说的不一样"}, {"SHA256SUMS": "不见了"})


def test_a_site_as_it_is_served(site: Path, tmp_path: Path) -> None:
    """Over a real nginx: right, then changed and missing files by name; a wrong address and a dead server in a sentence."""
    (tmp_path / "nginx").mkdir()
    with nginx(tmp_path / "nginx", site) as port:
        address = f"http://127.0.0.1:{port}"
        good = verify(address)
        (site / PAGE).write_text("x", encoding="utf-8")
        shutil.rmtree(site / "issues/2024-06")
        bad = verify(f"{address}/", "--format", "json")
        nothing = verify(f"{address}/issues/")
    dead = verify(address)

    assert good.code == 0, good.said
    assert bad.code == 5
    assert list(differences(bad)) == [PAGE, "issues/2024-06/index.html"]
    assert "服务器答 404" in differences(bad)["issues/2024-06/index.html"]
    assert (nothing.code, "没有 release.json" in nothing.err) == (5, True)
    assert (dead.code, "连不上" in dead.err) == (5, True)


def test_what_cannot_be_meant(tmp_path: Path) -> None:
    """No folder, no address, no list of signers: wrong usage."""
    done = [verify(tmp_path / "none"), verify("ftp://x/"), verify(tmp_path, "--signers", str(tmp_path / "none"))]

    assert [one.code for one in done] == [2, 2, 2]
