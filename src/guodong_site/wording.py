"""The office's table of wording (用语表): nouns only.  `house_style` reads it from editorial/wording.yaml, the checks use it.

Every entry says its source: a finding quotes it and lets a person decide (DESIGN.md §7).
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Days on which an entry holds; None is open."""

    since: datetime.date | None = None
    until: datetime.date | None = None

    def holds(self, day: datetime.date) -> bool:
        """Whether a text of this day is judged by the entry."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Confusion:
    """A slip and what was meant; `unless` are longer texts in which the slip is none."""

    wrong: str
    right: str
    source: str
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """The name an organisation had before `since`, and its name from then on."""

    old: str
    new: str
    since: datetime.date
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A fixed phrase (固定表述), and when it holds."""

    text: str
    source: str
    term: Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Who holds a post, and when."""

    name: str
    post: str
    source: str
    term: Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """What is counted year by year: the ordinal of a year is `year - base`."""

    name: str
    base: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """Words that ask for the reviewer of secrecy (保密审查)."""

    words: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The whole table.  `public` are numbers and addresses of offices, which may be published."""

    confusions: tuple[Confusion, ...] = ()
    formers: tuple[Former, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    posts: tuple[Post, ...] = ()
    series: tuple[Series, ...] = ()
    secrets: tuple[Secret, ...] = ()
    public: tuple[str, ...] = ()
