"""The keywords of one letter, each with its newest articles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guodong_site import frame, urls, views
from guodong_site.archive import Archive
from guodong_site.artifact import Page, PageKind, Sheet
from guodong_site.model import Site
from guodong_site.topics import Named, topics

Listed = tuple[tuple[str, int, tuple[Named, ...]], ...]
"""Keywords, how many articles have each, and the newest of these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicGroup:
    """A keyword with its newest articles; `search` leads to all that say it."""

    term: str
    count: int
    articles: tuple[views.Mention, ...]
    search: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterContext(frame.PageContext):
    """`alphabet` leads to the other letters."""

    letter: str
    alphabet: tuple[frame.LinkView, ...]
    groups: tuple[TopicGroup, ...]


def plan(archive: Archive) -> Iterator[Sheet]:
    """One page a letter that has keywords."""
    letters: dict[str, list[tuple[str, int, tuple[Named, ...]]]] = {}
    for topic in topics(archive):
        letters.setdefault(topic.letter, []).append((topic.term, topic.count, tuple(topic.newest)))
    names = tuple(sorted(letters))
    for name in names:
        yield Sheet(name=name, make=_page, facts=(name, names, tuple(letters[name])))


def _page(site: Site, name: str, names: tuple[str, ...], listed: Listed) -> Iterator[Page]:
    address = urls.letter(name)
    crumbs = (
        frame.LinkView(text="主题", href=frame.href(site, urls.TOPICS)),
        frame.LinkView(text=name.upper(), href="", current=True),
    )
    titles = (f"主题词 {name.upper()}", "主题")
    description = f"《{site.settings.name}》拼音以 {name.upper()} 开头的主题词和文章。"
    column = frame.listing(site, "主题", description)
    context = LetterContext(
        shell=frame.shell(site, address, titles, description, crumbs, current=urls.TOPICS, column=column),
        letter=name.upper(),
        alphabet=views.alphabet({other: frame.href(site, urls.letter(other)) for other in names}, current=name),
        groups=tuple(_group(site, *topic) for topic in listed),
    )
    yield Page(path=urls.file_of(address), template=PAGE.template, context=context)


def _group(site: Site, term: str, count: int, newest: tuple[Named, ...]) -> TopicGroup:
    return TopicGroup(
        term=term,
        count=count,
        articles=tuple(
            views.Mention(title=title, href=frame.href(site, address), issue=label) for address, title, label in newest
        ),
        search=frame.href(site, urls.query(term)),
    )


PAGE = PageKind(name="letter", template="pages/letter.html", context=LetterContext, plan=plan)
