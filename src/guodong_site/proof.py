"""A proof (校样): an issue as its proofreader reads it, passage by passage, where every mark stands at its place in the file.

The checks of language search one text, which is all passages of an issue, one a line, so that a pattern runs over it once.
"""

from __future__ import annotations

import bisect
import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum

from guodong_site.diagnostics import Diagnostic, Rule, Span
from guodong_site.model import Article, Issue, Site

HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""汉字, within the brackets of a character class."""

_ALT = re.compile(r'<img\b[^>]*?\balt="([^"]+)"')
_AROUND = (6, 3, 1, 0)  # characters on both sides by which a mark is found again in the file


class Kind(Enum):
    """What a passage is: `ASIDE` is said elsewhere than in the column (summary, text of a picture), `PRINTED` only on paper."""

    TITLE = "title"
    HEADING = "heading"
    BODY = "body"
    ASIDE = "aside"
    PRINTED = "printed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One text a reader sees as one, with where it begins in the file and the further lines it runs over there."""

    item: str
    text: str
    kind: Kind
    where: Span
    more: tuple[str, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """Where `text[start:end]` stands in the file: found by what stands around it; where the passage begins if it is not."""
        lead = next((at for at, char in enumerate(self.text) if char.isalnum()), 0)
        for around in _AROUND:
            before, after = max(0, start - around), end + around
            sought = self.text[before:after]
            skip = self.text.count(sought, 0, before + len(sought) - 1)
            for number, line in enumerate((*self.where.excerpt[-1:], *self.more)):
                at = max(0, self.where.column - 1 - lead) if number == 0 else 0
                at = line.find(sought, at)
                while at >= 0 and skip:
                    skip -= 1
                    at = line.find(sought, at + 1)
                if at >= 0:
                    return self._at(number, at + start - before, end - start)
        return self.where

    def _at(self, number: int, at: int, length: int) -> Span:
        lines = (*self.where.excerpt, *self.more)
        last = len(self.where.excerpt) + number
        return Span(
            path=self.where.path,
            line=self.where.line + number,
            column=at + 1,
            end_column=at + length,
            excerpt=lines[max(0, last - 2) : last],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Something marked in a passage, from `start` up to `end` there."""

    passage: Passage
    start: int
    end: int
    match: re.Match[str] = field(repr=False)

    @property
    def text(self) -> str:
        """What is marked."""
        return self.passage.text[self.start : self.end]

    @property
    def before(self) -> str:
        """What stands before it in the passage."""
        return self.passage.text[: self.start]

    @property
    def after(self) -> str:
        """What follows it in the passage."""
        return self.passage.text[self.end :]

    def at(self, rule: Rule, message: str, hint: str) -> Diagnostic:
        """The finding that this breaks a rule."""
        return rule.at(self.passage.span(self.start, self.end), message, hint, item=self.passage.item)


class Proof:
    """All passages of an issue, in the order of the file."""

    def __init__(self, issue: Issue) -> None:
        """Lays them out, one a line."""
        self.issue = issue
        self.passages = tuple(_passages(issue))
        self.text = "\n".join(passage.text for passage in self.passages)
        self._signs = frozenset(self.text)
        self._starts = [0]
        for passage in self.passages:
            self._starts.append(self._starts[-1] + len(passage.text) + 1)

    def marks(self, pattern: re.Pattern[str], *kinds: Kind, group: int = 0, having: tuple[str, ...] = ()) -> Iterator[Mark]:
        """Every place a pattern matches (or its group), of all passages or of some kinds.  A pattern may not cross a line end.

        Of the texts `having` one stands in every match: where there is none, nothing is sought.
        """
        if having and not any(text[0] in self._signs and text[-1] in self._signs and text in self.text for text in having):
            return
        for match in pattern.finditer(self.text):
            at = bisect.bisect_right(self._starts, match.start(group)) - 1
            passage, begin = self.passages[at], self._starts[at]
            if not kinds or passage.kind in kinds:
                yield Mark(passage=passage, start=match.start(group) - begin, end=match.end(group) - begin, match=match)


def proofs(site: Site) -> Iterator[Proof]:
    """The proof of each issue; that of the one read last is at hand, since every check asks for it."""
    for issue in site.issues:
        if not (_LAST and _LAST[0].issue is issue):
            _LAST[:] = [Proof(issue)]
        yield _LAST[0]


_LAST: list[Proof] = []


def _passages(issue: Issue) -> Iterator[Passage]:
    said = {"title": issue.title, "summary": issue.summary, "distribution": issue.distribution}
    for name, text in said.items():
        if text:
            kind = Kind.PRINTED if name == "distribution" else Kind.ASIDE
            yield Passage(item=issue.id, text=_flat(text), kind=kind, where=issue.place(name))
    for article in issue.articles:
        yield from _of(article)


def _of(article: Article) -> Iterable[Passage]:
    if not article.brief:  # whose title is taken from its text
        yield Passage(item=article.key, text=_flat(article.title.text), kind=Kind.TITLE, where=article.where)
    pictures = iter([link.where for link in article.prose.links if link.picture])
    for block in article.prose.blocks:
        kind = Kind.HEADING if block.heading else Kind.BODY
        more = block.more or ((),) * len(block.units)
        for unit, where, rest in zip(block.units, block.places, more, strict=True):
            yield Passage(item=article.key, text=_flat(unit), kind=kind, where=where, more=rest)
        for shown in _ALT.finditer(block.html) if "<img" in block.html else ():
            where = next(pictures, article.where)
            yield Passage(item=article.key, text=_flat(html.unescape(shown[1])), kind=Kind.ASIDE, where=where)


def _flat(text: str) -> str:
    return text.replace("\n", " ")
