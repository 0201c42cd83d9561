"""信息发布审核表: one issue on one or two sheets of A4, to be signed by hand or filed with what was signed here."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

from guodong_site.config import Settings
from guodong_site.model import Issue
from guodong_site.reviews import LEVELS, SECRECY, Review, stale

_STYLE = """
@page { size: A4; margin: 25mm 20mm; }
body { max-width: 170mm; margin: 0 auto; padding: 8mm 0; color: #000; background: #fff; font: 12pt/1.6 SimSun, "Noto Serif CJK SC", serif; }
h1 { text-align: center; font-size: 18pt; letter-spacing: .15em; margin: 0 0 6mm; }
table { width: 100%; border-collapse: collapse; margin-bottom: 6mm; }
th, td { border: .5pt solid #000; padding: 1.5mm 2.5mm; text-align: left; vertical-align: top; }
th { font-weight: 700; white-space: nowrap; width: 1%; }
.items th { width: auto; }
.items td:first-child, .items td:last-child { white-space: nowrap; width: 1%; }
.sign td { height: 14mm; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
code { font-size: 9pt; }
p { font-size: 10pt; margin: 0; }
"""


def review_form(settings: Settings, issue: Issue, reviews: Sequence[Review], now: Mapping[str, str]) -> str:
    """The form as a page that needs nothing else; who has signed here stands in it, the rest is left blank to be signed."""
    facts = (
        ("刊名", f"《{settings.name}》{issue.label}" + (f"（总第{issue.total}期）" if issue.total else "")),
        ("签发日期", issue.date.chinese),
        ("编发单位", issue.issuer),
        ("公开方式", f"{issue.disclosure}；密级：{issue.classification}"),
        ("公开渠道", "、".join(issue.channels)),
    )
    rows = "".join(
        f"<tr><th scope=row>{html.escape(name)}</th><td>{html.escape(value)}</td></tr>" for name, value in facts if value
    )
    items = "".join(
        f"<tr><td>{html.escape(article.id)}</td><td>{html.escape(article.title.text)}</td>"
        f"<td>{html.escape(article.section.name)}</td><td><code>{now[article.id][:12]}</code></td></tr>"
        for article in issue.articles
    )
    held = {review.level: review for review in reviews if not stale(review, now)}
    signs = "".join(
        f"<tr><th scope=row>{level}</th><td>{_opinion(held.get(level))}</td></tr>"
        for level in (*LEVELS[:2], SECRECY, LEVELS[2])
    )
    title = f"信息发布审核表 {issue.label}"
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{html.escape(title)}</title>'
        f"<style>{_STYLE}</style></head><body><h1>信息发布审核表</h1><table>{rows}</table>"
        "<table class=items><thead><tr><th scope=col>编号</th><th scope=col>标题</th><th scope=col>栏目</th>"
        f"<th scope=col>内容指纹</th></tr></thead><tbody>{items}</tbody></table>"
        f"<table class=sign>{signs}</table>"
        "<p>内容指纹由标题、正文和图片算出，改动一个字就会不同；审核的是指纹与此表相同的内容。</p></body></html>\n"
    )


def _opinion(review: Review | None) -> str:
    if review is None:
        return "意见：　　　　　　　　　　签字：　　　　　　　　日期：　　　　年　　月　　日"
    return f"同意。　{html.escape(review.name)}　{html.escape(review.time)}"
