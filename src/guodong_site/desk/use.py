"""采用统计 in the preview: the lines of `usage` as a page, a year at a time.  The site has no such page."""

from __future__ import annotations

from html import escape

from guodong_site.desk.sheet import USE, USE_CSV, sheet
from guodong_site.usage import Use


def use_page(lines: tuple[Use, ...], years: tuple[int, ...], year: int | None, version: int) -> str:
    """The lines of one `year`, with the way to the others and to the file for a spreadsheet."""
    if year is None:
        return sheet("采用统计", "<h1>采用统计</h1><p>还没有任何一期。</p>", version)
    ways = "".join(
        f'<a href="/{USE}?year={one}"{" aria-current=page" if one == year else ""}>{one}年</a>'
        for one in years
        if len(years) > 1
    )
    body = (
        f'<h1>{year}年采用统计</h1><p class="sum">每月采用的篇数，按签发日期；草稿和撤回的不算。'
        f"一篇写到几个区市，每个区市各算一篇。只在本机预览里，不在公开的网站上。</p>"
        f'<p class="ways">{ways}<a class="file" href="/{USE_CSV}?year={year}">下载 CSV（Excel、WPS 可以打开）</a>'
        '<a href="/">回到预览</a></p>'
        f"{_table('来源', '全部', lines)}{_table('区市', '', lines)}"
    )
    return sheet(f"{year}年采用统计", body, version)


def _table(kind: str, first: str, lines: tuple[Use, ...]) -> str:
    head = "".join(f'<th scope="col">{month}月</th>' for month in range(1, 13))
    rows = "".join(
        f'<tr><th scope="row">{escape(line.name)}</th>'
        + "".join(f"<td>{count or ''}</td>" for count in line.months)
        + f'<td class="sum">{line.total}</td></tr>'
        for line in lines
        if line.kind in (kind, first)
    )
    return (
        f'<h2>按{kind}</h2><div class="wide" tabindex="0" role="region" aria-label="按{kind}"><table><thead><tr>'
        f'<th scope="col">{kind}</th>{head}<th scope="col">合计</th></tr></thead><tbody>{rows}</tbody></table></div>'
    )
