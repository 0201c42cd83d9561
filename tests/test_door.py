"""The command before and around its work: missing libraries, closed pipes, what is said to programs and under --quiet."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from conftest import GOOD, ROOT, Done, Project, snapshot, typeless

from guodong_site.machine import LIBRARIES, SEARCH_ENGINE

ISSUE = "issues/2024-03.md"


def without(library: str, project: Project, *arguments: str, door: str = "guodong_site.door", pdf: bool = False) -> Done:
    """Runs `guodong …` on a computer that lacks a library."""
    arguments = arguments if pdf else typeless(arguments)
    script = f"import sys; sys.modules[{library!r}] = None; from {door} import main; sys.exit(main({list(arguments)!r}))"
    done = subprocess.run([sys.executable, "-c", script], cwd=project.root, capture_output=True, text=True, check=False)
    return Done(done.returncode, done.stdout, done.stderr)


def is_chinese(text: str) -> bool:
    """Whether no English sentence stands in it."""
    return re.search("[A-Z][a-z]+ [a-z]+|Traceback", text) is None


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("command", ["build", "check", "doctor"])
def test_a_missing_library(good: Project, library: str, command: str) -> None:
    """Every command ends with 4 and a Chinese sentence that names the package; nothing is written."""
    done = without(library, good, command)

    assert (done.code, LIBRARIES[library].partition("==")[0] in done.said) == (4, True), done.said
    assert is_chinese(done.said), done.said
    assert not good.out.exists()


def test_a_library_of_a_library(good: Project) -> None:
    """What jinja2 stands on is missed as jinja2 would be."""
    done = without("markupsafe", good, "build")

    assert (done.code, "缺少程序库 markupsafe。" in done.err, is_chinese(done.said)) == (4, True, True), done.said


def test_the_door_script_without_libraries(good: Project) -> None:
    """`python build.py` with a Python that has nothing: one sentence with what to type, exit code 4."""
    done = subprocess.run(
        [sys.executable, "-S", "-I", str(ROOT / "build.py"), "--root", str(good.root)],
        capture_output=True,
        text=True,
        check=False,
    )
    packages = "、".join(LIBRARIES.values())

    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr.startswith(f"缺少程序库 {packages}。请在项目文件夹运行：")
    assert done.stderr.count("\n") == 1


def test_a_module_of_our_own_that_is_missing_is_our_bug(good: Project) -> None:
    """It is not blamed on the computer."""
    done = without("guodong_site.views", good, "build")

    assert (done.code, "程序库" in done.said) == (70, False)


def test_the_libraries_are_those_of_the_project() -> None:
    """What is looked for is what pip installs, both ways, exact versions too."""
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    names = {re.split("[<>=]", one)[0] for one in wanted}

    known = [*LIBRARIES.values(), SEARCH_ENGINE]

    assert {one.partition("==")[0] for one in known} == names
    assert {one for one in known if "==" in one} == {one for one in wanted if "==" in one}


def test_check_says_what_build_would(good: Project) -> None:
    """A machine that cannot make the index fails the check as it fails the build, with the package to install."""
    said = []
    for command in ("check", "build"):
        done = without("pagefind_bin", good, command)
        said.append((done.code, "E001" in done.out, "没有安装 pagefind-bin" in done.out, is_chinese(done.said)))
        said.append((done.code, f"改法：运行 pip install {SEARCH_ENGINE}" in done.out, True, True))

    assert said == [(4, True, True, True)] * 4
    assert without("pagefind_bin", good, "build", "--no-search").code == 0


def test_a_foreign_version_of_pagefind_fails_the_check(good: Project, tmp_path: Path) -> None:
    """`check` asks the program itself."""
    (tmp_path / "pagefind_bin").mkdir()
    (tmp_path / "pagefind_bin/__init__.py").touch()
    program = tmp_path / "pagefind_bin/pagefind"
    program.write_text("#!/bin/sh\necho pagefind 1.4.0\n")
    program.chmod(0o755)
    done = subprocess.run(
        [sys.executable, "-m", "guodong_site", "check"],
        cwd=good.root, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )  # fmt: skip

    assert (done.returncode, "版本是 1.4.0，应当是 1.5.2" in done.stdout) == (4, True), done.stdout


def test_check_writes_nothing(good: Project, tmp_path: Path) -> None:
    """No cache in the project, none in the folder for temporary files."""
    shutil.rmtree(good.root / ".cache")
    before = snapshot(good.root)
    environment = {**os.environ, "TMPDIR": str(tmp_path / "temporary"), "PYTHONDONTWRITEBYTECODE": "1"}
    (tmp_path / "temporary").mkdir()
    command = [sys.executable, "-m", "guodong_site", "check"]
    done = subprocess.run(command, cwd=good.root, capture_output=True, text=True, check=False, env=environment)

    assert done.returncode == 0, done.stdout
    assert (snapshot(good.root), list((tmp_path / "temporary").iterdir())) == (before, [])
    assert not (good.root / ".cache").exists()


def test_a_program_reads_what_is_explained(good: Project) -> None:
    """JSON of one rule and of all has one shape; `--quiet` swallows nothing that was asked for."""
    one = json.loads(good.run("explain", "F015", "--format", "json").out)
    every = json.loads(good.run("explain", "all", "--format", "json").out)

    assert sorted(one["rules"][0]) == ["code", "name", "right", "severity", "title", "why", "wrong"]
    assert one["rules"][0] in every["rules"]
    assert len(every["rules"]) == len(good.run("explain", "all", "--quiet").out.splitlines())
    assert good.run("explain", "F015", "--quiet").out.startswith("F015")


def test_a_program_reads_what_the_doctor_sees(good: Project) -> None:
    """JSON with the exit code; under `--quiet` only what is lacking, with what to type."""
    seen = json.loads(good.run("doctor", "--format", "json").out)
    lacking = without("pagefind_bin", good, "--quiet", "doctor")

    assert (seen["exit"], {f["needed"] and not f["good"] for f in seen["findings"]}) == (0, {False})
    assert lacking.out.splitlines()[0] == f"✗ 搜索引擎 pagefind：没有安装 pagefind-bin；运行 pip install {SEARCH_ENGINE}"
    assert good.run("--quiet", "doctor").out == ""


def test_a_port_that_cannot_be(good: Project) -> None:
    """A taken one is said under `--quiet` too; 99999 is none, and 100000 would be no better."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = good.run("serve", "--quiet", "--port", str(port))
    codes = [good.run("serve", "--port", word).said for word in ("99999", "0", "-1")]

    assert (done.code, f"端口 {port} 用不了" in done.err) == (2, True)
    assert ["端口要写 1 到 65535 之间的整数" in said for said in codes] == [True] * 3


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_a_closed_pipe_is_no_bug(good: Project, form: str) -> None:
    """`guodong check … | head`: the reader leaves early, and nobody is told of a fault in the program."""
    good.write(ISSUE, GOOD.replace("市国动办开展", "<iframe>\n\n" * 2000))
    command = [sys.executable, "-m", "guodong_site", "check", "--format", form]
    with subprocess.Popen(command, cwd=good.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.close()
        error = process.stderr.read() if process.stderr else b""

    assert (process.returncode, error) == (141, b"")


def test_who_reads_json_needs_no_terminal(good: Project) -> None:
    """rich costs a tenth of a second, and is imported when something is told to a person."""
    script = "import sys; from guodong_site.door import main; main(['check', '--format', 'json']); print('rich' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], cwd=good.root, capture_output=True, text=True, check=False)

    assert done.stdout.splitlines()[-1] == "False"


@pytest.mark.parametrize("command", ["sign 2024-03", "verify .", "explain F001"])
def test_who_builds_nothing_loads_no_builder(good: Project, command: str) -> None:
    """A command loads what it needs: neither the others nor what makes a site of an archive."""
    script = f"import sys; from guodong_site.door import main; main({command.split()!r}); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], cwd=good.root, capture_output=True, text=True, check=False)
    loaded = set(done.stdout.splitlines()[-1].split())

    assert "guodong_site.commands" in loaded, done.stderr
    assert loaded & {"guodong_site.pipeline", "guodong_site.pages", "jinja2", "guodong_site.commands.build"} == set()


def test_the_dictionary_is_cut_once_for_all_commands(project: Project) -> None:
    """`sign` goes on from what a build has left, and a build from what `sign` has: of several, nobody cuts it anew."""
    shutil.rmtree(project.root / ".cache")
    project.write(ISSUE, GOOD)
    kept = []
    for command in ("sign 2024-03", "build --no-search", "sign 2024-03"):
        assert project.run(*command.split()).code == 0
        kept.append({path.name: path.stat().st_ino for path in (project.root / ".cache/libraries").glob("*/lexicon/*")})

    assert len(kept[0]) == 1
    assert kept[1:] == [kept[0]] * 2
