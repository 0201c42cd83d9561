"""A reprint that does not say all that is owed to its source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule, Severity
from guodong_site.model import Article, Issue, Site

RULE = Rule(
    code="D017",
    name="untold-reprint",
    title="转载没有写全出处",
    why="转载要注明来源、作者、原文日期，并能找到原文（《政府网站发展指引》《著作权法》）。旧刊（legacy: true）查不到链接的，可以不写链接。",
    wrong="## 认清国防动员发展趋势\n……（来源：中国国防报）",
    right="## 认清国防动员发展趋势 {author=姓名 date=2023-03-02}\n……（来源：中国国防报）[原文](https://…)",
    severity=Severity.WARNING,
)


def run(site: Site) -> Iterator[Diagnostic]:
    """One finding that names all that is lacking."""
    for issue, article in site.dated():
        lacking = _lacking(issue, article) if article.reprint else []
        if lacking:
            message = f"转载自“{article.source}”，没有写{'、'.join(lacking)}"
            hint = "在标题后写 {author=姓名 date=原文日期}，在文末加原文链接；查不到的，在 allow 里说明"
            yield RULE.at(article.where, message, hint, item=article.key)


def _lacking(issue: Issue, article: Article) -> list[str]:
    last = article.prose.units[-1] if article.prose.units else ""
    dated = article.date or re.search(r"\d{4}年\d{1,2}月\d{1,2}日[^）)]{0,8}[）)]?$", last)
    linked = issue.legacy or any(not link.picture and link.address is None for link in article.prose.links)
    told = {"作者": article.author, "原文日期": dated, "原文链接": linked}
    return [name for name, known in told.items() if not known]


CHECK = Check(rule=RULE, run=run)
