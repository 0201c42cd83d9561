"""The report of an import: what stood where, what it was taken for, and why; one page with its styles inside, for screen and paper."""

from __future__ import annotations

import html
from collections.abc import Iterator
from itertools import groupby

from guodong_site.intake.bulletin import Leaf
from guodong_site.intake.edges import PARTS
from guodong_site.intake.importing import Imported
from guodong_site.intake.paragraphs import Doubt, Picture

_STYLES = """
:root{color-scheme:light}
body{margin:0 auto;max-width:1200px;padding:16px;color:#222;background:#fff;font:16px/1.7 "Microsoft YaHei","Noto Sans CJK SC",sans-serif}
h1{color:#b3121a;font:700 26px/1.4 "STZhongsong","SimSun","Noto Serif CJK SC",serif;border-bottom:3px double #b3121a;padding-bottom:8px}
h2{font-size:19px;margin:28px 0 8px}
table{border-collapse:collapse;width:100%;table-layout:fixed}
th,td{border:1px solid #bbb;padding:6px 8px;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{background:#f4efe6}
thead{display:table-header-group}
.place{width:64px;color:#666;white-space:nowrap}.role{width:136px}.why{width:240px;font-size:14px;color:#444}
.section td{background:#b3121a;color:#fff;font-weight:700}
.item td{background:#fbf7ef;font-weight:700}
.out td{color:#666;background:#f3f3f3}
.doubt{background:#fff3c4;color:#5b4300;border-left:4px solid #c98a00;padding:4px 8px;margin:4px 0;font-size:15px}
a{color:#0b5394}
ol{padding-left:28px}
@media(max-width:700px){table,tbody,tr,td{display:block;width:auto}thead{display:none}td{border-bottom:0}tr{border-bottom:1px solid #bbb;margin-bottom:8px}
.place,.role,.why{width:auto}}
@media print{body{font-size:11pt;padding:0;max-width:none}tr{page-break-inside:avoid}.section td{color:#000;background:#ddd}a{color:#000;text-decoration:none}}
"""


def page(made: Imported) -> str:
    """The page."""
    unit = made.reading.unit
    title = f"导入报告：{made.source}"
    by_place: dict[int, list[tuple[int, Doubt]]] = {}
    for number, doubt in enumerate(made.doubts, 1):
        by_place.setdefault(doubt.place, []).append((number, doubt))
    parts = [
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<title>{_text(title)}</title><style>{_STYLES}</style></head><body>",
        f"<h1>{_text(title)}</h1>",
        f"<p>按“{_text(made.reading.how)}”读出，写成草稿 <b>{_text(made.name)}</b>（{made.date.chinese}）。",
        "原稿的每个字都对过：在草稿里，或在“没有放进正文”的清单里，次序不变；草稿又由程序读回来核对过。</p>",
        *_doubts(made, unit),
        "<h2>对照</h2><table><thead><tr>",
        f'<th class="place">{unit}</th><th>原文</th><th class="role">认作</th><th class="why">依据</th></tr></thead><tbody>',
        *_rows(made, by_place),
        "</tbody></table>",
        *_kept(made, unit),
        "</body></html>\n",
    ]
    return "\n".join(parts)


def _text(text: str) -> str:
    return html.escape(text, quote=True)


def _doubts(made: Imported, unit: str) -> Iterator[str]:
    yield f"<h2>请核对（{len(made.doubts)} 处）</h2>"
    if not made.doubts:
        yield "<p>没有拿不准的地方。</p>"
        return
    yield "<ol>"
    for number, doubt in enumerate(made.doubts, 1):
        place = f'<a href="#p{doubt.place}">第 {doubt.place} {unit}</a>：' if doubt.place else ""
        yield f'<li id="d{number}">{place}{_text(doubt.said)}。<br>{_text(doubt.look)}。</li>'
    yield "</ol>"


def _rows(made: Imported, doubts: dict[int, list[tuple[int, Doubt]]]) -> Iterator[str]:
    """A row for each paragraph of the source, in its order; before it one where a section begins."""
    begins: dict[int, str] = {}
    numbers: dict[int, int] = {}
    for column in made.bulletin.columns:
        firsts = [min((leaf.order for leaf in item.leaves()), default=0) // PARTS for item in column.items]
        start = column.mark.order // PARTS if column.mark else min(firsts, default=0)
        numbers |= {first: len(numbers) + at for at, first in enumerate(firsts, 1)}
        begins[start] = f'<tr class="section"><td colspan="4">栏目：{_text(column.kind.name)}</td></tr>'
    pictures = [piece.place for piece in made.reading.pieces if isinstance(piece, Picture)][::-1]
    kept, shown = {leaf.order for leaf in made.bulletin.kept}, {0}
    leaves = (leaf for leaf in made.bulletin.leaves() if leaf.text.strip())
    for piece, group in groupby(leaves, key=lambda leaf: leaf.order // PARTS):
        own = [*group]
        place = own[0].place
        while pictures and place and pictures[-1] < place:
            yield _picture(pictures.pop())
        yield begins.pop(piece, "")
        notes = "" if place in shown else "".join(_note(number, doubt) for number, doubt in doubts.get(place, ()))
        yield _row(own, notes, first=place not in shown, out=all(leaf.order in kept for leaf in own), number=numbers.get(piece))
        shown.add(place)
    yield from map(_picture, pictures[::-1])


def _row(own: list[Leaf], notes: str, *, first: bool, out: bool, number: int | None) -> str:
    """One paragraph, of one leaf or of several: a label and what stands behind it."""
    roles = list(dict.fromkeys(leaf.role for leaf in own if not leaf.role.endswith("标记"))) or [own[0].role]
    place, why = own[0].place, next((leaf.why for leaf in own if leaf.role == roles[0]), "")
    kind = "out" if out else "item" if roles[0] in ("标题", "副题", "栏目") else ""
    anchor = f' id="p{place}"' if first and place else ""
    said = _text("".join(leaf.text for leaf in own).strip()).replace("\n", "<br>").replace("\t", " │ ")
    role = "、".join(roles) + ("（不放正文）" if out else f"（第 {number} 篇）" if number else "")
    cells = ((_text(str(place) if place else "注"), "place"), (said + notes, ""), (_text(role), "role"), (_text(why), "why"))
    return f'<tr class="{kind}"{anchor}>' + "".join(f'<td class="{name}">{cell}</td>' for cell, name in cells) + "</tr>"


def _picture(place: int) -> str:
    return f'<tr><td class="place">{place}</td><td>〔图片〕</td><td class="role">图片</td><td class="why">去掉了拍摄地点等信息</td></tr>'


def _note(number: int, doubt: Doubt) -> str:
    return f'<div class="doubt"><a href="#d{number}">核对 {number}</a>：{_text(doubt.said)}</div>'


def _kept(made: Imported, unit: str) -> Iterator[str]:
    """Everything that is not in the draft, by name."""
    if not made.kept:
        return
    marks = [one for one in made.kept if one.what.endswith("标记")]
    others = [one for one in made.kept if one not in marks]
    yield "<h2>没有放进正文的内容</h2><table><thead><tr>"
    yield f'<th class="role">是什么</th><th class="place">{unit}</th><th>内容</th></tr></thead><tbody>'
    for name in dict.fromkeys(one.what for one in others):
        for one in (one for one in others if one.what == name):
            yield _kept_row(name, one.place or "—", " ".join(one.text.split()))
    if marks:
        yield _kept_row("栏目、版记的标记", "—", " ".join(one.text.strip() for one in marks))
    yield "</tbody></table>"


def _kept_row(what: str, place: int | str, text: str) -> str:
    return f'<tr><td class="role">{_text(what)}</td><td class="place">{place}</td><td>{_text(text)}</td></tr>'
