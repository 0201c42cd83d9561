"""A link inside the archive that leads nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from guodong_site import faults, urls
from guodong_site.archive import Archive, Entry
from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic

RULE = faults.DEAD_LINK


def across(archive: Archive) -> Iterator[Diagnostic]:
    """Links from article to article or issue, and to drafts, which the public cannot open.

    Links to files were judged where they were read (K001); those to pages of other kinds are on the finished pages.
    """
    known = {entry.head.id: entry for entry in (*archive.entries, *archive.withdrawn)}
    former = {alias.address for entry in known.values() for _, alias in entry.aliases}
    for entry in archive.entries:
        for item, link in entry.links:
            address = unquote((link.address or "").removeprefix(archive.settings.base_path)).partition("#")[0].partition("?")[0]
            if not address.startswith("issues/") or address in former:
                continue
            target = known.get(address.split("/")[1])
            if target is None or not _holds(target, address):
                message, hint = f"链接“{link.target}”指向的页面不存在", "核对期号和篇号；没有的就去掉链接"
            elif target.head.draft and not entry.head.draft:
                message, hint = f"链接“{link.target}”指向草稿，公众打不开", "等那一期发布后再加这个链接"
            else:
                continue
            yield RULE.at(link.where, message, hint, item=f"{entry.head.id}/{item}")


def _holds(target: Entry, address: str) -> bool:
    """Whether an address below an issue's is the issue, one of its articles, withdrawn ones too, or one of its pictures."""
    if address == urls.issue(target.head.id):
        return True
    issue = target.open()
    ids = [*(article.id for article in issue.articles), *(gap.id for gap in issue.gaps)]
    own = {urls.article(issue.id, item) for item in ids}
    return address in own | {urls.picture(issue.id, name) for name in issue.pictures}


CHECK = Check(rule=RULE, across=across)
