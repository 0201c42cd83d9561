"""One article, a brief too, at an address that never moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guodong_site import frame, urls, views
from guodong_site.artifact import Page, PageKind
from guodong_site.model import Article, Issue, Site


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleContext(frame.PageContext):
    """`date_label` is 发布时间 where that is known, else 刊期; `previous` and `following` stand in the same issue;
    `related` are the nearest articles of this and earlier issues."""

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
    previous: views.TocItem | None
    following: views.TocItem | None


def plan(site: Site) -> Iterator[Page]:
    """One page an article."""
    known = {article.key: (issue, article) for issue, article in site.dated()}
    for issue in site.issues:
        articles = issue.articles
        for at, article in enumerate(articles):
            before = articles[at - 1] if at else None
            after = articles[at + 1] if at + 1 < len(articles) else None
            related = tuple(views.mention(site, *known[key]) for key in article.related)
            yield _page(site, issue, article, before, after, related)


def _page(
    site: Site,
    issue: Issue,
    article: Article,
    before: Article | None,
    after: Article | None,
    related: tuple[views.Mention, ...],
) -> Page:
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
        related=related,
        issue=home,
        toc=views.contents(site, issue, here=article.key),
        previous=_neighbour(site, issue, before),
        following=_neighbour(site, issue, after),
    )
    return Page(path=urls.file_of(address), template=PAGE.template, context=context)


def _neighbour(site: Site, issue: Issue, article: Article | None) -> views.TocItem | None:
    if article is None:
        return None
    address = frame.href(site, urls.article(issue.id, article.id))
    return views.TocItem(title=views.title_view(article.title), href=address)


PAGE = PageKind(name="article", template="pages/article.html", context=ArticleContext, plan=plan)
