"""What readers are told of changes: dated notes (更正), and the day an issue or article was last other than before."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from guodong_site.config import SectionKind
from guodong_site.history import Change, Gap, chinese
from guodong_site.model import Article, Issue


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day as it is read and as machines read it."""

    text: str
    iso: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A correction as it is shown; `title` names the article it was made in, at `href`, where the page holds several."""

    day: Day
    text: str
    title: str = ""
    href: str = ""


def day_of(date: datetime.date) -> Day:
    """A day ready to be shown."""
    return Day(text=chinese(date), iso=date.isoformat())


def notes(issue: Issue, article: Article | None = None) -> tuple[Note, ...]:
    """The corrections of an article, or all of an issue, oldest first."""
    if article:
        return tuple(_note(change) for change in article.history.changes)
    every = [(change.date, _note(change)) for change in issue.history.changes]
    for one in issue.articles:
        every += [(change.date, _note(change, one)) for change in one.history.changes]
    return tuple(note for _, note in sorted(every, key=lambda pair: pair[0]))


def _note(change: Change, article: Article | None = None) -> Note:
    title, href = (article.title.text, f"#i{article.id}") if article else ("", "")
    return Note(day=day_of(change.date), text=change.note, title=title, href=href)


def last_change(issue: Issue, article: Article | None = None) -> datetime.date | None:
    """The day of an article's last correction; of an issue also that of its articles', and the last day one was withdrawn."""
    if article:
        return article.history.changed
    changed = [issue.history.changed, *(one.history.changed for one in issue.articles)]
    return max([day for day in changed if day] + [gap.withdrawal.date for gap in issue.gaps], default=None)


def updated(issue: Issue, article: Article | None = None) -> Day | None:
    """The same, ready to be shown."""
    date = last_change(issue, article)
    return day_of(date) if date else None


def printed(issue: Issue) -> Iterator[tuple[SectionKind, Article | Gap]]:
    """The articles in printed order with their sections, those that were withdrawn in their places."""
    for at, article in enumerate((*issue.articles, None)):
        yield from ((gap.section, gap) for gap in issue.gaps if gap.before == at)
        if article:
            yield article.section, article
