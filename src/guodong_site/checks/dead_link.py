"""A link inside the archive that leads nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from guodong_site import faults, urls
from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic
from guodong_site.model import Link, Site

RULE = faults.DEAD_LINK


def run(site: Site) -> Iterator[Diagnostic]:
    """Links from article to article or issue, and to drafts, which the public cannot open.

    Links to files were judged where they were read (K001); those to pages of other kinds are on the finished pages.
    """
    base = site.settings.base_path
    drafts = {urls.issue(issue.id) for issue in site.issues if issue.draft}
    known = {urls.issue(issue.id) for issue in site.issues}
    known |= {urls.article(issue.id, article.id) for issue, article in site.dated()}
    known |= {urls.picture(issue.id, picture.name) for issue in site.issues for picture in issue.pictures}
    for issue, article in site.dated():
        for link in article.prose.links:
            if link.address is None or link.picture:
                continue
            address = unquote(link.address.removeprefix(base)).partition("#")[0].partition("?")[0]
            if not address.startswith("issues/") or _names_a_file(link):
                continue
            if address not in known:
                message = f"链接“{link.target}”指向的页面不存在"
                yield RULE.at(link.where, message, "核对期号和篇号；没有的就去掉链接", item=article.key)
            elif not issue.draft and any(address.startswith(draft) for draft in drafts):
                message = f"链接“{link.target}”指向草稿，公众打不开"
                yield RULE.at(link.where, message, "等那一期发布后再加这个链接", item=article.key)


def _names_a_file(link: Link) -> bool:
    """Whether a link was written as the name of a file in the issue's folder, not of an issue or a page."""
    parts = urls.split(link.target)
    return parts is not None and not parts.path.startswith("/") and not unquote(parts.path).endswith(".md")


CHECK = Check(rule=RULE, run=run)
