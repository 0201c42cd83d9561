"""The data files: what their schemas promise, no more and no less, and nothing that is not public."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from conftest import GOOD, Project, snapshot

from guodong_site import schema

RICH = """---
number: 3
total: 315
date: 2024-03-15
published: 2024-03-16 09:00
title: 特刊
summary: 一句提要。
keywords: [演练]
distribution: 市人防指挥部成员单位
channels: [工作动态]
changes:
  全期:
    - {date: 2024-04-01, note: 改了提要。}
  meeting:
    - {date: 2024-04-02, note: 改了一个字。}
withdrawn:
  gone: {date: 2024-04-03, reason: 内容有误。}
---

# 要闻

## 市国动办召开工作会议<br>部署全年任务 {#meeting date="2024-03-06"}

3月6日上午，市国动办召开**工作会议**，总结去年工作，部署今年任务。

平度市国动办在会上发言。

# 简讯

市国动办开展志愿服务活动，向居民发放手册200余份。

市国动办举办一次后来撤回的活动。 {#gone}

# 人防科技撷英

## 认清国防动员发展趋势 {#trends author="张三"}

国防动员要与时俱进。

（来源：中国国防报）
"""


def read(path: Path) -> Any:
    return json.loads(path.read_bytes())


def published(name: str) -> Any:
    """A schema, which is one."""
    found = json.loads(schema.source(name))
    jsonschema.Draft202012Validator.check_schema(found)
    return found


@pytest.fixture
def rich(project: Project) -> Project:
    """One issue of which everything is known, one of which little is, and a draft."""
    project.write("issues/2024-03.md", RICH)
    project.write("issues/2020-05.md", GOOD.replace("number: 3\ndate: 2024-03-15", "legacy: true\ndate: 2020-05"))
    project.write(
        "issues/2024-04.md",
        GOOD.replace("number: 3", "number: 4\ndraft: true").replace("03-15", "04-15").replace("手册", "密件"),
    )
    assert project.run("build", "--no-search", "--base-url", "https://www.example.org/a/").code == 0
    return project


def paths(value: Any, path: str = "") -> set[str]:
    """Every field of a file, `[]` for each of a list."""
    if isinstance(value, dict):
        inner = ((f"{path}.{name}" if path else name, one) for name, one in value.items())
        return {place for name, one in inner for place in {name} | paths(one, name)}
    return {place for one in value for place in paths(one, f"{path}[]")} if isinstance(value, list) else set()


def test_files_are_what_the_schemas_promise(rich: Project, given: Project) -> None:
    """Valid, and every field is one of the schema's, every field of the schema is there."""
    archive, issue = published("archive"), published("issue")
    check = jsonschema.Draft202012Validator(issue, format_checker=jsonschema.FormatChecker()).validate
    for out in (rich.out, given.root / "www/gzdt"):
        jsonschema.Draft202012Validator(archive).validate(read(out / "api/archive.json"))
        for path in (out / "api/issues").glob("*.json"):
            check(read(path))
    full = read(rich.out / "api/issues/2024-03.json")

    assert paths(full) == {name for name, *_ in schema.fields("issue")}
    assert paths(read(rich.out / "api/archive.json")) == {name for name, *_ in schema.fields("archive")}
    assert [(rich.out / f"api/schema/{name}.json").read_bytes() for name in ("archive", "issue")] == [
        schema.source("archive"),
        schema.source("issue"),
    ]


def test_an_issue_as_data(rich: Project) -> None:
    """What the file says, what nobody knows as null; addresses lead to pages below the base path."""
    full, old = read(rich.out / "api/issues/2024-03.json"), read(rich.out / "api/issues/2020-05.json")
    meeting, brief, trends = [article for section in full["sections"] for article in section["articles"]]

    assert {name: value for name, value in full.items() if name != "sections"} == {
        "id": "2024-03",
        "url": "/a/issues/2024-03/",
        "pdf": None,
        "label": "2024年第3期",
        "name": "工作动态",
        "issuer": "青岛市国防动员办公室",
        "number": 3,
        "total": 315,
        "date": "2024-03-15",
        "published": "2024-03-16T09:00:00+08:00",
        "title": "特刊",
        "summary": "一句提要。",
        "keywords": ["演练"],
        "channels": ["工作动态"],
        "legacy": False,
        "changes": [{"date": "2024-04-01", "note": "改了提要。"}],
        "withdrawn": [{"id": "2024-03/gone", "date": "2024-04-03", "reason": "内容有误。"}],
    }
    assert meeting["changes"] == [{"date": "2024-04-02", "note": "改了一个字。"}]
    assert (meeting["id"], meeting["url"], meeting["date"]) == ("2024-03/meeting", "/a/issues/2024-03/meeting/", "2024-03-06")
    assert meeting["title_lines"] == ["市国动办召开工作会议", "部署全年任务"]
    assert meeting["text"].split("\n")[0] == "3月6日上午，市国动办召开工作会议，总结去年工作，部署今年任务。"
    assert "<strong>工作会议</strong>" in meeting["html"]
    assert meeting["districts"] == [{"slug": "pingdu", "name": "平度市"}]
    assert (brief["brief"], brief["author"], brief["reprint"]) == (True, None, False)
    assert (trends["source"], trends["reprint"], trends["author"]) == ("中国国防报", True, "张三")
    assert (old["number"], old["total"], old["published"], old["date"], old["legacy"]) == (None, None, None, "2020-05", True)
    for section in full["sections"]:
        for address in (section["url"], *(article["url"] for article in section["articles"])):
            assert (rich.out / address.removeprefix("/a/") / "index.html").is_file()


def test_what_is_not_public_is_in_no_file(rich: Project, given: Project) -> None:
    """Neither the 发： line nor a draft, a draft not even where drafts are shown."""
    for out in (rich.out, given.root / "www/gzdt"):
        files = {path: data.decode() for path, data in snapshot(out).items() if path.endswith((".json", ".xml"))}
        assert [
            path for path, text in files.items() if "指挥部成员单位" in text or "distribution" in text or "密件" in text
        ] == []
    assert rich.run("build", "--no-search", "--drafts", "--out", "drafts").code == 0

    assert not (rich.out / "api/issues/2024-04.json").exists()
    assert (rich.root / "drafts/issues/2024-04/index.html").exists()
    assert not (rich.root / "drafts/api/issues/2024-04.json").exists()


def test_the_page_tells_every_field(rich: Project) -> None:
    """/api/ lists what the schemas promise, with an example that is valid; its links lead to files."""
    text = (rich.out / "api/index.html").read_text(encoding="utf-8")
    listed = re.findall(r'<th scope="row"><code>([^<]+)</code></th><td>([^<]+)</td><td>([^<]+)</td>', text)

    assert listed == [*schema.fields("archive"), *schema.fields("issue")]
    for name in ("archive", "issue"):
        jsonschema.Draft202012Validator(published(name)).validate(json.loads(schema.example(name)))
    for address in re.findall(r'href="/a/(api/[^"]+\.json)"', text):
        assert (rich.out / address).is_file()
