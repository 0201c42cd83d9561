"""A title that ends like a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule, Severity
from guodong_site.model import Site

RULE = Rule(
    code="L001",
    name="title-full-stop",
    title="标题以句号结尾",
    why="标题不是句子，末尾不用句号（GB/T 15834—2011）。网页照原样显示，但会显得是笔误。",
    wrong="## 市国动办召开工作会议。",
    right="## 市国动办召开工作会议",
    severity=Severity.WARNING,
)


def run(site: Site) -> Iterator[Diagnostic]:
    """Titles written by an editor; those of briefs are taken from the text and never end so."""
    for _, article in site.dated():
        if article.title.text.endswith("。") and not article.brief:
            yield RULE.at(article.where, f"标题“{article.title.text}”以句号结尾", "删去末尾的句号", item=article.key)


CHECK = Check(rule=RULE, run=run)
