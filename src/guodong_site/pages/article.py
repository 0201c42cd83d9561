"""One article, a brief too, at an address that never moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guodong_site import frame, urls, views
from guodong_site.archive import Archive
from guodong_site.artifact import Page, PageKind, Sheet
from guodong_site.model import Article, Issue, Site


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleContext(frame.PageContext):
    """`date_label` is 发布时间 where that is known, else 刊期; `previous` and `following` stand in the same issue,
    `here` is the article's own place in `toc`; `related` are the nearest articles of this and earlier issues."""

    title: views.TitleView
    section: frame.LinkView
    source: str
    author: str | None
    event_date: str | None
    date_label: str
    date: str
    date_iso: str
    passages: tuple[views.Passage, ...]
    signed: bool
    keywords: tuple[frame.LinkView, ...]
    related: tuple[views.Mention, ...]
    issue: frame.LinkView
    toc: tuple[views.TocSection, ...]
    here: str
    previous: views.TocItem | None
    following: views.TocItem | None


def plan(archive: Archive) -> Iterator[Sheet]:
    """One page an article, a sheet an issue."""
    for entry in archive.entries:
        yield Sheet(name=entry.head.id, make=_pages, shows=(entry,))


def _pages(site: Site) -> Iterator[Page]:
    for issue in site.issues:
        toc = views.contents(site, issue)
        for at, article in enumerate(issue.articles):
            yield _page(site, issue, article, toc, at)


def _page(site: Site, issue: Issue, article: Article, toc: tuple[views.TocSection, ...], at: int) -> Page:
    items = [item for section in toc for item in section.items]
    address = urls.article(issue.id, article.id)
    section = frame.LinkView(
        text=article.section.name, href=frame.href(site, urls.section(article.section.key, issue.date.year))
    )
    home = frame.LinkView(text=issue.label, href=frame.href(site, urls.issue(issue.id)))
    crumbs = (home, section, frame.LinkView(text="正文", href="", current=True))
    pieces = views.passages(site, article)
    context = ArticleContext(
        shell=frame.shell(
            site,
            address,
            (article.title.text, article.section.name),
            views.excerpt(article),
            crumbs,
            current=urls.section(article.section.key),
            draft=issue.draft,
        ),
        title=views.title_view(article.title),
        section=section,
        source=article.source,
        author=article.author,
        event_date=article.date.chinese if article.date else None,
        date_label="发布时间" if issue.published else "刊期",
        date=views.visible_date(issue),
        date_iso=issue.published.strftime("%Y-%m-%dT%H:%M+08:00") if issue.published else issue.date.iso,
        passages=pieces,
        signed=any(piece.sign for piece in pieces),
        keywords=tuple(views.keyword_link(site, term) for term in article.keywords),
        related=tuple(views.mention(site, other) for other in article.related),
        issue=home,
        toc=toc,
        here=items[at].href,
        previous=items[at - 1] if at else None,
        following=items[at + 1] if at + 1 < len(items) else None,
    )
    return Page(path=urls.file_of(address), template=PAGE.template, context=context)


PAGE = PageKind(name="article", template="pages/article.html", context=ArticleContext, plan=plan)
