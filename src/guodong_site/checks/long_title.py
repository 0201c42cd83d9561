"""A title too long for lists, search engines and phones."""

from __future__ import annotations

from collections.abc import Iterator

from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule, Severity
from guodong_site.model import Site

RULE = Rule(
    code="D018",
    name="long-title",
    title="标题太长",
    why="标题超过 40 字，列表里占三四行，搜索引擎和手机上会截断。",
    wrong="（五十字的标题）",
    right="（二三十字，说清谁做了什么）",
    severity=Severity.WARNING,
)
_MOST = 40


def run(site: Site) -> Iterator[Diagnostic]:
    """Titles an editor wrote; a brief's is as long as its first clause."""
    for _, article in site.dated():
        length = len(article.title.text)
        if length > _MOST and not article.brief:
            yield RULE.at(article.where, f"标题有 {length} 字，超过 {_MOST} 字", "删去可有可无的词", item=article.key)


CHECK = Check(rule=RULE, run=run)
