"""Every feed is valid by its standard, names the newest articles of what it follows, and invents no time."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from conftest import GOOD, ROOT, Project
from lxml import etree

SCHEMAS = ROOT / "tests/schemas"
ATOM = "{http://www.w3.org/2005/Atom}"
FOLLOWED = [
    "",
    *(f"sections/{key}/" for key in ("yaowen", "qushi", "jianxun", "xieying")),
    *(
        f"districts/{slug}/"
        for slug in re.findall(r"slug: (\w+)", (ROOT / "editorial/districts.yaml").read_text(encoding="utf-8"))
    ),
]
"""The addresses of all that has feeds."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, given: Project) -> Path:
    """The given issue, of which no publication time is known, and a later one with one, below a base path."""
    from conftest import new_project

    project = new_project(tmp_path_factory.mktemp("feeds"))
    (project.root / "issues/2023-03.md").write_bytes((given.root / "issues/2023-03.md").read_bytes())
    published = GOOD.replace("date: 2024-03-15\n", "date: 2024-03-15\npublished: 2024-03-16 09:00\n")
    project.write("issues/2024-03.md", published.replace("总结去年工作", "“总结”<去年>&工作"))
    done = project.run("build", "--no-search", "--base-url", "https://www.example.org/gzdt/")
    assert done.code == 0, done.said
    return project.out


def items(site: Path, address: str) -> dict[str, list[dict[str, str | None]]]:
    """What each format says of its items: title, address, text, section, time of publication."""
    rss = etree.parse(site / f"{address}feed.xml")
    atom = etree.parse(site / f"{address}atom.xml")
    feed = json.loads((site / f"{address}feed.json").read_bytes())
    return {
        "rss": [
            {
                "title": item.findtext("title"),
                "url": item.findtext("link"),
                "text": item.findtext("description"),
                "section": item.findtext("category"),
                "published": item.findtext("pubDate"),
            }
            for item in rss.iterfind("channel/item")
        ],
        "atom": [
            {
                "title": entry.findtext(f"{ATOM}title"),
                "url": entry.find(f"{ATOM}link").get("href"),
                "text": entry.findtext(f"{ATOM}summary"),
                "section": entry.find(f"{ATOM}category").get("term"),
                "published": entry.findtext(f"{ATOM}published"),
            }
            for entry in atom.iterfind(f"{ATOM}entry")
        ],
        "json": [
            {
                "title": item["title"],
                "url": item["url"],
                "text": item["content_text"],
                "section": item["tags"][0],
                "published": item.get("date_published"),
            }
            for item in feed["items"]
        ],
    }


@pytest.mark.parametrize("address", FOLLOWED)
def test_feeds_are_valid(site: Path, address: str) -> None:
    """RSS and Atom by RELAX NG, JSON Feed by JSON Schema; each says where it is itself."""
    for name in ("rss", "atom"):
        grammar = etree.RelaxNG(etree.parse(SCHEMAS / f"{name}.rng"))
        document = etree.parse(site / address / ("feed.xml" if name == "rss" else "atom.xml"))
        assert grammar.validate(document), grammar.error_log
    feed = json.loads((site / address / "feed.json").read_bytes())
    jsonschema.Draft202012Validator(json.loads((SCHEMAS / "jsonfeed.json").read_bytes())).validate(feed)
    atom = etree.parse(site / address / "atom.xml").getroot()
    ids = [element.text for element in atom.iter(f"{ATOM}id")]
    base = f"https://www.example.org/gzdt/{address}"

    assert len(ids) == len(set(ids))
    assert atom.find(f"{ATOM}link[@rel='self']").get("href") == base + "atom.xml"
    assert (feed["feed_url"], feed["home_page_url"]) == (base + "feed.json", base)


def broken(data: bytes, old: bytes, new: bytes) -> Any:
    assert old in data
    return etree.fromstring(data.replace(old, new))


def test_the_schemas_see_what_is_wrong(site: Path) -> None:
    """A feed without its date, with a date of another form, or with an element too many is not valid."""
    atom, rss = (site / "atom.xml").read_bytes(), (site / "feed.xml").read_bytes()
    by = {name: etree.RelaxNG(etree.parse(SCHEMAS / f"{name}.rng")) for name in ("rss", "atom")}
    updated = re.findall(rb"<updated>.*?</updated>", atom)[0]

    assert not by["atom"].validate(broken(atom, updated, b""))
    assert not by["atom"].validate(broken(atom, updated, b"<updated>2024-03-16</updated>"))
    assert not by["atom"].validate(broken(atom, b"<summary>", b"<id>x</id><summary>"))
    assert not by["rss"].validate(broken(rss, b"<pubDate>Sat, 16 Mar", b"<pubDate>2024-03-16"))
    assert not by["rss"].validate(broken(rss, b"<language>zh-CN</language>", b"<sprache>zh</sprache>"))


def test_the_three_say_the_same(site: Path) -> None:
    """Title, address, text and section of every item, in all formats, newest first; marks of XML come through."""
    for address in FOLLOWED:
        said = items(site, address)
        plain = {
            name: [{key: item[key] for key in ("title", "url", "text", "section")} for item in listed]
            for name, listed in said.items()
        }
        assert plain["rss"] == plain["atom"] == plain["json"], address
    whole = items(site, "")["json"]

    assert (len(whole), whole[0]["url"]) == (13, "https://www.example.org/gzdt/issues/2024-03/1/")
    assert whole[0]["text"] == "3月6日上午，市国动办召开工作会议，“总结”<去年>&工作，部署今年任务。"
    assert [item["section"] for item in items(site, "sections/jianxun/")["rss"]] == ["简讯"] * 7
    assert len(items(site, "districts/pingdu/")["rss"]) == 2
    assert items(site, "districts/shinan/") == {"rss": [], "atom": [], "json": []}


def test_no_time_is_invented(site: Path) -> None:
    """A time of publication stands only where one is known; where Atom demands an instant it is the first of the month."""
    known, unknown = items(site, ""), [item for listed in items(site, "sections/qushi/").values() for item in listed]
    entries = etree.parse(site / "atom.xml").findall(f"{ATOM}entry")
    empty = etree.parse(site / "districts/shinan/atom.xml")

    assert [known[name][0]["published"] for name in known] == [
        "Sat, 16 Mar 2024 09:00:00 +0800",
        "2024-03-16T09:00:00+08:00",
        "2024-03-16T09:00:00+08:00",
    ]
    assert {item["published"] for item in unknown} == {None}
    assert {entry.findtext(f"{ATOM}updated") for entry in entries} == {"2024-03-16T09:00:00+08:00", "2023-03-01T00:00:00+08:00"}
    assert empty.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00+08:00"


def test_pages_announce_their_feeds(site: Path) -> None:
    """Every page the three of the whole bulletin, a section's and a district's pages their own before; /feeds/ lists them all."""

    def announced(page: str) -> list[str]:
        text = (site / page / "index.html").read_text(encoding="utf-8")
        return re.findall(r'<link rel="alternate" type="application/[^"]+" title="[^"]+" href="/gzdt/([^"]+)">', text)

    listed = re.findall(
        r'href="/gzdt/([^"]*(?:feed\.xml|atom\.xml|feed\.json))" aria-label',
        (site / "feeds/index.html").read_text(encoding="utf-8"),
    )
    whole = ["feed.xml", "atom.xml", "feed.json"]

    assert announced("") == announced("about") == announced("issues/2024-03/1") == whole
    assert (
        announced("sections/yaowen")
        == announced("sections/yaowen/2024")
        == [f"sections/yaowen/{name}" for name in whole] + whole
    )
    assert announced("districts/pingdu") == [f"districts/pingdu/{name}" for name in whole] + whole
    assert listed == [address + name for address in FOLLOWED for name in whole]
    assert all((site / path).is_file() for path in listed)


def test_a_feed_holds_the_newest_fifty(project: Project) -> None:
    """Fifty articles at most, over as many years as that takes."""
    for number in range(1, 29):
        year, month = 2020 + number // 12, number % 12 + 1
        text = GOOD.replace("number: 3", f"number: {month}").replace("2024-03-15", f"{year}-{month:02}-15")
        project.write(f"issues/{year}-{month:02}.md", text)
    assert project.run("build", "--no-search").code == 0
    whole, section = items(project.out, "")["rss"], items(project.out, "sections/jianxun/")["rss"]

    assert (len(whole), whole[-1]["url"]) == (50, "https://example.org/issues/2020-05/2/")
    assert len(section) == 28


def test_feeds_of_an_empty_archive_are_valid(project: Project) -> None:
    """Before the first issue every address is there, so that who subscribes early gets it."""
    assert project.run("build", "--no-search").code == 0

    for address in FOLLOWED:
        assert items(project.out, address) == {"rss": [], "atom": [], "json": []}
        for name, file in (("rss", "feed.xml"), ("atom", "atom.xml")):
            assert etree.RelaxNG(etree.parse(SCHEMAS / f"{name}.rng")).validate(etree.parse(project.out / address / file))
