"""robots.txt: everything may be read; where the sitemap is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guodong_site import frame, urls
from guodong_site.artifact import Context, Page, PageKind
from guodong_site.model import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsContext(Context):
    """The sitemap's complete address."""

    sitemap: str


def plan(site: Site) -> Iterator[Page]:
    """The one robots.txt."""
    yield Page(path=urls.ROBOTS, template=PAGE.template, context=RobotsContext(sitemap=frame.absolute(site, urls.SITEMAP)))


PAGE = PageKind(name="robots", template="feeds/robots.txt", context=RobotsContext, plan=plan)
