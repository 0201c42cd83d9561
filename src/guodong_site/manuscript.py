"""One issue file's text → Issue: front matter, sections, items, what was inferred.  Opens no file.

It reports everything that is wrong with the file in one go, so it reads the body even where the front matter is broken.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote

from guodong_site import faults, urls
from guodong_site.amendments import Amendments
from guodong_site.config import SectionKind, Settings
from guodong_site.diagnostics import Diagnostic, Span
from guodong_site.fields import date_fault, near, parse_date
from guodong_site.front_matter import read_front_matter
from guodong_site.gazetteer import leading_district
from guodong_site.history import Gap
from guodong_site.model import Article, Block, Inference, Issue, IssueDate, Section, Title
from guodong_site.outline import ItemSource, SectionSource, first_clause, read_outline
from guodong_site.prose import convert
from guodong_site.sanitise import forbidden
from guodong_site.source import SourceText
from guodong_site.words import Cutter

_SOURCE_NOTE = re.compile(r"[（(]\s*(?:来源|转自|摘自)\s*[：:]\s*([^（）()]+?)\s*[）)]\s*$")
PUBLISHABLE = frozenset(".jpg .jpeg .png .gif .webp .pdf .ofd .doc .docx .xls .xlsx .ppt .pptx .wps .et .zip .mp3 .mp4".split())
"""Kinds of file an article may show or offer: no HTML, no SVG, nothing that can carry a script into our pages."""

_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """What came of one file; `issue` is None where no issue could be made of it."""

    issue: Issue | None
    found: tuple[Diagnostic, ...]
    inferred: tuple[Inference, ...] = ()


def read_manuscript(
    text: SourceText, issue_id: str, settings: Settings, cutter: Cutter, pictures: tuple[str, ...] = ()
) -> Manuscript:
    """Reads one issue.  `pictures` are the names of the files in its folder; `text.path` is its place, for links between issues."""
    found: list[Diagnostic] = []
    facts, amended, body_line = read_front_matter(text, settings, found)
    sections = read_outline(text, body_line, settings.sections, found) if body_line else []
    reader = _Reader(text, issue_id, settings, cutter, pictures, facts, amended, found)
    made = tuple(s for source in sections if (s := reader.section(source)) is not None)
    reader.check_ids()
    found = sorted(found, key=lambda d: d.where.order)
    if facts is None:
        return Manuscript(issue=None, found=tuple(found), inferred=tuple(reader.inferred))
    issue = replace(facts, id=issue_id, sections=made, gaps=tuple(reader.gaps), where=text.whole(), pictures=pictures)
    return Manuscript(issue=issue, found=tuple(found), inferred=tuple(reader.inferred))


class _Reader:
    """Turns the items of one file into articles; holds what all of them share and collects what is found."""

    def __init__(
        self,
        text: SourceText,
        issue_id: str,
        settings: Settings,
        cutter: Cutter,
        pictures: Iterable[str],
        facts: Issue | None,
        amended: Amendments,
        found: list[Diagnostic],
    ) -> None:
        self.text, self.issue_id, self.settings, self.cutter = text, issue_id, settings, cutter
        self.pictures = set(pictures)
        self.facts, self.amended, self.found = facts, amended, found
        self.gaps: list[Gap] = []
        self.inferred: list[Inference] = []
        self.ids: list[tuple[str, Span]] = []

    def section(self, source: SectionSource) -> Section | None:
        """The section with its articles; one of unknown name is still read for its faults."""
        kind = source.kind or self.settings.sections[0]
        articles = tuple(article for item in source.items if (article := self._item(item, kind)) is not None)
        if not source.items and not (self.facts and self.facts.draft):
            message = f"栏目“{kind.name}”下面没有文章" if source.kind else "这个栏目下面没有文章"
            self.found.append(faults.EMPTY_SECTION.at(source.where, message, "写上文章，或删去这一行"))
        return Section(kind=kind, articles=articles) if source.kind and articles else None

    def check_ids(self) -> None:
        """No two items of one issue may claim one address, and what happened to one must have happened to one that is there."""
        first: dict[str, Span] = {}
        for item, where in self.ids:
            if item in first:
                message = f"编号“{item}”与第 {first[item].line} 行的文章相同"
                self.found.append(faults.DUPLICATE_ITEM_ID.at(where, message, "换一个没有用过的编号，或都不写编号"))
            first.setdefault(item, where)
        for item, where in self.amended.named if first else ():
            if item not in first:
                guess = near(item, first)
                hint = f"您是不是想写“{guess}”？" if guess else "这一期有：" + "、".join(list(first)[:20])
                self.found.append(faults.UNKNOWN_ITEM.at(where, f"这一期没有编号为“{item}”的文章", hint))

    def _item(self, item: ItemSource, kind: SectionKind) -> Article | None:
        """The article, or None with a gap left in its place: what was withdrawn is not looked into, nor complained of."""
        item_id = item.written("id") or str(len(self.ids) + 1)
        self.ids.append((item_id, item.where_of("id")))
        history = self.amended.of(item_id)
        if history.withdrawn is None:
            return self._article(item, item_id, kind)
        before = len(self.ids) - 1 - len(self.gaps)
        self.gaps.append(Gap(id=item_id, section=kind, before=before, withdrawal=history.withdrawn, aliases=history.aliases))
        return None

    def _article(self, item: ItemSource, item_id: str, kind: SectionKind) -> Article:
        key = f"{self.issue_id}/{item_id}"
        prose, wrong = convert(self.text, item.first, item.lines(self.text), self._resolve)
        self.found += wrong
        prose = replace(prose, blocks=tuple(self._signed(block) for block in prose.blocks))
        title = self._title(item, prose.units)
        if item.brief:
            self._infer(key, "title", title.text, "第一分句", item.where)
        if title.text and all(block.heading for block in prose.blocks):
            hint = "在标题下写正文；如果这是标题的第二行，用 <br> 接到上一行末尾"
            if item.brief:
                hint = f"“{kind.name}”里一段就是一条，不用小标题：删去 ###，或改成一段正文"
            self.found.append(faults.EMPTY_ARTICLE.at(item.where, f"“{title.text}”没有正文", hint))
        source, reprint = self._source(item, prose.units, key)
        return Article(
            id=item_id,
            issue=self.issue_id,
            section=kind,
            title=title,
            prose=prose,
            source=source,
            reprint=reprint,
            brief=item.brief,
            author=item.written("author"),
            date=self._date(item),
            districts=self._districts(item, prose.blocks, key),
            draft=item_id in self.amended.drafts,
            history=self.amended.of(item_id),
            where=item.where,
        )

    def _title(self, item: ItemSource, units: tuple[str, ...]) -> Title:
        """The title as written, or a brief's first clause."""
        if item.title is None:
            raw = html.escape(first_clause(units[0]) if units else "", quote=False)
        else:
            raw = item.title
            line = item.where.line
            self.found += forbidden(self.text, line, [self.text.line(line)], allowed=frozenset({"br"}))
        lines = tuple(html.unescape(line) for line in _BREAK.split(raw) if line)
        if not lines and item.title != "":  # an empty one has had its complaint
            message = "标题里没有文字" if item.title else "这一条没有可以做标题的文字"
            self.found.append(faults.UNTITLED_ARTICLE.at(item.where, message, "写上标题文字"))
        return Title(lines=lines, segments=tuple(self.cutter.segments(line) for line in lines))

    def _infer(self, item: str, field: str, value: str, evidence: str, where: Span) -> None:
        self.inferred.append(Inference(item=item, field=field, value=value, evidence=evidence, where=where))

    def _signed(self, block: Block) -> Block:
        """The block with the district it begins with, if it is a paragraph that does."""
        if not block.html.startswith("<p>") or not block.units:
            return block
        district = leading_district(block.units[0], self.settings.districts)
        return replace(block, district=district.slug if district else None)

    def _source(self, item: ItemSource, units: tuple[str, ...], key: str) -> tuple[str, bool]:
        """Where the article came from, and whether that is a reprint."""
        issuer = self.facts.issuer if self.facts else self.settings.issuer
        written = item.written("source")
        if written:
            return written, written != issuer
        note = _SOURCE_NOTE.search(units[-1]) if units else None
        if note is None:
            return issuer, False
        self._infer(key, "source", note[1], note[0].strip(), item.where)
        return note[1], note[1] != issuer

    def _date(self, item: ItemSource) -> IssueDate | None:
        """The day of the event, where the heading says it."""
        written = item.written("date")
        if written is None:
            return None
        date = parse_date(written)
        if date is None:
            message = date_fault(written)[0]
            self.found.append(faults.IMPOSSIBLE_DATE.at(item.where_of("date"), message, "写成 date=2024-03-15"))
        return date

    def _districts(self, item: ItemSource, blocks: tuple[Block, ...], key: str) -> tuple[str, ...]:
        """The slugs the heading names, else those its paragraphs begin with, in official order."""
        written = item.written("districts")
        known = {name: district.slug for district in self.settings.districts for name in (district.slug, *district.names)}
        if written is not None:
            slugs = set()
            for name in re.finditer(r"[^,，、\s]+", written):
                if name[0] in known:
                    slugs.add(known[name[0]])
                else:
                    self._unknown_district(item.where_of("districts"), name)
        else:
            slugs = {block.district for block in blocks if block.district}
            for slug in sorted(slugs):
                unit = next(block.units[0] for block in blocks if block.district == slug)
                self._infer(key, "district", slug, f"段首“{unit[:8]}”", item.where)
        return tuple(d.slug for d in self.settings.districts if d.slug in slugs)

    def _unknown_district(self, where: Span, name: re.Match[str]) -> None:
        """The complaint at the name itself, which stands somewhere in the attribute at `where`."""
        here = self.text.at(where.line, where.column + name.start(), where.column + name.end() - 1)
        names = [district.name for district in self.settings.districts]
        guess = near(name[0], names)
        hint = f"您是不是想写“{guess}”？" if guess else "可以写：" + "、".join(names)
        self.found.append(faults.UNKNOWN_DISTRICT.at(here, f"不认识的区市“{name[0]}”", hint))

    def _resolve(self, target: str, picture: bool, where: Span) -> str | None:  # noqa: FBT001  # the shape `prose` asks in
        """Where a link leads: the site's own path for our pages and files, None for a foreign address."""
        parts = urls.split(target)
        if parts is None or parts.scheme or target.startswith("//"):
            if picture:
                hint = "把图片存进与本期同名的文件夹，再用相对路径引用"
                self.found.append(faults.FOREIGN_HOST.at(where, f"图片来自外站：{target}", hint))
            return None
        if not parts.path:
            return None
        rest = (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")
        if parts.path.startswith("/"):
            return self.settings.base_path + parts.path.lstrip("/") + rest
        path = posixpath.normpath(posixpath.join(posixpath.dirname(self.text.path), unquote(parts.path)))
        if path.endswith(".md"):
            other = posixpath.basename(path).removesuffix(".md")
            address = urls.article(other, parts.fragment) if parts.fragment else urls.issue(other)
            return self.settings.base_path + address
        return self._file(target, path, where) + rest

    def _file(self, target: str, path: str, where: Span) -> str:
        """The address of a file in the issue's own folder."""
        own = posixpath.splitext(self.text.path)[0] + "/"
        name = path.removeprefix(own)
        if not (path.startswith(own) and name in self.pictures):
            close = near(name, self.pictures)
            hint = f"文件夹里有“{close}”，您是不是想写它？" if close else f"把文件放进 {own}，名称和大小写要与正文一致"
            self.found.append(faults.MISSING_PICTURE.at(where, f"找不到“{target}”", hint))
        elif posixpath.splitext(name)[1].lower() not in PUBLISHABLE:
            hint = "可以发布的：" + "、".join(sorted(PUBLISHABLE))
            self.found.append(faults.UNSAFE_FILE.at(where, f"“{name}”这种文件不能发布", hint))
        return self.settings.base_path + quote(urls.picture(self.issue_id, name))
