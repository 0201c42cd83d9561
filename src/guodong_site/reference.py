"""An issue or article as others name it: the portal's tags, linked data, a citation, a QR code."""

from __future__ import annotations

from dataclasses import dataclass

from guodong_site import linked, revisions, urls
from guodong_site.citation import Citation
from guodong_site.frame import absolute
from guodong_site.model import Article, Issue, Site
from guodong_site.qr import QrCode, qr_code
from guodong_site.tags import Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What the tools of a page need: its address, also as a QR code, and how it is cited; `lacks` says what nobody knows."""

    url: str
    qr: QrCode
    cite: Citation
    lacks: str


def address(issue: Issue, article: Article | None = None) -> str:
    """Where an issue, or an article of it, stands."""
    return urls.article(issue.id, article.id) if article else urls.issue(issue.id)


def tools(site: Site, issue: Issue, article: Article | None = None) -> Tools:
    """The tools of an issue's page, or of an article's."""
    url = absolute(site, address(issue, article))
    cite = Citation(
        author=(article.author or article.source) if article else issue.issuer,
        title=article.title.text if article else issue.title or issue.label,
        journal=site.settings.name,
        year=issue.date.year,
        number=issue.number,
        url=url,
        key=f"{issue.id}-{article.id}" if article else issue.id,
        whole=article is None,
    )
    lacks = "" if issue.number else "；原件未载期号，只著录年份"
    return Tools(url=url, qr=qr_code(url), cite=cite, lacks=lacks)


def visible_date(issue: Issue) -> str:
    """The date a reader sees: never one that nobody wrote."""
    return issue.published.strftime("%Y-%m-%d %H:%M") if issue.published else issue.date.chinese


def moment(issue: Issue) -> str | None:
    """When the issue was published, as an instant; None where nobody knows it."""
    return issue.published.strftime("%Y-%m-%dT%H:%M+08:00") if issue.published else None


def _image(site: Site, article: Article) -> str | None:
    """The complete address of an article's first picture."""
    shown = (link.address for link in article.prose.links if link.picture and link.address)
    return next((site.settings.origin + address for address in shown), None)


def _modified(issue: Issue, article: Article | None = None) -> str | None:
    """The day of the last change, as linked data says it."""
    day = revisions.last_change(issue, article)
    return day.isoformat() if day else None


def story(site: Site, issue: Issue, description: str, article: Article | None = None) -> Story:
    """An issue, or an article of it, as its content tags tell it."""
    return Story(
        title=article.title.text if article else issue.title or issue.label,
        source=article.source if article else issue.issuer,
        description=description,
        url=absolute(site, address(issue, article)),
        published=visible_date(issue) if issue.published else None,
        moment=moment(issue),
        author=article.author if article else None,
        keywords=article.keywords if article else issue.keywords,
        image=_image(site, article) if article else None,
    )


def issue_thing(site: Site, issue: Issue) -> linked.Thing:
    """An issue as linked data."""
    return linked.issue(
        absolute(site, address(issue)),
        issue.title or issue.label,
        issue.number,
        issue.date.iso,
        moment(issue),
        linked.reference(linked.periodical(site.settings, absolute(site, urls.HOME))),
        _modified(issue),
    )


def article_thing(site: Site, issue: Issue, article: Article, description: str) -> linked.Thing:
    """An article as linked data."""
    return linked.article(
        absolute(site, address(issue, article)),
        article.title.text,
        description,
        article.section.name,
        article.keywords,
        article.author,
        article.source if article.reprint else None,
        moment(issue),
        _modified(issue, article),
        _image(site, article),
        site.settings,
        linked.reference(issue_thing(site, issue)),
    )
