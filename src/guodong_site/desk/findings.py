"""What the preview says beside a page: its findings, what is still a draft, what the foot of the page lacks; as HTML.

The marked characters carry the mark themselves, so that it stands right in any font.  A place opens in VS Code, whose own
addresses (`vscode://file/path:line:column`) need no plug-in, or is copied.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import quote

from guodong_site.desk.sheet import USE, sheet
from guodong_site.diagnostics import Diagnostic, Severity

_AROUND = 36  # characters shown on either side of what is marked
_MOST = 100  # findings of a list; what an old archive has more of is `check`'s to tell


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An issue or an article that is not published yet, and where the preview shows it."""

    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What there is to say at one page.  `source` is the file it shows, if it is of one issue; `bug` is our own fault."""

    root: Path
    address: str = "/"
    source: str | None = None
    found: tuple[Diagnostic, ...] = ()
    faulty: bool = False
    bug: str = ""
    drafts: tuple[Draft, ...] = ()
    lacking: tuple[str, ...] = ()


def error_page(beside: Beside, version: int = 0) -> str:
    """The faults as a page: there has been no good site yet that could stand behind them."""
    count = sum(1 for one in beside.found if one.stops_build)
    body = (
        f'<h1>有 {count} 个问题，还不能生成</h1><p class="sum">改好并保存后，这一页自动刷新。公开的网站不受影响。</p>'
        f"{_all(beside)}{_copy_all(beside.found)}"
    )
    return sheet(f"有 {count} 个问题", body, version)


def fragment(beside: Beside) -> str:
    """What is put beside a page of the site: the sheet over it while there are faults, the bar at its edge, the slots."""
    return f"{_over(beside) if beside.faulty else ''}{_slots(beside.lacking)}{_bar(beside)}"


def _over(beside: Beside) -> str:
    count = sum(1 for one in beside.found if one.stops_build)
    title = "程序出错了，页面停在上一次的样子" if beside.bug else f"有 {count} 处要改，改好保存后这里自动消失"
    return (
        '<div class="over" role="dialog" aria-modal="true" aria-labelledby="over"><div class="inside" tabindex="-1">'
        f'<h1 id="over">{title}</h1><p class="sum">页面停在上一次正确的样子。公开的网站没有受影响。</p>'
        f'{_all(beside)}<p class="ways">{_copy_all(beside.found)}<button type="button" data-do="look">先看页面</button></p>'
        "</div></div>"
    )


def _all(beside: Beside) -> str:
    """Everything, what stops the build first."""
    if beside.bug:
        return f'<section class="diag"><h2>程序出错了，这不是稿件的问题</h2><pre>{escape(beside.bug)}</pre></section>'
    stopping = [one for one in beside.found if one.stops_build]
    others = [one for one in beside.found if not one.stops_build]
    lesser = f"<h2>不影响生成的（{len(others)}）</h2>{_list(others, beside.root)}" if others else ""
    return _list(stopping, beside.root) + lesser


def _bar(beside: Beside) -> str:
    here = [one for one in beside.found if beside.source and _concerns(one, beside.source)]
    others = [one for one in beside.found if one not in here]
    if beside.source is None:
        here, others = others, []
    name = "这一期" if beside.source else "全部稿件"
    within = [one for one in beside.drafts if not beside.source or one.address.startswith(beside.address)]
    draft = any(beside.address.startswith(one.address) for one in beside.drafts)
    state = '<strong class="stopped">有错误，页面是上一次正确的样子</strong>' if beside.faulty else ""
    said = f"{state}<span>{name}：{_counted(here)}</span>" + (f"<span>别处：{_counted(others)}</span>" if others else "")
    mark = f'<strong class="draft">含草稿 {len(within)} 处</strong>' if within else ""
    if draft:
        mark = '<strong class="draft">草稿，不会发布</strong>'
    again = '<button type="button" data-do="faults">看错误</button>' if beside.faulty else ""
    inside = [_group(f"{name}（{len(here)}）", here, beside.root), _drafts(beside.drafts)]
    if others:
        inside.append(f"<details><summary>别处（{len(others)}）</summary>{_list(others, beside.root)}</details>")
    return (
        f'<aside class="bar" aria-label="预览" data-here="{len(here) if beside.source else 0}"><div class="line"><b>预览</b>'
        f"{mark}{said}"
        f'<span class="ways">{again}<a href="/{USE}">采用统计</a>'
        '<button type="button" data-do="open" aria-expanded="false" aria-controls="panel">展开</button></span></div>'
        f'<div class="panel" id="panel" hidden>{"".join(inside)}</div></aside>'
    )


def _group(title: str, found: Sequence[Diagnostic], root: Path) -> str:
    return f"<h2>{title}</h2>" + (_list(found, root) if found else '<p class="sum">没有发现问题。</p>')


def _list(found: Sequence[Diagnostic], root: Path) -> str:
    more = f'<p class="sum">另有 {len(found) - _MOST} 个，运行 guodong check 看全部。</p>' if len(found) > _MOST else ""
    return "".join(_finding(one, root) for one in found[:_MOST]) + more


def _drafts(drafts: Sequence[Draft]) -> str:
    if not drafts:
        return ""
    items = "".join(f'<li><a href="{escape(quote(one.address))}">{escape(one.name)}</a></li>' for one in drafts)
    return (
        f'<h2>草稿（{len(drafts)}）</h2><p class="sum">只在预览里看得到，生成网站时不发布。</p><ul class="drafts">{items}</ul>'
    )


def _slots(lacking: Sequence[str]) -> str:
    if not lacking:
        return ""
    slots = "".join(f"<span>{escape(name)}</span>" for name in lacking)
    return f'<p class="slots">页脚还缺：{slots}——填入 site.yaml 后出现，公开的网页不显示空位。</p>'


def _finding(one: Diagnostic, root: Path) -> str:
    fix = f'<p class="fix"><b>改法：</b>{escape(one.hint)}</p>' if one.hint else ""
    weight = "heavy" if one.severity.rank >= Severity.ERROR.rank else "light"
    return (
        f'<section class="diag"><h3><span class="sev {weight}">{one.severity.chinese}</span>{escape(one.message)}</h3>'
        f'<p class="where">{_place(one, root)}<span>{one.rule.code} {one.rule.name}</span></p>{_excerpt(one)}{fix}</section>'
    )


def _place(one: Diagnostic, root: Path) -> str:
    """Where it is: opened in the editor, or copied; only what is known of a fault of the file as such."""
    where = one.where
    shown, place = escape(where.path), where.path
    if where.excerpt:
        shown, place = f"{shown}　第 {where.line} 行第 {where.column} 列", f"{place}:{where.line}:{where.column}"
    elif where.line > 1:
        shown, place = f"{shown}　第 {where.line} 行", f"{place}:{where.line}"
    target = f"vscode://file/{quote((root / where.path).as_posix().lstrip('/'), safe='/:')}:{where.line}:{where.column}"
    return (
        f'<a href="{escape(target)}" title="用 VS Code 打开到这一行">{shown}</a>'
        f'<button type="button" data-copy="{escape(place)}">复制位置</button>'
    )


def _excerpt(one: Diagnostic) -> str:
    """The line with the marked characters; of a long one, what is around them."""
    where = one.where
    if not where.excerpt:
        return ""
    line, a, b = where.excerpt[-1], where.column - 1, max(where.end_column, where.column)
    before, after = line[:a], line[b:]
    before = f"……{before[-_AROUND:]}" if len(before) > _AROUND + 2 else before
    after = f"{after[:_AROUND]}……" if len(after) > _AROUND + 2 else after
    return f"<pre>{escape(before)}<b>{escape(line[a:b])}</b>{escape(after)}</pre>"


def _copy_all(found: Sequence[Diagnostic]) -> str:
    """All of it as text, for a colleague."""
    lines = [
        f"{one.where.path}:{one.where.line}:{one.where.column} {one.severity.chinese} {one.rule.code} {one.message}"
        + (f"　改法：{one.hint}" if one.hint else "")
        for one in found
    ]
    text = escape("\n".join(lines))
    return f'<button type="button" class="main" data-copy="{text}">复制给同事</button>' if lines else ""


def _counted(found: Sequence[Diagnostic]) -> str:
    counts = [(sum(one.severity is weight for one in found), weight.chinese) for weight in reversed(Severity)]
    return "、".join(f"{count} 个{name}" for count, name in counts if count) or "没有问题"


def _concerns(one: Diagnostic, source: str) -> bool:
    """Whether a finding is of an issue: in its file, or in the folder of its pictures."""
    return one.where.path == source or one.where.path.startswith(source.removesuffix(".md") + "/")
