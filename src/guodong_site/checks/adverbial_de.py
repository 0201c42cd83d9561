"""的 between an adverbial and its verb, where 地 is meant (深入广泛的向群众普及).

Only adverbials that hardly ever stand before a noun, or before what can only be a verb, so that correct sentences are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule, Severity
from guodong_site.model import Site
from guodong_site.proof import Kind, proofs

RULE = Rule(
    code="L017",
    name="adverbial-de",
    title="状语后面用了“的”",
    why="修饰动词的状语后面用“地”，修饰名词的定语后面用“的”（《现代汉语词典》）。",
    wrong="坚定不移的深入推进全面从严治党",
    right="坚定不移地深入推进全面从严治党",
    severity=Severity.WARNING,
)
_ADVERBIAL = (
    "坚定不移|坚持不懈|坚定|毫不动摇|毫不犹豫|毫不松懈|一如既往|持之以恒|持续不断|始终如一|全心全意|千方百计|不遗余力|深入广泛|广泛深入|深入细致"
    "|深入持久|扎扎实实|认认真真|踏踏实实|实实在在|有条不紊|循序渐进|因地制宜|旗帜鲜明|雷厉风行|争先恐后|自觉|认真|积极|积极主动|主动|切实|扎实"
    "|有力|有效|大力|全力|及时|逐步|不断|深入|全面|迅速|充分|严格|熟练|圆满|顺利|成功|详细|耐心|热情|清醒|深刻|真正|更好|有序|有序有力"
)
_VERB = (
    "深入推进|推进|推动|开展|落实|执行|贯彻|坚持|做好|抓好|完成|加强|宣传|普及|讲解|介绍|学习|掌握|投入|参与|组织|部署|实施|解决|履行|服务"
    "|认识到|体会到|意识到|提高|提升|促进|维护|遵守|融入|走|干|抓|向[^。，；、\n]{1,10}(?:普及|宣传|讲解|介绍|学习|传达|发放|汇报|迈进)"
    "|把[^。，；\n]{1,14}(?:落实|抓|做|用|放|贯穿|融入|摆|统一)|将[^。，；\n]{1,14}(?:落实|抓|做|用|放|贯穿|融入|纳入)"
)
_NOUN = "作用|力度|力量|者|机制|措施|精神|意识|态度|能力|情况|方式|方法|过程|效果|成效|进程|工作|活动|体系|计划|方案|任务|部门|单位|人员|资料|材料|手册|条件|氛围|型|部|局|道|劲|群|路|向|访|姿|廊|势|手|兽|预|捕"
_VERB_FOLLOWS = re.compile(rf"的(?=(?:{_VERB})(?!{_NOUN}|的|与|和|是|[，。；、）”\n]|$))")
_ADVERBIALS = tuple(sorted(_ADVERBIAL.split("|"), key=lambda word: (-len(word), word)))


def run(site: Site) -> Iterator[Diagnostic]:
    """的 behind an adverbial and before a verb."""
    for proof in proofs(site):
        for mark in proof.marks(_VERB_FOLLOWS, Kind.TITLE, Kind.HEADING, Kind.BODY):
            before = mark.before
            word = next((word for word in _ADVERBIALS if before.endswith(word)), None) if before.endswith(_ADVERBIALS) else None
            if word:
                yield mark.at(RULE, f"“{word}的{mark.after[:4]}”：修饰动词用“地”", "把“的”改成“地”；后面是名词的，不用改")


CHECK = Check(rule=RULE, run=run)
