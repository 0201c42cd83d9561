"""What the catalogue knows of an issue without opening it, and what the public may see of one that is held back in part."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote

from guodong_site import urls
from guodong_site.diagnostics import Diagnostic
from guodong_site.history import Alias
from guodong_site.model import Head, Issue, Link
from guodong_site.plates import SUFFIXES
from guodong_site.subjects import Counted
from guodong_site.typefaces import unusual
from guodong_site.waiver import Waiver


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A picture of the issue's folder where an article shows or offers it: the article's key, the name, the link."""

    item: str
    name: str
    link: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What the catalogue knows of a file without opening it; `head` is None where there is no issue in it.

    `text` is a digest of what a search can find, `terms` one of what subject indexing counts.  `public` is the listing without
    the articles that are held back, where there are any; `unusual` are the characters that not every font has.
    """

    head: Head | None
    found: tuple[Diagnostic, ...]
    text: bytes = b""
    terms: bytes = b""
    characters: int = 0
    unusual: str = ""
    links: tuple[tuple[str, Link], ...] = ()
    aliases: tuple[tuple[str, Alias], ...] = ()
    figures: tuple[Figure, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    public: Listing | None = None


def listing_of(issue: Issue, counted: tuple[Counted, ...], found: tuple[Diagnostic, ...]) -> Listing:
    """The listing of an issue whose terms are `counted`, and of what is wrong with it."""
    whole = _listed(issue, counted, found)
    if not any(article.draft for article in issue.articles):
        return whole
    return replace(whole, public=_listed(public(issue), public_terms(issue, counted), found))


def _listed(issue: Issue, counted: tuple[Counted, ...], found: tuple[Diagnostic, ...]) -> Listing:
    texts = [(urls.article(issue.id, a.id), a.title.joined, a.prose.units) for a in issue.articles]
    return Listing(
        head=issue.head,
        found=found,
        text=hashlib.sha256(repr(texts).encode()).digest(),
        terms=hashlib.sha256(repr(counted).encode()).digest(),
        characters=sum(len(part) for _, title, units in texts for part in (*title, *units)),
        unusual=unusual("".join((*(part for _, title, units in texts for part in (*title, *units)), *_beside(issue)))),
        links=tuple(_links(issue)),
        aliases=tuple(_aliases(issue)),
        figures=tuple(figures_of(issue)),
        waivers=issue.allow,
    )


def _beside(issue: Issue) -> Iterable[str]:
    """What is printed of an issue beside its articles' texts."""
    yield from (issue.issuer, issue.distribution or "", *issue.channels)
    for article in issue.articles:
        yield from (article.author or "", article.source, *(change.note for change in article.history.changes))
    yield from (change.note for change in issue.history.changes)


def public(issue: Issue) -> Issue:
    """The issue without the articles that are held back."""
    shown = [replace(s, articles=tuple(a for a in s.articles if not a.draft)) for s in issue.sections]
    held = [at for at, article in enumerate(issue.articles) if article.draft]
    gaps = tuple(replace(gap, before=gap.before - sum(at < gap.before for at in held)) for gap in issue.gaps)
    return replace(issue, sections=tuple(section for section in shown if section.articles), gaps=gaps)


def public_terms(issue: Issue, counted: tuple[Counted, ...]) -> tuple[Counted, ...]:
    """The terms of the articles that are not held back."""
    return tuple(one for one, article in zip(counted, issue.articles, strict=True) if not article.draft)


def _aliases(issue: Issue) -> Iterable[tuple[str, Alias]]:
    """The former addresses of an issue and of its articles, each with the address of today."""
    yield from ((urls.issue(issue.id), alias) for alias in issue.history.aliases)
    held = [(article.id, article.history.aliases) for article in issue.articles]
    for item, aliases in (*held, *((gap.id, gap.aliases) for gap in issue.gaps)):
        yield from ((urls.article(issue.id, item), alias) for alias in aliases)


def figures_of(issue: Issue) -> Iterable[Figure]:
    """The pictures of the folder that are shown or offered."""
    for article in issue.articles:
        for link in article.prose.links:
            name = urls.picture_name(issue.id, link.address or "")
            if name in issue.pictures and Path(name).suffix.lower() in SUFFIXES:
                yield Figure(item=article.key, name=name, link=link)


def _links(issue: Issue) -> Iterable[tuple[str, Link]]:
    """The links to other pages; those to files were judged where they were read."""
    for article in issue.articles:
        for link in article.prose.links:
            if link.address is not None and not link.picture and not _names_a_file(link):
                yield article.id, link


def _names_a_file(link: Link) -> bool:
    """Whether a link was written as the name of a file in the issue's folder, not of an issue or a page."""
    parts = urls.split(link.target)
    return parts is not None and not parts.path.startswith("/") and not unquote(parts.path).endswith(".md")
