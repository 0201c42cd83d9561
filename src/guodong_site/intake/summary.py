"""What an import came to, for a person and for a program: recognised, kept out, in doubt, where things lie.  Prints nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from guodong_site.intake.importing import Imported

_DOUBTS = 12
"""On a terminal; the report has them all."""


def sentences(made: Imported, report: Path) -> Iterator[str]:
    """For a person."""
    unit, columns = made.reading.unit, [column for column in made.bulletin.columns if column.items]
    since = "" if made.reading.proven else "转换以后"
    yield f"已按 {made.reading.how}导入“{made.source}”，{since}一个字也没有丢。"
    yield "认出：" + "；".join(f"{column.kind.name} {len(column.items)} 篇" for column in columns) + "。"
    if made.pictures:
        yield f"图片 {len(made.pictures)} 张，放在 {made.name.removesuffix('.md')}/ 里，拍摄地点等信息已去掉。"
    counts = Counter(one.what for one in made.kept if not one.what.endswith("标记"))  # brackets and labels tell nobody anything
    if counts:
        yield "没有放进正文：" + "、".join(f"{what} {count} 处" for what, count in counts.items()) + "（报告里逐条列出）。"
    if made.doubts:
        yield f"请核对 {len(made.doubts)} 处："
    for number, doubt in enumerate(made.doubts[:_DOUBTS], 1):
        where = f"原稿第 {doubt.place} {unit}，" if doubt.place else ""
        yield f"  {number}. {where}{doubt.said}。{doubt.look}。"
    if len(made.doubts) > _DOUBTS:
        yield f"  ……其余 {len(made.doubts) - _DOUBTS} 处见报告。"
    yield f"草稿：{made.name}（核对完，删去 draft: true 这一行）"
    yield f"报告：{report}（用浏览器打开，原文和认出的结构左右对照）"


def data(made: Imported, report: Path) -> dict[str, object]:
    """For a program."""
    columns = [{"section": column.kind.name, "items": len(column.items)} for column in made.bulletin.columns if column.items]
    return {
        "version": 1,
        "exit": 0,
        "source": made.source,
        "read_as": made.reading.how,
        "unit": made.reading.unit,
        "draft": made.name,
        "report": str(report),
        "pictures": list(made.pictures),
        "recognised": columns,
        "doubts": [{"place": one.place, "message": one.said, "hint": one.look} for one in made.doubts],
        "kept_out": [{"what": one.what, "place": one.place, "text": one.text} for one in made.kept],
    }
