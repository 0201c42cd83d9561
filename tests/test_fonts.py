"""`guodong fonts`: which font fills which role, and the free ones fetched from a real package by the real apt, whole or not at all."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Done, Project
from test_door import is_chinese, without

from guodong_site import foundry
from guodong_site.typefaces import ROLES

SMALL = {"FandolFang-Regular.otf": b"fang" * 900, "FandolKai-Regular.otf": b"kai" * 900}
"""Files of a package as small as a test needs; no fonts."""

WANTED = {name: hashlib.sha256(data).hexdigest() for name, data in SMALL.items()}


def package(folder: Path, files: dict[str, bytes]) -> Path:
    """A real Debian package of these files, with others beside them."""
    root = folder / "made"
    shutil.rmtree(root, ignore_errors=True)
    fonts = root / "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"
    fonts.mkdir(parents=True)
    for name, data in {**files, "FandolBraille-Regular.otf": b"x"}.items():
        (fonts / name).write_bytes(data)
    (root / "DEBIAN").mkdir()
    control = f"Package: {foundry.PACKAGE}\nVersion: 1-1\nArchitecture: all\nMaintainer: x <x@example.org>\nDescription: x\n"
    (root / "DEBIAN/control").write_text(control, encoding="utf-8")
    path = folder / f"{foundry.PACKAGE}_1-1_all.deb"
    subprocess.run(["dpkg-deb", "--root-owner-group", "-b", str(root), str(path)], check=True, capture_output=True)
    return path


def put(project: Project) -> dict[str, bytes]:
    """What lies in fonts/, and nothing half-made anywhere."""
    assert not list(project.root.glob(".cache/fonts-*"))
    return {str(p.relative_to(project.root)): p.read_bytes() for p in project.root.glob("fonts/**/*") if p.is_file()}


def here() -> dict[str, bytes]:
    """As SMALL lies in the project."""
    return {f"fonts/fandol/{name}": data for name, data in SMALL.items()}


def listed(project: Project, *options: str) -> dict[str, dict[str, object]]:
    """The roles as a program is told."""
    done = project.run("fonts", "--format", "json", *options)
    assert done.code == 0, done.said
    return {role["key"]: role for role in json.loads(done.out)["roles"]}


def test_every_role_is_named_with_what_fills_it(good: Project) -> None:
    """By the fonts of the extra pdf alone all six are filled, a substitute is called one, and no font of this computer is used."""
    done = good.run("fonts")
    lines = done.out.splitlines()

    assert done.code == 0, done.said
    assert [line.partition("（")[0] for line in lines[: len(ROLES)]] == [role.name for role in ROLES]
    assert lines[1] == "仿宋（正文）：Noto Serif SC（代用），来自 附加组件 pdf"
    assert lines[2] == "黑体（栏目、小标题一级）：Noto Sans SC，来自 附加组件 pdf"
    assert lines[5] == "西文（字母、数字）：Libertinus Serif（代用），来自 排版程序自带"
    assert "guodong fonts --fetch" in done.out
    assert "这台电脑上安装的字体不用" in done.out


def test_a_program_is_told_the_same(good: Project) -> None:
    """Family, origin, whether it is a substitute, what it lacks of the characters of names."""
    roles = listed(good)

    assert list(roles) == [role.key for role in ROLES]
    assert roles["fangsong"]["family"] == "Noto Serif SC"
    assert roles["fangsong"]["substituted"] is True
    assert roles["songti"]["substituted"] is False
    assert all(role["lacks"] == "" for key, role in roles.items() if key != "latin")
    assert not any("电脑" in str(role["from"]) for role in roles.values())


def test_whose_fonts_fill_a_role(good: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One of this computer only where that was asked for; one in the project's fonts/ always, told by its name there; what is
    no font is passed over."""
    from fontTools.ttLib import TTFont
    from pylopdf_fonts_zh_cn import __file__ as place

    home = tmp_path / "home/.local/share/fonts"
    home.mkdir(parents=True)
    with TTFont(Path(place).parent / "NotoSansSC-Regular.otf", lazy=True) as font:
        for number in (1, 16):
            font["name"].setName("FangSong_GB2312", number, 3, 1, 0x409)
        font.save(home / "仿宋.otf", reorderTables=None)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    before, system = listed(good)["fangsong"], listed(good, "--system-fonts")["fangsong"]
    good.write("fonts/办公室/仿宋.otf", (home / "仿宋.otf").read_bytes())
    (home / "仿宋.otf").unlink()
    good.write("fonts/读我.otf", b"no font")
    good.write("fonts/说明.txt", "x")
    own = listed(good)["fangsong"]

    assert before["family"] == "Noto Serif SC"
    assert (system["family"], system["from"]) == ("FangSong_GB2312", f"这台电脑的 {home}")
    assert (own["family"], own["from"]) == ("FangSong_GB2312", "fonts/办公室/仿宋.otf")
    assert (own["substituted"], own["next"]) == (False, ["Noto Serif SC"])


def test_without_typst(good: Project) -> None:
    """One Chinese sentence that says what to install; 4; the doctor tells it too, and is content."""
    done = without("typst", good, "fonts")
    seen = without("typst", good, "doctor")

    assert (done.code, "pip install typst==" in done.said, is_chinese(done.said)) == (4, True, True), done.said
    assert (seen.code, "○ 印刷版（PDF）：没有安装 typst" in seen.out) == (0, True), seen.said


def test_without_any_font(good: Project) -> None:
    """Without the extra's fonts and with an empty fonts/: the roles that lack one are named; 4; the doctor says which."""
    done = without("pylopdf_fonts_zh_cn", good, "fonts")
    seen = without("pylopdf_fonts_zh_cn", good, "doctor")

    assert done.code == 4
    assert "仿宋（正文）：没有" in done.out
    assert "没有可以用来排版的中文字体。运行 pip install" in done.err
    assert "○ 印刷版（PDF）：没有可作小标宋、仿宋、黑体、楷体、宋体的字体" in seen.out


def test_the_doctor_says_what_is_substituted(good: Project) -> None:
    """In one line."""
    assert "✓ 印刷版（PDF）：typst 0.15.2；小标宋、仿宋、楷体、西文用别的字体代替，详见 guodong fonts" in good.run("doctor").out


def test_fonts_come_whole_from_a_package(good: Project, tmp_path: Path) -> None:
    """From the package's file: the fonts asked for and nothing else; again, and they are known to be there."""
    deb = package(tmp_path, SMALL)

    assert not foundry.standing(good.root, WANTED)
    assert foundry.fetch(good.root, deb, print, WANTED) is None
    assert put(good) == here()
    assert foundry.standing(good.root, WANTED)
    good.write("fonts/fandol/FandolKai-Regular.otf", b"torn")
    good.write("fonts/fandol/own.otf", b"of an older package")
    assert not foundry.standing(good.root, WANTED)
    assert foundry.fetch(good.root, deb, print, WANTED) is None
    assert put(good) == here()


@pytest.mark.parametrize("bad", ["other", "missing", "torn", "text", "empty"])
def test_a_wrong_package_changes_nothing(good: Project, tmp_path: Path, bad: str) -> None:
    """Another font of that name, one missing, a download cut short, no package at all: said in Chinese, and fonts/ is as it was."""
    files = {
        "other": {**SMALL, "FandolKai-Regular.otf": b"other"},
        "missing": {"FandolFang-Regular.otf": SMALL["FandolFang-Regular.otf"]},
    }
    deb = package(tmp_path, files.get(bad, SMALL))
    whole = deb.read_bytes()
    deb.write_bytes({"torn": whole[: len(whole) // 2], "text": b"<html>404</html>", "empty": b""}.get(bad, whole))
    good.write("fonts/fandol/FandolFang-Regular.otf", b"as it was")
    said = foundry.fetch(good.root, deb, print, WANTED)

    assert said is not None
    assert {"other": "校验和不对", "missing": "软件包里没有 FandolKai-Regular.otf"}.get(bad, "不是完整的软件包") in said
    assert is_chinese(said)
    assert put(good) == {"fonts/fandol/FandolFang-Regular.otf": b"as it was"}


def test_a_full_disk_leaves_no_half_font(good: Project, tmp_path: Path) -> None:
    """The second file no longer fits: nothing new is there, nothing old is gone, the reason is said."""
    deb = package(tmp_path, {**SMALL, "FandolKai-Regular.otf": b"k" * 9000})
    good.write("fonts/fandol/own.otf", b"old")
    script = (
        "import hashlib, resource, sys; from pathlib import Path; from guodong_site import foundry\n"
        f"wanted = {WANTED!r} | {{'FandolKai-Regular.otf': hashlib.sha256(b'k' * 9000).hexdigest()}}\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))\n"
        f"print(foundry.fetch(Path({str(good.root)!r}), Path({str(deb)!r}), print, wanted))"
    )
    done = subprocess.run([sys.executable, "-X", "utf8", "-c", script], capture_output=True, text=True, check=True)

    assert "字体没有放进 fonts/fandol/：文件超出大小限制。原来的字体没有动" in done.stdout
    assert put(good) == {"fonts/fandol/own.otf": b"old"}


def test_a_file_in_the_way(good: Project, tmp_path: Path) -> None:
    """`fonts` is a file: said, and it stays."""
    good.write("fonts", b"a file")
    said = foundry.fetch(good.root, package(tmp_path, SMALL), print, WANTED)

    assert said is not None
    assert "字体没有放进 fonts/fandol/" in said
    assert (good.root / "fonts").read_bytes() == b"a file"
    assert not list(good.root.glob(".cache/fonts-*"))


def test_the_command_judges_the_package(good: Project, tmp_path: Path) -> None:
    """`--deb` with fonts that are not Fandol's: 4; with no file: 2; no font is taken."""
    done = good.run("fonts", "--deb", str(package(tmp_path, dict.fromkeys(foundry.FANDOL, b"x"))))
    none = good.run("fonts", "--deb", "没有.deb")

    assert (done.code, "校验和不对" in done.err) == (4, True), done.said
    assert (none.code, none.err) == (2, "没有“没有.deb”这个文件。\n")
    assert put(good) == {}


def bare(project: Project, folder: Path, *programs: str) -> Done:
    """`guodong fonts --fetch` on a computer that has of all programs only these."""
    folder.mkdir()
    for name in programs:
        (folder / name).symlink_to(shutil.which(name) or "/")
    done = subprocess.run(
        [sys.executable, "-m", "guodong_site", "fonts", "--fetch"],
        cwd=project.root,
        env={"PATH": str(folder), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr)


def test_no_debian(good: Project, tmp_path: Path) -> None:
    """Without dpkg-deb or without apt-get: said, with another way to get the fonts; 4."""
    neither, dpkg = bare(good, tmp_path / "a"), bare(good, tmp_path / "b", "dpkg-deb")

    assert (neither.code, "没有 dpkg-deb" in neither.err, "fonts/" in neither.err) == (4, True, True), neither.said
    assert (dpkg.code, "没有 apt-get" in dpkg.err, "--deb" in dpkg.err) == (4, True, True), dpkg.said
    assert is_chinese(neither.said.replace("Debian", "").replace("Ubuntu", ""))


@pytest.fixture
def apt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The real apt with lists of its own: a repository in a folder that holds our small package."""
    store = tmp_path / "store"
    store.mkdir()
    deb = package(store, SMALL)
    data = deb.read_bytes()
    facts = f"Filename: ./{deb.name}\nSize: {len(data)}\nSHA256: {hashlib.sha256(data).hexdigest()}\n"
    (store / "Packages.gz").write_bytes(
        gzip.compress(((store / "made/DEBIAN/control").read_text(encoding="utf-8") + facts).encode())
    )
    state = tmp_path / "apt"
    for name in ("lists/partial", "cache/archives/partial", "etc/preferences.d"):
        (state / name).mkdir(parents=True)
    (state / "status").touch()
    (state / "etc/sources.list").write_text(f"deb [trusted=yes] copy:{store} ./\n", encoding="utf-8")
    told = {
        "Dir::State": state,
        "Dir::State::lists": state / "lists",
        "Dir::State::status": state / "status",
        "Dir::Cache": state / "cache",
        "Dir::Etc::sourcelist": state / "etc/sources.list",
        "Dir::Etc::sourceparts": "-",
        "APT::Sandbox::User": "root",
    }
    config = state / "apt.conf"
    config.write_text("".join(f'{name} "{value}";\n' for name, value in told.items()), encoding="utf-8")
    monkeypatch.setenv("APT_CONFIG", str(config))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return store


def update() -> None:
    subprocess.run(["apt-get", "-q", "update"], check=True, capture_output=True, env=os.environ)


def test_the_real_apt_gets_the_package(good: Project, apt: Path, tmp_path: Path) -> None:
    """Downloaded, looked through, taken; the download is gone afterwards."""
    update()
    said: list[str] = []

    assert foundry.fetch(good.root, None, said.append, WANTED) is None, apt
    assert said == [f"正在下载 Debian 的软件包 {foundry.PACKAGE}（约 49 MB）……"]
    assert put(good) == here()
    assert not list(tmp_path.glob("guodong-fonts-*"))


def test_a_download_that_does_not_come(good: Project, apt: Path, tmp_path: Path) -> None:
    """A package nobody knows yet, a source that no longer gives it, one that gives another: said with what to do."""
    unknown = foundry.fetch(good.root, None, print, WANTED)
    update()
    deb = apt / f"{foundry.PACKAGE}_1-1_all.deb"
    deb.write_bytes(deb.read_bytes() + b"x")
    other = foundry.fetch(good.root, None, print, WANTED)
    deb.unlink()
    gone = foundry.fetch(good.root, None, print, WANTED)

    assert unknown is not None
    assert "apt-get update" in unknown
    assert other is not None
    assert "没有下载成" in other
    assert gone is not None
    assert "没有下载成，可能是没有联网（apt-get：" in gone
    assert put(good) == {}
    assert not list(tmp_path.glob("guodong-fonts-*"))


@pytest.mark.long
def test_the_real_package(good: Project) -> None:
    """49 MB from Debian: 仿宋, 楷体, 黑体, 宋体 are filled by Fandol, and what it lacks of people's names by Noto."""
    done = good.run("fonts", "--fetch", timeout=600)
    again = good.run("fonts", "--fetch")
    roles = listed(good)

    assert done.code == 0, done.said
    assert sorted(path.name for path in (good.root / "fonts/fandol").iterdir()) == sorted(foundry.FANDOL)
    assert "校验和都对，没有再取" in again.out
    assert roles["fangsong"] == {
        "key": "fangsong",
        "name": "仿宋",
        "use": "正文",
        "family": "FandolFang R",
        "substituted": False,
        "from": "fonts/fandol/FandolFang-Regular.otf",
        "lacks": "昇堃犇喆玥赟淏祎䶮㎡",
        "next": ["Noto Serif SC"],
    }
    assert [roles[key]["family"] for key in ("kaiti", "heiti", "songti")] == ["FandolKai", "FandolHei", "FandolSong"]
    assert "缺“昇堃犇喆玥赟淏祎䶮㎡”等人名用字，由 Noto Serif SC 补" in done.out
