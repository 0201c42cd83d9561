"""docs/schema/issue.schema.json says of the front matter what its reader asks, and VS Code is told of both."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from conftest import GOOD, ROOT, Project

FILE = ROOT / "docs/schema/issue.schema.json"
HEAD = "number: 3\ndate: 2024-03-15"


class _AsWritten(yaml.SafeLoader):
    """YAML 1.2's core schema, as editors read it: a day is a text."""


_AsWritten.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if tag != "tag:yaml.org,2002:timestamp"]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}

GOOD_HEADS = (
    HEAD,
    HEAD + "\npublished: 2024-03-16 09:00\ntotal: 312\ndistribution: 各区（市）国动办\nchannels: [工作动态, 国动办门户网]",
    HEAD + "\ntitle: 专刊\nissuer: 青岛市国动办\nsummary: 概述\nkeywords: 会议\nclassification: 公开\ndisclosure: 主动公开",
    "date: 2024-03\nlegacy: true",
    "date: 2024年3月15日\ndraft: 是",
    HEAD + '\ndraft: {"1": true}',
    HEAD + "\nchanges:\n- {date: 2024-04-01, note: 改了一个字。}",
    HEAD + '\nchanges:\n  "1": {date: 2024-04-01, note: 改了一个字。}\n  全期:\n  - {date: 2024-04-02, note: 又改。}',
    HEAD + '\nwithdrawn: {"2": {date: 2024-04-02, reason: 内容有误}}',
    HEAD + '\naliases: {"1": [old/3.html], 全期: old/}',
)
BAD_HEADS = (
    HEAD + "\ndaet: 2024-03-15",
    "number: 3",
    "date: 2024-03-15",
    "date: 2024-03-15\nlegacy: false",
    "number: 第三期\ndate: 2024-03-15",
    "number: 0\ndate: 2024-03-15",
    "number: 3\ndate: 三月十五",
    HEAD + "\npublished: 2024-03-16",
    HEAD + "\ndisclosure: 不公开",
    HEAD + "\nlegacy: yes!",
    HEAD + "\ntitle: [甲, 乙]",
    HEAD + '\ndraft: {"1": 也许}',
    HEAD + "\nchanges:\n- {date: 2024-04-01}",
    HEAD + "\nchanges:\n- {date: 2024-04-01, note: 甲, by: 乙}",
    HEAD + "\nwithdrawn: {date: 2024-04-02}",
)


def valid(head: str) -> bool:
    schema: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    said = yaml.load(head, Loader=_AsWritten)  # noqa: S506  # a safe one
    return bool(jsonschema.Draft7Validator(schema).is_valid(said))


def test_the_schema_is_generated(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """The file is what docs/make_schema.py makes of the reader and the manual; `pytest --accept` rewrites it."""
    if request.config.getoption("--accept"):
        subprocess.run([sys.executable, str(ROOT / "docs/make_schema.py")], check=True)
    for name in ("make_schema.py", "编辑手册.md"):
        shutil.copy(ROOT / "docs" / name, tmp_path)
    subprocess.run([sys.executable, str(tmp_path / "make_schema.py")], check=True)

    assert (tmp_path / "schema/issue.schema.json").read_text(encoding="utf-8") == FILE.read_text(encoding="utf-8")
    jsonschema.Draft7Validator.check_schema(json.loads(FILE.read_text(encoding="utf-8")))


def test_schema_and_reader_know_the_same_fields(good: Project) -> None:
    """What the reader offers where a name is unknown, and nothing else, each explained."""
    good.write("issues/2024-03.md", GOOD.replace("number: 3", "number: 3\nzzzz: 1"))
    known = set(good.run("check").out.split("可以写：")[1].split("\n")[0].split("、"))
    properties = json.loads(FILE.read_text(encoding="utf-8"))["properties"]

    assert set(properties) == known
    assert [name for name, one in properties.items() if not (one["title"] and one["description"])] == []


@pytest.mark.parametrize("head", GOOD_HEADS)
def test_what_the_reader_takes_the_schema_takes(good: Project, head: str) -> None:
    """A good front matter is good for both."""
    good.write("issues/2024-03.md", GOOD.replace(HEAD, head))

    assert [code for code, *_ in good.found(drafts=True) if code[0] == "F"] == []
    assert valid(head)


@pytest.mark.parametrize("head", BAD_HEADS)
def test_what_the_schema_refuses_the_reader_refuses(good: Project, head: str) -> None:
    """A bad one is bad for both."""
    good.write("issues/2024-03.md", GOOD.replace(HEAD, head))

    assert [code for code, *_ in good.found(drafts=True) if code[0] in "FD"] != []
    assert not valid(head)


def test_the_examples_are_valid() -> None:
    """The manual's example and the given issue."""
    manual = (ROOT / "docs/编辑手册.md").read_text(encoding="utf-8")
    given = (ROOT / "issues/2023-03.md").read_text(encoding="utf-8")

    assert valid(re.findall(r"```markdown\n---\n(.*?)\n---\n", manual, re.DOTALL)[0])
    assert valid(given.split("---\n")[1])


def test_vs_code_is_told_of_it(good: Project) -> None:
    """The schema is named by a path that is there, and the task's pattern reads every line that `check` writes for it."""
    folder = ROOT / ".vscode"
    settings = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
    (task, _) = json.loads((folder / "tasks.json").read_text(encoding="utf-8"))["tasks"]
    json.loads((folder / "extensions.json").read_text(encoding="utf-8"))
    good.write("issues/2024-03.md", GOOD.replace("# 简讯", "# 简訊").replace("召开工作会议\n", "召开工作会议。\n", 1))
    lines = good.run(*task["args"]).out.splitlines()
    pattern = task["problemMatcher"]["pattern"]
    seen = [re.fullmatch(pattern["regexp"], line) for line in lines if line.startswith("::")]
    places = {
        (found[pattern["severity"]], found[pattern["file"]], found[pattern["line"]], found[pattern["code"]])
        for found in seen
        if found
    }

    assert [ROOT / path for path in settings["yaml.schemas"]] == [FILE]
    assert all(seen)
    assert {("error", "issues/2024-03.md", "12", "F021"), ("warning", "issues/2024-03.md", "8", "L001")} <= places
