"""/sources/: every source of articles, with how many came from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from guodong_site import frame, urls
from guodong_site.archive import Archive
from guodong_site.artifact import Page, PageKind, Sheet
from guodong_site.model import Site
from guodong_site.provenance import slug, sources_of

Counted = tuple[tuple[str, int], ...]
"""Sources and how many articles came from each, most first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesContext(frame.PageContext):
    """`own` is the office itself, once it has written something; `others` are all else."""

    own: tuple[frame.LinkView, ...]
    others: tuple[frame.LinkView, ...]


def plan(archive: Archive) -> Iterator[Sheet]:
    """The one list."""
    counts: Counter[str] = Counter()
    for year in archive.sums(sources_of).values():
        counts.update(year)
    listed = sorted(counts.items(), key=lambda source: (-source[1], archive.reading(source[0]), source[0]))
    yield Sheet(name="", make=_page, facts=(tuple(listed),))


def _page(site: Site, listed: Counted) -> Iterator[Page]:
    def link(name: str, count: int) -> frame.LinkView:
        return frame.LinkView(text=name, href=frame.href(site, urls.source(slug(name, site.reading))), small=f"{count}篇")

    crumbs = (frame.LinkView(text="来源", href="", current=True),)
    description = f"《{site.settings.name}》文章的来源：本办编发的，和转载自各报刊、网站的。"
    column = frame.listing(site, "来源", description)
    context = SourcesContext(
        shell=frame.shell(site, urls.SOURCES, ("来源",), description, crumbs, column=column),
        own=tuple(link(*source) for source in listed if source[0] == site.settings.issuer),
        others=tuple(link(*source) for source in listed if source[0] != site.settings.issuer),
    )
    yield Page(path=urls.file_of(urls.SOURCES), template=PAGE.template, context=context)


PAGE = PageKind(name="sources", template="pages/sources.html", context=SourcesContext, plan=plan)
