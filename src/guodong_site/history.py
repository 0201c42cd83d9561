"""What happened to an issue or an article after it was published: corrections, its withdrawal, the addresses it had before.

Nouns only, frozen.  What an editor wrote is here as it was meant; `amendments` reads it.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from guodong_site.config import SectionKind
from guodong_site.diagnostics import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A correction (更正): the day it was made, and what it was, in the editor's words."""

    date: datetime.date
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """The end of a publication (撤回): from which day, and why."""

    date: datetime.date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """An address from before, relative to the base path, and where the editor wrote it."""

    address: str
    where: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """All that happened to one issue or article; `changes` are oldest first."""

    changes: tuple[Change, ...] = ()
    withdrawn: Withdrawal | None = None
    aliases: tuple[Alias, ...] = ()

    @property
    def changed(self) -> datetime.date | None:
        """The day of the last correction; None where there was none."""
        return self.changes[-1].date if self.changes else None


UNCHANGED = History()
"""Of what nothing happened to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """The place of an article that was withdrawn, so that its address goes on and no other moves.  Nothing of its text is here.

    `before` is how many published articles stand before it in the issue.
    """

    id: str
    section: SectionKind
    before: int
    withdrawal: Withdrawal
    aliases: tuple[Alias, ...] = ()


def chinese(day: datetime.date) -> str:
    """`2024年4月1日`."""
    return f"{day.year}年{day.month}月{day.day}日"
