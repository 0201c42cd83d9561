"""Whatever happened to a project between two builds: the site is, byte for byte, that of a build from nothing.

`desk.EDITS` are the things that happen.  Each test builds warm after some of them, builds from nothing into an empty folder of
the same project, compares the two and what they said, and builds once more, which must change nothing.
"""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator
from itertools import chain

import pytest
from builds import Press, different, fresh, judgement, loaded, looks
from conftest import Project, jpeg, new_project, snapshot
from desk import EDITS, Desk, Story
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

WAYS: dict[str, tuple[str, ...]] = {
    "pages": ("--no-search",),
    "whole": (),
    "drafts": ("--no-search", "--drafts"),
    "below a path": ("--base-url", "https://example.org/gzdt/"),
    "as data": ("--no-search", "--format", "json"),
    "one worker": ("--no-search", "--jobs", "1"),
    "three workers": ("--no-search", "--jobs", "3"),
}
"""Ways of building.  Each must keep what it made apart from the others'."""

Happened = list[tuple[str, int]]


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    """The program, loaded once; it takes two things for much, so that even these archives are shared among workers."""
    with loaded("from guodong_site import workers; workers._MUCH = 2") as one:
        yield one


def test_any_number_of_workers(press: Press, project: Project) -> None:
    """From nothing and warm, the index on and off: one process or several, the same bytes and words."""
    desk = Desk(project)
    for search in ((), ("--no-search",)):
        made = [fresh(press, project, *search, "--jobs", jobs) for jobs in "123"]
        assert [(judgement(done), site) for done, site in made[1:]] == [(judgement(made[0][0]), made[0][1])] * 2
    EDITS["issue in the middle"](desk)
    warm = []
    for jobs in "21":
        assert press.run(project, "build", "--no-search", "--jobs", jobs, "--out", f"out{jobs}").code == 0
        warm.append(snapshot(project.root / f"out{jobs}"))
    assert different(*warm) == []


def same(press: Press | Project, project: Project, options: tuple[str, ...], after: object) -> bool:
    """Holds the next build to one from nothing; whether it was a good one."""
    run = press.run if isinstance(press, Project) else lambda *arguments: press.run(project, *arguments)
    before = project.site()
    warm = run("build", *options)
    cold, site = fresh(press, project, *options)

    assert judgement(warm) == judgement(cold), after
    assert warm.code in {0, 1, 3}, (warm.said, after)
    assert different(project.site(), site if warm.code == 0 else before) == [], after
    stood = looks(project.out)
    again = run("build", *options)
    assert judgement(again) == judgement(warm), after
    assert looks(project.out) == stood, after
    return warm.code == 0


def work(press: Press, project: Project, batches: list[Happened], ways: list[tuple[str, ...]]) -> None:
    """Lets things happen, batch after batch, and builds after each, the ways by turns.  A fault lasts for one batch."""
    desk = Desk(project)
    assert same(press, project, ways[0], "the beginning")
    for turn, batch in enumerate(batches):
        for name, seed in batch:
            desk.chance = random.Random(seed)
            EDITS[name](desk)
        if not same(press, project, ways[turn % len(ways)], batches[: turn + 1]):
            desk.mend()


@pytest.mark.parametrize(("way", "at_once"), [("whole", 4), pytest.param("pages", 1, marks=pytest.mark.long)])
def test_everything_in_turn(press: Press, project: Project, way: str, at_once: int) -> None:
    """Every edit there is, in an order drawn once: with the index, four edits at a time; the longer test: pages alone, one at a time."""
    chance = random.Random(at_once)
    names = sorted(EDITS)
    chance.shuffle(names)
    happened = [(name, chance.randrange(1 << 16)) for name in names]
    work(press, project, [happened[n : n + at_once] for n in range(0, len(names), at_once)], [WAYS[way]])


happened = st.tuples(st.sampled_from(sorted(EDITS)), st.integers(0, 1 << 16))
batches = st.lists(st.lists(happened, min_size=1, max_size=4), min_size=1, max_size=5)
ways = st.lists(st.sampled_from(sorted(WAYS)).map(WAYS.__getitem__), min_size=1, max_size=2)
CAREFUL = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(max_examples=4, suppress_health_check=CAREFUL, phases=[Phase.reuse, Phase.generate])
@given(batches, ways)
def test_anything_in_any_order(
    press: Press, tmp_path_factory: pytest.TempPathFactory, batches: list[Happened], ways: list[tuple[str, ...]]
) -> None:
    """Several edits between two builds, several builds, one way of building or two by turns into one folder.

    A failure is not shrunk, which would take minutes; the longer test does.
    """
    work(press, new_project(tmp_path_factory.mktemp("any")), batches, ways)


@pytest.mark.long
@settings(max_examples=60, suppress_health_check=CAREFUL)
@given(st.lists(st.lists(happened, min_size=1, max_size=4), min_size=4, max_size=40), ways)
def test_anything_in_any_order_at_length(
    press: Press, tmp_path_factory: pytest.TempPathFactory, batches: list[Happened], ways: list[tuple[str, ...]]
) -> None:
    """The same, longer."""
    work(press, new_project(tmp_path_factory.mktemp("any")), batches, ways)


FEW = "from guodong_site import words; words._FEW = 0"
"""rjieba from the first character on: these archives are too small for it."""
WITHOUT = "import sys; sys.modules['rjieba'] = None"
"""A machine without the extra `fast`."""


@pytest.mark.parametrize(
    "options", [WAYS["whole"], pytest.param(WAYS["drafts"], marks=pytest.mark.long)], ids=["whole", "drafts"]
)
def test_a_way_of_building_with_and_without_the_fast_cutter(project: Project, options: tuple[str, ...]) -> None:
    """jieba alone and rjieba make the same bytes, cold and warm, and each goes on from what the other kept."""
    desk = Desk(project)
    desk.append(
        "issues/2024-01.md", "\n动动动员v2.0.1发布，7.8b类㐂丰2022-2023年C++和AT&T见a.b-c_d，3.5.2版共1.5万份。\n"
    )  # where they differ
    with loaded(FEW) as fast, loaded(WITHOUT) as slow:
        for turn, one in enumerate((fast, slow, fast, slow)):
            assert same(one, project, options, turn)
            right = fresh(slow if one is fast else fast, project, *options)[1]
            assert different(project.site(), right) == []
            desk.publish((2024, 12, 1))
            EDITS["title changed"](desk)


def test_the_fast_cutter_is_really_used(project: Project) -> None:
    """Else the test above compares a program with itself."""
    Desk(project)
    code = f"{FEW}; import sys; from guodong_site.door import main; main(['build', '--no-search', '--quiet']); print('rjieba' in sys.modules)"
    ended = subprocess.run([sys.executable, "-c", code], cwd=project.root, capture_output=True, text=True, check=True)

    assert ended.stdout == "True\n"


@pytest.mark.long
def test_commands_of_their_own(project: Project) -> None:
    """A few of the same with nothing shared but the disk: real commands, each started from nothing."""
    desk = Desk(project)
    names = ["newest issue", "cache of another day", "page template", "text changed", "cache of another day", "file renamed"]
    for name in [*names, "published file edited"]:
        EDITS[name](desk)
        assert same(project, project, WAYS["whole"], name)


def test_pictures_in_turn(press: Press, project: Project) -> None:
    """A picture is missed, comes, changes, goes and comes back, all under one name, while the issue that shows it stays as it is."""
    desk = Desk(project)
    desk.append("issues/2024-01.md", "\n![照片](2024-01/a.jpg)\n")
    place, picture = project.root / "issues/2024-01/a.jpg", project.out / "issues/2024-01/a.jpg"
    for content in (None, jpeg(1), jpeg(2), None, jpeg(1), jpeg(3)):
        if content is None:
            place.unlink(missing_ok=True)
        else:
            project.write("issues/2024-01/a.jpg", content)

        assert same(press, project, WAYS["pages"], content) == (content is not None)
        assert content is None or picture.read_bytes() == content


def test_links_in_turn(press: Press, project: Project) -> None:
    """What a link leads to goes and comes back, while the page that has the link stays as it is: dead at once, alive at once."""
    desk = Desk(project)
    other = desk.bulletins[1]
    other.news[0].mark = "#drill"
    other.local = [
        Story("各区市开展活动 {#local}", ["市北区开展活动。", "李沧区开展活动。"]),
        Story("又开展活动", ["市北区、崂山区开展活动。"]),
    ]
    desk.save(other)
    at = f"/issues/{other.name}"
    desk.append("issues/2024-01.md", f"\n见[那一期]({other.name}.md)和[那一篇]({at}/drill/)、[市北区]({at}/local/#shibei)。\n")
    there = other.text
    changes = {
        "as it was": there,
        "another id": there.replace("#drill", "#other"),
        "another district": there.replace("市北区开展", "崂山区开展"),
        "a draft": there.replace("date:", "draft: true\ndate:"),
        "gone": None,
    }
    for name in [*chain.from_iterable(("as it was", name) for name in changes), "as it was"]:
        text = changes[name]
        if text is None:
            (project.root / other.path).unlink()
        else:
            project.write(other.path, text)

        assert same(press, project, WAYS["pages"], name) == (name == "as it was")


def test_links_of_a_template_in_turn(press: Press, project: Project) -> None:
    """A template leads to an issue that goes and comes back: its page is not made anew, the link is dead all the same."""
    desk = Desk(project)
    other = desk.bulletins[0]
    desk.swap("templates/pages/not_found.html", "{% endblock %}", f'<a href="/issues/{other.name}/">x</a>{{% endblock %}}')
    assert same(press, project, WAYS["pages"], "there")
    (project.root / other.path).unlink()
    assert not same(press, project, WAYS["pages"], "gone")
    desk.save(other)
    assert same(press, project, WAYS["pages"], "there again")


def test_words_in_turn(press: Press, project: Project) -> None:
    """The lists of the office grow one by one while every issue stays: words, stop words, synonyms, districts; the index too."""
    desk = Desk(project)
    desk.append("issues/2024-01.md", "\n海防云哨今日投用，海防云哨由民兵值守。\n")
    lists = {
        "words.txt": ("云哨\n", "海防云哨\n"),
        "stopwords.txt": ("防空警报\n", "人防工程\n"),
        "synonyms.yaml": ("  - same: [云哨, 哨所]\n    source: 测试\n",),
        "districts.yaml": ("  - slug: yunshao\n    name: 云哨区\n    aliases: [云哨]\n",),
    }
    assert same(press, project, WAYS["whole"], "the beginning")
    for name, lines in lists.items():
        for line in lines:
            before = project.site()
            desk.append(f"editorial/{name}", line)

            assert same(press, project, WAYS["whole"], line)
            assert different(project.site(), before), line
