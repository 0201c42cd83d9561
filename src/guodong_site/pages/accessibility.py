"""无障碍说明: how the site can be read by everyone, and whom to tell where it cannot.  No certificate is claimed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guodong_site import frame, urls
from guodong_site.archive import Archive
from guodong_site.artifact import Page, PageKind, Sheet
from guodong_site.model import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessibilityContext(frame.PageContext):
    """`contact` is None where site.yaml does not know it."""

    contact: str | None
    issuer: str


def plan(_: Archive) -> Iterator[Sheet]:
    """The one statement."""
    yield Sheet(name="", make=_page)


def _page(site: Site) -> Iterator[Page]:
    crumbs = (frame.LinkView(text="无障碍说明", href="", current=True),)
    description = f"《{site.settings.name}》网站的大字、朗读、高对比、键盘操作和读屏说明。"
    context = AccessibilityContext(
        shell=frame.shell(site, urls.ACCESSIBILITY, ("无障碍说明",), description, crumbs),
        contact=site.settings.contact,
        issuer=site.settings.issuer,
    )
    yield Page(path=urls.file_of(urls.ACCESSIBILITY), template=PAGE.template, context=context)


PAGE = PageKind(name="accessibility", template="pages/accessibility.html", context=AccessibilityContext, plan=plan)
