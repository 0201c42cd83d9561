"""The site map for people: every door, and every issue by year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from guodong_site import frame, urls
from guodong_site.archive import Archive
from guodong_site.artifact import Page, PageKind, Sheet
from guodong_site.model import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapYear:
    """The issues of one year."""

    link: frame.LinkView
    issues: tuple[frame.LinkView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapContext(frame.PageContext):
    """`groups` are headed lists of links."""

    groups: tuple[tuple[str, tuple[frame.LinkView, ...]], ...]
    years: tuple[SitemapYear, ...]


Named = tuple[tuple[str, str], ...]
"""Label and id of issues."""


def plan(archive: Archive) -> Iterator[Sheet]:
    """The one site map."""
    named = {v.year: tuple((entry.head.label, entry.head.id) for entry in v.entries) for v in archive.volumes}
    yield Sheet(name="", make=_page, facts=(named,))


def _page(site: Site, named: Mapping[int, Named]) -> Iterator[Page]:

    def link(text: str, address: str) -> frame.LinkView:
        return frame.LinkView(text=text, href=frame.href(site, address))

    groups = (
        ("栏目", tuple(link(kind.name, urls.section(kind.key)) for kind in site.settings.sections)),
        ("区市", tuple(link(district.name, urls.district(district.slug)) for district in site.settings.districts)),
        (
            "本站",
            (
                link("首页", urls.HOME),
                link("栏目", urls.SECTIONS),
                link("往期", urls.YEARS),
                link("区市", urls.DISTRICTS),
                link("主题", urls.TOPICS),
                link("统计", urls.STATISTICS),
                link("来源", urls.SOURCES),
                link("往年今日", urls.TODAY),
                link("搜索", urls.SEARCH),
                link("关于本刊", urls.ABOUT),
                link("无障碍说明", urls.ACCESSIBILITY),
                link("订阅", urls.FEEDS),
                link("数据接口", urls.API),
            ),
        ),
    )
    years = tuple(
        SitemapYear(
            link=link(f"{year}年", urls.year(year)),
            issues=tuple(link(label, urls.issue(issue_id)) for label, issue_id in issues),
        )
        for year, issues in named.items()
    )
    crumbs = (frame.LinkView(text="站点地图", href="", current=True),)
    description = f"《{site.settings.name}》网站的全部栏目、区市和各期。"
    context = SitemapContext(
        shell=frame.shell(site, urls.SITEMAP_PAGE, ("站点地图",), description, crumbs), groups=groups, years=years
    )
    yield Page(path=urls.file_of(urls.SITEMAP_PAGE), template=PAGE.template, context=context)


PAGE = PageKind(name="sitemap", template="pages/sitemap.html", context=SitemapContext, plan=plan)
