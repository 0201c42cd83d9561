"""An issue that its own front matter says is not for the public."""

from __future__ import annotations

from collections.abc import Iterator

from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule, Severity
from guodong_site.model import Site

RULE = Rule(
    code="S003",
    name="not-public",
    title="这一期不是公开的",
    why="密级不是“公开”、或公开方式不是“主动公开”的内容不得上网（《保守国家秘密法》第三十五条、《政府信息公开条例》第十四至十七条）。",
    wrong="classification: 秘密",
    right="（把这一期从 issues/ 里移走，或经保密审查后改为 classification: 公开）",
    severity=Severity.VETO,
)


def run(site: Site) -> Iterator[Diagnostic]:
    """The two fields that decide it."""
    for issue in site.issues:
        if issue.classification != "公开":
            message = f"这一期的密级写的是“{issue.classification}”"
            yield RULE.at(issue.place("classification"), message, "不公开的内容不能放进本站；请先做保密审查", item=issue.id)
        if issue.disclosure != "主动公开":
            message = f"这一期的公开方式写的是“{issue.disclosure}”"
            yield RULE.at(issue.place("disclosure"), message, "只有主动公开的内容才能放进本站", item=issue.id)


CHECK = Check(rule=RULE, run=run)
