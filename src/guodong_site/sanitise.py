"""What may be published of the HTML in a body: an allow-list, and a fault at its place for all else.  The only user of nh3.

Cleaning alone would publish half a sentence in silence; so whatever nh3 would drop is said first.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator

import nh3

from guodong_site import faults
from guodong_site.diagnostics import Diagnostic, Rule
from guodong_site.source import SourceText

BLOCK_TAGS = frozenset(
    ("p h2 h3 h4 h5 h6 ul ol li table thead tbody tr th td caption figure figcaption blockquote pre div hr dl dt dd").split()
)
TAGS = BLOCK_TAGS | frozenset("strong em b i u s sub sup a span code ins del abbr br img ruby rt rp".split())
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "width", "height"},
    "td": {"colspan", "rowspan", "class"},
    "th": {"colspan", "rowspan", "scope", "class"},
    "ol": {"start"},
    "abbr": {"title"},
}
_TAG = re.compile(r"(?<!\\)<(/?)([A-Za-z][A-Za-z0-9:-]*)((?:\"[^\"]*\"|'[^']*'|[^<>\"'])*)>")
_AUTOLINK = re.compile(r"<(?:(?:https?|mailto|tel):[^<>\s]*|[^<>\s@/]+@[^<>\s]+)>", re.IGNORECASE)
_DECLARATION = re.compile(r"(?<!\\)<(?:\?|!(?!--))|<!--(?!.*?-->)", re.DOTALL)
_ATTRIBUTE = re.compile(r"""([A-Za-z_:][\w:.-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?""")
_TAIL = re.compile(r"""(?:(?:\s+|(?<=["']))[A-Za-z_:][\w:.-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?)*\s*/?""", re.ASCII)
_CODE_SPAN = re.compile(r"(?<![\\`])(`+)(?!`)(?:(?!\n\s*\n).)+?(?<!`)\1(?!`)", re.DOTALL)
_ADDRESS = re.compile(r"""<(a|img)\b[^>]*?\b(?:href|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""", re.IGNORECASE)
_ACTIVE = re.compile(r"(?:javascript|data|vbscript):", re.IGNORECASE)

_BRACKETS = "删去这段代码；若要显示尖括号本身，写成 &lt; 和 &gt;"


def clean(raw: str) -> str:
    """The HTML with everything off the allow-list gone."""
    schemes = {"http", "https", "mailto", "tel"}
    return nh3.clean(raw, tags=set(TAGS), attributes=_ATTRIBUTES, link_rel=None, url_schemes=schemes)


def forbidden(text: SourceText, first: int, lines: list[str], allowed: frozenset[str] = TAGS) -> Iterator[Diagnostic]:
    """Tags and attributes in `lines` (from line `first` of the file) that may not be published."""

    def blank(match: re.Match[str]) -> str:
        return re.sub(r"[^\n]", " ", match[0])

    body = _AUTOLINK.sub(blank, _CODE_SPAN.sub(blank, "\n".join(lines)))

    def at(match: re.Match[str], message: str, hint: str) -> Diagnostic:
        line = body.count("\n", 0, match.start())
        column = match.start() - (body.rfind("\n", 0, match.start()) + 1)
        return faults.ACTIVE_HTML.at(text.at(first + line, column + 1, column + len(match[0].split("\n")[0])), message, hint)

    for match in _DECLARATION.finditer(body):
        yield at(match, "不许可的 HTML，或没有结束的注释", "删去这段代码；注释要以 --> 结束")
    opened: Counter[str] = Counter()
    for tag in _TAG.finditer(body):
        name = tag[2].lower()
        if tag[1] and opened[name]:
            opened[name] -= 1  # the end of what was said at its beginning
            continue
        if name not in allowed:
            opened[name] += 1 - len(tag[1])
            yield at(tag, f"不许可的 HTML：<{tag[2]}>", _BRACKETS)
            continue
        named = _ATTRIBUTES.get(name, set())
        words = [one for one in _ATTRIBUTE.finditer(tag[3]) if one[0] == one[1] and one[1].lower() not in named]
        if words or not _TAIL.fullmatch(tag[3]):  # “a<b、c>d” is no tag: nh3 would take it for one and drop what it says
            yield at(tag, f"“{tag[0]}”会被当成 HTML 删去", _BRACKETS)
            continue
        for attribute in _ATTRIBUTE.finditer(tag[3]):
            if attribute[1].lower().startswith("on") or attribute[1].lower() == "style":
                yield at(tag, f"不许可的属性：{attribute[0].strip()}", "删去这个属性")


def lost_addresses(raw: str) -> Iterator[tuple[str, str, Rule, str, str]]:
    """Links and pictures that `clean` would leave without an address: (as read, as it stands in the HTML, rule, message, hint)."""
    for match in _ADDRESS.finditer(raw):
        written = next(value for value in match.groups()[1:] if value is not None)
        target = html.unescape(written)
        if (":" not in target and not target.startswith("//")) or "href=" in clean(f'<a href="{html.escape(target)}">x</a>'):
            continue
        if _ACTIVE.match(re.sub(r"[\x00-\x20]", "", target)):
            yield target, written, faults.ACTIVE_HTML, f"不许可的链接：{target[:30]}", "换成普通网址，或删去链接"
        elif match[1].lower() == "img":
            message = f"图片“{target}”在您自己的电脑上，读者看不到"
            yield target, written, faults.MISSING_PICTURE, message, "把图片放进与本期同名的文件夹，改用相对路径"
        else:
            message = f"链接“{target}”不是有效的网址"
            yield target, written, faults.DEAD_LINK, message, "写成 https:// 开头的完整网址，或去掉链接"
