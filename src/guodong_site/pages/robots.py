"""robots.txt: everything may be read; where the sitemap is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guodong_site import frame, urls
from guodong_site.archive import Archive
from guodong_site.artifact import Context, Page, PageKind, Sheet
from guodong_site.model import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsContext(Context):
    """The sitemap's complete address."""

    sitemap: str


def plan(_: Archive) -> Iterator[Sheet]:
    """The one robots.txt."""
    yield Sheet(name="", make=_page)


def _page(site: Site) -> Iterator[Page]:
    yield Page(path=urls.ROBOTS, template=PAGE.template, context=RobotsContext(sitemap=frame.absolute(site, urls.SITEMAP)))


PAGE = PageKind(name="robots", template="feeds/robots.txt", context=RobotsContext, plan=plan)
