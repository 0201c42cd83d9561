"""What a government site must say at the foot of its pages and site.yaml does not know.

《政府网站发展指引》 (国办发〔2017〕47号) and its annex: 网站标识码, ICP 备案, 公安备案, 主办单位 with contact, 党政机关网站标识, 找错 entry.
"""

from __future__ import annotations

from collections.abc import Iterator

from guodong_site.archive import Archive
from guodong_site.artifact import Check
from guodong_site.config import FURNITURE
from guodong_site.diagnostics import Diagnostic, Rule, Severity, Span

RULE = Rule(
    code="M002",
    name="missing-furniture",
    title="页脚必备的内容还不知道",
    why="政府网站的页脚应当列出网站标识码、ICP备案编号、公安机关备案标识、联系方式、党政机关网站标识和“我为政府网站找错”入口。不知道的不显示，也不用占位的内容代替。",
    wrong="（site.yaml 里没有 site_id_code）",
    right='site_id_code: "3702000000"',
    severity=Severity.WARNING,
)


def across(archive: Archive) -> Iterator[Diagnostic]:
    """One finding that names them all."""
    settings = archive.settings
    lacking = [f"{name}（{key}）" for key, name in FURNITURE.items() if not getattr(settings, key)]
    if lacking:
        hint = "核实后在 site.yaml 里各写一行；由政务公开平台统一加页脚的，可以在 checks 里写 missing-furniture: info"
        yield RULE.at(Span(path="site.yaml"), f"页脚还缺：{'、'.join(lacking)}", hint)


CHECK = Check(rule=RULE, across=across)
