"""What was to be filled in and was not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule, Severity
from guodong_site.model import Site
from guodong_site.proof import HAN, Kind, proofs

RULE = Rule(
    code="D016",
    name="placeholder",
    title="有没填的占位内容",
    why="XX、××、待定、TODO、空的【】是起草时留的空，不能上网。姓氏后面的××（李××）和遮挡号码的××不算。",
    wrong="XX月XX日，市国动办召开会议",
    right="3月6日，市国动办召开会议",
    severity=Severity.VETO,
    waivable=True,
)
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范"
    "方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文管"
)
_BLANK = re.compile(
    rf"(?<![\d{_SURNAMES}×*])[×╳✕]{{2,}}(?![\d×*])"
    rf"|(?<![A-Za-z0-9])(?:[Xx]{{2,}}|[ＸｘX]{{2,}})(?=[{HAN}])|(?<=[{HAN}])(?:[Xx]{{2,}}|[Ｘｘ]{{2,}})(?![A-Za-z0-9])"
    r"|(?<![A-Za-z])(?:TODO|TBD|FIXME)(?![A-Za-z])|【[ \u3000]*】|（[ \u3000]*）|《[ \u3000]*》|“[ \u3000]*”|[_＿]{2,}"
    r"|[（(【\[](?:略|待定|待补充?|待核实?|待确认|待查|此处.{0,6}|空)[）)】\]]"
    r"|(?<=时间|地点|人数|名单|数据|日期|金额)待(?:定|补|核|查)"
)

_SIGNS = tuple(
    "×× ╳╳ ✕✕ ×╳ ╳× XX Xx xX xx ＸＸ ｘｘ ＸX XＸ Ｘｘ ｘＸ ＸＸ TODO TBD FIXME 【】 （） 《》 “” __ ＿＿ _＿ ＿_ 待定 待补 待核 待确认 待查 略） 略) 略】 略] （此处 【此处 (此处 [此处 空） 空】 空) 空]".split()
) + tuple(opened + blank for opened in "【（《“" for blank in " \u3000")
"""One of these stands in all of them: most texts need no closer look."""


def run(site: Site) -> Iterator[Diagnostic]:
    """In everything that is published."""
    for proof in proofs(site):
        for mark in proof.marks(_BLANK, Kind.TITLE, Kind.HEADING, Kind.BODY, Kind.ASIDE, having=_SIGNS):
            yield mark.at(RULE, f"“{mark.text}”是没填的占位内容", "填上真实的内容，或删去；确实要这样写的，在 allow 里写明理由")


CHECK = Check(rule=RULE, run=run)
