"""A whole issue, readable as the printed bulletin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from guodong_site import frame, impression, reference, revisions, urls, views
from guodong_site.archive import Archive, Entry
from guodong_site.artifact import Page, PageKind, Sheet
from guodong_site.edition import Edition
from guodong_site.history import Gap, chinese
from guodong_site.model import Article, Issue, Site


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueArticle:
    """An article inside the issue; a brief shows no title, since its first clause is the title.

    Where it was `withdrawn` that day stands in its place, and nothing else of it.
    """

    anchor: str
    href: str
    title: views.TitleView | None = None
    brief: bool = False
    signed: bool = False
    draft: bool = False
    passages: tuple[views.Passage, ...] = ()
    withdrawn: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueSection:
    """A section of the issue."""

    key: str
    link: frame.LinkView
    articles: tuple[IssueArticle, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueContext(frame.PageContext):
    """`missing` says in words what the original does not carry; the 发： line is never here.

    `same_month` are the issues of the same month in the years before (往年同期); `changes` are those of the issue and of all
    its articles, `updated` is the day of the last one.
    """

    id: str
    label: str
    date: str
    date_iso: str
    issuer: str
    total: int | None
    sections: tuple[IssueSection, ...]
    toc: tuple[views.TocSection, ...]
    channels: str
    missing: str
    updated: revisions.Day | None
    changes: tuple[revisions.Note, ...]
    tools: reference.Tools
    edition: impression.EditionView | None
    same_month: tuple[frame.LinkView, ...]
    older: frame.LinkView | None
    newer: frame.LinkView | None


Neighbour = tuple[str, str] | None
"""Label and id of the issue before or after."""


_YEARS_BEFORE = 5


def plan(archive: Archive) -> Iterator[Sheet]:
    """One page an issue, which names its neighbours and the issues of its month in earlier years."""
    entries = tuple(archive.entries)
    by_month: dict[tuple[int, int], list[tuple[str, str]]] = {}
    for entry in entries:
        by_month.setdefault((entry.head.date.year, entry.head.date.month), []).append((entry.head.label, entry.head.id))
    for entry, newer, older in zip(entries, (None, *entries), (*entries[1:], None), strict=False):
        year, month = entry.head.date.year, entry.head.date.month
        same = tuple(named for back in range(1, _YEARS_BEFORE + 1) for named in by_month.get((year - back, month), ()))
        edition = archive.editions.get(entry.head.id)
        yield Sheet(name=entry.head.id, make=_page, shows=(entry,), facts=(_named(older), _named(newer), same, edition))


def _named(entry: Entry | None) -> Neighbour:
    return (entry.head.label, entry.head.id) if entry else None


def _page(
    site: Site, older: Neighbour, newer: Neighbour, same: tuple[tuple[str, str], ...], edition: Edition | None
) -> Iterator[Page]:
    for issue in site.issues:
        address, description = urls.issue(issue.id), issue.summary or _summary(issue)
        crumbs = (
            frame.LinkView(text=f"{issue.date.year}年", href=frame.href(site, urls.year(issue.date.year))),
            frame.LinkView(text=issue.label.removeprefix(f"{issue.date.year}年"), href="", current=True),
        )
        context = IssueContext(
            shell=frame.shell(
                site,
                address,
                (issue.title or issue.label,),
                description,
                crumbs,
                column=frame.listing(site, "往期", "按年、按期查阅的全部往期。"),
                story=reference.story(site, issue, description),
                things=(reference.issue_thing(site, issue),),
                draft=issue.draft,
            ),
            id=issue.id,
            label=issue.label,
            date=issue.date.chinese,
            date_iso=issue.date.iso,
            issuer=issue.issuer,
            total=issue.total,
            sections=_sections(site, issue),
            toc=views.contents(site, issue, anchors=True),
            channels="，".join(issue.channels),
            missing=_missing(issue),
            updated=revisions.updated(issue),
            changes=revisions.notes(issue),
            tools=reference.tools(site, issue),
            edition=impression.edition_view(site, issue.id, edition),
            same_month=tuple(
                frame.LinkView(text=label, href=frame.href(site, urls.issue(issue_id))) for label, issue_id in same
            ),
            older=_neighbour(site, older),
            newer=_neighbour(site, newer),
        )
        yield Page(path=urls.file_of(address), template=PAGE.template, context=context)


def _sections(site: Site, issue: Issue) -> tuple[IssueSection, ...]:
    return tuple(
        IssueSection(
            key=kind.key,
            link=frame.LinkView(text=kind.name, href=frame.href(site, urls.section(kind.key))),
            articles=tuple(_article(site, issue, one) for _, one in printed),
        )
        for kind, printed in groupby(revisions.printed(issue), lambda placed: placed[0])
    )


def _article(site: Site, issue: Issue, article: Article | Gap) -> IssueArticle:
    if isinstance(article, Gap):
        href = frame.href(site, urls.article(issue.id, article.id))
        return IssueArticle(anchor=f"i{article.id}", href=href, withdrawn=chinese(article.withdrawal.date))
    first = next((one for one in issue.articles if any(link.picture for link in one.prose.links)), None)
    pieces = views.passages(site, issue, article, heading_shift=1, below=article is not first)
    return IssueArticle(
        anchor=f"i{article.id}",
        title=views.title_view(article.title),
        href=frame.href(site, urls.article(issue.id, article.id)),
        brief=article.brief,
        signed=any(piece.sign for piece in pieces),
        draft=article.draft,
        passages=pieces,
    )


def _summary(issue: Issue) -> str:
    return "；".join(article.title.text for article in issue.articles[:4])


def _missing(issue: Issue) -> str:
    lacks = [name for name, known in (("期号", issue.number), ("具体日期", issue.date.day)) if not known]
    return f"原件未载{'与'.join(lacks)}，本站不作推定。" if lacks else ""


def _neighbour(site: Site, named: Neighbour) -> frame.LinkView | None:
    return frame.LinkView(text=named[0], href=frame.href(site, urls.issue(named[1]))) if named else None


PAGE = PageKind(name="issue", template="pages/issue.html", context=IssueContext, plan=plan)
