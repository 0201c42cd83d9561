"""Subject indexing (主题标引): what every article is about, and the earlier articles nearest to it.  Knows no page.

An article is weighed against the archive as it stood when its issue came out, never against later ones: a new issue gives
no old article other keywords, and so shifts no old page.
"""

from __future__ import annotations

import marshal
import math
import re
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest

from guodong_site.model import Issue, Related, Title
from guodong_site.words import Cutter

KEYWORDS = 5
RELATED = 3
_WEIGHED = 12  # terms of an article that decide what is near to it
_LOOKED = 40  # newest articles of a term that are compared: beyond these a term says little
_NEAR = 0.12  # the least likeness (cosine) of two related articles
_PRIOR = 100  # articles of ordinary Chinese that every word's rarity is counted against besides the archive
_LENGTH = 200  # words of such an article
_TITLE = 3  # a place in the title counts as so many in the body
_K1 = 1.2  # saturation, as in BM25
_TERM = re.compile(r"[\u3400-\u9fff]{2,8}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """An article as subject indexing sees it: how it is named elsewhere, and how often each term stands in it."""

    named: Related
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subjects:
    """What an article is about, and what earlier articles are nearest to it."""

    keywords: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()


def terms(issue: Issue, cutter: Cutter, stop_words: frozenset[str]) -> tuple[Counted, ...]:
    """What may be a keyword in each article: nouns of the dictionary and the editors' own words.  The title counts more."""
    counted = []
    for article in issue.articles:
        counts: Counter[str] = Counter()
        for text, worth in ((article.title.text, _TITLE), (article.prose.text, 1)):
            for word, times in Counter(cutter.cut(text)).items():
                if cutter.names_a_thing(word) and _TERM.fullmatch(word) and word not in stop_words:
                    counts[word] += worth * times
        named = Related(issue=issue.id, item=article.id, title=article.title, label=issue.label)
        counted.append(Counted(named=named, counts=dict(counts)))
    return tuple(counted)


def indexed(issue: Issue, subjects: Sequence[Subjects]) -> Issue:
    """The issue with the subjects of its articles, in their order, filled in."""
    each = iter(subjects)
    sections = []
    for section in issue.sections:
        named = ((article, next(each)) for article in section.articles)
        articles = tuple(replace(article, keywords=s.keywords, related=s.related) for article, s in named)
        sections.append(replace(section, articles=articles))
    return replace(issue, sections=tuple(sections))


class Indexer:
    """Reads the archive issue by issue, oldest first, and knows what it held so far.

    TF-IDF: the count of a term saturates as in BM25; its rarity is that among the articles so far, with _PRIOR articles of
    ordinary Chinese added, so that a young archive does not take its own habits for meaning.
    """

    def __init__(self, cutter: Cutter, state: bytes | None = None) -> None:
        """`state` is what an indexer `packed` once: it goes on from there."""
        self._cutter = cutter
        self._holding: dict[str, int] = {}
        self._packed: dict[str, bytes] = {}
        self._lengths, self._named = array("d"), list[bytes]()
        self._postings: dict[str, array[float]] = {}
        self._shares: dict[str, float] = {}
        if state is not None:
            self._holding, self._packed, lengths, self._named = marshal.loads(state)  # noqa: S302  # our own
            self._lengths.frombytes(lengths)

    def packed(self) -> bytes:
        """All that it knows."""
        postings = self._packed | {term: held[-2 * _LOOKED :].tobytes() for term, held in self._postings.items()}
        return marshal.dumps((self._holding, postings, self._lengths.tobytes(), self._named))

    def add(self, issue: Sequence[Counted]) -> tuple[Subjects, ...]:
        """The next issue: the subjects of its articles, which may be near to each other too."""
        first = len(self._named)
        for article in issue:
            for term in article.counts:
                self._holding[term] = self._holding.get(term, 0) + 1
        weights = [self._weights(article.counts, first + len(issue)) for article in issue]
        for place, (article, heavy) in enumerate(zip(issue, weights, strict=True), first):
            self._named.append(_as_bytes(article.named))
            self._lengths.append(math.sqrt(math.fsum(weight * weight for weight in heavy.values())))
            for term, weight in heavy.items():
                self._posted(term).extend((place, weight))
        made = []
        for place, (article, heavy) in enumerate(zip(issue, weights, strict=True), first):
            often = {term: weight for term, weight in heavy.items() if article.counts[term] > 1}  # said once, it is no subject
            made.append(Subjects(keywords=_keywords(often), related=self._near(place, heavy)))
        return tuple(made)

    def _posted(self, term: str) -> array[float]:
        """The articles that have a term among their heaviest: place and weight by turns, oldest first."""
        if term not in self._postings:
            self._postings[term] = array("d", self._packed.pop(term, b""))
        return self._postings[term]

    def _weights(self, counts: Mapping[str, int], articles: int) -> dict[str, float]:
        """The heaviest terms of an article, heaviest first.  Rounded, so that no machine's last digit decides an order."""
        weights = {}
        for term, count in counts.items():
            rarity = math.log((articles + _PRIOR + 1) / (self._holding[term] + _PRIOR * self._usual(term) + 0.5))
            weights[term] = round(rarity * count / (count + _K1), 6)
        return dict(nsmallest(_WEIGHED, weights.items(), key=lambda pair: (-pair[1], pair[0])))

    def _usual(self, term: str) -> float:
        """The share of ordinary articles that say a term."""
        if term not in self._shares:
            self._shares[term] = 1 - math.exp(-self._cutter.frequency(term) * _LENGTH)
        return self._shares[term]

    def _near(self, place: int, heavy: Mapping[str, float]) -> tuple[Related, ...]:
        """The nearest articles known, nearest first, newer ones before older ones as near."""
        products: dict[float, float] = {}
        alike: set[float] = set()  # a single word in common is an accident
        for term, weight in heavy.items():
            held = self._posted(term)[-2 * _LOOKED :]
            for other, its in zip(held[::2], held[1::2], strict=True):
                if other in products:
                    products[other] += weight * its
                    alike.add(other)
                else:
                    products[other] = weight * its
        alike.discard(place)
        own, lengths = self._lengths[place], self._lengths
        likeness = [(-round(products[other] / (own * lengths[int(other)]), 6), -int(other)) for other in alike]
        return tuple(_from_bytes(self._named[-other]) for like, other in nsmallest(RELATED, likeness) if like <= -_NEAR)


def _as_bytes(named: Related) -> bytes:
    return marshal.dumps((named.issue, named.item, named.title.lines, named.title.segments, named.label))


def _from_bytes(data: bytes) -> Related:
    issue, item, lines, segments, label = marshal.loads(data)  # noqa: S302  # our own
    return Related(issue=issue, item=item, title=Title(lines=lines, segments=segments), label=label)


def _keywords(weights: Mapping[str, float]) -> tuple[str, ...]:
    """The first terms of which none lies within another; the longer one of two, unless it weighs much less."""
    within = {t for t in weights for other in weights if t in other and t != other and weights[other] * 2 >= weights[t]}
    chosen: list[str] = []
    for term in weights:
        nested = any(term in other or other in term for other in chosen)
        if term not in within and not nested and len(chosen) < KEYWORDS:
            chosen.append(term)
    return tuple(chosen)
