"""A whole issue, readable as the printed bulletin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guodong_site import frame, urls, views
from guodong_site.artifact import Page, PageKind
from guodong_site.model import Article, Issue, Site


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueArticle:
    """An article inside the issue; a brief shows no title, since its first clause is the title."""

    anchor: str
    title: views.TitleView
    href: str
    brief: bool
    signed: bool
    passages: tuple[views.Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueSection:
    """A section of the issue."""

    key: str
    link: frame.LinkView
    articles: tuple[IssueArticle, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueContext(frame.PageContext):
    """`missing` says in words what the original does not carry; the 发： line is never here."""

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
    older: frame.LinkView | None
    newer: frame.LinkView | None


def plan(site: Site) -> Iterator[Page]:
    """One page an issue."""
    for at, issue in enumerate(site.issues):
        older = site.issues[at + 1] if at + 1 < len(site.issues) else None
        newer = site.issues[at - 1] if at else None
        address = urls.issue(issue.id)
        crumbs = (
            frame.LinkView(text=f"{issue.date.year}年", href=frame.href(site, urls.year(issue.date.year))),
            frame.LinkView(text=issue.label.removeprefix(f"{issue.date.year}年"), href="", current=True),
        )
        context = IssueContext(
            shell=frame.shell(
                site, address, (issue.title or issue.label,), issue.summary or _summary(issue), crumbs, draft=issue.draft
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
            older=_neighbour(site, older),
            newer=_neighbour(site, newer),
        )
        yield Page(path=urls.file_of(address), template=PAGE.template, context=context)


def _sections(site: Site, issue: Issue) -> tuple[IssueSection, ...]:
    return tuple(
        IssueSection(
            key=section.kind.key,
            link=frame.LinkView(text=section.kind.name, href=frame.href(site, urls.section(section.kind.key))),
            articles=tuple(_article(site, issue, article) for article in section.articles),
        )
        for section in issue.sections
    )


def _article(site: Site, issue: Issue, article: Article) -> IssueArticle:
    pieces = views.passages(site, article, heading_shift=1)
    return IssueArticle(
        anchor=f"i{article.id}",
        title=views.title_view(article.title),
        href=frame.href(site, urls.article(issue.id, article.id)),
        brief=article.brief,
        signed=any(piece.sign for piece in pieces),
        passages=pieces,
    )


def _summary(issue: Issue) -> str:
    return "；".join(article.title.text for article in issue.articles[:4])


def _missing(issue: Issue) -> str:
    lacks = [name for name, known in (("期号", issue.number), ("具体日期", issue.date.day)) if not known]
    return f"原件未载{'与'.join(lacks)}，本站不作推定。" if lacks else ""


def _neighbour(site: Site, issue: Issue | None) -> frame.LinkView | None:
    return frame.LinkView(text=issue.label, href=frame.href(site, urls.issue(issue.id))) if issue else None


PAGE = PageKind(name="issue", template="pages/issue.html", context=IssueContext, plan=plan)
