"""Queries with known answers.  Truth is plain containment in one text of an article, width and case aside."""

from __future__ import annotations

import random
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import jieba
import opencc
from asked import SET
from corpus import Article, Line, News, folded

_HAN = re.compile(r"[\u4e00-\u9fff]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is typed and the numbers of the articles that hold it."""

    text: str
    truth: frozenset[int]


class Texts:
    """The folded texts of a corpus, asked for containment."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self.texts = [article.text for article in articles]

    def holding(self, *parts: str) -> frozenset[int]:
        """The articles that hold every part."""
        wanted = [folded(part) for part in parts]
        return frozenset(number for number, text in enumerate(self.texts) if all(part in text for part in wanted))

    def query(self, text: str) -> Query:
        """The query of one run."""
        return Query(text=text, truth=self.holding(text))


def sets(articles: Sequence[Article], lines: Sequence[Sequence[Line]], texts: Texts) -> dict[str, tuple[Query, ...]]:
    """Every set by name.  `lines` are cut by hand; where nobody cut, see `cut_lines`."""
    chance = random.Random(42)
    every = [line for piece in lines for line in piece if len(line.words) >= 6]
    words = [
        word
        for word, _ in Counter(
            w for piece in lines for line in piece for w in line.words if is_han(w) and len(w) > 1
        ).most_common()
    ]
    chars = Counter(char for text in texts.texts for char in text if _HAN.match(char))

    def taken(candidates: Iterable[str]) -> tuple[Query, ...]:
        queries: dict[str, Query] = {}
        for text in candidates:
            if len(queries) == SET:
                break
            if text not in queries and (query := texts.query(text)).truth:
                queries[text] = query
        return tuple(queries.values())

    strata = [part or words for part in (words[:300], words[300:3000], words[3000:12000], words[12000:])]
    made = {"word": taken(chance.choice(strata[n % 4]) for n in range(SET * 4)), "phrase": taken(_phrases(chance, every))}
    for kind in ("person", "place"):
        names = sorted({name for piece in lines for line in piece for name, k in line.names if k == kind and is_han(name)})
        chance.shuffle(names)
        if names:
            made[kind] = taken(names)
    made["substring"] = taken(_across(chance, every))
    made["mixed"] = taken(_mixed(chance, articles))
    made["width"] = tuple(Query(text=wide(query.text.upper()), truth=query.truth) for query in made["mixed"][: SET // 2])
    made["long"] = taken(_long(chance, articles))
    made["single"] = taken(chance.sample([char for char, _ in chars.most_common(1500)], min(SET, len(chars))))
    made["multi"], made["glued"] = _two_words(chance, texts, words[100:4000])
    traditional = opencc.OpenCC("s2t")
    both = [(traditional.convert(query.text), query) for name in ("word", "phrase") for query in made[name]]
    made["traditional"] = tuple(Query(text=t, truth=q.truth) for t, q in both if t != q.text and not texts.holding(t))[:SET]
    made["zero"] = _nowhere(chance, texts, chars)
    return made


def cut_lines(articles: Sequence[Article]) -> tuple[tuple[Line, ...], ...]:
    """The lines of articles nobody cut by hand, as jieba cuts them; it knows no names."""
    jieba.setLogLevel("ERROR")
    return tuple(tuple(Line(words=tuple(jieba.cut(p)), names=()) for p in (a.title, *a.paragraphs)) for a in articles)


def ambiguous(source: News, texts: Texts) -> tuple[Query, ...]:
    """Pairs that are a word in some articles and lie across two in others; the truth is where they are a word by hand.

    Those a hit at random would get wrong more often than not: a word in 15 to 50 of 100 articles, and in ten at least.
    """
    counts = Counter(word for article in source.articles for word in article.words if len(word) == 2 and is_han(word))
    found = []
    for word, count in sorted(counts.items()):
        if count < 10:
            continue
        held = len(texts.holding(word))
        if 0.15 <= count / held <= 0.5:
            truth = frozenset(article.number for article in source.articles if word in article.words)
            found.append(Query(text=word, truth=truth))
    return tuple(random.Random(5).sample(found, min(SET, len(found))))


def titles(articles: Sequence[Article], wanted: int = 300) -> tuple[Query, ...]:
    """Whole titles; right is an article of that title, first."""
    owners: dict[str, set[int]] = {}
    for article in articles:
        owners.setdefault(article.title, set()).add(article.number)
    usable = sorted(title for title in owners if 8 <= len(title) < 40 and len(_HAN.findall(title)) <= 3)
    chosen = random.Random(3).sample(usable, min(wanted, len(usable)))
    return tuple(Query(text=title, truth=frozenset(owners[title])) for title in chosen)


def title_parts(articles: Sequence[Article], wanted: int = 160) -> tuple[Query, ...]:
    """Four to eight characters out of a title; right is an article with them in its title, first."""
    chance = random.Random(4)
    parts: dict[str, Query] = {}
    runs = sorted({run for article in articles for run in _HAN.findall(article.title) if len(run) > 4})
    while len(parts) < wanted:
        run = chance.choice(runs)
        size = min(len(run), chance.randint(4, 8))
        at = chance.randrange(len(run) - size + 1)
        part = run[at : at + size]
        parts[part] = Query(text=part, truth=frozenset(a.number for a in articles if part in folded(a.title)))
    return tuple(parts.values())


def is_han(text: str) -> bool:
    """Whether the text is all 汉字."""
    return _HAN.fullmatch(text) is not None


def wide(text: str) -> str:
    """ASCII as full-width characters."""
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def _is_run(text: str) -> bool:
    return all(unicodedata.category(char)[0] in "LN" for char in text)


def _places(chance: random.Random, every: Sequence[Line]) -> Iterator[tuple[Line, int]]:
    while True:
        line = chance.choice(every)
        yield line, chance.randrange(len(line.words) - 4)


def _phrases(chance: random.Random, every: Sequence[Line]) -> Iterator[str]:
    """Two to four words that stand together, four to ten characters."""
    for line, at in _places(chance, every):
        text = "".join(line.words[at : at + chance.choice((2, 3, 4))])
        if 4 <= len(text) <= 10 and is_han(text):
            yield text


def _across(chance: random.Random, every: Sequence[Line]) -> Iterator[str]:
    """Two to six characters that begin or end inside a word and cross a border."""
    length = 2
    while True:
        line = chance.choice(every)
        borders, place = set(), 0
        for word in line.words:
            borders.add(place)
            place += len(word)
        if place < length + 4:
            continue
        start = chance.randrange(place - length)
        end = start + length
        text = line.text[start:end]
        crosses = any(start < border < end for border in borders)
        if is_han(text) and crosses and not (start in borders and end in borders):
            yield text
            length = 2 + (length - 1) % 5


def _mixed(chance: random.Random, articles: Sequence[Article]) -> Iterator[str]:
    """Two to six characters with a digit or a Latin letter among them."""
    while True:
        article = chance.choice(articles)
        text = folded(chance.choice((article.title, *article.paragraphs)))
        hits = [match.start() for match in re.finditer(r"[0-9a-z]", text)]
        if hits:
            start = max(0, chance.choice(hits) - chance.randint(0, 2))
            part = text[start : start + chance.randint(2, 6)]
            if len(part) > 1 and _is_run(part):
                yield part


def _long(chance: random.Random, articles: Sequence[Article]) -> Iterator[str]:
    """Twelve to thirty characters without a mark."""
    while True:
        text = folded(chance.choice(chance.choice(articles).paragraphs))
        if len(text) >= 40:
            start = chance.randrange(len(text) - 30)
            part = text[start : start + chance.randint(12, 30)]
            if _is_run(part):
                yield part


def _two_words(chance: random.Random, texts: Texts, words: Sequence[str]) -> tuple[tuple[Query, ...], tuple[Query, ...]]:
    """Two words of one article, with a blank between them; and the same without it, where nobody wrote them so."""
    apart, glued = [], []
    while len(apart) < SET:
        text = chance.choice(texts.texts)
        inside = [word for word in chance.sample(words, min(400, len(words))) if word in text]
        if len(inside) < 2:
            continue
        first, second = inside[:2]
        truth = texts.holding(first, second)
        apart.append(Query(text=f"{first} {second}", truth=truth))
        if not texts.holding(first + second):
            glued.append(Query(text=first + second, truth=truth))
    return tuple(apart), tuple(glued)


def _nowhere(chance: random.Random, texts: Texts, chars: Counter[str]) -> tuple[Query, ...]:
    """Two to four frequent characters in an order that nobody wrote."""
    found: dict[str, Query] = {}
    population, weights = list(chars), list(chars.values())
    while len(found) < SET:
        text = "".join(chance.choices(population, weights, k=chance.choice((2, 3, 4))))
        if not texts.holding(text):
            found[text] = Query(text=text, truth=frozenset())
    return tuple(found.values())
