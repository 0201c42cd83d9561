"""One article, a brief too, at an address that never moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guodong_site import frame, reference, revisions, tags, urls, views
from guodong_site.archive import Archive
from guodong_site.artifact import Page, PageKind, Sheet
from guodong_site.model import Article, Issue, Site
from guodong_site.neighbours import Beside, Named, beside
from guodong_site.provenance import slug


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleContext(frame.PageContext):
    """`date_label` is 发布时间 where that is known, else 刊期; `previous` and `following` stand in the same issue,
    `before` and `after` in the same section of others; `here` is the article's own place in `toc`; `related` are the nearest
    articles of this and earlier issues; `updated` is the day of the last of `changes`.  A `long` text remembers where the reader stopped.
    `pdf` is the printed edition of the issue, empty where it has none."""

    title: views.TitleView
    section: frame.LinkView
    source: frame.LinkView
    author: str | None
    event_date: str | None
    date_label: str
    date: str
    date_iso: str
    updated: revisions.Day | None
    changes: tuple[revisions.Note, ...]
    passages: tuple[views.Passage, ...]
    signed: bool
    keywords: tuple[frame.LinkView, ...]
    related: tuple[views.Mention, ...]
    issue: frame.LinkView
    toc: tuple[views.TocSection, ...]
    here: str
    previous: views.TocItem | None
    following: views.TocItem | None
    before: views.Mention | None
    after: views.Mention | None
    tools: reference.Tools
    pdf: str
    long: bool


_LONG = 1500
"""Characters from which a reader may stop half-way: about three screens of a phone."""


def plan(archive: Archive) -> Iterator[Sheet]:
    """One page an article, a sheet an issue; a sheet knows what lies beside its sections in other issues."""
    others = beside(archive)
    for entry in archive.entries:
        yield Sheet(
            name=entry.head.id,
            make=_pages,
            shows=(entry,),
            facts=(others.get(entry.head.id, {}), entry.head.id in archive.editions),
        )


def _pages(site: Site, others: Beside, printed: bool) -> Iterator[Page]:  # noqa: FBT001  # whether the issue has a printed edition
    for issue in site.issues:
        toc = views.contents(site, issue)
        for at, article in enumerate(issue.articles):
            yield _page(site, issue, article, toc, at, others, frame.href(site, urls.pdf(issue.id)) if printed else "")


def _page(
    site: Site, issue: Issue, article: Article, toc: tuple[views.TocSection, ...], at: int, others: Beside, pdf: str
) -> Page:
    items = [item for section in toc for item in section.items]
    address = urls.article(issue.id, article.id)
    description = views.excerpt(article)
    before, after = _beside(issue, article, others)
    section = frame.LinkView(
        text=article.section.name, href=frame.href(site, urls.section(article.section.key, issue.date.year))
    )
    home = frame.LinkView(text=issue.label, href=frame.href(site, urls.issue(issue.id)))
    crumbs = (home, section, frame.LinkView(text="正文", href="", current=True))
    pieces = views.passages(site, issue, article)
    context = ArticleContext(
        shell=frame.shell(
            site,
            address,
            (article.title.text, article.section.name),
            description,
            crumbs,
            current=urls.section(article.section.key),
            column=tags.column_of(article.section, site.settings),
            story=reference.story(site, issue, description, article),
            things=(reference.article_thing(site, issue, article, description),),
            draft=issue.draft or article.draft,
        ),
        title=views.title_view(article.title),
        section=section,
        source=_source(site, article),
        author=article.author,
        event_date=article.date.chinese if article.date else None,
        date_label="发布时间" if issue.published else "刊期",
        date=reference.visible_date(issue),
        date_iso=reference.moment(issue) or issue.date.iso,
        updated=revisions.updated(issue, article),
        changes=revisions.notes(issue, article),
        passages=pieces,
        signed=any(piece.sign for piece in pieces),
        keywords=tuple(views.keyword_link(site, term) for term in article.keywords),
        related=tuple(views.mention(site, other) for other in article.related),
        issue=home,
        toc=toc,
        here=items[at].href,
        previous=items[at - 1] if at else None,
        following=items[at + 1] if at + 1 < len(items) else None,
        before=_mention(site, before),
        after=_mention(site, after),
        tools=reference.tools(site, issue, article),
        pdf=pdf,
        long=len(article.prose.text) > _LONG,
    )
    return Page(path=urls.file_of(address), template=PAGE.template, context=context)


def _source(site: Site, article: Article) -> frame.LinkView:
    """Where the article came from; a reprint leads to all that came from there."""
    address = frame.href(site, urls.source(slug(article.source, site.reading))) if article.reprint else ""
    return frame.LinkView(text=article.source, href=address)


def _beside(issue: Issue, article: Article, others: Beside) -> tuple[Named | None, Named | None]:
    """The articles before and after in the section, where they stand in another issue: those in this one are its neighbours."""
    section = next(section for section in issue.sections if section.kind == article.section)
    before, after = others.get(section.kind.key, (None, None))
    return (before if article is section.articles[0] else None), (after if article is section.articles[-1] else None)


def _mention(site: Site, named: Named | None) -> views.Mention | None:
    return views.Mention(title=named[1], href=frame.href(site, named[0]), issue="") if named else None


PAGE = PageKind(name="article", template="pages/article.html", context=ArticleContext, plan=plan)
