"""The archive → a parcel: every article with what is to be done to it, and every one that was withdrawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from guodong_site import frame, refusals, urls
from guodong_site.archive import Archive, Entry
from guodong_site.diagnostics import Diagnostic, Span
from guodong_site.history import Gap
from guodong_site.model import Issue, Site
from guodong_site.portal.comparison import Before
from guodong_site.portal.enclosures import enclosures, place
from guodong_site.portal.parcel import Paper, Parcel, Piece
from guodong_site.portal.records import attached, named, record

Digests = Mapping[str, Mapping[str, str]]
"""What the reviews are bound to, by the issue's id and the article's (`signing.hashes_of`)."""


def packed(archive: Archive, digests: Digests, before: Before, *, figures: bool = True) -> Parcel | tuple[Diagnostic, ...]:
    """All of it; or, as faults, the articles that the portal has and of which the archive says nothing any more."""
    pieces = [piece for entry in archive.entries for piece in _pieces(archive, entry, digests, before, figures=figures)]
    for entry in archive.withdrawn:
        site = archive.of(entry)
        pieces += [_gone(site, issue, gap, before) for issue in site.issues for gap in issue.gaps]
    held = {piece.id for piece in pieces}
    moved = _moved(archive)
    lost = []
    for key, known in before.items.items():
        if key in held or known.gone:
            continue
        if known.path in moved:
            told = {"date": None, "reason": None, "moved_to": moved[known.path]}
            pieces.append(Piece(id=key, op="withdraw", url=archive.settings.origin + known.path, withdrawn=told))
        else:
            lost.append(_vanished(key))
    papers = tuple(_papers(archive, {piece.id.split("/")[0] for piece in pieces if piece.sent}))
    return tuple(lost) or Parcel(settings=archive.settings, pieces=tuple(pieces), papers=papers, since=before.name)


def _papers(archive: Archive, sent: set[str]) -> Iterator[Paper]:
    """The printed editions of the issues of which something is sent, if only that it is withdrawn: they are others now."""
    for entry in archive.entries:
        issue = entry.head.id
        if issue in sent and issue in archive.editions:
            yield Paper(
                issue=issue,
                label=entry.head.label,
                url=frame.absolute(archive.of(entry), urls.issue(issue)),
                path=place(issue, urls.pdf(issue).rpartition("/")[2]),
                pages=archive.editions[issue].pages,
                make=partial(_paper, archive, issue),
            )


def _paper(archive: Archive, issue: str) -> bytes:
    return archive.printings(issue).pdf


def _vanished(key: str) -> Diagnostic:
    issue, _, item = key.partition("/")
    message = f"门户上已有的“{key}”不见了，既没有写撤回，也没有写新的网址"
    hint = f'撤回就在 {issue} 的刊头信息里写 withdrawn: {{"{item}": {{date: 年-月-日, reason: 原因}}}}；换了编号就写 aliases'
    return refusals.VANISHED_ARTICLE.at(Span(path="issues"), message, hint, item=key)


def _moved(archive: Archive) -> dict[str, str]:
    """The paths of former addresses, with the addresses of today."""
    base, origin = archive.settings.base_path, archive.settings.origin
    entries = (*archive.entries, *archive.withdrawn)
    return {base + alias.address: origin + base + today for entry in entries for today, alias in entry.aliases}


def _pieces(archive: Archive, entry: Entry, digests: Digests, before: Before, *, figures: bool) -> Iterator[Piece]:
    site = archive.of(entry)
    (issue,) = site.issues
    for at, article in enumerate(issue.articles):
        if article.draft:
            continue
        order = 1 + at + sum(gap.before <= at for gap in issue.gaps)  # a withdrawn article keeps its place
        enclosed = enclosures(archive, entry, issue, article)
        told = record(site, issue, article, order, enclosed, figures=figures)
        facts = {
            "url": told["url"],
            "title": told["title"],
            "date": told["created"],
            "published": told["published"],
            "sha256": digests[issue.id][article.id],
            "rev": named(told, enclosed),
        }
        op = before.op(article.key, facts)
        if op == "unchanged":
            yield Piece(id=article.key, op=op, record=told, **facts)
        else:
            told["attachments"] = [attached(one) for one in enclosed]
            yield Piece(id=article.key, op=op, record=told, enclosures=enclosed, **facts)
    yield from (_gone(site, issue, gap, before) for gap in issue.gaps)


def _gone(site: Site, issue: Issue, gap: Gap, before: Before) -> Piece:
    """What is left of an article that was withdrawn."""
    key = f"{issue.id}/{gap.id}"
    told = {"date": gap.withdrawal.date.isoformat(), "reason": gap.withdrawal.reason, "moved_to": None}
    return Piece(id=key, op=before.gone(key), url=frame.absolute(site, urls.article(issue.id, gap.id)), withdrawn=told)
