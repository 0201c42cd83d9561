"""The doors /sections/, /years/ and /districts/: short lists that lead to the lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from guodong_site import frame, urls, views
from guodong_site.archive import Archive
from guodong_site.artifact import Page, PageKind, Sheet
from guodong_site.model import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorContext(frame.PageContext):
    """A heading, a remark, and either plain links, the years or the districts."""

    heading: str
    remark: str
    links: tuple[frame.LinkView, ...]
    years: tuple[views.YearView, ...]
    districts: tuple[frame.LinkView, ...]


def plan(archive: Archive) -> Iterator[Sheet]:
    """The three doors."""
    counts: Counter[str] = Counter()
    for year in archive.sums(views.sections_of).values():
        counts.update(year)
    yield Sheet(name="sections", make=_sections, facts=(dict(counts),))
    yield Sheet(name="years", make=_years, facts=(archive.sums(views.year_row),))
    newest = next(archive.entries, None)
    yield Sheet(name="districts", make=_districts, shows=(newest,) if newest else ())


def _sections(site: Site, counts: Mapping[str, int]) -> Iterator[Page]:
    links = tuple(
        frame.LinkView(text=kind.name, href=frame.href(site, urls.section(kind.key)), small=f"{counts.get(kind.key, 0)}篇")
        for kind in site.settings.sections
    )
    yield _page(site, urls.SECTIONS, "栏目", "", "的全部栏目和篇数。", links=links)


def _years(site: Site, rows: Mapping[int, views.YearRow]) -> Iterator[Page]:
    total = f"共收录{sum(issues for issues, _ in rows.values())}期。" if rows else "还没有收录任何一期。"
    remark = f"{total}每一年有一册合订本，可以下载到手机上看。" if rows else total
    yield _page(site, urls.YEARS, "往期", remark, f"往期，按年查阅。{total}", years=views.ledger(site, rows))


def _districts(site: Site) -> Iterator[Page]:
    band = views.district_band(site, newest=views.districts_of(site))
    yield _page(site, urls.DISTRICTS, "区市", "按官方次序排列；条数为最新一期的。", "里各区市的消息。", districts=band)


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
    description = f"《{site.settings.name}》{description}"
    column = frame.listing(site, heading, description)
    context = DoorContext(
        shell=frame.shell(site, address, (heading,), description, crumbs, current=address, column=column),
        heading=heading,
        remark=remark,
        links=links,
        years=years,
        districts=districts,
    )
    return Page(path=urls.file_of(address), template=PAGE.template, context=context)


PAGE = PageKind(name="doors", template="pages/door.html", context=DoorContext, plan=plan)
