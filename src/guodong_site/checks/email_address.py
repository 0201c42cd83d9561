"""An e-mail address, in the text or behind a link."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule
from guodong_site.model import Site
from guodong_site.proof import proofs

RULE = Rule(
    code="S014",
    name="email-address",
    title="有电子邮箱地址",
    why="个人邮箱是个人信息，公开后还会招来垃圾邮件。单位对外的邮箱写进 editorial/wording.yaml 的 public，就不再报告。",
    wrong="投稿请发zhangsan@example.com",
    right="投稿请与编辑部联系",
)
_ADDRESS = re.compile(r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9][A-Za-z0-9._%+-]*[@＠][A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def run(site: Site) -> Iterator[Diagnostic]:
    """Addresses that are not public ones."""
    public = {text.casefold() for text in site.settings.wording.public}
    hint = "删去；对外公开的单位邮箱，写进 editorial/wording.yaml 的 public"
    for proof in proofs(site):
        for mark in proof.marks(_ADDRESS, having=("@", "＠")):
            if mark.text.casefold() not in public:
                yield mark.at(RULE, f"“{mark.text}”是邮箱地址", hint)
    for _, article in site.dated():
        for link in article.prose.links:
            address = link.target.partition("?")[0].partition(":")[2]
            if link.target.lower().startswith("mailto:") and address.casefold() not in public:
                yield RULE.at(link.where, f"链接指向邮箱地址“{address}”", hint, item=article.key)


CHECK = Check(rule=RULE, run=run)
