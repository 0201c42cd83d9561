"""/feeds/: every feed there is, and how one subscribes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guodong_site import frame, urls
from guodong_site.archive import Archive
from guodong_site.artifact import Page, PageKind, Sheet
from guodong_site.model import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRow:
    """What can be followed, and its feed in each format."""

    name: str
    formats: tuple[frame.LinkView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedsContext(frame.PageContext):
    """`groups` are headed lists: the whole bulletin, its sections, the districts."""

    groups: tuple[tuple[str, tuple[FeedRow, ...]], ...]


def plan(_: Archive) -> Iterator[Sheet]:
    """The one page."""
    yield Sheet(name="", make=_page)


def _page(site: Site) -> Iterator[Page]:
    settings = site.settings

    def row(name: str, address: str) -> FeedRow:
        links = (("RSS", urls.RSS), ("Atom", urls.ATOM), ("JSON Feed", urls.JSON_FEED))
        return FeedRow(
            name=name,
            formats=tuple(frame.LinkView(text=text, href=frame.href(site, address + file)) for text, file in links),
        )

    groups = (
        ("全部", (row(f"《{settings.name}》全部文章", urls.HOME),)),
        ("按栏目", tuple(row(kind.name, urls.section(kind.key)) for kind in settings.sections)),
        ("按区市", tuple(row(district.name, urls.district(district.slug)) for district in settings.districts)),
    )
    crumbs = (frame.LinkView(text="订阅", href="", current=True),)
    description = f"订阅《{settings.name}》：全部文章、一个栏目或一个区市，有新的一期时自动收到。"
    context = FeedsContext(
        shell=frame.shell(site, urls.FEEDS, ("订阅",), description, crumbs),
        groups=tuple((heading, rows) for heading, rows in groups if rows),
    )
    yield Page(path=urls.file_of(urls.FEEDS), template=PAGE.template, context=context)


PAGE = PageKind(name="feeds", template="pages/feeds.html", context=FeedsContext, plan=plan)
