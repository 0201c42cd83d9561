"""Issues bound as a book (EPUB): a year's (合订本), or one alone.  What is held back or withdrawn is never in it.

A book is a copy that no correction reaches any more.  So it says on its first page where the text in force is.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from html import escape
from itertools import groupby
from urllib.parse import unquote

from guodong_site import urls
from guodong_site.config import CHINA, Settings
from guodong_site.epub import Leaf, Line, Volume, packed
from guodong_site.frame import absolute
from guodong_site.history import Gap, chinese
from guodong_site.model import Article, Issue, Site
from guodong_site.plates import Plate, Prints
from guodong_site.revisions import last_change, notes, printed
from guodong_site.views import passages, title_view
from guodong_site.xhtml import address, xhtml

WIDEST = 960
"""Pixels of a picture in a book, where it can be made smaller: a telephone's width, sharp."""

LARGEST = 1024 * 1024
"""Bytes of a picture in a book; a larger one is named and linked instead."""


def of_issue(settings: Settings, issue_id: str, files: Iterable[str]) -> str | None:
    """The address of an issue's own book, where site.yaml asks for one and no file in the issue's folder has its name."""
    address = urls.issue_book(issue_id)
    taken = any(urls.picture(issue_id, name) == address for name in files)
    return address if settings.issue_epub and not taken else None


def year_book(prints: Prints, site: Site, year: int) -> bytes:
    """The published issues of a year as a book, oldest first; there must be one.  Raises OSError."""
    same = f"{site.settings.issuer}/{site.settings.name}/{year}"
    return _bound(prints, site, f"{year}年合订本", str(year), same, urls.year(year))


def issue_book(prints: Prints, site: Site) -> bytes:
    """One published issue as a book.  Raises OSError."""
    (issue,) = site.issues
    same = f"{site.settings.issuer}/{site.settings.name}/{issue.id}"
    return _bound(prints, site, issue.label, issue.date.iso, same, urls.issue(issue.id))


def _bound(prints: Prints, site: Site, what: str, date: str, same: str, page: str) -> bytes:
    issues = tuple(issue for issue in reversed(site.issues) if not issue.draft)
    places = _places(site, issues)
    binding = _Binding(prints=prints, site=site, places=places, anchors=frozenset(places.values()))
    leaves = tuple(binding.leaf(issue) for issue in issues)
    articles = sum(len(_shown(issue)) for issue in issues)
    held = f"{len(issues)}期，{articles}篇"
    volume = Volume(
        title=f"{site.settings.name} {what}",
        issuer=site.settings.issuer,
        description=f"{site.settings.issuer}《{site.settings.name}》{what}：{held}。",
        same=same,
        date=date,
        modified=max(map(_modified, issues)).astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        source=absolute(site, page),
        leaves=(_title(site, what, held, page), *leaves),
        contents=tuple(_lines(issue) for issue in issues),
        pictures=binding.pictures,
        still=all(plate.portrait.still for issue in issues for plate in issue.album),
    )
    return packed(volume)


def _shown(issue: Issue) -> tuple[Article, ...]:
    return tuple(article for article in issue.articles if not article.draft)


def _modified(issue: Issue) -> datetime.datetime:
    """When an issue was last other than before, as the feeds have it: the first moment that is known (DESIGN.md §10)."""
    first = datetime.datetime.combine(issue.date.first_day, datetime.time(), CHINA)
    known = issue.published.replace(tzinfo=CHINA) if issue.published else first
    changed = last_change(issue)
    return max(known, datetime.datetime.combine(changed, datetime.time(), CHINA)) if changed else known


def _title(site: Site, what: str, held: str, page: str) -> Leaf:
    url = escape(absolute(site, page))
    body = (
        f'<section class="title" epub:type="titlepage"><h1>{escape(site.settings.name)}</h1>\n<p class="what">{escape(what)}</p>\n'
        f"<p>{escape(site.settings.issuer)}</p>\n<p>{held}</p>\n"
        f'<p class="note">本书是网站上各期的副本。此后若有更正、撤回，以网站为准：<br/><a href="{url}">{url}</a></p></section>'
    )
    return Leaf(name="title", title=f"{site.settings.name} {what}", body=body)


def _file(issue_id: str) -> str:
    return f"issue-{issue_id}"


def _lines(issue: Issue) -> Line:
    """An issue in the contents, with its sections and articles."""
    page = f"{_file(issue.id)}.xhtml"
    below = []
    for mark, name, placed in _sections(issue):
        articles = (one for one in placed if isinstance(one, Article))  # what was withdrawn has no title any more
        titles = tuple(Line(text=one.title.text, href=f"{page}#i{one.id}") for one in articles)
        below.append(Line(text=name, href=f"{page}#{mark}", below=titles))
    return Line(text=issue.title or issue.label, href=page, below=tuple(below))


def _sections(issue: Issue) -> Iterator[tuple[str, str, tuple[Article | Gap, ...]]]:
    """The sections in printed order: anchor, name, and what stands in them."""
    standing = (pair for pair in printed(issue) if isinstance(pair[1], Gap) or not pair[1].draft)
    for number, ((_, name), pairs) in enumerate(groupby(standing, lambda pair: (pair[0].key, pair[0].name)), 1):
        yield f"s{number}", name, tuple(one for _, one in pairs)


def _places(site: Site, issues: tuple[Issue, ...]) -> Mapping[str, str]:
    """Where in the book the pages of the site are that it holds, by their addresses."""
    places = {}
    for issue in issues:
        page = f"{_file(issue.id)}.xhtml"
        places[site.settings.base_path + urls.issue(issue.id)] = page
        for article in _shown(issue):
            places[site.settings.base_path + urls.article(issue.id, article.id)] = f"{page}#i{article.id}"
    return places


@dataclass(frozen=True, slots=True, kw_only=True)
class _Binding:
    """A book being bound; `pictures` are those its pages have shown so far, by file name."""

    prints: Prints
    site: Site
    places: Mapping[str, str]
    anchors: frozenset[str]
    pictures: dict[str, bytes] = field(default_factory=dict)

    def leaf(self, issue: Issue) -> Leaf:
        """An issue as a page."""
        body = "\n".join(self._body(issue))
        return Leaf(name=_file(issue.id), title=issue.title or issue.label, body=body)

    def _body(self, issue: Issue) -> Iterator[str]:
        title, total = issue.title or issue.label, f"总第{issue.total}期" if issue.total else ""
        label, date = issue.label, issue.date.chinese
        facts = (label if label != title else "", total, issue.issuer, date if date not in (label, title) else "")
        yield '<section epub:type="chapter" role="doc-chapter" aria-labelledby="t">'
        yield f'<h1 id="t">{escape(title)}</h1>'
        yield f'<p class="facts">{escape("　".join(filter(None, facts)))}</p>'
        yield from self._notes(issue)
        for mark, name, placed in _sections(issue):
            yield f'<section aria-labelledby="{mark}"><h2 id="{mark}">{escape(name)}</h2>'
            for one in placed:
                yield from self._gap(issue, one) if isinstance(one, Gap) else self._article(issue, one)
            yield "</section>"
        yield '<div class="tail">'
        if issue.channels:
            yield f"<p>政务公开：{escape('，'.join(issue.channels))}</p>"
        url = escape(absolute(self.site, urls.issue(issue.id)))
        yield f'<p>网页版：<a href="{url}">{url}</a></p></div></section>'

    def _notes(self, issue: Issue) -> Iterator[str]:
        shown = {f"#i{article.id}" for article in _shown(issue)}
        told = [note for note in notes(issue) if not note.href or note.href in shown]
        if told:
            yield '<aside class="notes" aria-labelledby="n"><h2 id="n">更正</h2><ul>'
            for note in told:
                where = f'（<a href="{note.href}">{escape(note.title)}</a>）' if note.href else ""
                yield f'<li><time datetime="{note.day.iso}">{note.day.text}</time>：{escape(note.text)}{where}</li>'
            yield "</ul></aside>"

    def _gap(self, issue: Issue, gap: Gap) -> Iterator[str]:
        url = escape(absolute(self.site, urls.article(issue.id, gap.id)))
        yield (f'<p class="gone" id="i{gap.id}">本篇已于{chinese(gap.withdrawal.date)}撤回。<a href="{url}">查看原因</a></p>')

    def _article(self, issue: Issue, article: Article) -> Iterator[str]:
        if article.brief:  # its first clause is its title
            yield f'<div class="brief" id="i{article.id}">'
        else:
            title = title_view(article.title).html.replace("<wbr>", "<wbr/>")  # a telephone has no room for the printed lines
            yield f'<article aria-labelledby="i{article.id}"><h3 id="i{article.id}">{title}</h3>'
        pieces = passages(self.site, issue, article, heading_shift=1)
        if facts := self._facts(issue, article, signed=any(piece.sign for piece in pieces)):
            yield f'<p class="facts">{escape("　".join(facts))}</p>'
        lead, draw = partial(self._lead, issue), partial(self._draw, issue)
        for piece in pieces:
            if piece.sign:
                yield f'<p class="sign">{escape(piece.sign)}</p>'
            yield xhtml(piece.html, lead, draw)
        yield "</div>" if article.brief else "</article>"

    def _facts(self, issue: Issue, article: Article, *, signed: bool) -> list[str]:
        """What is known of an article and not said by its text: its day, author, source and districts."""
        facts = []
        if article.date:
            facts.append(article.date.chinese)
        if article.author:
            facts.append(f"作者：{article.author}")
        if article.reprint and article.source not in article.prose.text[-len(article.source) - 20 :]:
            facts.append(f"来源：{article.source}")
        if article.districts and not signed:
            then, title = (issue.date.year, issue.date.month), article.prose.text if article.brief else article.title.text
            called = [district.called(*then) for district in self.site.settings.districts if district.slug in article.districts]
            facts += ["、".join(unsaid)] if (unsaid := [name for name in called if name not in title]) else []
        return facts

    def _lead(self, issue: Issue, href: str) -> str | None:
        """Inside the book where it holds what is linked, else to the site or elsewhere."""
        if href.startswith("#"):
            href = self.site.settings.base_path + urls.issue(issue.id) + href
        page, _, item = unquote(href).partition("#")
        page = page.partition("?")[0].rstrip("/") + "/"
        inside = self.places.get(page)
        if inside:
            exact = f"{inside}#{item}"
            return exact if exact in self.anchors else inside
        return address(self.site.settings.origin + href if re.match("/(?!/)", href) else href)

    def _draw(self, issue: Issue, src: str, alt: str) -> str:
        """A picture; where the book does not hold it, its words and where to see it."""
        name = urls.picture_name(issue.id, src)
        plate = next((one for one in issue.album if one.name == name), None)
        taken = self._taken(plate) if plate else None
        if taken:
            return f'<img src="{taken}" alt="{escape(alt)}"/>'
        words = f"［图：{escape(alt)}］"
        url = address(self.site.settings.origin + src) if plate else None
        return f'<a href="{escape(url)}">{words}</a>' if url else f"<span>{words}</span>"

    def _taken(self, plate: Plate) -> str | None:
        """The file name of a picture that goes into the book; None where it is too large."""
        fitting = [width for width in plate.widths if width <= WIDEST]
        print_name = plate.made(max(fitting)) if fitting else plate.name
        data = self.prints(plate)[print_name]
        if len(data) > LARGEST:
            return None
        kind = "webp" if fitting else plate.portrait.kind
        name = f"{plate.digest[:16]}.{kind}"
        self.pictures[name] = data
        return name
