"""The house: floors, sizes, who prints, what old browsers cannot read."""

from __future__ import annotations

import ast
import gzip
import re
import subprocess
import sys
from pathlib import Path

from conftest import ROOT

from guodong_site.assets import read_assets

SOURCES = sorted((ROOT / "src/guodong_site").rglob("*.py"))


def test_imports_point_down() -> None:
    """The contracts in pyproject.toml hold: floors, strangers, one home a library."""
    lint = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([str(lint)], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


def test_types_and_style() -> None:
    """mypy strict and ruff have nothing to say, and every file is formatted."""
    tools = [["mypy"], ["ruff", "check", "."], ["ruff", "format", "--check", "."]]
    said = []
    for command in tools:
        done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            said.append(done.stdout + done.stderr)

    assert said == []


def test_modules_hold_one_idea() -> None:
    """No module is longer than 300 lines; faults.py is a table, of which one line an entry is enough."""
    assert {
        p.name: n for p in SOURCES if (n := len(p.read_text(encoding="utf-8").splitlines())) > 300 and p.name != "faults.py"
    } == {}


def test_only_the_printers_print() -> None:
    """`print(` stands in report.py, cli.py and, for the one sentence before either can be had, door.py."""
    printing = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
                printing.add(path.name)

    assert printing <= {"report.py", "cli.py", "door.py"}


_CLOCKS = frozenset("time random secrets uuid".split())
_NOW = frozenset("now today utcnow fromtimestamp utcfromtimestamp".split())


def asks(source: str) -> set[str]:
    """The names by which a module could learn the time or chance: imports of clocks, and datetime's questions."""
    named = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            named |= {alias.name for alias in node.names if alias.name.partition(".")[0] in _CLOCKS}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in _CLOCKS:
            named.add(node.module or "")
        elif isinstance(node, ast.Attribute) and node.attr in _NOW:
            named.add(node.attr)
    return named


def test_nothing_asks_the_clock() -> None:
    """No module that makes the site can read the time or chance; the preview may wait, steps may be timed, a new issue is of today,
    a release goes out at a time."""
    asking = {p.name: names for p in SOURCES if (names := asks(p.read_text(encoding="utf-8")))}

    assert asking == {
        "preview.py": {"time"},
        "steps.py": {"time"},
        "check.py": {"today"},
        "new.py": {"today"},
        "errand.py": {"time", "now"},
        "handover.py": {"now"},
        "sign.py": {"now"},
    }


def test_a_clock_by_another_name_is_seen() -> None:
    """What a search for words would miss."""
    sources = (
        "from time import time as t",
        "import time as clock",
        "import secrets",
        "from datetime import date; d = date.today",
    )

    assert [asks(source) for source in sources] == [{"time"}, {"time"}, {"secrets"}, {"today"}]


def test_style_sheets_are_for_chromium_86() -> None:
    """Nothing that came after 2020 carries the layout, and no style attribute stands in a template."""
    late = re.compile(
        r"@layer|@container|@property|:has\(|:is\(|:where\(|(?<![\w-])inset:|aspect-ratio|"
        r"(?:padding|margin)-(?:inline|block)|accent-color: auto|&[ :.]"
    )
    found = [(p.name, late.findall(p.read_text())) for p in (ROOT / "static/css").glob("*.css") if late.search(p.read_text())]
    styled = [p.name for p in (ROOT / "templates").rglob("*.html") if " style=" in p.read_text(encoding="utf-8")]

    assert (found, styled) == ([], [])


def test_raw_colours_stand_in_tokens_only() -> None:
    """One file decides colours."""
    raw = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(")
    found = {
        p.name
        for p in (ROOT / "static/css").glob("*.css")
        if raw.search(re.sub(r"/\*.*?\*/", "", p.read_text(), flags=re.DOTALL))
    }

    assert found == {"tokens.css"}


def test_scripts_are_for_chromium_86() -> None:
    """No method or syntax that Chromium 86 does not know."""
    late = re.compile(
        r"\.at\(|\.with\(|\.findLast|\.replaceAll\(|structuredClone|Object\.hasOwn|\.toSorted|static \{|#[a-z]+\s*[=(]|\?\?=|replaceChildren"
    )
    lines = {
        (p.name, line.strip())
        for p in (ROOT / "static/js").glob("*.js")
        for line in p.read_text(encoding="utf-8").splitlines()
        if late.search(line.split("//")[0])
    }

    assert lines == set()


def test_what_searching_costs_to_load() -> None:
    """What answers an exact query, all that the worker loads for it, is at most 8 KB, compressed as published."""
    published = {asset.name: asset.data for asset in read_assets(ROOT / "static", [])}
    loaded, waiting = set[str](), ["search-worker.js"]
    while waiting:
        name = waiting.pop()
        if name not in loaded:
            loaded.add(name)
            waiting += [
                found.decode() for found in re.findall(rb'^import .* from "\./([^"]+)";$', published[name], re.MULTILINE)
            ]
    sizes = {name: len(gzip.compress(published[name], 9)) for name in loaded}

    assert {"engine.js", "reader.js", "fold.js"} < loaded
    assert "otherwise.js" not in loaded
    assert sum(sizes.values()) <= 8192, sizes
