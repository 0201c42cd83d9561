"""Docs are under test: what they list is what there is, both ways."""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import GOOD, ROOT, Project

from guodong_site.cli import commands_of, parser
from guodong_site.diagnostics import Severity
from guodong_site.judging import rules

MANUAL = (ROOT / "docs/编辑手册.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
TABLE = ROOT / "docs/诊断代码.md"


def commands() -> dict[str, argparse.ArgumentParser]:
    (subparsers,) = [a for a in parser(commands_of(()))._actions if isinstance(a, argparse._SubParsersAction)]
    return dict(subparsers.choices)


def test_every_command_and_option_is_in_the_readme() -> None:
    """Commands and their options, and nothing else."""
    listed = re.findall(r"^\| `(\w+)", README.split("## Where")[0], re.MULTILINE)
    options = {o for c in commands().values() for a in c._actions for o in a.option_strings if o.startswith("--")}
    common = README.split("## Commands")[1].split("## Where")[0]

    assert listed == list(commands())
    assert {option for option in options - {"--help"} if option not in common} == set()


def test_the_table_of_codes_is_generated(request: pytest.FixtureRequest) -> None:
    """docs/诊断代码.md is what the rules say; `pytest --accept` rewrites it."""
    names = {Severity.VETO: "否决", Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}
    lines = ["# 诊断代码", "", "由程序里的规则生成；改规则后运行 `pytest tests/test_docs.py --accept`。", ""]
    lines += ["| 代码 | 名称 | 轻重 | 意思 | 为什么 |", "|---|---|---|---|---|"]
    lines += [
        f"| {rule.code} | `{rule.name}` | {names[rule.severity]} | {rule.title} | {rule.why} |"
        for _, rule in sorted(rules().items())
    ]
    text = "\n".join(lines) + "\n"
    if request.config.getoption("--accept"):
        TABLE.write_text(text, encoding="utf-8")

    assert TABLE.read_text(encoding="utf-8") == text


def test_codes_and_names_are_unique() -> None:
    """No two rules share a code or a name."""
    from guodong_site import checks, faults, misprints, refusals
    from guodong_site.artifact import Check
    from guodong_site.registry import discover

    found = [*faults.ALL, *misprints.ALL, *refusals.ALL, *(check.rule for check in discover(checks, "CHECK", Check))]
    own = {rule.code: rule for rule in found}

    assert len(own) == len({rule.name for rule in own.values()})
    assert all(re.fullmatch(r"[FDSRKMLPEX]\d{3}", rule.code) and rule.why and rule.wrong and rule.right for rule in found)


def test_every_rule_of_the_readers_is_used() -> None:
    """No code without someone who gives it."""
    from guodong_site import faults, misprints, refusals

    text = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "src").rglob("*.py"))
    homes = {"faults": faults, "misprints": misprints, "refusals": refusals}
    every = [(home, name) for home, held in homes.items() for name in vars(held) if name.isupper() and name != "ALL"]
    unused = [name for home, name in every if f"{home}.{name}" not in text]

    assert unused == []


def test_every_front_matter_field_is_in_the_manual(good: Project) -> None:
    """The fields the reader knows are the fields the manual explains."""
    good.write("issues/2024-03.md", GOOD.replace("number: 3", "number: 3\nzzzz: 1"))
    done = good.run("check")
    known = set(done.out.split("可以写：")[1].split("\n")[0].split("、"))
    explained = set(re.findall(r"`(\w+)(?:: \w+)?`", MANUAL.split("## 六、稿件怎样写")[1].split("**下面是正文**")[0]))

    assert known == explained - {"issues", "2024"}


def test_what_messages_say_can_be_typed(tmp_path: Path) -> None:
    """Manual and README say how `guodong` comes to be found, and it is: their very line, in a plain shell."""
    install = re.findall(r"python3 -m venv \.venv && \.venv/bin/pip install --editable '\.\[all\]'", README + MANUAL)
    activate = ". .venv/bin/activate"
    (tmp_path / ".venv").symlink_to(sys.prefix)
    line = f"{activate} && guodong explain F015"
    done = subprocess.run(
        ["sh", "-c", line], cwd=tmp_path, env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False
    )

    assert (len(install), f"`{activate}`" in README, f"\n{activate}\n" in MANUAL) == (2, True, True)
    assert (done.returncode, done.stdout[:4]) == (0, "F015"), done.stderr


def test_the_manuals_example_builds(project: Project) -> None:
    """What the manual tells an editor to type is a good issue."""
    example = re.findall(r"```markdown\n(.*?)```", MANUAL, re.DOTALL)[0]
    project.write("issues/2024-07.md", example)
    done = project.run("build", "--no-search")

    assert done.code == 0, done.said
    assert "错误" not in done.out


def test_the_manuals_fault_looks_like_that(project: Project) -> None:
    """The fault shown in the manual is printed to the letter."""
    project.write("issues/2024-07.md", GOOD.replace("number: 3\ndate: 2024-03-15", "number: 7\ndaet: 2024-07-15"))
    shown = re.findall(r"```\n(错误 F015.*?)\n```", MANUAL, re.DOTALL)[0]

    assert shown in project.run("check").out


def test_docs_link_to_what_exists() -> None:
    """Relative links of README, ARCHITECTURE and docs/ lead to files."""
    files = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "templates").glob("*.md")]
    links = []
    for path in files:
        prose = re.sub(r"```.*?```|`[^`]*`", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        links += [(path, target) for target in re.findall(r"\]\(([^)#]+?)\)", prose) if "://" not in target]
    missing = [(path.name, target) for path, target in links if not (path.parent / target).exists()]

    assert missing == []


def test_the_benchmarks_are_generated(request: pytest.FixtureRequest) -> None:
    """docs/benchmarks.md is what the reports make of the committed results; `pytest --accept` rewrites it."""
    command = [sys.executable, str(ROOT / "benchmarks/document.py")]
    if request.config.getoption("--accept"):
        subprocess.run(command, check=True)
    done = subprocess.run([*command, "--print"], capture_output=True, check=True)

    assert (ROOT / "docs/benchmarks.md").read_bytes() == done.stdout


def test_architecture_names_every_module() -> None:
    """Each module stands on its floor in ARCHITECTURE.md."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    modules = {p.stem for p in Path(ROOT / "src/guodong_site").glob("*.py")} - {"__init__", "__main__"}

    assert {name for name in modules if not re.search(rf"\b{name}\b", text)} == set()


@pytest.mark.parametrize(("has", "packages"), [([], "chromium fonts-noto-cjk"), (["chromium"], "--no-install-recommends npm")])
def test_a_machine_without_chromium_is_told_what_to_type(tmp_path: Path, has: list[str], packages: str) -> None:
    """Where no browser is found, today's or the old one, and none may be installed, the test command ends with the one line to type."""
    for name in has:
        shutil.copy("/bin/true", tmp_path / name)
    command = [sys.executable, str(ROOT / "tests/browsers/install.py")]
    done = subprocess.run(
        command, env={"PATH": str(tmp_path), "HOME": str(tmp_path)}, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr.strip().endswith(f"apt-get install -y {packages}")) == (1, True)
