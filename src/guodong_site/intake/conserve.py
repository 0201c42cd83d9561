"""Proofs that nothing was lost: source against leaves, in order; draft against leaves, read back by our own reader; and where
another program has converted the source, the original against what that made."""

from __future__ import annotations

from itertools import zip_longest

from guodong_site.drafting import TEXT
from guodong_site.intake import word97
from guodong_site.intake.bulletin import Block, Bulletin, Item
from guodong_site.intake.draft import paragraph, title_lines
from guodong_site.intake.paragraphs import Picture, Reading, bare, tidy
from guodong_site.model import Article, Issue

_SHOWN = 12


def unaccounted(reading: Reading, bulletin: Bulletin) -> str | None:
    """Where the leaves, in order, first say something else than the source; None where they are the same."""
    given = [(piece.place, char) for piece in reading.pieces if not isinstance(piece, Picture) for char in bare(piece.text)]
    given += [(0, char) for note in reading.notes for char in bare(note.mark + note.text)]
    held = [char for leaf in bulletin.leaves() for char in bare(leaf.text)]
    for at, (one, other) in enumerate(zip_longest(given, held)):
        if one is None or one[1] != other:
            place = (one or given[-1])[0]
            want = "".join(char for _, char in given[at : at + _SHOWN]) or "（没有了）"
            got = "".join(held[at : at + _SHOWN]) or "（没有了）"
            return f"原稿第 {place} {reading.unit}“{want}”在草稿里成了“{got}”"
    pictures = sum(isinstance(piece, Picture) for piece in reading.pieces)
    accounted = len(bulletin.pictures) + len(bulletin.spare)
    if pictures != accounted:
        return f"原稿有 {pictures} 张图片，有去处的是 {accounted} 张"
    return None


def unconverted(original: bytes, reading: Reading) -> str | None:
    """The letters, digits and 汉字 that a converted document lacks, in their order; None where the original cannot be read."""
    said = word97.said(original)
    if said is None:
        return None
    texts = [piece.said if isinstance(piece, Picture) else piece.text for piece in reading.pieces]
    texts += [note.mark + note.text for note in reading.notes]
    texts += [one.text for one in (*reading.kept, *reading.unsettled)]
    return word97.lacking(said, "".join(texts))


def misread(bulletin: Bulletin, issue: Issue | None) -> str | None:
    """What our own reader reads differently in the draft; None where it reads the bulletin as it was recognised."""
    if issue is None:
        return "草稿的刊头信息读不回来"
    facts = bulletin.facts
    pairs: list[tuple[str, object, object]] = [
        ("期号", facts.number, issue.number),
        ("总期号", facts.total, issue.total),
        ("发：", bare(paragraph(Block(leaves=facts.distribution))), bare(issue.distribution or "")),
        ("政务公开：", [bare(leaf.text) for leaf in facts.channels], [bare(one) for one in issue.channels]),
    ]
    columns = [column for column in bulletin.columns if column.items]
    names = [column.kind.name for column in columns], [section.kind.name for section in issue.sections]
    counts = [len(column.items) for column in columns], [len(section.articles) for section in issue.sections]
    pairs += [("栏目", *names), ("各栏目篇数", *counts)]
    for at, (item, article) in enumerate(zip(bulletin.items, issue.articles, strict=False), 1):
        pairs += [(f"第 {at} 篇的{name}", mine, theirs) for name, mine, theirs in _compared(item, article)]
    for name, mine, theirs in pairs:
        if mine != theirs:
            return f"{name}：写下的是“{str(mine)[:60]}”，读回来是“{str(theirs)[:60]}”"
    return None


def _compared(item: Item, article: Article) -> list[tuple[str, object, object]]:
    """What is written of an item beside what is read of it."""
    units: list[str] = []
    levels: list[int] = []
    for block in item.blocks:
        if block.table:
            units += [bare(cell) for row in block.table.rows for cell in row]
        else:
            units.append(bare(paragraph(block)))
        levels += [block.level] if block.level else []
    if item.brief:
        units[0] += bare("".join(leaf.text for leaf in item.notes))
    else:
        units += [bare(leaf.text) for leaf in item.notes]
    if not item.blocks and not item.notes:
        units = [bare(TEXT)]
    found: list[tuple[str, object, object]] = [
        ("形式", item.brief, article.brief),
        ("正文", list(filter(None, units)), list(filter(None, map(bare, article.prose.units)))),
        ("小标题", levels, [block.heading for block in article.prose.blocks if block.heading]),
        ("图片数", sum(block.picture is not None for block in item.blocks), sum(link.picture for link in article.prose.links)),
    ]
    if not item.brief:
        found.append(("标题", [bare(line) for line in title_lines(item)], [bare(line) for line in article.title.lines]))
        found.append(("作者", bare(item.author.text) if item.author else "", bare(article.author or "")))
    source = item.source.tidy if item.source else item.told
    if source:
        found.append(("来源", tidy(source), article.source))
    return found
