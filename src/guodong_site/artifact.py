"""What we want to publish, as data: a page first (template and context), an artifact once it can be made into bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from typing import Any

from guodong_site.diagnostics import Diagnostic, Rule
from guodong_site.model import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a template may see.  Each page kind subclasses it beside its plan; the fields are the contract."""

    def variables(self) -> dict[str, Any]:
        """The fields by name, as the template receives them."""
        return {f.name: getattr(self, f.name) for f in fields(self)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page before it is rendered: `path` is its file in the output, relative and with `/`."""

    path: str
    template: str
    context: Context


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifact:
    """A file that needs no template: `make()` gives its bytes."""

    path: str
    make: Callable[[], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageKind:
    """A kind of page: `plan(site)` yields every page of the kind; `context` types what its template receives."""

    name: str
    template: str
    context: type[Context]
    plan: Callable[[Site], Iterable[Page]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """An output that is not a template's: `plan(site)` yields its files."""

    name: str
    plan: Callable[[Site], Iterable[Artifact]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """An opinion about the whole archive: `run(site)` yields what breaks `rule`."""

    rule: Rule
    run: Callable[[Site], Iterable[Diagnostic]]
