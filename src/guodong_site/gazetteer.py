"""Finds a district's name where it says whose news a paragraph is.  Pure; the names come from editorial/districts.yaml."""

from __future__ import annotations

import re

from guodong_site.config import District

_PLACE = re.compile(r"[\u4e00-\u9fff]{0,3}?(?:路|街|社区|学校|小学|中学|分校|大学|学院|医院|广场|公园|地铁|大桥|风景)")
"""What makes a bare name part of a longer one: 市北分校, 崂山路, 胶州路社区 (standards.md §7.1)."""


def leading_district(paragraph: str, districts: tuple[District, ...]) -> District | None:
    """The district a paragraph begins with: 市北区国动办联合……, but not 市北分校……."""
    text = paragraph.removeprefix("青岛市").removeprefix("青岛")
    named = [(name, district) for district in districts for name in district.names if text.startswith(name)]
    if not named:
        return None
    name, district = max(named, key=lambda pair: len(pair[0]))
    if name[-1] not in "区市" and _PLACE.match(text[len(name) :]):
        return None
    return district
