"""The front matter (刊头信息) of one issue file → the facts of an Issue.  Knows its marks and its fields, not the body."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guodong_site import faults
from guodong_site.amendments import Amendments, read_amendments
from guodong_site.config import Settings
from guodong_site.diagnostics import Diagnostic
from guodong_site.fields import Fields, last_day, read_fields
from guodong_site.model import Issue
from guodong_site.source import SourceText
from guodong_site.waiver import Waiver

_MARK = re.compile(r"---[ \t]*")
_DASH = r"[\u2010-\u2015\u2212\u2500\ufe58\ufe63\uff0d]"
_BLANKS = " \t\u3000"
_ALMOST = re.compile(rf"-{{2,}}|[- ]*{_DASH}(?:[- ]|{_DASH})*")
"""Dashes that were meant as a mark: one too many, or what Word makes of three."""
SPOKEN = {
    "期号": "number",
    "期次": "number",
    "总期号": "total",
    "日期": "date",
    "签发日期": "date",
    "发布时间": "published",
    "发布日期": "published",
    "发": "distribution",
    "发送": "distribution",
    "政务公开": "channels",
    "标题": "title",
    "名称": "title",
    "编发单位": "issuer",
    "主办": "issuer",
    "摘要": "summary",
    "内容概述": "summary",
    "概述": "summary",
    "关键词": "keywords",
    "密级": "classification",
    "公开方式": "disclosure",
    "旧刊": "legacy",
    "草稿": "draft",
    "更正": "changes",
    "撤回": "withdrawn",
    "旧网址": "aliases",
    "改网址": "aliases",
    "豁免": "allow",
}
"""What a clerk would call a field, as the manual explains it."""


def read_front_matter(text: SourceText, settings: Settings, found: list[Diagnostic]) -> tuple[Issue | None, Amendments, int]:
    """The issue's facts (None without a usable date), what happened to it and to its items since, and the line the body begins
    at (0: nowhere)."""
    opening = next((n for n in range(1, len(text.starts) + 1) if text.line(n).strip("\ufeff \t\u3000")), 0)
    if not (opening and _is_mark(text, opening, found)):
        return None, Amendments(), _without(text, "文件开头没有刊头信息", found)
    closing = next((n for n in range(opening + 1, len(text.starts) + 1) if _is_mark(text, n, found)), 0)
    if not closing:
        return None, Amendments(), _without(text, "刊头信息没有结束：缺少第二行 ---", found)
    fields = read_fields(text, text.starts[opening], text.starts[closing - 1], found)
    return (*(ask(fields, settings) if fields else (None, Amendments())), closing + 1)


def _is_mark(text: SourceText, number: int, found: list[Diagnostic]) -> bool:
    """Whether a line is one of the two marks; one that was meant to be is read as one, and said."""
    line = text.line(number)
    if _MARK.fullmatch(line):
        return True
    if not _ALMOST.fullmatch(line.strip(_BLANKS)):  # not in the pattern: on a line of a thousand blanks it would try each
        return False
    what = "破折号" if re.search(_DASH, line) else "减号"
    hint = "改成 ---（三个减号）" + ("；Word 会把减号自动改成破折号，改完看一眼" if what == "破折号" else "，前后不留别的字")
    message = f"这里应当是三个减号 ---，写的是{what}“{line.strip()}”"
    found.append(faults.MISSING_FRONT_MATTER.at(text.at(number, 1, len(line)), message, hint))
    return True


def _without(text: SourceText, message: str, found: list[Diagnostic]) -> int:
    """Complains that there is none; the body may be read all the same, for its own faults, from the line that is given."""
    hint = "文件第一行写 ---，随后写期号和日期，再写一行 ---"
    found.append(faults.MISSING_FRONT_MATTER.at(text.at(1, 1, len(text.line(1))), message, hint))
    heading = re.search(r"^[#＃]", text.text, re.MULTILINE)
    return text.text.count("\n", 0, heading.start()) + 1 if heading else 0


def ask(fields: Fields, settings: Settings) -> tuple[Issue | None, Amendments]:
    """Asks every field once, so that one run says everything; None where there is no usable date.

    docs/make_schema.py asks in the same way what there is to ask.
    """
    legacy = fields.boolean("legacy")
    number, total, date = fields.integer("number"), fields.integer("total"), fields.date("date")
    amended = read_amendments(fields, date)
    if not (legacy or amended.draft):
        fields.required("number", "加一行 number: 期号（当年第几期）")
    fields.required("date", "加一行 date: 2024-03-15（签发日期）")
    if date is not None and date.day is None and not legacy:
        hint = "写成 2024-03-15 这样的年-月-日；旧刊查不到日子时，另加一行 legacy: true"
        fields.found.append(faults.IMPOSSIBLE_DATE.at(fields.where_of("date"), "签发日期缺少“日”", hint))
    facts = {
        "number": number,
        "total": total,
        "published": fields.moment("published"),
        "distribution": fields.string("distribution"),
        "channels": fields.strings("channels"),
        "title": fields.string("title"),
        "issuer": fields.string("issuer") or settings.issuer,
        "summary": fields.string("summary"),
        "keywords": fields.strings("keywords"),
        "classification": fields.string("classification") or settings.classification,
        "disclosure": fields.choice("disclosure", ("主动公开", "依申请公开", "不予公开")) or settings.disclosure,
    }
    allow = tuple(_waivers(fields))
    fields.finish(SPOKEN)
    if date is None:
        return None, amended
    places = settings.places | {key: fields.where_of(key) for key in fields.values}  # a default is said in site.yaml
    issue = Issue(
        id="",
        date=date,
        sections=(),
        where=fields.where,
        legacy=legacy,
        draft=amended.draft,
        history=amended.whole,
        allow=allow,
        places=places,
        **facts,  # type: ignore[arg-type]
    )
    return issue, amended


_ALLOWED = {"检查": "check", "文字": "text", "理由": "reason", "原因": "reason", "期限": "until", "到期": "until"}


def _waivers(fields: Fields) -> Iterator[Waiver]:
    """The findings an editor vouches for; each says which check, which words and why."""
    for entry in fields.entries("allow", "写成 allow: 下面一行 - {check: former-name, text: 人防办, reason: 当时的名称}"):
        entry.required("check", "加 check: 检查的名称，如 former-name")
        entry.required("text", "加 text: 稿件里的原文，一字不差")
        entry.required("reason", "加 reason: 为什么不用改，谁核对过；没有理由的不算")
        check, text, reason, until = entry.string("check"), entry.string("text"), entry.string("reason"), entry.date("until")
        entry.finish(_ALLOWED)
        if check and text and reason:
            yield Waiver(check=check, text=text, reason=reason, until=last_day(until) if until else None, where=entry.where)
