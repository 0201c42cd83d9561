"""The printed edition as pages offer it."""

from __future__ import annotations

from dataclasses import dataclass

from guodong_site import frame, urls
from guodong_site.edition import Edition
from guodong_site.model import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionView:
    """A PDF to be opened, how long and large it is, and its first page as a picture (`width` and `height` as it is shown)."""

    href: str
    pages: str
    size: str
    cover: str
    width: int
    height: int


def edition_view(site: Site, issue_id: str, edition: Edition | None) -> EditionView | None:
    """The edition of an issue, where it has one."""
    if edition is None:
        return None
    wide, high = edition.cover
    return EditionView(
        href=frame.href(site, urls.pdf(issue_id)),
        pages=f"{edition.pages}页",
        size=size_text(edition.size),
        cover=frame.href(site, urls.cover(issue_id)),
        width=wide // 2,  # twice as many pixels as it is wide: sharp on every screen
        height=high // 2,
    )


def size_text(size: int) -> str:
    """`304 KB`, `1.2 MB`."""
    return f"{size / 1024:.0f} KB" if size < 1024 * 1000 else f"{size / 1024 / 1024:.1f} MB"
