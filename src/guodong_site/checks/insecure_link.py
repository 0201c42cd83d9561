"""A link by http from a site that is read by https."""

from __future__ import annotations

from collections.abc import Iterator

from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule, Severity
from guodong_site.model import Site

RULE = Rule(
    code="K011",
    name="insecure-link",
    title="链接是不加密的 http",
    why="从加密的网页点到不加密的网页，内容可能在路上被换掉，有的浏览器会警告。",
    wrong="[原文](http://www.gov.cn/a.htm)",
    right="[原文](https://www.gov.cn/a.htm)",
    severity=Severity.WARNING,
)


def run(site: Site) -> Iterator[Diagnostic]:
    """Only where this site itself is read by https."""
    for _, article in site.dated() if site.settings.base_url.startswith("https://") else ():
        for link in article.prose.links:
            if link.address is None and not link.picture and link.target.lower().startswith("http://"):
                hint = "把 http 改成 https，点开试试；对方没有 https 的，在 allow 里说明"
                yield RULE.at(link.where, f"“{link.target}”是不加密的 http 链接", hint, item=article.key)


CHECK = Check(rule=RULE, run=run)
