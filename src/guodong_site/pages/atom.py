"""atom.xml as Atom (RFC 4287), which demands an instant of every entry: `published` stands only where one is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guodong_site import feeds, urls
from guodong_site.archive import Archive
from guodong_site.artifact import Context, Page, PageKind, Sheet
from guodong_site.model import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class AtomEntry:
    """An article in the feed; times are RFC 3339."""

    title: str
    link: str
    summary: str
    category: str
    author: str
    published: str | None
    updated: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AtomContext(Context):
    """The feed and its newest entries."""

    title: str
    link: str
    self_link: str
    subtitle: str
    author: str
    updated: str
    entries: tuple[AtomEntry, ...]


def plan(archive: Archive) -> Iterator[Sheet]:
    """One of everything that can be followed."""
    for followed in feeds.followed(archive):
        yield Sheet(name=followed[0], make=_page, facts=followed)


def _page(site: Site, address: str, name: str, rows: tuple[feeds.Row, ...]) -> Iterator[Page]:
    feed = feeds.feed(site, address, name, rows)
    entries = tuple(
        AtomEntry(
            title=item.title,
            link=item.link,
            summary=item.excerpt,
            category=item.section,
            author=item.author,
            published=item.published.isoformat() if item.published else None,
            updated=item.updated.isoformat(),
        )
        for item in feed.items
    )
    context = AtomContext(
        title=feed.title,
        link=feed.home,
        self_link=feed.atom,
        subtitle=feed.description,
        author=feed.issuer,
        updated=feed.updated.isoformat(),
        entries=entries,
    )
    yield Page(path=address + urls.ATOM, template=PAGE.template, context=context)


PAGE = PageKind(name="atom", template="feeds/atom.xml", context=AtomContext, plan=plan)
