"""jieba's cut is the definition: rjieba, where it takes over, gives the same words."""

from __future__ import annotations

import random

import pytest
from conftest import ROOT, Project, snapshot
from hypothesis import given, settings
from hypothesis import strategies as st

from guodong_site import words
from guodong_site.words import Cutter

OWN = tuple(w for w in (ROOT / "editorial/words.txt").read_text(encoding="utf-8").splitlines() if w and w[0] != "#")
FAST, SLOW = Cutter(OWN), Cutter(OWN, fast=False)
LINES = (ROOT / "tests/data/given-issue.txt").read_text(encoding="utf-8").splitlines()
HAN = sorted({c for line in LINES for c in line if "\u4e00" <= c <= "\u9fd5"})
MARKS = "，。、“”《》（） \t　-—…·%％.．+#&_/:;@*'~\\<>=𠮷㐂﨎é①Ⅳ〇々０Ａ"


def test_the_fast_one_is_there() -> None:
    """The tests compare two programs, not one with itself."""
    assert words._rjieba(OWN) is not None


def test_the_given_issue_is_cut_alike() -> None:
    """Every line of it, and 3,000 pieces of its lines with something foreign put in."""
    chance = random.Random(7)
    texts = [line for line in LINES if line]
    for _ in range(3_000):
        line = chance.choice([line for line in LINES if len(line) > 40])
        at, length = chance.randrange(len(line) - 30), chance.randint(2, 30)
        foreign = "".join(chance.choices(MARKS + "0123456789abXY", k=chance.randint(1, 4)))
        cut = chance.randrange(length)
        texts.append(line[at : at + cut] + foreign + line[at + cut : at + length])

    assert [text for text in texts if FAST.cut(text) != SLOW.cut(text)] == []


@settings(max_examples=400)
@given(st.lists(st.sampled_from([*HAN, *OWN, *MARKS, *"0123456789abXY"]) | st.text(max_size=2), max_size=20).map("".join))
def test_any_text_is_cut_alike(text: str) -> None:
    """汉字, own words, digits, letters, marks and anything else in any order; joined, a cut is its text."""
    assert FAST.cut(text) == SLOW.cut(text)
    assert "".join(FAST.cut(text)) == text


@pytest.mark.parametrize(
    "text", ["www.example.org/a.php", "v2.0.1", "a.b-c_d", "7.8b类", "2022-2023年", "㐂丰", "动动动员", "C++和AT&T"]
)
def test_what_they_cut_differently_is_left_to_jieba(text: str) -> None:
    """The known differences, each a reason in _HARD."""
    assert FAST.cut(text) == SLOW.cut(text)


def test_the_same_bytes_without_it(good: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without the extra makes the same site, index included."""
    assert good.run("build", "--no-cache").code == 0
    monkeypatch.setenv("PYTHONPATH", str(good.write("hidden/rjieba.py", "raise ImportError").parent))
    assert good.run("build", "--no-cache", "--out", "slow", fresh=True).code == 0

    assert snapshot(good.root / "slow") == good.site()


def test_own_words_are_cut_into_what_they_are_made_of() -> None:
    """Never into words that only seem to stand in them: 人民防空 holds no 民防."""
    cut = FAST.cut("人民防空和国防动员办公室的人防工程")

    assert FAST.pieces(cut) == ["人民", "防空", "和", "国防", "动员", "办公室", "的", "人防", "工程"]
