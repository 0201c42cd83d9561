"""What stands at the address of an issue or article that was withdrawn: the day, the reason, where it was.  None of its text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guodong_site import frame, revisions, urls
from guodong_site.archive import Archive
from guodong_site.artifact import Page, PageKind, Sheet
from guodong_site.history import Gap, Withdrawal
from guodong_site.model import Issue, Site


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawnContext(frame.PageContext):
    """`what` is 本文 or 本期; `origin` has no address where the whole issue was withdrawn."""

    what: str
    section: str
    day: revisions.Day
    reason: str
    origin: frame.LinkView
    ways: tuple[frame.LinkView, ...]


def plan(archive: Archive) -> Iterator[Sheet]:
    """A sheet an issue of which anything was withdrawn."""
    for entry in (*archive.entries, *archive.withdrawn):
        if entry.head.gaps or entry.head.withdrawn:
            yield Sheet(name=entry.head.id, make=_pages, shows=(entry,))


def _pages(site: Site, *_: object) -> Iterator[Page]:
    for issue in site.issues:
        if issue.history.withdrawn:
            yield _page(site, issue, issue.history.withdrawn)
        for gap in issue.gaps:
            yield _page(site, issue, gap.withdrawal, gap)


def _page(site: Site, issue: Issue, withdrawal: Withdrawal, gap: Gap | None = None) -> Page:
    what, address = ("本文", urls.article(issue.id, gap.id)) if gap else ("本期", urls.issue(issue.id))
    section = gap.section.name if gap else ""
    whole = issue.history.withdrawn is not None
    home = "" if whole else frame.href(site, urls.issue(issue.id))
    crumbs = (
        *(() if whole or not gap else (frame.LinkView(text=issue.label, href=home),)),
        frame.LinkView(text=f"{what}已撤回", href="", current=True),
    )
    titles = (f"{what}已撤回", *((section,) if section else ()), issue.label)
    years = frame.LinkView(text="查阅往期", href=frame.href(site, urls.YEARS))
    context = WithdrawnContext(
        shell=frame.shell(site, address, titles, f"{issue.label}的这一篇已经撤回。" if gap else "这一期已经撤回。", crumbs),
        what=what,
        section=section,
        day=revisions.day_of(withdrawal.date),
        reason=withdrawal.reason,
        origin=frame.LinkView(text="，".join(part for part in (issue.label, section) if part), href=home),
        ways=(years,) if whole else (frame.LinkView(text=f"阅读{issue.label}", href=home), years),
    )
    return Page(path=urls.file_of(address), template=PAGE.template, context=context)


PAGE = PageKind(name="withdrawn", template="pages/withdrawn.html", context=WithdrawnContext, plan=plan)
