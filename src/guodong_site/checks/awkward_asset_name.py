"""A picture or file whose name makes an address that breaks when it is copied."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule, Severity
from guodong_site.model import Site

RULE = Rule(
    code="K012",
    name="awkward-asset-name",
    title="图片或附件的名称里有空格、符号",
    why="文件名是网址的一部分。空格、%、# 等在复制和转发时会变样，链接就断了。汉字可以用。",
    wrong="issues/2024-03/照片 (1).jpg",
    right="issues/2024-03/照片-1.jpg",
    severity=Severity.WARNING,
)
_AWKWARD = re.compile(r"[^\w./-]|[\uff00-\uffef]")


def run(site: Site) -> Iterator[Diagnostic]:
    """At the link, for the files an article shows or offers."""
    for issue, article in site.dated():
        for link in article.prose.links:
            name = link.target.rpartition("/")[2] if link.address is not None else ""
            mark = _AWKWARD.search(name)
            if mark and any(file.rpartition("/")[2] == name for file in issue.pictures):
                shown = "空格" if mark[0].isspace() else f"“{mark[0]}”"
                hint = "给文件改名，只用汉字、字母、数字和 -，正文里跟着改"
                yield RULE.at(link.where, f"文件名“{name}”里有{shown}", hint, item=article.key)


CHECK = Check(rule=RULE, run=run)
