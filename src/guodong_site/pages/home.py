"""The front page: the newest issue as lead, its sections, then the archive below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from guodong_site import frame, linked, tags, urls, views
from guodong_site.archive import Archive
from guodong_site.artifact import Page, PageKind, Sheet
from guodong_site.model import Article, Issue, Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """The newest issue on the front page; `columns` are its sections after the first."""

    label: str
    href: str
    count: int
    lead: views.Card
    lead_paragraphs: tuple[str, ...]
    lead_cut: bool
    first_section: frame.LinkView
    beside: tuple[views.Card, ...]
    columns: tuple[FrontSection, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontSection:
    """A section on the front page; a list of lines where `lines`, else items with excerpts."""

    link: frame.LinkView
    lines: bool
    cards: tuple[views.Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeContext(frame.PageContext):
    """`front` is None while the archive is empty; one year is shown by months, more as a ledger; `today` is where a script finds 往年今日."""

    front: Front | None
    year: int | None
    months: tuple[views.MonthView, ...]
    recent: tuple[frame.LinkView, ...]
    years: tuple[views.YearView, ...]
    districts: tuple[frame.LinkView, ...]
    today: str


def plan(archive: Archive) -> Iterator[Sheet]:
    """The one front page: the newest issue, or all of a first year, which is shown by months."""
    newest = archive.newest
    shown = archive.volumes[0].entries if len(archive.years) == 1 else (newest,) if newest else ()
    recent = tuple((entry.head.label, entry.head.id) for entry in islice(archive.entries, 1, 7))
    yield Sheet(name="", make=_page, shows=shown, facts=(recent, archive.sums(views.year_row)))


def _page(site: Site, recent: tuple[tuple[str, str], ...], rows: Mapping[int, views.YearRow]) -> Iterator[Page]:
    issue = next((issue for issue in site.issues if issue.articles), None)
    settings = site.settings
    column = tags.Column(
        name="首页",
        description=settings.description,
        keywords=(settings.name, *(kind.name for kind in settings.sections)),
        kind="首页",
    )
    things = (linked.periodical(settings, frame.absolute(site, urls.HOME)),)
    context = HomeContext(
        shell=frame.shell(site, urls.HOME, column=column, things=things),
        front=_front(site, issue) if issue else None,
        year=next(iter(rows), None),
        months=views.months(site) if len(rows) == 1 else (),
        recent=tuple(frame.LinkView(text=label, href=frame.href(site, urls.issue(issue_id))) for label, issue_id in recent),
        years=views.ledger(site, rows),
        districts=views.district_band(site, newest=views.districts_of(replace(site, issues=site.issues[:1]))),
        today=frame.href(site, urls.TODAY),
    )
    yield Page(path=urls.file_of(urls.HOME), template=PAGE.template, context=context)


def _front(site: Site, issue: Issue) -> Front:
    first, *rest = issue.sections
    lead, *beside = first.articles
    paragraphs, cut = _lead(lead)
    return Front(
        label=issue.label,
        href=frame.href(site, urls.issue(issue.id)),
        count=len(issue.articles),
        lead=views.card(site, issue, lead),
        lead_paragraphs=paragraphs,
        lead_cut=cut,
        first_section=_door(site, first.kind.key, first.kind.name),
        beside=tuple(views.card(site, issue, article) for article in beside),
        columns=tuple(
            FrontSection(
                link=_door(site, section.kind.key, section.kind.name),
                lines=all(article.brief for article in section.articles),
                cards=tuple(views.card(site, issue, article) for article in section.articles),
            )
            for section in rest
        ),
    )


def _door(site: Site, key: str, name: str) -> frame.LinkView:
    return frame.LinkView(text=name, href=frame.href(site, urls.section(key)))


def _lead(article: Article) -> tuple[tuple[str, ...], bool]:
    """Whole sentences of the lead story, about what fills its columns, and whether more follows."""
    taken: list[str] = []
    length = 0
    paragraphs = [block.units[0] for block in article.prose.blocks if block.units and block.heading is None]
    for paragraph in paragraphs:
        kept = ""
        for sentence in paragraph.replace("。", "。\0").split("\0"):
            if length and length + len(sentence) > views.LEAD_LENGTH:
                return (*taken, kept) if kept else tuple(taken), True
            kept += sentence
            length += len(sentence)
        taken.append(kept)
    return tuple(taken), False


PAGE = PageKind(name="home", template="pages/home.html", context=HomeContext, plan=plan)
