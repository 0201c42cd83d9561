"""What a line of a bulletin may be, by its words alone: a section's mark, a title, a by-line, a source, masthead, tail.

Pure questions about one text; `structure` decides from the answers and their neighbours.  The conventions are those of 简报
and GB/T 9704—2012.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from guodong_site.config import SectionKind
from guodong_site.fields import near
from guodong_site.intake.lines import ended

_OPEN, _CLOSE = "【［\\[〔（(〖「『《<〈", "】］\\]〕）)〗」』》>〉"
_MARK = re.compile(
    rf"[◆◇■□●○★☆▲△▼▽*＊—–\-\s]*(?:([{_OPEN}])\s*(.{{2,14}}?)\s*[{_CLOSE}]|(.{{2,14}}?))[◆◇■□●○★☆▲△▼▽*＊—–\-：:\s]*"
)
_NUMBERED = re.compile(r"[一二三四五六七八九十]+、\s*")

TAIL = re.compile(
    r"(发|报|送|抄报|抄送|主送|分送|报送|政务公开|责任编辑|责编|编辑|主编|编审|审核|审稿|核稿|校对|签发|印发|电话|共印)[ 　]*[：:]"
)
PRINTED = re.compile(
    r".{0,30}\d{4}年\d{1,2}月\d{1,2}日\s*印发?|[（(]?共印\s*\d+\s*份[）)]?|.{2,24}\s{2,}\d{4}年\d{1,2}月\d{1,2}日印"
)

NUMBER = re.compile(
    r"[（(]?(?:(\d{4})年)?\s*第\s*([\d０-９〇零一二三四五六七八九十百]+)\s*期\s*[）)]?"
    r"(?:\s*[（(]?\s*[总總]第?\s*([\d０-９〇零一二三四五六七八九十百]+)\s*期\s*[）)]?)?"
)
TOTAL = re.compile(r"[（(]?\s*[总總]第?\s*([\d０-９〇零一二三四五六七八九十百]+)\s*期\s*[）)]?")
DATE = re.compile(
    r"(\d{4}|[〇零○一二三四五六七八九]{4})\s*年\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*月\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*日"
)
SECRET = re.compile(r"(绝密|机密|秘密)(?:★.*)?|内部(?:资料|刊物|材料).*|.{0,6}(?:注意保存|不得外传|不得扩散).*")
CONTENTS = re.compile(r"[【\[]?(?:本期(?:要目|导读|目录|内容)|目录|内容提要|导读|要目)[】\]]?[：:]?")

HEADING = re.compile(r"(?:[一二三四五六七八九十]+、|第[一二三四五六七八九十百]+[章节编部分]+[\s、：:]?)\s*\S")
SUBHEADING = re.compile(r"[（(][一二三四五六七八九十]+[）)]\s*\S")
SUBTITLE = re.compile(r"[—–―─\-]{2,}\s*\S|—\s*\S")

_ROLES = r"作\s*者|通\s*讯\s*员|特约通讯员|本报记者|记\s*者|撰\s*文|撰\s*稿|供\s*稿|投\s*稿|文[/／]?图?|摄\s*影|编\s*译"
BYLINE = re.compile(rf"[（(]?(?:{_ROLES})\s*[：:/／\s]\s*(?!.*[。，；])\S.{{0,28}}[）)]?")
BYLINE_PARTS = re.compile(r"[（(]?\s*(?:作\s*者\s*[：:]\s*)?(\S.*?)\s*[）)]?")
"""The author within a by-line."""
_NAME = r"(?:[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff][ 　]+[\u4e00-\u9fff])"
NAMES = re.compile(rf"{_NAME}(?:[ 　、]+{_NAME}){{0,4}}")
_FAMILY = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟"
    "熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤管尚柳宁葛逄纪隋迟兰矫曲"
)

_SOURCE_WORDS = r"(?:稿件)?来\s*源|信息来源|转\s*自|摘\s*自|选\s*自|原\s*载"
SOURCE_LINE = re.compile(rf"(?:{_SOURCE_WORDS})\s*[：:]\s*(\S[^，。；：:]{{0,38}}?)\s*")
SOURCE_BRACKET = re.compile(rf"[（(]\s*(?:{_SOURCE_WORDS})\s*[：:]?\s*([^（）()]+?)\s*[）)]\s*$")

CAPTION = re.compile(r"[▲△↑▼]|[（(]?图[\s\d一二三四五六七八九十]+|图为|图[：:]|图片[：:\d]|照片[：:\d]|左图|右图|上图|下图")
TABLE_NAME = re.compile(r"表\s*[\d一二三四五六七八九十]+[\s：:．.、]")
SIGNATURE = re.compile(
    r"[（(]?(?:\d{4}年)?\d{1,2}月\d{1,2}日[）)]?|[二〇零○一三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
)
DOCUMENT_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,14}[〔\[（(]\d{4}[〕\]）)]\s*(?:第\s*)?\d+\s*号")
SALUTATION = re.compile(r"(?:各位|同志们|尊敬的|女士们|先生们|朋友们).{0,24}[！!：:，,]")
PAGE = re.compile(r"[—\-－–―]\s*\d{1,3}\s*[—\-－–―]|第\s*\d{1,3}\s*页(?:\s*共\s*\d{1,3}\s*页)?")
RULE = re.compile(r"[—\-－–―─━_＿=＝*＊~～\s]{3,}")

LONGEST_TITLE = 80


def number(text: str) -> int | None:
    """A number in digits of any width, or in 汉字."""
    plain = text.translate({0xFF10 + d: str(d) for d in range(10)} | {ord("〇"): "零", ord("○"): "零"})
    if plain.isdecimal():
        return int(plain)
    digits = "零一二三四五六七八九"
    if not set(plain) <= set(digits + "十百") or not plain:
        return None
    if not set(plain) & set("十百"):
        return int("".join(str(digits.index(char)) for char in plain))
    value, held = 0, 0
    for char in plain:
        if char in digits:
            held = digits.index(char)
        else:
            value, held = value + (held or 1) * (100 if char == "百" else 10), 0
    return value + held


def date(text: str) -> str | None:
    """The first whole date in a text, as 2023-03-15."""
    match = DATE.search(text)
    parts = [number(part) for part in match.groups()] if match else []
    if not match or None in parts:
        return None
    year, month, day = (part or 0 for part in parts)
    return f"{year:04}-{month:02}-{day:02}"


def section(text: str, kinds: Iterable[SectionKind]) -> tuple[SectionKind | None, str, bool] | None:
    """A line that marks a section: its kind, the name as written, whether the name is that of the kind; None for any other line.

    The kind is None where nobody knows the name; that takes 【】 or the like round it.
    """
    match = _MARK.fullmatch(text)
    if match is None:
        return None
    bracketed = match[1] is not None
    name = re.sub(r"\s+", "", match[2] or match[3])
    known = {kind.name: kind for kind in kinds}
    plain = _NUMBERED.sub("", name)
    if plain in known:
        return known[plain], name, plain == name
    if not bracketed or match[1] in "（(《<〈" or re.search(r"[，。；：:、]|^[图表注]|\d", name):
        longer = next(
            (kind for key, kind in known.items() if not bracketed and re.fullmatch(rf"(?:工作|动态|综合|本期){key}", plain)),
            None,
        )
        return (longer, name, False) if longer else None
    alike = next((kind for key, kind in known.items() if key in plain), None)
    guess = near(plain, known)
    return alike or (known[guess] if guess else None), name, False


def title_shaped(text: str) -> bool:
    """Whether a line could be a title: short enough, no sentence in it, none ended by it."""
    if not text or len(text) > LONGEST_TITLE or re.search(r"[。；]|[\u4e00-\u9fff][.;][\u4e00-\u9fff]", text):
        return False
    if text[-1] in "，、：；:;,." or (ended(text) and text[-1] not in "？！?!…”》）)"):
        return False
    if len(re.findall(r"[，,]", re.sub(r"“[^”]*”|《[^》]*》", "", text))) > 2:
        return False
    if SALUTATION.fullmatch(text) or (text[0] in "（(" and not re.search(r"[）)]", text)):
        return False
    if TAIL.match(text) or SOURCE_BRACKET.search(text) or SOURCE_LINE.fullmatch(text):
        return False
    whole = re.fullmatch(r"[（(].*[）)]", text)
    return not whole and bool(re.search(r"[\u4e00-\u9fffA-Za-z]", text))


def is_name(text: str) -> bool:
    """Whether a line is nothing but one or a few names of persons."""
    if not NAMES.fullmatch(text):
        return False
    joined = re.sub(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])[ 　]+([\u4e00-\u9fff])(?![\u4e00-\u9fff])", r"\1\2", text)  # 张　三
    return all(part[0] in _FAMILY and 2 <= len(part) <= 3 for part in re.split(r"[ 　、]+", joined))


def overlap(left: str, right: str, body: str) -> int:
    """How many characters on each side of a join stand together in the body: what shows that two lines are one title."""
    best = 0
    for size in range(2, 13):
        if len(left) >= size and len(right) >= size and left[-size:] + right[:size] in body:
            best = size
    return best
