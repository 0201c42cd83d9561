"""What a page says, search finds: proven in a real Chromium on the given issue, against the pages themselves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Project, served
from hypothesis import given as given_any
from hypothesis import strategies as st
from truth import NAMED, absent, articles, differing, exactly, folded, runs, substrings, truth

from guodong_site.search.tokens import fold, tokens
from guodong_site.words import Cutter

FOLD = Path(__file__).parent / "search" / "fold.json"


@pytest.fixture(scope="module")
def pages(given: Project) -> dict[str, list[str]]:
    """Every article page: address → its title and paragraphs."""
    return articles(given.root / "www")


@pytest.fixture(scope="module")
def page(chromium: Any, given_site: str) -> Iterator[Any]:
    """The search page, open."""
    page = chromium.new_page()
    page.goto(given_site + "search/")
    page.wait_for_function("window.guodong && window.guodong.search")
    yield page
    page.close()


def ask(page: Any, queries: list[str], choice: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """The answers of `window.guodong.search`, all hits of each."""
    code = """async ([queries, choice]) => {
        const answers = [];
        for (const q of queries) answers.push(await window.guodong.search(q, {limit: 1000, ...choice}));
        return answers;
    }"""
    answers: list[dict[str, Any]] = page.evaluate(code, [queries, choice or {}])
    return answers


def compare(page: Any, pages: dict[str, list[str]], queries: list[str]) -> list[tuple[str, set[str], set[str]]]:
    """Queries whose answer differs from the pages: (query, missed, wrong)."""
    return differing(pages, queries, ask(page, queries))


def test_random_substrings_are_found_exactly(page: Any, pages: dict[str, list[str]]) -> None:
    """300 pieces of 2 to 6 characters, whatever words they cut: recall and precision 1."""
    assert compare(page, pages, substrings(300, 2, 6)) == []


def test_long_passages_and_single_characters(page: Any, pages: dict[str, list[str]]) -> None:
    """Passages of 12 to 30 characters, whole paragraphs of more than 200, and 60 single characters."""
    characters = [piece for piece in substrings(60, 1, 1) if runs(piece)]
    paragraphs = [text for texts in pages.values() for text in texts if len(text) > 200]

    assert len(paragraphs) > 10
    assert compare(page, pages, substrings(60, 12, 30) + paragraphs + characters) == []


@pytest.mark.parametrize("query", [q for q in NAMED if runs(q)])
def test_words_names_and_tricky_queries(page: Any, pages: dict[str, list[str]], query: str) -> None:
    """Words, names, mixed digits and Latin, full width, quotes, marks inside: as the pages say."""
    assert compare(page, pages, [query]) == []


def test_what_does_not_occur_is_not_found(page: Any, pages: dict[str, list[str]]) -> None:
    """50 strings that stand nowhere, though all their characters do: nothing is found."""
    queries = absent(pages, 50)

    assert compare(page, pages, queries) == []
    assert [exactly(answer) for answer in ask(page, queries)] == [set()] * len(queries)


def test_nothing_matches_across_two_paragraphs(page: Any, pages: dict[str, list[str]]) -> None:
    """The end of a title or paragraph and the beginning of the next are no string of the page."""
    joins = [texts[k][-2:] + texts[k + 1][:2] for texts in pages.values() for k in range(len(texts) - 1)]
    joins = [join for join in joins if len(runs(join)) == 1 and not truth(pages, join)]

    assert len(joins) >= 8
    assert compare(page, pages, joins) == []


def test_the_readers_sets_are_pagefinds_own(chromium: Any, given_site: str, given: Project) -> None:
    """On 200 strings our reader finds what Pagefind's own engine finds, asked for adjacent pairs."""
    import re

    queries = list(dict.fromkeys(folded(piece) for piece in substrings(400, 2, 8) if re.fullmatch(r"[^\W_]+", piece)))[:200]
    facets = json.loads((given.root / "www/gzdt/search/index/facets.json").read_text(encoding="utf-8"))
    module = f"{given_site}search/index/{facets['bundles'][0]['folder']}pagefind.js"
    page = chromium.new_page(bypass_csp=True)  # Pagefind's engine needs WebAssembly, which no page of ours may run
    page.goto(given_site + "search/")
    page.wait_for_function("window.guodong && window.guodong.search")
    code = """async ([module, queries]) => {
        const source = `import * as pagefind from "${module}";
            onmessage = async ({data}) => {
                const found = [];
                for (const q of data) {
                    const c = [...q], pairs = c.slice(1).map((x, i) => c[i] + x);
                    const {results} = await pagefind.search('"' + pairs.join(" ") + '"');
                    found.push((await Promise.all(results.map(r => r.data()))).map(d => new URL(d.url, "http://x/").pathname));
                }
                postMessage(found);
            };`;
        const worker = new Worker(URL.createObjectURL(new Blob([source], {type: "text/javascript"})), {type: "module"});
        return new Promise((ok, no) => { worker.onmessage = e => ok(e.data); worker.onerror = e => no(e.message); worker.postMessage(queries); });
    }"""
    theirs = page.evaluate(code, [module, queries])
    ours = [[item["url"] for item in answer["items"]] for answer in ask(page, queries)]
    page.close()
    ends = [sorted(re.search(r"issues/.*", url)[0] for url in urls) for urls in theirs]  # type: ignore[index]

    assert len(queries) == 200
    assert ends == [sorted(url.removeprefix("/gzdt/") for url in urls) for urls in ours]


def test_both_sides_fold_alike(page: Any, given: Project) -> None:
    """Python writes and JavaScript asks the same characters: one table for both."""
    table = json.loads(FOLD.read_text(encoding="utf-8"))
    asset = next((given.root / "www/gzdt/assets").glob("*/fold.js"))
    address = page.url.split("search/")[0] + f"assets/{asset.parent.name}/fold.js"
    code = "async ([address, chars]) => { const m = await import(address); return chars.map(m.foldCharacter); }"
    in_browser = page.evaluate(code, [address, [char for char, _ in table]])

    assert [fold(char) for char, _ in table] == [right for _, right in table]
    assert in_browser == [right for _, right in table]


@given_any(st.characters(exclude_categories=["Cs"]))
def test_folding_keeps_the_place(char: str) -> None:
    """One character stays one character and folding twice changes nothing more for letters people type."""
    once = fold(char)

    assert len(once) == 1


_OWN = tuple(w for w in (ROOT / "editorial/words.txt").read_text(encoding="utf-8").splitlines() if w and w[0] != "#")
_CUTTER = Cutter(_OWN)


@given_any(st.text() | st.lists(st.sampled_from(_OWN) | st.text(max_size=3)).map("".join))
def test_a_token_a_character(text: str) -> None:
    """Every character has one position, and one closes the text; the office's own words change nothing of that."""
    words = _CUTTER.pieces(_CUTTER.cut(text))

    assert "".join(words) == text
    assert len(tokens(text, words).split(" ")) == len(text) + 1


def test_choices_narrow_and_facets_count(page: Any) -> None:
    """Section, year, district, source, issue, dates; a facet is counted as if nothing of its own were chosen."""
    (everything,) = ask(page, ["国动办"])
    (briefs,) = ask(page, ["国动办"], {"section": "jianxun"})
    (district,) = ask(page, ["国动办"], {"district": "shibei"})
    (nothing,) = ask(page, ["国动办"], {"year": "2022"})
    (dated,) = ask(page, ["国动办"], {"from": "2023-01-01", "to": "2023-12-31"})
    (reprint,) = ask(page, ["国防"], {"source": "中国国防报"})

    assert briefs["facets"]["section"] == everything["facets"]["section"]
    counts = {facet["name"]: facet["count"] for facet in everything["facets"]["section"]}
    assert briefs["total"] == counts["简讯"]
    assert {item["section"] for item in briefs["items"]} == {"简讯"}
    assert [item["url"] for item in district["items"]] == ["/gzdt/issues/2023-03/4/"]
    assert (nothing["total"], nothing["exact"]) == (0, True)
    assert dated["total"] == everything["total"]
    assert [item["url"] for item in reprint["items"]] == ["/gzdt/issues/2023-03/11/"]


def test_an_exact_title_comes_first(page: Any, pages: dict[str, list[str]]) -> None:
    """Asked for its whole title, an article is the first hit."""
    titles = {address: texts[0] for address, texts in pages.items()}
    firsts = {url: answer["items"][0]["url"] for url, answer in zip(titles, ask(page, list(titles.values())), strict=True)}

    assert firsts == {url: url for url in titles}


def test_a_whole_title_comes_before_longer_ones(chromium: Any, project: Project) -> None:
    """The title typed whole wins over titles that begin or end so, though those articles say it more often and are newer."""
    titles = [
        "工作会议",
        "工作会议",
        "市国动办召开工作会议",
        "市国动办召开工作会议部署任务",
        "市国动办召开工作会议，总结工作会议",
        "《工作会议》",
        "工作会议，召开",
    ]
    for year, title in enumerate(titles, 2019):
        said = "" if title == "市国动办召开工作会议" else "市国动办召开工作会议。" * 5
        project.write(
            f"issues/{year}-01.md", f"---\nnumber: 1\ndate: {year}-01-05\n---\n\n# 要闻\n\n## {title}\n\n{said}召开。\n"
        )
    assert project.run("build").code == 0
    for address in served(project.out):
        page = chromium.new_page()
        page.goto(address + "/search/")
        page.wait_for_function("window.guodong && window.guodong.search")
        queries = ["市国动办召开工作会议", "工作会议", "工作会议，召开"]
        firsts = [[item["title"] for item in answer["items"]][:3] for answer in ask(page, queries)]
        alike = [item["date"] for item in ask(page, ["工作会议"])[0]["items"] if item["title"] == "工作会议"]
        page.close()

        assert firsts[0][0] == "市国动办召开工作会议"
        assert sorted(firsts[1]) == ["《工作会议》", "工作会议", "工作会议"]
        assert alike == ["2020-01-05", "2019-01-05"]
        assert firsts[2][0] == "工作会议，召开"


def test_the_excerpt_is_the_densest_place(chromium: Any, project: Project) -> None:
    """Of many places, the one where all words stand closest together; the others are offered as further passages."""
    far = "开头提到警报。" + "这里写别的事情。" * 40
    dense = "全市警报、疏散、掩蔽一起演练，警报鸣响后疏散。"
    project.write(
        "issues/2024-01.md",
        f"---\nnumber: 1\ndate: 2024-01-05\n---\n\n# 要闻\n\n## 演练\n\n{far}\n\n说到疏散。\n\n{far}{dense}\n\n末尾写掩蔽。\n",
    )
    assert project.run("build").code == 0
    for address in served(project.out):
        page = chromium.new_page()
        page.goto(address + "/search/")
        page.wait_for_function("window.guodong && window.guodong.search")
        (item,) = ask(page, ["警报 疏散 掩蔽"])[0]["items"]
        page.close()
        shown = {item["excerpt"][start:end] for start, end in item["marks"]}

        assert dense in item["excerpt"]
        assert shown == {"警报", "疏散", "掩蔽"}
        assert item["places"] == 9
        assert len(item["passages"]) == 2


def test_marks_stand_on_the_words(page: Any) -> None:
    """Excerpt and title say where the query stands in them."""
    (answer,) = ask(page, ["国际民防日"])
    for item in answer["items"]:
        marked = {item["excerpt"][start:end] for start, end in item["marks"]}
        titled = {item["title"][start:end] for start, end in item["titleMarks"]}

        assert marked == {"国际民防日"}
        assert titled == {"国际民防日"}


@pytest.mark.parametrize(
    "query", ["", " ", "，。", "\u0000\u0007", "\ud800", "😀", "<img src=x onerror=alert(1)>", "___PAGEFIND", "国" * 10000]
)
def test_odd_queries_do_no_harm(page: Any, query: str) -> None:
    """Nothing, only marks, control characters, a lone surrogate, HTML, 10,000 characters: no exact hit, never an error."""
    code = "async (codes) => window.guodong.search(String.fromCharCode(...codes))"
    units = [
        int.from_bytes(query.encode("utf-16-le", "surrogatepass")[k : k + 2], "little") for k in range(0, 2 * len(query), 2)
    ]
    answer = page.evaluate(code, units)

    assert exactly(answer) == set()


def test_rare_characters_are_exact(chromium: Any, project: Project) -> None:
    """Accents, kana, compatibility ideographs, extension planes, circled digits: found where they stand, told apart where not."""
    words = [
        "café",
        "cafe",
        "ガス",
        "カス",
        "涼",
        "𠮷野",
        "①号",
        "Ⅳ级",
        "〇五",
        "人々",
        "straße",
        "ﬁne",
        "Ελλάς",
        "Москва",
        "ế",
    ]
    body = "\n\n".join(f"## 第{n}篇\n\n这里写着{word}。" for n, word in enumerate(words))
    project.write("issues/2024-01.md", f"---\nnumber: 1\ndate: 2024-01-05\n---\n\n# 要闻\n\n{body}\n")
    assert project.run("build").code == 0
    for address in served(project.out):
        page = chromium.new_page()
        page.goto(address + "/search/")
        page.wait_for_function("window.guodong && window.guodong.search")
        found = {word: [item["url"] for item in answer["items"]] for word, answer in zip(words, ask(page, words), strict=True)}
        page.close()

        assert found == {word: [f"/issues/2024-01/{n + 1}/"] for n, word in enumerate(words)}
