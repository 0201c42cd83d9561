"""The keywords of one letter, each with its newest articles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guodong_site import frame, urls, views
from guodong_site.artifact import Page, PageKind
from guodong_site.model import Site
from guodong_site.subjects import Topic, topics

_SHOWN = 5
"""Articles of one keyword: who wants more is led to the search, which finds every article that says the word."""


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


def plan(site: Site) -> Iterator[Page]:
    """One page a letter that has keywords."""
    every = topics(site)
    letters = {name: frame.href(site, urls.letter(name)) for name in sorted({topic.letter for topic in every})}
    for name in letters:
        address = urls.letter(name)
        crumbs = (
            frame.LinkView(text="主题", href=frame.href(site, urls.TOPICS)),
            frame.LinkView(text=name.upper(), href="", current=True),
        )
        titles = (f"主题词 {name.upper()}", "主题")
        yield Page(
            path=urls.file_of(address),
            template=PAGE.template,
            context=LetterContext(
                shell=frame.shell(
                    site,
                    address,
                    titles,
                    f"《{site.settings.name}》拼音以 {name.upper()} 开头的主题词和文章。",
                    crumbs,
                    current=urls.TOPICS,
                ),
                letter=name.upper(),
                alphabet=views.alphabet(letters, current=name),
                groups=tuple(_group(site, topic) for topic in every if topic.letter == name),
            ),
        )


def _group(site: Site, topic: Topic) -> TopicGroup:
    return TopicGroup(
        term=topic.term,
        count=len(topic.articles),
        articles=tuple(views.mention(site, issue, article) for issue, article in topic.articles[:_SHOWN]),
        search=frame.href(site, urls.query(topic.term)),
    )


PAGE = PageKind(name="letter", template="pages/letter.html", context=LetterContext, plan=plan)
