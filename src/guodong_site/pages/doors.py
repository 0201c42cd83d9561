"""The doors /sections/, /years/ and /districts/: short lists that lead to the lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guodong_site import frame, urls, views
from guodong_site.artifact import Page, PageKind
from guodong_site.model import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorContext(frame.PageContext):
    """A heading, a remark, and either plain links, the years or the districts."""

    heading: str
    remark: str
    links: tuple[frame.LinkView, ...]
    years: tuple[views.YearView, ...]
    districts: tuple[frame.LinkView, ...]


def plan(site: Site) -> Iterator[Page]:
    """The three doors."""
    counts = {kind.key: 0 for kind in site.settings.sections}
    for _, article in site.dated():
        counts[article.section.key] += 1
    sections = tuple(
        frame.LinkView(text=kind.name, href=frame.href(site, urls.section(kind.key)), small=f"{counts[kind.key]}篇")
        for kind in site.settings.sections
    )
    total = f"共收录{len(site.issues)}期。" if site.issues else "还没有收录任何一期。"
    order = "按官方次序排列；条数为最新一期的。"
    yield _page(site, urls.SECTIONS, "栏目", "", "的全部栏目和篇数。", links=sections)
    yield _page(site, urls.YEARS, "往期", total, f"往期，按年查阅。{total}", years=views.ledger(site))
    yield _page(site, urls.DISTRICTS, "区市", order, "里各区市的消息。", districts=views.district_band(site))


def _page(
    site: Site,
    address: str,
    heading: str,
    remark: str,
    description: str,
    links: tuple[frame.LinkView, ...] = (),
    years: tuple[views.YearView, ...] = (),
    districts: tuple[frame.LinkView, ...] = (),
) -> Page:
    crumbs = (frame.LinkView(text=heading, href="", current=True),)
    context = DoorContext(
        shell=frame.shell(site, address, (heading,), f"《{site.settings.name}》{description}", crumbs, current=address),
        heading=heading,
        remark=remark,
        links=links,
        years=years,
        districts=districts,
    )
    return Page(path=urls.file_of(address), template=PAGE.template, context=context)


PAGE = PageKind(name="doors", template="pages/door.html", context=DoorContext, plan=plan)
