"""A link to a host that nobody has said may be linked to."""

from __future__ import annotations

from collections.abc import Iterator

from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule
from guodong_site.model import Site
from guodong_site.urls import split

RULE = Rule(
    code="K010",
    name="unlisted-host",
    title="链接指向未经许可的外站",
    why="政府网站链接外部网站要经过审核，外站变质会成为暗链（《政府网站发展指引》）。gov.cn 都许可；其他的写进 site.yaml 的 link_hosts，如 81.cn、xinhuanet.com。",
    wrong="[原文](https://short.example/abc)",
    right="[原文](http://www.81.cn/…)，site.yaml 里写 link_hosts: [81.cn]",
)


def run(site: Site) -> Iterator[Diagnostic]:
    """Links, not pictures: those may come from no other host at all (S002)."""
    own = split(site.settings.base_url)
    known = ("gov.cn", own.hostname or "" if own else "", *site.settings.link_hosts)
    for _, article in site.dated():
        for link in article.prose.links:
            parts = split(link.target) if link.address is None and not link.picture else None
            host = (parts.hostname or "").rstrip(".") if parts and parts.netloc else ""
            if host and not any(host == one or host.endswith(f".{one}") for one in known if one):
                hint = f"核对网址；审核同意后，在 site.yaml 的 link_hosts 里加 {host}"
                yield RULE.at(link.where, f"链接指向外站 {host}，不在许可的名单里", hint, item=article.key)


CHECK = Check(rule=RULE, run=run)
