"""The report of an import: what stood where, what it was taken for, and why; one page with its styles inside, for screen and paper."""

from __future__ import annotations

import html
from collections.abc import Iterator

from guodong_site.intake.bulletin import Leaf
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
.place{width:64px;color:#666;white-space:nowrap}.role{width:120px}.why{width:240px;font-size:14px;color:#444}
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
        f"<p>按{_text(made.reading.how)}读出，写成草稿 <b>{_text(made.name)}</b>（{made.date.chinese}）。",
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
    """Every leaf in the order of the source, with a row where a section or an item begins."""
    begins: dict[int, list[str]] = {}
    numbers: dict[int, int] = {}
    for column in made.bulletin.columns:
        firsts = [min((leaf.order for leaf in item.leaves()), default=0) for item in column.items]
        start = column.mark.order if column.mark else min(firsts, default=0)
        numbers |= {first: len(numbers) + at for at, first in enumerate(firsts, 1)}
        begins.setdefault(start, []).append(f'<tr class="section"><td colspan="4">栏目：{_text(column.kind.name)}</td></tr>')
    pictures = sorted(
        ((piece.place, at) for at, piece in enumerate(p for p in made.reading.pieces if isinstance(p, Picture))), reverse=True
    )
    kept, shown = {leaf.order for leaf in made.bulletin.kept}, set[int]()
    for leaf in made.bulletin.leaves():
        if not leaf.text.strip():
            continue
        while pictures and pictures[-1][0] < leaf.place:
            yield _picture(pictures.pop()[0])
        yield from begins.pop(leaf.order, [])
        notes = "" if leaf.place in shown else "".join(_note(number, doubt) for number, doubt in doubts.get(leaf.place, ()))
        yield _row(leaf, notes, first=leaf.place not in shown, out=leaf.order in kept, number=numbers.get(leaf.order))
        shown.add(leaf.place)
    while pictures:
        yield _picture(pictures.pop()[0])


def _row(leaf: Leaf, notes: str, *, first: bool, out: bool, number: int | None) -> str:
    kind = "out" if out else "item" if leaf.role in ("标题", "副题", "栏目") else ""
    anchor = f' id="p{leaf.place}"' if first and leaf.place else ""
    said = _text(leaf.text.strip()).replace("\n", "<br>").replace("\t", " │ ")
    where = str(leaf.place) if leaf.place else "注"
    role = leaf.role + ("（不在草稿里）" if out else f"（第 {number} 篇）" if number else "")
    return f'<tr class="{kind}"{anchor}><td class="place">{where}</td><td>{said}{notes}</td><td class="role">{role}</td><td class="why">{_text(leaf.why)}</td></tr>'


def _picture(place: int) -> str:
    return f'<tr><td class="place">{place}</td><td>〔图片〕</td><td class="role">图片</td><td class="why">去掉了拍摄地点等信息</td></tr>'


def _note(number: int, doubt: Doubt) -> str:
    return f'<div class="doubt"><a href="#d{number}">核对 {number}</a>：{_text(doubt.said)}</div>'


def _kept(made: Imported, unit: str) -> Iterator[str]:
    """Everything that is not in the draft, by name."""
    if not made.kept:
        return
    names = dict.fromkeys(one.what for one in made.kept)
    yield f'<h2>没有放进正文的内容</h2><table><thead><tr><th class="role">是什么</th><th class="place">{unit}</th><th>内容</th></tr></thead><tbody>'
    for name in names:
        for one in (one for one in made.kept if one.what == name):
            where = one.place or "—"
            yield f'<tr><td class="role">{_text(name)}</td><td class="place">{where}</td><td>{_text(" ".join(one.text.split()))}</td></tr>'
    yield "</tbody></table>"
