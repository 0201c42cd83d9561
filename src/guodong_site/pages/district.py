"""What one of the 区市 did: its own paragraphs, cut out of their articles, year by year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guodong_site import frame, urls, views
from guodong_site.artifact import Page, PageKind
from guodong_site.config import District
from guodong_site.model import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictYear:
    """The district's news of one year."""

    year: int
    count: str
    cards: tuple[views.Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictContext(frame.PageContext):
    """`districts` is the band of all ten with this one marked."""

    name: str
    note: str
    districts: tuple[frame.LinkView, ...]
    years: tuple[DistrictYear, ...]


def plan(site: Site) -> Iterator[Page]:
    """Every district, those without news too: absence is an answer."""
    for district in site.settings.districts:
        address = urls.district(district.slug)
        crumbs = (
            frame.LinkView(text="区市", href=frame.href(site, urls.DISTRICTS)),
            frame.LinkView(text=district.name, href="", current=True),
        )
        context = DistrictContext(
            shell=frame.shell(
                site,
                address,
                (district.name,),
                f"《{site.settings.name}》里{district.name}的消息，按年查阅。",
                crumbs,
                current=urls.DISTRICTS,
            ),
            name=district.name,
            note=district.note,
            districts=views.district_band(site, current=district.slug),
            years=_years(site, district),
        )
        yield Page(path=urls.file_of(address), template=PAGE.template, context=context)


def _years(site: Site, district: District) -> tuple[DistrictYear, ...]:
    made = []
    for year in site.years:
        cards = tuple(
            views.card(site, issue, article, district)
            for issue, article in site.dated()
            if issue.date.year == year and district.slug in article.districts
        )
        if cards:
            made.append(DistrictYear(year=year, count=f"{len(cards)}条", cards=cards))
    return tuple(made)


PAGE = PageKind(name="district", template="pages/district.html", context=DistrictContext, plan=plan)
