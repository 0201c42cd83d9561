"""Markdown marks in a title, which is plain text and would show them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule, Severity
from guodong_site.model import Site

RULE = Rule(
    code="L002",
    name="title-markup",
    title="标题里有排版记号",
    why="标题按原样显示，加粗、链接的记号会露出来。标题里只能用 <br> 断行。",
    wrong="## 市国动办召开**工作会议**",
    right="## 市国动办召开工作会议",
    severity=Severity.WARNING,
)
_MARKUP = re.compile(r"\*\*|__|`|\]\(")


def run(site: Site) -> Iterator[Diagnostic]:
    """Titles an editor wrote."""
    for _, article in site.dated():
        mark = _MARKUP.search(article.title.text)
        if mark and not article.brief:
            yield RULE.at(article.where, f"标题里有排版记号“{mark[0]}”", "删去这个记号", item=article.key)


CHECK = Check(rule=RULE, run=run)
