"""What one of the 区市 did: its own paragraphs, cut out of their articles, split by year as sections are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guodong_site import frame, urls, views
from guodong_site.archive import Archive
from guodong_site.artifact import Page, PageKind, Sheet
from guodong_site.config import District
from guodong_site.model import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictContext(frame.PageContext):
    """`districts` is the band of all ten with this one marked; `year` is None where there is no news of it at all.

    `years` are all of the district on its own page, a year's neighbours on the page of a year; none while there is but one.
    """

    name: str
    note: str
    districts: tuple[frame.LinkView, ...]
    year: int | None
    count: str
    cards: tuple[views.Card, ...]
    years: tuple[frame.LinkView, ...]


def plan(archive: Archive) -> Iterator[Sheet]:
    """Every district, those without news too: absence is an answer; and every year of it."""
    counts = archive.sums(views.districts_of)
    volumes = {volume.year: volume.entries for volume in archive.volumes}
    for district in archive.settings.districts:
        years = tuple(year for year, held in counts.items() if district.slug in held)
        shown = volumes[years[0]] if years else ()
        yield Sheet(name=district.slug, make=_door, shows=shown, facts=(district.slug, years))
        for year in years:
            facts = (district.slug, year, views.around(year, years))
            yield Sheet(name=f"{district.slug}/{year}", make=_year, shows=volumes[year], facts=facts)


def _door(site: Site, slug: str, years: tuple[int, ...]) -> Iterator[Page]:
    district = _district(site, slug)
    crumbs = (_all_districts(site), frame.LinkView(text=district.name, href="", current=True))
    description = f"《{site.settings.name}》里{district.name}的消息，按年查阅。"
    column = frame.listing(site, district.name, description)
    shell = frame.shell(
        site,
        urls.district(slug),
        (district.name,),
        description,
        crumbs,
        current=urls.DISTRICTS,
        column=column,
        feed=(district.name, urls.district(slug)),
    )
    yield _page(site, district, shell, years[0] if years else None, years)


def _year(site: Site, slug: str, year: int, years: tuple[int, ...]) -> Iterator[Page]:
    district = _district(site, slug)
    door = frame.LinkView(text=district.name, href=frame.href(site, urls.district(slug)))
    crumbs = (_all_districts(site), door, frame.LinkView(text=f"{year}年", href="", current=True))
    titles, description = (f"{district.name} {year}年",), f"《{site.settings.name}》里{district.name}{year}年的消息。"
    column, here = frame.listing(site, district.name, description), urls.district(slug, year)
    shell = frame.shell(
        site,
        here,
        titles,
        description,
        crumbs,
        current=urls.DISTRICTS,
        column=column,
        feed=(district.name, urls.district(slug)),
    )
    yield _page(site, district, shell, year, years, urls.district(slug, year))


def _page(
    site: Site, district: District, shell: frame.Shell, year: int | None, years: tuple[int, ...], address: str = ""
) -> Page:
    cards = tuple(
        views.card(site, issue, article, district) for issue, article in site.dated() if district.slug in article.districts
    )
    context = DistrictContext(
        shell=shell,
        name=district.name,
        note=district.note,
        districts=views.district_band(site, current=district.slug),
        year=year,
        count=f"{len(cards)}条",
        cards=cards,
        years=tuple(
            frame.LinkView(text=str(y), href=frame.href(site, urls.district(district.slug, y)), current=y == year)
            for y in years
        ),
    )
    return Page(path=urls.file_of(address or urls.district(district.slug)), template=PAGE.template, context=context)


def _district(site: Site, slug: str) -> District:
    return next(district for district in site.settings.districts if district.slug == slug)


def _all_districts(site: Site) -> frame.LinkView:
    return frame.LinkView(text="区市", href=frame.href(site, urls.DISTRICTS))


PAGE = PageKind(name="district", template="pages/district.html", context=DistrictContext, plan=plan)
