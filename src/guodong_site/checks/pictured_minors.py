"""A picture in an article about pupils: their faces are personal information."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule, Severity
from guodong_site.model import Site

RULE = Rule(
    code="S017",
    name="pictured-minors",
    title="照片里可能有学生",
    why="不满十四周岁未成年人的个人信息是敏感个人信息，公开要经父母或其他监护人同意（《个人信息保护法》第三十一条）。",
    wrong="学生们参观展板。\n\n![学生参观](2024-03/a.jpg)",
    right="（取得同意或遮挡面部后，在 allow 里写明）",
    severity=Severity.WARNING,
)
_MINORS = re.compile(r"小学|幼儿|中学|初中|学生|少年|儿童|少先队|孩子")


def run(site: Site) -> Iterator[Diagnostic]:
    """The first picture of an article that tells of minors."""
    for _, article in site.dated():
        pictures = [link for link in article.prose.links if link.picture]
        told = _MINORS.search(article.title.text + article.prose.text) if pictures else None
        if told:
            message = f"这一篇说到“{told[0]}”，又有照片"
            hint = "确认已取得监护人同意，或遮挡面部；确认后在刊头信息的 allow 里写明"
            yield RULE.at(pictures[0].where, message, hint, item=article.key)


CHECK = Check(rule=RULE, run=run)
