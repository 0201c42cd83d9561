"""A fault as a value: the rule it breaks, the place, what is wrong, what to type instead.

Whoever finds a fault yields it; only `report` prints it.  Nothing here knows what a bulletin is.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass


class Severity(enum.Enum):
    """How much a fault weighs; DESIGN.md §2 says what each one stops."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"
    VETO = "veto"

    @property
    def chinese(self) -> str:
        """What editors call it."""
        return {"info": "提示", "warning": "警告", "error": "错误", "veto": "否决"}[self.value]

    @property
    def rank(self) -> int:
        """Order for sorting and for the exit code: 0 (info) to 3 (veto)."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A place in a file.  Lines and columns count from 1, columns in characters of the file itself.

    `excerpt` holds the source lines to show, the last of which is `line`; empty where there is no text to show.
    """

    path: str
    line: int = 1
    column: int = 1
    end_column: int = 0
    excerpt: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[str, int, int]:
        """Sort key: by file, then downwards."""
        return (self.path, self.line, self.column)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What may be wrong, with its code and what `guodong explain` says of it.

    `code` is a family letter and three digits, never re-used; `name` reads well after "allow".  A veto
    is `waivable` where an editor may say, with a reason, that it is mistaken (waiver.py).
    """

    code: str
    name: str
    title: str
    why: str
    wrong: str
    right: str
    severity: Severity = Severity.ERROR
    waivable: bool = False

    def at(self, where: Span, message: str, hint: str = "", *, item: str | None = None) -> Diagnostic:
        """A finding: the rule broken at one place."""
        return Diagnostic(rule=self, where=where, message=message, hint=hint, severity=self.severity, item=item)


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One finding: `message` is the fact in one sentence, `hint` the next keystroke."""

    rule: Rule
    where: Span
    message: str
    hint: str
    severity: Severity
    item: str | None = None

    @property
    def stops_build(self) -> bool:
        """Vetoes, and errors of format, links or machine (DESIGN.md §2); other errors stop only `publish`."""
        return self.severity is Severity.VETO or (self.severity is Severity.ERROR and self.rule.code[0] in "FKE")


def ordered(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Each finding once, in the order a reader of the files meets them."""
    unique = {(d.where.order, d.rule.code, d.message): d for d in found}
    return tuple(unique[key] for key in sorted(unique))
