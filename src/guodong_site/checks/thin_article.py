"""An article that says next to nothing."""

from __future__ import annotations

from collections.abc import Iterator

from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule
from guodong_site.model import Site

RULE = Rule(
    code="D019",
    name="thin-article",
    title="正文太短",
    why="正文不到 20 字又没有图片，多半是漏贴了内容；空白和只有标题的网页是检查的扣分项。",
    wrong="## 市国动办召开会议\n\n会议召开。",
    right="## 市国动办召开会议\n\n3月6日上午，市国动办召开会议，总结去年工作，……",
)
_LEAST = 20


def run(site: Site) -> Iterator[Diagnostic]:
    """Articles with fewer characters, blanks not counted, and without a picture or file; an empty one is no article (F024).

    Not in a draft: it is being written, and `new` has put a place for the text there.
    """
    for issue, article in site.dated():
        if issue.draft or article.draft:
            continue
        length = len("".join(article.prose.text.split()))
        if 0 < length < _LEAST and not article.prose.links:
            yield RULE.at(article.where, f"“{article.title.text}”的正文只有 {length} 字", "补上漏贴的内容", item=article.key)


CHECK = Check(rule=RULE, run=run)
