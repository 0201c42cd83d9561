"""The frame round every page: head, masthead, navigation, footer; and what every page needs: links complete with base path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from guodong_site import linked, urls
from guodong_site.artifact import Context
from guodong_site.config import Settings
from guodong_site.model import Site
from guodong_site.tags import Column, Story, Tags, open_graph, page_tags, policy


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """A link; `current` marks the reader's own place, `small` is a remark behind it.

    `plain` links stay where a page is made simple (长辈版).
    """

    text: str
    href: str
    current: bool = False
    small: str = ""
    plain: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """The frame round every page: head, masthead, navigation, footer.

    `policy` is what a browser holds the page to, `first` the script that stands in the page itself: it shows the page as the
    reader chose before anything is drawn.  `linked` is the page as JSON-LD.  `masthead_font` is None where the font lacks a
    character of the bulletin's names: two faces in one name would be worse than none.
    """

    name: str
    issuer: str
    title: str
    description: str
    canonical: str | None
    root: str
    offline: bool
    policy: str
    first: str
    tags: Tags
    properties: Tags
    linked: str
    stylesheet: str
    masthead_font: str | None
    script: str
    icon: str
    feeds: tuple[FeedLink, ...]
    home: str
    search: str
    sections: tuple[LinkView, ...]
    doors: tuple[LinkView, ...]
    crumbs: tuple[LinkView, ...]
    footer_facts: tuple[LinkView, ...]
    footer_links: tuple[LinkView, ...]
    draft: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLink:
    """A feed that a reader of feeds finds by itself."""

    kind: str
    title: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageContext(Context):
    """Base of the contexts of all HTML pages."""

    shell: Shell


def href(site: Site, address: str) -> str:
    """An address as a link from any page."""
    return site.settings.base_path + address


def absolute(site: Site, address: str) -> str:
    """An address as a complete URL."""
    return site.settings.origin + site.settings.base_path + address


def shell(
    site: Site,
    address: str | None,
    titles: tuple[str, ...] = (),
    description: str = "",
    crumbs: tuple[LinkView, ...] = (),
    current: str = "",
    *,
    column: Column | None = None,
    story: Story | None = None,
    things: tuple[linked.Thing, ...] = (),
    feed: tuple[str, str] | None = None,
    draft: bool = False,
) -> Shell:
    """The frame of the page at `address` (None: a page without a fixed one, the 404).  `current` is a door's address.

    `column` and `story` are what the portal's tags tell of the page, `things` what it is as linked data; `feed` is the name and
    address of what the page lists, where that has feeds of its own.
    """
    settings = site.settings
    assets = {asset.name: href(site, asset.address) for asset in site.assets}
    first = next(asset.data for asset in site.assets if asset.name == "first.js").strip()
    url = None if address is None else absolute(site, address)
    title = " - ".join((*titles, settings.name, settings.issuer))
    description = description or settings.description
    path = (LinkView(text="首页", href=href(site, urls.HOME)), *crumbs) if crumbs else ()

    def door(text: str, target: str, *, plain: bool = False) -> LinkView:
        return LinkView(text=text, href=href(site, target), current=target == current, plain=plain)

    return Shell(
        name=settings.name,
        issuer=settings.issuer,
        title=title,
        description=description,
        canonical=url,
        root=settings.base_path,
        offline=settings.offline,
        policy=policy(first),
        first=first.decode(),
        tags=page_tags(settings, column, story),
        properties=open_graph(settings, title, description, url, story),
        linked=linked.script((*things, *_trail(settings, path, url))),
        stylesheet=assets["site.css"],
        masthead_font=_masthead_font(site, assets),
        script=assets["page.js"],
        icon=assets["icon.svg"],
        feeds=tuple(link for followed in (feed, (settings.name, urls.HOME)) if followed for link in _feeds(site, *followed)),
        home=href(site, urls.HOME),
        search=href(site, urls.SEARCH),
        sections=tuple(door(kind.name, urls.section(kind.key)) for kind in settings.sections),
        doors=(
            door("往期", urls.YEARS, plain=True),
            door("区市", urls.DISTRICTS),
            door("主题", urls.TOPICS),
            door("统计", urls.STATISTICS),
            door("搜索", urls.SEARCH, plain=True),
        ),
        crumbs=path,
        draft=draft,
        footer_facts=tuple(LinkView(text=text, href=to) for text, to in _facts(settings) if text),
        footer_links=(
            *(LinkView(text=text, href=to) for text, to in _outside(settings) if to),
            door("关于本刊", urls.ABOUT),
            door("无障碍说明", urls.ACCESSIBILITY),
            door("订阅", urls.FEEDS),
            door("站点地图", urls.SITEMAP_PAGE),
        ),
    )


def _masthead_font(site: Site, assets: Mapping[str, str]) -> str | None:
    """The font of the masthead, where it has every character of the bulletin's and its sections' names."""
    held = next((set(asset.data.decode()) for asset in site.assets if asset.name == "masthead.txt"), set())
    needed = set(site.settings.name.join(kind.name for kind in site.settings.sections)) | set(site.settings.name)
    return assets.get("masthead.woff2") if needed <= held else None


def listing(site: Site, name: str, description: str) -> Column:
    """A list of the archive as a column of the portal."""
    return Column(name=name, description=description, keywords=(name, site.settings.name, site.settings.issuer))


def _feeds(site: Site, name: str, address: str) -> tuple[FeedLink, ...]:
    """The feeds of what is listed at an address, in every format."""
    kinds = (("rss+xml", "RSS", urls.RSS), ("atom+xml", "Atom", urls.ATOM), ("feed+json", "JSON Feed", urls.JSON_FEED))
    return tuple(
        FeedLink(kind=f"application/{kind}", title=f"{name}（{text}）", href=href(site, address + file))
        for kind, text, file in kinds
    )


def _trail(settings: Settings, path: tuple[LinkView, ...], url: str | None) -> tuple[linked.Thing, ...]:
    """Where the page stands, as linked data; its last step is the page itself."""
    if not (path and url):
        return ()
    return (linked.breadcrumbs((step.text, settings.origin + step.href if step.href else url) for step in path),)


def _facts(settings: Settings) -> tuple[tuple[str, str], ...]:
    """What a government site says of itself at the foot of every page, and where that can be looked up."""
    code = "".join(filter(str.isdecimal, settings.police or ""))
    return (
        (f"联系方式：{settings.contact}" if settings.contact else "", ""),
        (f"网站标识码：{settings.site_id_code}" if settings.site_id_code else "", ""),
        (settings.icp or "", "https://beian.miit.gov.cn/"),
        (settings.police or "", f"https://beian.mps.gov.cn/#/query/webSearch?code={code}"),
    )


def _outside(settings: Settings) -> tuple[tuple[str, str | None], ...]:
    return (("党政机关网站标识", settings.party_mark), ("我为政府网站找错", settings.report_errors))
