"""The pictures of an issue in its text: every one with its size, and with its narrower prints where there are any."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote

from guodong_site import urls
from guodong_site.model import Article, Block, Issue
from guodong_site.plates import Plate

_IMAGE = re.compile(r'<img((?: [a-z]+="[^"]*")*? )src="([^"]*)"([^>]*)>')
_LAZY = ' loading="lazy"'
_SIZES = "(min-width: 48em) 40.5rem, calc(100vw - 2rem)"
"""How wide a picture stands: as the column of text does (tokens.css: --text, --gutter)."""


def illustrated(issue: Issue, plates: Sequence[Plate]) -> Issue:
    """The issue with its pictures as its pages show them."""
    album = {plate.name: plate for plate in plates}
    sections = tuple(
        replace(section, articles=tuple(_article(issue, article, album) for article in section.articles))
        for section in issue.sections
    )
    return replace(issue, sections=sections, album=tuple(plates))


def _article(issue: Issue, article: Article, album: dict[str, Plate]) -> Article:
    if not any(link.picture for link in article.prose.links):
        return article

    def shown(match: re.Match[str]) -> str:
        plate = album.get(urls.picture_name(issue.id, html.unescape(match[2])))
        return match[0] if plate is None else _shown(match, plate)

    def block(one: Block) -> Block:
        return replace(one, html=_IMAGE.sub(shown, one.html)) if "<img" in one.html else one

    return replace(article, prose=replace(article.prose, blocks=tuple(block(one) for one in article.prose.blocks)))


def _shown(match: re.Match[str], plate: Plate) -> str:
    """A picture: its own file for who knows no other, and its prints to choose from."""
    address, rest = match[2], match[1].rstrip() + match[3].rstrip(" /")
    if not re.search(r"\s(?:width|height)=", rest):
        rest += f' width="{plate.portrait.width}" height="{plate.portrait.height}"'
    image = f'<img src="{address}"{rest}{_LAZY} decoding="async">'
    if not plate.widths:
        return image
    folder = address.removesuffix(html.escape(quote(plate.name)))
    prints = ", ".join(f"{folder}{html.escape(quote(plate.made(width)))} {width}w" for width in plate.widths)
    return f'<picture><source type="image/webp" srcset="{prints}" sizes="{_SIZES}">{image}</picture>'


def at_once(text: str) -> str:
    """The first picture of a text is loaded with its page, the others when they come near."""
    return text.replace(_LAZY, "", 1)
