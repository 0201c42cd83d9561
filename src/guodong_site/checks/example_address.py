"""A site that is still called example.org."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from guodong_site.archive import Archive
from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule, Severity, Span

RULE = Rule(
    code="M001",
    name="example-address",
    title="网址还是占位用的 example.org",
    why="订阅、站点地图和页面的规范网址都以 site.yaml 里的 base_url 开头；上线前必须换成真实网址。",
    wrong="base_url: https://example.org/",
    right="base_url: https://（本站的正式网址）/",
    severity=Severity.WARNING,
)


def across(archive: Archive) -> Iterator[Diagnostic]:
    """The host of base_url; example.org is kept free for examples (RFC 2606)."""
    host = urlsplit(archive.settings.base_url).hostname or ""
    if host == "example.org" or host.endswith(".example.org"):
        hint = "在 site.yaml 里改 base_url"
        yield RULE.at(
            archive.settings.places.get("base_url", Span(path="site.yaml")), "网址 base_url 还是占位用的 example.org", hint
        )


CHECK = Check(rule=RULE, across=across)
