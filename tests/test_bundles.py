"""Many years, several bundles, one answer."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import Any

import pytest
from conftest import GOOD, Project, new_project, served
from hypothesis import given as given_any
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from guodong_site import urls
from guodong_site.archive import Archive, bound
from guodong_site.model import IssueDate
from guodong_site.pipeline import Options, make
from guodong_site.search import records
from guodong_site.search.bundle import make_bundle
from guodong_site.write import write

WORDS = "国防 动员 演练 警报 疏散 人防 工程 宣传 市民 学校 社区 通信 指挥 训练 会议 检查 防空 大会 委员 大会堂 运动员".split()


def text(chance: random.Random) -> str:
    return "".join(chance.choices(WORDS, k=chance.randint(4, 30))) + "。"


def fill(project: Project, years: range, seed: int = 1) -> None:
    """Three issues a year with four stories each, made of few words, so that every query has many hits."""
    chance = random.Random(seed)
    for year in years:
        for number in (1, 2, 3):
            stories = "\n\n".join(f"## {text(chance)[:12]}{n}\n\n{text(chance)}\n\n{text(chance)}" for n in range(4))
            head = f"---\nnumber: {number}\ndate: {year}-{number:02}-05\n---\n\n"
            project.write(f"issues/{year}-{number:02}.md", f"{head}# 要闻\n\n{stories}\n\n# 简讯\n\n{text(chance)}\n")


def build(project: Project, out: str) -> int:
    """Builds in this process, where a test may have changed the rule, for the base path /<last part of out>/; counts bundles."""
    made = make(Options(root=project.root, base_url=f"https://example.org/{out.rsplit('/', maxsplit=1)[-1]}/"))
    assert made.files is not None, made.found
    write(made.files, project.root / out, drafts=False)
    return len(json.loads(made.files[urls.INDEX_FOLDER + "facets.json"])["bundles"])


@pytest.fixture(scope="module")
def archives(chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, Any, int]]:
    """The search pages of one archive of six years, in many bundles and in one; and how many the many are."""
    project = new_project(tmp_path_factory.mktemp("bundles"))
    fill(project, range(2018, 2024))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(records, "LARGEST", 2_000)
        many = build(project, "www/many")
        patch.setattr("guodong_site.search.index.bundles", lambda archive: (tuple(chain(*records.bundles(archive))),))
        assert build(project, "www/one") == 1
    pages = []
    for address in served(project.root / "www"):
        for name in ("many", "one"):
            page = chromium.new_page()
            page.goto(f"{address}/{name}/search/")
            page.wait_for_function("window.guodong && window.guodong.search")
            pages.append(page)
        yield pages[0], pages[1], many
        for page in pages:
            page.close()


def answers(page: Any, name: str, choice: dict[str, Any]) -> Any:
    code = """async ([queries, choice]) => {
        const answers = [];
        for (const q of queries) answers.push(await window.guodong.search(q, choice));
        return answers;
    }"""
    queries = [*WORDS, "防", "国防动员", "动员演练", "警报 疏散", "员", "国防宣传 学校", "國防", "guofang", "国访"]
    found = page.evaluate(code, [queries, choice])
    return [{**a, "items": [{**i, "url": i["url"].replace(f"/{name}/", "/")} for i in a["items"]]} for a in found]


@pytest.mark.parametrize(
    "choice",
    [{"limit": 10}, {"limit": 500}, {"sort": "date", "limit": 500}, {"section": "jianxun", "limit": 50},
     {"year": "2020", "limit": 50}, {"from": "2019-02-01", "to": "2021-01-31", "limit": 500}, {"issue": "2018-02"}],
)  # fmt: skip
def test_several_bundles_answer_as_one(archives: tuple[Any, Any, int], choice: dict[str, Any]) -> None:
    """The same articles in the same order with the same excerpts, facets and notes, whatever is chosen."""
    many, one, count = archives

    assert count >= 5
    assert answers(many, "many", choice) == answers(one, "one", choice)


def test_date_order_is_date_order(archives: tuple[Any, Any, int]) -> None:
    """Newest first over all bundles."""
    for answer in answers(archives[0], "many", {"sort": "date", "limit": 500}):
        dates = [item["date"] for item in answer["items"]]

        assert dates == sorted(dates, reverse=True)


def _archive(good: Archive, sizes: dict[int, list[int]]) -> Archive:
    """An archive with issues of these sizes by year."""
    (model,) = good.entries
    entries = []
    for year, months in sizes.items():
        for month, size in enumerate(months, 1):
            head = replace(model.head, id=f"{year}-{month:02}", date=IssueDate(year=year, month=month, day=1))
            entries.append(replace(model, head=head, characters=size))
    return replace(good, volumes=bound(entries))


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """A real archive to vary."""
    project = new_project(tmp_path_factory.mktemp("model"))
    project.write("issues/2024-03.md", GOOD)
    made = make(Options(root=project.root, search=False))
    assert made.archive is not None
    return made.archive


def packed(archive: Archive) -> list[list[str]]:
    return [[entry.head.id for entry in bundle] for bundle in records.bundles(archive)]


def test_what_counts_as_its_size(model: Archive) -> None:
    """An issue is as large as its records are."""
    (entry,) = model.entries

    assert entry.characters == sum(record.size for record in records.records(entry.open()))


@hypothesis_settings(max_examples=150)
@given_any(
    st.dictionaries(
        st.integers(1990, 2030), st.lists(st.integers(1, 900_000), min_size=1, max_size=12), min_size=1, max_size=12
    )
)
def test_the_rule_of_packing(model: Archive, sizes: dict[int, list[int]]) -> None:
    """Every article once, oldest first; the newest year apart; no year split but one too large; none larger than may be."""
    archive = _archive(model, sizes)
    made = packed(archive)
    open_year = str(max(sizes))
    whole = {year for year, months in sizes.items() if sum(months) <= records.LARGEST}

    assert [name for bundle in made for name in bundle] == [entry.head.id for entry in archive.entries][::-1]
    assert [name[:4] == open_year for name in made[-1]] == [True] * len(made[-1])
    assert all(name[:4] != open_year for bundle in made[:-1] for name in bundle) or int(open_year) not in whole
    for year in whole:
        assert sum(any(name.startswith(str(year)) for name in bundle) for bundle in made) == 1
    for bundle in records.bundles(archive):
        assert sum(entry.characters for entry in bundle) <= records.LARGEST or len(bundle) == 1


@hypothesis_settings(max_examples=80)
@given_any(
    st.dictionaries(st.integers(1990, 2023), st.lists(st.integers(1, 900_000), min_size=1, max_size=12), min_size=2, max_size=9)
)
def test_a_new_issue_repacks_nothing_closed(model: Archive, sizes: dict[int, list[int]]) -> None:
    """An issue more in the open year leaves every closed bundle what it was; a new year closes the last one, no other."""
    before = packed(_archive(model, sizes))
    newest = max(sizes)
    more = packed(_archive(model, {**sizes, newest: [*sizes[newest][:11], 1_000]}))
    after = packed(_archive(model, {**sizes, newest + 1: [1_000]}))
    closed = [bundle for bundle in before if not bundle[0].startswith(str(newest))]

    assert more[: len(closed)] == closed
    assert after[: max(len(closed) - 1, 0)] == closed[: max(len(closed) - 1, 0)]


def test_only_the_changed_bundle_is_made(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new issue makes the open bundle anew, an edit in a closed year that year's, nothing changed none; the same bytes as from nothing."""
    fill(project, range(2020, 2024))
    monkeypatch.setattr(records, "LARGEST", 2_000)
    made_anew: list[set[str]] = []

    def counted(held: tuple[records.Record, ...], *how: Any) -> dict[str, bytes]:
        made_anew.append({record.address.split("/")[1][:4] for record in held})
        return make_bundle(held, *how)

    monkeypatch.setattr("guodong_site.search.index.make_bundle", counted)
    first = build(project, "www")
    cold, made_anew[:] = list(made_anew), []
    build(project, "www")
    unchanged, made_anew[:] = list(made_anew), []
    newest = project.root / "issues/2023-03.md"
    project.write(
        "issues/2023-04.md",
        newest.read_text(encoding="utf-8").replace("number: 3\ndate: 2023-03", "number: 4\ndate: 2023-04"),
    )
    build(project, "www")
    added, made_anew[:] = list(made_anew), []
    old = project.root / "issues/2020-01.md"
    old.write_text(old.read_text(encoding="utf-8") + "\n补记一条。\n", encoding="utf-8")
    build(project, "www")
    edited, made_anew[:] = list(made_anew), []
    fresh, kept = make(Options(root=project.root, cache=False)), make(Options(root=project.root))

    assert len(cold) == first
    assert unchanged == []
    assert added == [{"2023"}]
    assert edited == [{"2020"}]
    assert fresh.files == kept.files


@pytest.mark.parametrize("at", [0, 40, -1])
def test_a_damaged_bundle_is_made_anew(good: Project, at: int) -> None:
    """One bit wrong anywhere in what was kept: a miss, and the same bytes."""
    first = make(Options(root=good.root))
    for path in (good.root / ".cache/index").rglob("bundles/*"):
        data = bytearray(path.read_bytes())
        data[at] ^= 1
        path.write_bytes(bytes(data))

    assert make(Options(root=good.root)).files == first.files


def test_two_hundred_years(chromium: Any, project: Project) -> None:
    """An archive of two hundred years: built, searched, sorted."""
    for year in range(1950, 2150):
        project.write(
            f"issues/{year}-01.md",
            f"---\nlegacy: true\ndate: {year}-01\n---\n\n# 要闻\n\n## {year}年大事\n\n这一年的国防动员大事记。\n",
        )
    done = project.run("build")
    assert done.code == 0, done.said
    for address in served(project.out):
        page = chromium.new_page()
        page.goto(address + "/search/")
        page.wait_for_function("window.guodong && window.guodong.search")
        answer = page.evaluate("window.guodong.search('国防动员', {sort: 'date', limit: 1000})")
        page.close()

        assert answer["total"] == 200
        assert [answer["items"][0]["date"], answer["items"][-1]["date"]] == ["2149-01", "1950-01"]
        assert len(answer["facets"]["year"]) == 200
