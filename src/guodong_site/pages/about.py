"""What the bulletin is and how its archive is kept, in facts that site.yaml knows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guodong_site import frame, urls
from guodong_site.archive import Archive
from guodong_site.artifact import Page, PageKind, Sheet
from guodong_site.model import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutContext(frame.PageContext):
    """`span` says in words what the archive holds."""

    name: str
    issuer: str
    sections: tuple[frame.LinkView, ...]
    span: str
    api: str
    sitemap: str


def plan(archive: Archive) -> Iterator[Sheet]:
    """The one page about the bulletin."""
    heads = [entry.head for entry in archive.entries]
    span = "还没有收录任何一期。"
    if heads:
        newest, oldest = heads[0].label, heads[-1].label
        reach = f"{oldest}至{newest}" if newest != oldest else newest
        span = f"目前收录{reach}，共{len(heads)}期、{sum(head.articles for head in heads)}篇。"
    yield Sheet(name="", make=_page, facts=(span,))


def _page(site: Site, span: str) -> Iterator[Page]:
    crumbs = (frame.LinkView(text="关于本刊", href="", current=True),)
    context = AboutContext(
        shell=frame.shell(
            site, urls.ABOUT, ("关于本刊",), f"《{site.settings.name}》由{site.settings.issuer}主办。{span}", crumbs
        ),
        name=site.settings.name,
        issuer=site.settings.issuer,
        sections=tuple(
            frame.LinkView(text=kind.name, href=frame.href(site, urls.section(kind.key))) for kind in site.settings.sections
        ),
        span=span,
        api=frame.href(site, urls.API),
        sitemap=frame.href(site, urls.SITEMAP_PAGE),
    )
    yield Page(path=urls.file_of(urls.ABOUT), template=PAGE.template, context=context)


PAGE = PageKind(name="about", template="pages/about.html", context=AboutContext, plan=plan)
