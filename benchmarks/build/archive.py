"""The archive that every tool builds: the given issue cut into sentences and recombined, one issue a month, without end.

An issue depends on its year and month alone, so that one issue more changes no other.  People, places, numbers and dates vary,
so that sizes and vocabulary grow as the real ones would.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

GIVEN = Path(__file__).parent.parent.parent / "tests" / "data" / "given-issue.txt"
SECTIONS = {"yaowen": "要闻", "qushi": "区市动态", "jianxun": "简讯", "xieying": "人防科技撷英"}
"""Key in addresses → name."""

EDITED = 3
"""The article of the newest issue that an edit changes, counted from 0."""

Month = tuple[int, int]
"""Year and month, from 1."""

_TODAY, _AGES_HENCE = (2023, 3), (2199, 3)
_FIRST_YEAR = 1949  # guodong takes no earlier one, and none after 2199
_SEED = "20230306"
_DISTRICTS = "市北区 李沧区 崂山区 西海岸新区 城阳区 即墨区 胶州市 平度市 莱西市 市南区".split()
_PEOPLE = "管成密 邵泽武 刘德义".split()
_FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎管邵"
_FIRST = (
    "成密泽武德义伟芳娜敏静强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红建国志文晓东海波宁辉鹏宇浩凯健俊帆雪荣爱莲真环锦黛青倩"
    "婷姣婉娴瑾颖露瑶怡婵雁蓓纨仪荷丹蓉眉君琴蕊薇菁梦岚苑筠柔竹霭凝"
)
_STEM = "安泰宝龙德馨琴岛中山禹城华通奥林北京马濠海泊浮山延吉台东振华重庆长沙宁夏辽阳鞍山敦化同安银川东海香港闽江"
_KIND = "社区 广场 小区 小学 中学 街道 停车场 公园 商城 集团".split()
_VARIED = re.compile(
    r"管成密|邵泽武|刘德义|青岛电子学校|青岛求实职业技术学院|市北区|李沧区?|崂山区|西海岸新区|城阳区|即墨区|胶州市|平度市|莱西市"
    r"|安泰居小区|德馨小学|宝龙广场|北京路社区|琴岛路社区|马濠公园|中山商城|华通集团|(?:19|20)\d\d年|\d+月\d+日|\d+"
)
_SENTENCE = re.compile(r"[^。！？]+[。！？][”）]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An item: its place in the issue from 1, the key of its section, title, and body as blocks of Markdown."""

    number: int
    section: str
    title: str
    blocks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One month's issue."""

    year: int
    month: int
    articles: tuple[Article, ...]

    @property
    def id(self) -> str:
        """Its name in addresses."""
        return f"{self.year}-{self.month:02}"

    @property
    def title(self) -> str:
        """What it is called."""
        return f"{self.year}年第{self.month}期（总第{self.total}期）"

    @property
    def total(self) -> int:
        """Its number since the first."""
        return (self.year - _FIRST_YEAR) * 12 + self.month

    @property
    def signed(self) -> str:
        """The day of its date."""
        return f"{self.id}-27"

    @property
    def published(self) -> str:
        """The day it came out."""
        return f"{self.id}-28"


def newest(size: int) -> Month:
    """The last month of an archive of so many issues: the given issue's, or one far ahead where it would begin too early."""
    return _TODAY if months(size, _TODAY)[0][0] >= _FIRST_YEAR else _AGES_HENCE


def months(size: int, last: Month) -> list[Month]:
    """So many months up to `last`, the oldest first."""
    end = last[0] * 12 + last[1]
    return [(at // 12, at % 12 + 1) for at in range(end - size, end)]


def following(month: Month) -> Month:
    """The month after."""
    return months(2, (month[0] + month[1] // 12, month[1] % 12 + 1))[1]


def archive(size: int, last: Month | None = None) -> tuple[Issue, ...]:
    """So many issues, the oldest first."""
    return tuple(issue(month) for month in months(size, last or newest(size)))


def edited(old: Issue, words: str = "（本刊更正）") -> Issue:
    """The same issue with a few words more in one article."""
    articles = list(old.articles)
    article = articles[EDITED]
    articles[EDITED] = replace(article, blocks=(article.blocks[0] + words, *article.blocks[1:]))
    return replace(old, articles=tuple(articles))


def characters(issues: Iterable[Issue]) -> int:
    """Of all titles and bodies."""
    return sum(len(a.title) + sum(map(len, a.blocks)) for one in issues for a in one.articles)


@cache
def issue(month: Month) -> Issue:
    """The issue of one month: about 17 articles and 7,400 characters."""
    chance = random.Random(f"{_SEED}-{month[0]}-{month[1]}")
    sizes = [("yaowen", size) for size in (chance.randint(500, 750), chance.randint(1200, 1700), chance.randint(450, 650))]
    sizes += [("qushi", chance.randint(60, 240)) for _ in range(chance.randint(5, 9))]
    sizes += [("jianxun", chance.randint(80, 170)) for _ in range(chance.randint(5, 7))]
    sizes += [("xieying", chance.randint(1200, 1600))]
    writer = _Writer(_given(), chance, month)
    articles = (writer.article(at, section, size) for at, (section, size) in enumerate(sizes, 1))
    return Issue(year=month[0], month=month[1], articles=tuple(articles))


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A sentence or title in pieces; every second one is to be varied."""

    pieces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Given:
    """The given issue: titles, and sentences by the key of their section."""

    titles: tuple[_Pattern, ...]
    sentences: dict[str, tuple[_Pattern, ...]]


@cache
def _given() -> _Given:
    lines = [line.strip() for line in GIVEN.read_text(encoding="utf-8").splitlines() if line.strip()]
    qushi, jianxun, xieying = (lines.index(f"【{name}】") for name in list(SECTIONS.values())[1:])
    end = next(at for at, line in enumerate(lines) if line.startswith("发："))
    parts = {
        "yaowen": lines[:qushi],
        "qushi": lines[qushi + 2 : jianxun],
        "jianxun": lines[jianxun + 1 : xieying],
        "xieying": lines[xieying + 2 : end],
    }
    titles = [line for line in lines[:xieying] if 10 <= len(line) <= 37 and line[0] != "【" and line[-1] != "。"]
    return _Given(
        titles=tuple(map(_pattern, titles)),
        sentences={
            key: tuple(_pattern(found) for line in held for found in _SENTENCE.findall(line) if len(found) > 8)
            for key, held in parts.items()
        },
    )


def _pattern(text: str) -> _Pattern:
    pieces, at = [], 0
    for match in _VARIED.finditer(text):
        pieces += [text[at : match.start()], match[0]]
        at = match.end()
    return _Pattern((*pieces, text[at:]))


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes one issue's articles, by one stream of chance."""

    given: _Given
    chance: random.Random
    month: Month

    def article(self, number: int, section: str, size: int) -> Article:
        """One article of about so many characters; some have bold words, a list or a table."""
        chance, sentences = self.chance, self.given.sentences[section]
        title = self._title(section)
        blocks, written = [], 0
        while written < size:
            paragraph, wanted = "", min(size - written, chance.randint(60, 300))
            while len(paragraph) < wanted:
                paragraph += self._filled(chance.choice(sentences))
            if chance.random() < 0.08 and "，" in paragraph:
                clause, rest = paragraph.split("，", 1)
                paragraph = f"**{clause}**，{rest}"
            blocks.append(paragraph)
            written += len(paragraph)
        special = chance.random()
        if section == "yaowen" and special < 0.15:
            blocks.append("\n".join(f"- {self._filled(chance.choice(sentences))}" for _ in range(4)))
        elif section == "qushi" and special < 0.06:
            rows = [
                f"| {where} | {chance.randint(1, 9)} | {chance.randint(50, 2000)} |" for where in chance.sample(_DISTRICTS, 5)
            ]
            blocks.append("\n".join(["| 单位 | 场次 | 人数 |", "| --- | --- | --- |", *rows]))
        elif section == "xieying":
            blocks.append("（来源：中国国防报）")
        return Article(number=number, section=section, title=title, blocks=tuple(blocks))

    def _title(self, section: str) -> str:
        chance = self.chance
        if section == "yaowen":
            return self._filled(chance.choice(self.given.titles))
        start = chance.choice(("认清", "把握", "探析", "浅谈")) if section == "xieying" else chance.choice(_DISTRICTS)
        clause = self._filled(chance.choice(self.given.sentences[section])).split("，")[0].rstrip("。！？")
        return start + (clause[:18] if section == "xieying" else clause[-16:])

    def _filled(self, pattern: _Pattern) -> str:
        """The text with other people, places, numbers and dates."""
        return "".join(self._other(piece) if at % 2 else piece for at, piece in enumerate(pattern.pieces))

    def _other(self, piece: str) -> str:
        chance, (year, month) = self.chance, self.month
        if piece in _PEOPLE:
            more = chance.choice(_FIRST) if chance.random() < 0.8 else ""
            return chance.choice(_FAMILY) + chance.choice(_FIRST) + more
        if piece in _DISTRICTS or piece == "李沧":
            return chance.choice(_DISTRICTS)
        if piece.endswith("日"):
            return f"{month}月{chance.randint(1, 28)}日"
        if piece.endswith("年"):
            return f"{year}年"
        if piece.isdigit():
            number = int(piece)
            return str(number if number < 4 else chance.randint(max(2, number // 2), number * 2 + 3))
        return chance.choice(_STEM) + chance.choice(_STEM) + chance.choice(("", "路")) + chance.choice(_KIND)
