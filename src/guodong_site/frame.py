"""The frame round every page: head, masthead, navigation, footer; and what every page needs: links complete with base path."""

from __future__ import annotations

from dataclasses import dataclass

from guodong_site import urls
from guodong_site.artifact import Context
from guodong_site.model import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """A link; `current` marks the reader's own place, `small` is a remark behind it."""

    text: str
    href: str
    current: bool = False
    small: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """The frame round every page: head, masthead, navigation, footer."""

    name: str
    issuer: str
    title: str
    description: str
    canonical: str | None
    root: str
    stylesheet: str
    script: str
    icon: str
    feed: str
    home: str
    search: str
    sections: tuple[LinkView, ...]
    doors: tuple[LinkView, ...]
    crumbs: tuple[LinkView, ...]
    footer_facts: tuple[str, ...]
    footer_links: tuple[LinkView, ...]
    draft: bool


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
    draft: bool = False,
) -> Shell:
    """The frame of the page at `address` (None: a page without a fixed one, the 404).  `current` is a door's address."""
    settings = site.settings
    assets = {asset.name: href(site, asset.address) for asset in site.assets}

    def door(text: str, target: str) -> LinkView:
        return LinkView(text=text, href=href(site, target), current=target == current)

    facts = (
        ("联系方式", settings.contact),
        ("网站标识码", settings.site_id_code),
        ("", settings.icp),
        ("", settings.police),
    )
    return Shell(
        name=settings.name,
        issuer=settings.issuer,
        title=" - ".join((*titles, settings.name, settings.issuer)),
        description=description or settings.description,
        canonical=None if address is None else absolute(site, address),
        root=settings.base_path,
        stylesheet=assets["site.css"],
        script=assets["search-box.js"],
        icon=assets["icon.svg"],
        feed=href(site, urls.FEED),
        home=href(site, urls.HOME),
        search=href(site, urls.SEARCH),
        sections=tuple(door(kind.name, urls.section(kind.key)) for kind in settings.sections),
        doors=(
            door("往期", urls.YEARS),
            door("区市", urls.DISTRICTS),
            door("主题", urls.TOPICS),
            door("搜索", urls.SEARCH),
        ),
        crumbs=(LinkView(text="首页", href=href(site, urls.HOME)), *crumbs) if crumbs else (),
        draft=draft,
        footer_facts=tuple(f"{label}：{value}" if label else value for label, value in facts if value),
        footer_links=(door("关于本刊", urls.ABOUT), door("订阅（RSS）", urls.FEED), door("站点地图", urls.SITEMAP_PAGE)),
    )
