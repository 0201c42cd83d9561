"""The index of keywords at /topics/: by the first letter of their reading.  Works without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guodong_site import frame, urls, views
from guodong_site.archive import Archive
from guodong_site.artifact import Page, PageKind, Sheet
from guodong_site.model import Site
from guodong_site.topics import topics

_SHOWN = 40
"""Keywords of one letter on the index, the most frequent: the rest stand on the letter's own page."""

Listed = tuple[tuple[str, int], ...]
"""Keywords and how many articles have each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter of the index.  `see` are everyday words with the keyword to look under; `more` says what is left out."""

    name: str
    href: str
    topics: tuple[frame.LinkView, ...]
    see: tuple[frame.LinkView, ...]
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicsContext(frame.PageContext):
    """`alphabet` are all letters, those without keywords without an address."""

    alphabet: tuple[frame.LinkView, ...]
    letters: tuple[Letter, ...]


def plan(archive: Archive) -> Iterator[Sheet]:
    """The one index."""
    letters: dict[str, list[tuple[str, int]]] = {}
    for topic in topics(archive):
        letters.setdefault(topic.letter, []).append((topic.term, topic.count))
    known = {term for listed in letters.values() for term, _ in listed}
    see = tuple(
        (term, other)
        for synonym in archive.settings.synonyms
        for term in synonym.terms
        for other in synonym.others
        if other in known and term not in known
    )
    shown = tuple((name, len(listed), _frequent(listed)) for name, listed in sorted(letters.items()))
    yield Sheet(name="", make=_page, facts=(shown, see))


def _frequent(listed: list[tuple[str, int]]) -> Listed:
    frequent = set(sorted(listed, key=lambda topic: -topic[1])[:_SHOWN])
    return tuple(topic for topic in listed if topic in frequent)


def _page(site: Site, shown: tuple[tuple[str, int, Listed], ...], see: tuple[tuple[str, str], ...]) -> Iterator[Page]:
    letters = tuple(_letter(site, name, total, listed, see) for name, total, listed in shown)
    crumbs = (frame.LinkView(text="主题", href="", current=True),)
    description = f"《{site.settings.name}》的主题词，按拼音首字母查找全部文章。"
    column = frame.listing(site, "主题", description)
    context = TopicsContext(
        shell=frame.shell(site, urls.TOPICS, ("主题",), description, crumbs, current=urls.TOPICS, column=column),
        alphabet=views.alphabet({letter.name.lower(): f"#{letter.name}" for letter in letters}),
        letters=letters,
    )
    yield Page(path=urls.file_of(urls.TOPICS), template=PAGE.template, context=context)


def _letter(site: Site, name: str, total: int, listed: Listed, see: tuple[tuple[str, str], ...]) -> Letter:
    def link(text: str, term: str, letter: str, small: str = "") -> frame.LinkView:
        return frame.LinkView(text=text, href=frame.href(site, urls.topic(term, letter)), small=small)

    return Letter(
        name=name.upper(),
        href=frame.href(site, urls.letter(name)),
        topics=tuple(link(term, term, name, f"{count}篇") for term, count in listed),
        see=tuple(link(f"{term}　见　{other}", other, site.letter(other)) for term, other in see if site.letter(term) == name),
        more=f"{name.upper()}　全部{total}个主题词" if total > _SHOWN else "",
    )


PAGE = PageKind(name="topics", template="pages/topics.html", context=TopicsContext, plan=plan)
