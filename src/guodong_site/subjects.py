"""Subject indexing (主题标引): what every article is about, and the earlier articles nearest to it.  Knows no page.

An article is weighed against the archive as it stood when its issue came out, never against later ones: a new issue gives
no old article other keywords, and so shifts no old page.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from guodong_site.model import Article, Issue, Site
from guodong_site.pinyin import syllables
from guodong_site.words import Cutter

KEYWORDS = 5
RELATED = 3
_WEIGHED = 12  # terms of an article that decide what is near to it
_LOOKED = 200  # newest articles of a term that are compared: beyond these a term says little
_NEAR = 0.12  # the least likeness (cosine) of two related articles
_PRIOR = 100  # articles of ordinary Chinese that every word's rarity is counted against besides the archive
_LENGTH = 200  # words of such an article
_TITLE = 3  # a place in the title counts as so many in the body
_K1 = 1.2  # saturation, as in BM25
_TERM = re.compile(r"[\u3400-\u9fff]{2,8}")


def index_subjects(issues: tuple[Issue, ...], cutter: Cutter, stop_words: Iterable[str]) -> tuple[Issue, ...]:
    """The issues, newest first as they came, their articles with `keywords` and `related` filled in.

    TF-IDF: the count of a term saturates as in BM25; its rarity is that among the articles so far, with _PRIOR articles of
    ordinary Chinese added, so that a young archive does not take its own habits for meaning.
    """
    terms = _Terms(cutter, frozenset(stop_words))
    holding: Counter[str] = Counter()
    nearest = _Neighbours()
    indexed: list[Issue] = []
    articles = 0
    for issue in reversed(issues):
        counted = {article.key: terms.counted(article) for article in issue.articles}
        holding.update(term for counts in counted.values() for term in counts)
        articles += len(counted)
        weights = {key: _weights(counts, holding, articles, cutter) for key, counts in counted.items()}
        for article in issue.articles:
            nearest.add(article.key, weights[article.key])
        sections = tuple(
            replace(
                section,
                articles=tuple(
                    _indexed(article, weights[article.key], counted[article.key], nearest) for article in section.articles
                ),
            )
            for section in issue.sections
        )
        indexed.append(replace(issue, sections=sections))
    return tuple(reversed(indexed))


def _indexed(article: Article, weights: Mapping[str, float], counts: Mapping[str, int], nearest: _Neighbours) -> Article:
    heavy = {term: weight for term, weight in weights.items() if counts[term] > 1}  # said once, it is no subject
    return replace(article, keywords=_keywords(heavy), related=nearest.of(article.key))


class _Terms:
    """Counts what may be a keyword: nouns of the dictionary and the editors' own words, stop words aside."""

    def __init__(self, cutter: Cutter, stop_words: frozenset[str]) -> None:
        self._cutter = cutter
        self._fits = lru_cache(maxsize=None)(
            lambda word: bool(_TERM.fullmatch(word)) and word not in stop_words and cutter.names_a_thing(word)
        )

    def counted(self, article: Article) -> Counter[str]:
        """How often each term stands in an article; the title counts more."""
        counts: Counter[str] = Counter()
        for text, worth in ((article.title.text, _TITLE), *((unit, 1) for unit in article.prose.units)):
            for word in self._cutter.cut(text):
                if self._fits(word):
                    counts[word] += worth
        return counts


def _weights(counts: Mapping[str, int], holding: Mapping[str, int], articles: int, cutter: Cutter) -> dict[str, float]:
    """The heaviest terms of an article, heaviest first.  Rounded, so that no machine's last digit decides an order."""
    weights = {}
    for term, count in counts.items():
        usual = 1 - math.exp(-cutter.frequency(term) * _LENGTH)
        rarity = math.log((articles + _PRIOR + 1) / (holding[term] + _PRIOR * usual + 0.5))
        weights[term] = round(rarity * count / (count + _K1), 6)
    return dict(sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:_WEIGHED])


def _keywords(weights: Mapping[str, float]) -> tuple[str, ...]:
    """The first terms of which none lies within another; the longer one of two, unless it weighs much less."""
    within = {t for t in weights for other in weights if t in other and t != other and weights[other] * 2 >= weights[t]}
    chosen: list[str] = []
    for term in weights:
        nested = any(term in other or other in term for other in chosen)
        if term not in within and not nested and len(chosen) < KEYWORDS:
            chosen.append(term)
    return tuple(chosen)


class _Neighbours:
    """The articles so far by their terms."""

    def __init__(self) -> None:
        self._weights: dict[str, Mapping[str, float]] = {}
        self._length: dict[str, float] = {}
        self._holding: defaultdict[str, list[str]] = defaultdict(list)
        self._place: dict[str, int] = {}

    def add(self, key: str, weights: Mapping[str, float]) -> None:
        """Makes an article known."""
        self._place[key] = len(self._weights)
        self._weights[key] = weights
        self._length[key] = math.sqrt(math.fsum(weight * weight for weight in weights.values()))
        for term in weights:
            self._holding[term].append(key)

    def of(self, key: str) -> tuple[str, ...]:
        """The keys of the nearest known articles, nearest first, newer ones before older ones as near."""
        products: defaultdict[str, list[float]] = defaultdict(list)
        for term, weight in self._weights[key].items():
            for other in self._holding[term][-_LOOKED:]:
                if other != key:
                    products[other].append(weight * self._weights[other][term])
        likeness = {
            other: round(math.fsum(parts) / (self._length[key] * self._length[other]), 6)
            for other, parts in products.items()
            if len(parts) > 1  # a single word in common is an accident
        }
        near = [other for other, like in likeness.items() if like >= _NEAR]
        near.sort(key=lambda other: (-likeness[other], -self._place[other]))
        return tuple(near[:RELATED])


def letter_of(term: str) -> str:
    """The first letter of a term's reading, a to z: where an index lists it."""
    return syllables(term)[0][0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A keyword and its articles, newest first.  `letter` is where an index lists it."""

    term: str
    letter: str
    articles: tuple[tuple[Issue, Article], ...]


def topics(site: Site) -> tuple[Topic, ...]:
    """Every keyword of the archive in the order of its reading."""
    holding: defaultdict[str, list[tuple[Issue, Article]]] = defaultdict(list)
    for issue, article in site.dated():
        for term in article.keywords:
            holding[term].append((issue, article))
    read = sorted(holding, key=lambda term: (syllables(term), term))
    return tuple(Topic(term=term, letter=letter_of(term), articles=tuple(holding[term])) for term in read)
