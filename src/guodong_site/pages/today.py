"""往年今日: /today/ leads to twelve months, each with the issues of that month in all years, as a page and as data.

A build never asks what day it is.  The home page's script does, and reads the data of the month.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from guodong_site import frame, urls
from guodong_site.almanac import Leaf, almanac
from guodong_site.archive import Archive
from guodong_site.artifact import Artifact, Page, PageKind, Sheet
from guodong_site.model import Site

_NAME = "往年今日"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeafView:
    """An issue with its first article."""

    issue: frame.LinkView
    date: str
    date_iso: str
    title: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayContext(frame.PageContext):
    """`month` is None at the door; `months` are all twelve, those without an issue without an address."""

    month: int | None
    months: tuple[frame.LinkView, ...]
    leaves: tuple[LeafView, ...]


def plan(archive: Archive) -> Iterator[Sheet]:
    """The door, and a sheet a month: a new issue touches its own month's only.  A month without an issue is but an empty list."""
    months = almanac(archive)
    held = tuple(month for month, leaves in months.items() if leaves)
    yield Sheet(name="", make=_door, facts=(held,))
    for month, leaves in months.items():
        yield Sheet(name=f"{month:02}", make=_month, facts=(month, leaves, held if leaves else ()))


def _door(site: Site, held: tuple[int, ...]) -> Iterator[Page]:
    crumbs = (frame.LinkView(text=_NAME, href="", current=True),)
    description = f"《{site.settings.name}》各月的往期：历年同一个月各期的要目。"
    yield _page(site, urls.TODAY, (_NAME,), description, crumbs, None, held, ())


def _month(site: Site, month: int, leaves: tuple[Leaf, ...], held: tuple[int, ...]) -> Iterator[Page | Artifact]:
    yield Artifact(path=urls.month_json(month), make=_json(site, leaves).encode)
    if not leaves:
        return
    door = frame.LinkView(text=_NAME, href=frame.href(site, urls.TODAY))
    crumbs = (door, frame.LinkView(text=f"{month}月", href="", current=True))
    description = f"《{site.settings.name}》历年{month}月各期的要目。"
    yield _page(site, urls.month(month), (f"历年{month}月", _NAME), description, crumbs, month, held, leaves)


def _page(
    site: Site,
    address: str,
    titles: tuple[str, ...],
    description: str,
    crumbs: tuple[frame.LinkView, ...],
    month: int | None,
    held: tuple[int, ...],
    leaves: tuple[Leaf, ...],
) -> Page:
    context = TodayContext(
        shell=frame.shell(site, address, titles, description, crumbs, column=frame.listing(site, _NAME, description)),
        month=month,
        months=tuple(
            frame.LinkView(text=f"{m}月", href=frame.href(site, urls.month(m)) if m in held else "", current=m == month)
            for m in range(1, 13)
        ),
        leaves=tuple(
            LeafView(
                issue=frame.LinkView(text=label, href=frame.href(site, urls.issue(issue_id))),
                date=date,
                date_iso=iso,
                title=title,
                href=frame.href(site, lead),
            )
            for issue_id, label, date, iso, lead, _, title in leaves
        ),
    )
    return Page(path=urls.file_of(address), template=PAGE.template, context=context)


def _json(site: Site, leaves: tuple[Leaf, ...]) -> str:
    """The month as data, newest first."""
    listed = [
        {"date": iso, "label": label, "url": frame.href(site, lead), "title": title}
        for _, label, _, iso, lead, title, _ in leaves
    ]
    return json.dumps(listed, ensure_ascii=False, separators=(",", ":")) + "\n"


PAGE = PageKind(name="today", template="pages/today.html", context=TodayContext, plan=plan)
