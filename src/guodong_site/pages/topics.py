"""The index of keywords at /topics/: by the first letter of their reading.  Works without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guodong_site import frame, urls, views
from guodong_site.artifact import Page, PageKind
from guodong_site.model import Site
from guodong_site.subjects import Topic, letter_of, topics

_SHOWN = 40
"""Keywords of one letter on the index, the most frequent: the rest stand on the letter's own page."""


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


def plan(site: Site) -> Iterator[Page]:
    """The one index."""
    every = topics(site)
    known = {topic.term: topic for topic in every}
    letters = tuple(_letter(site, name, every, known) for name in sorted({topic.letter for topic in every}))
    crumbs = (frame.LinkView(text="主题", href="", current=True),)
    context = TopicsContext(
        shell=frame.shell(site, urls.TOPICS, ("主题",), "按主题词查找全部文章", crumbs, current=urls.TOPICS),
        alphabet=views.alphabet({letter.name.lower(): f"#{letter.name}" for letter in letters}),
        letters=letters,
    )
    yield Page(path=urls.file_of(urls.TOPICS), template=PAGE.template, context=context)


def _letter(site: Site, name: str, every: tuple[Topic, ...], known: dict[str, Topic]) -> Letter:
    own = [topic for topic in every if topic.letter == name]
    frequent = sorted(own, key=lambda topic: -len(topic.articles))[:_SHOWN]
    see = [
        frame.LinkView(text=f"{term}　见　{other}", href=frame.href(site, urls.topic(other, known[other].letter)))
        for synonym in site.settings.synonyms
        for term in synonym.terms
        for other in synonym.others
        if other in known and term not in known and letter_of(term) == name
    ]
    return Letter(
        name=name.upper(),
        href=frame.href(site, urls.letter(name)),
        topics=tuple(views.topic_link(site, topic) for topic in own if topic in frequent),
        see=tuple(see),
        more=f"{name.upper()}　全部{len(own)}个主题词" if len(own) > _SHOWN else "",
    )


PAGE = PageKind(name="topics", template="pages/topics.html", context=TopicsContext, plan=plan)
