"""An office at work: a small archive of several years, and everything that people, disks and programs do to a project."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from conftest import ROOT, Project, jpeg

_THINGS = (
    "防空警报 疏散演练 人防工程 主题党日 国防动员 指挥通信系统 志愿服务 国际民防日 海防云哨 应急物资 民兵训练 宣传周".split()
)
_PLACES = "市南区 市北区 李沧区 崂山区 城阳区 即墨区 胶州市".split()
_SAID = (
    "今日开展{0}，{0}由{1}负责。",
    "{0}之后再查{1}，听{0}信号，按{0}预案办理。",
    "重温{0}的要求，学习{1}。",
    "{1}与{0}同时部署。",
)


@dataclass
class Story:
    """An article: heading, its attributes, paragraphs."""

    title: str
    paragraphs: list[str]
    mark: str = ""

    @property
    def text(self) -> str:
        heading = f"{self.title} {{{self.mark}}}" if self.mark else self.title
        return "\n\n".join([f"## {heading}", *self.paragraphs])


@dataclass
class Bulletin:
    """An issue as its editor has it in mind."""

    name: str
    date: tuple[int, int, int]
    number: int
    news: list[Story]
    local: list[Story] = field(default_factory=list)
    briefs: list[str] = field(default_factory=list)
    draft: bool = False
    folder: str = ""
    after: dict[str, dict[str, str]] = field(default_factory=dict)
    """What happened after publication: field → item (全期: the issue) → value."""

    @property
    def path(self) -> str:
        return f"issues/{self.folder}{self.name}.md"

    @property
    def text(self) -> str:
        year, month, day = self.date
        head = [f"number: {self.number}", f"date: {year}-{month:02}-{day:02}", *(["draft: true"] if self.draft else [])]
        for name, items in self.after.items():
            head += [f"{name}:", *(f"  {item}: {value}" for item, value in items.items())] if items else []
        parts = ["---\n" + "\n".join(head) + "\n---", "# 要闻", *(story.text for story in self.news)]
        parts += ["# 区市动态", *(story.text for story in self.local)] if self.local else []
        parts += ["# 简讯", *self.briefs] if self.briefs else []
        return "\n\n".join(parts) + "\n"


class Desk:
    """A project and who works on it.  What they do is drawn by `chance`; `EDITS` are the things they do."""

    def __init__(self, project: Project, seed: int = 1) -> None:
        self.project, self.chance, self.serial = project, random.Random(seed), 0
        self.bulletins: list[Bulletin] = []
        for year, issues in ((2021, 1), (2023, 2), (2024, 2)):
            for month in range(1, issues + 1):
                self.publish((year, 3 * month, 5))

    def next(self) -> int:
        """A number not drawn before."""
        self.serial += 1
        return self.serial

    def sentence(self) -> str:
        return self.chance.choice(_SAID).format(*self.chance.sample(_THINGS, 2))

    def story(self) -> Story:
        thing = self.chance.choice(_THINGS)
        return Story(f"{thing}开展第{self.next()}次检查", [f"{thing}开始，{thing}结束。", self.sentence()])

    def local(self) -> Story:
        places = self.chance.sample(_PLACES, 2)
        return Story(f"各区市开展{self.chance.choice(_THINGS)}活动", [f"{place}{self.sentence()}" for place in places])

    def brief(self) -> str:
        return f"市国动办第{self.next()}次检查，{self.sentence()}"

    def publish(self, date: tuple[int, int, int]) -> Bulletin:
        """A new issue of that day, or of the first day after it that has none."""
        year, month, day = date
        while any(one.date == (year, month, day) for one in self.bulletins):
            day += 1
        numbers = [one.number for one in self.bulletins if one.date[0] == year]
        number = max(numbers, default=0) + 1
        bulletin = Bulletin(
            f"{year}-{number:02}", (year, month, day), number, [self.story(), self.story()], [self.local()], [self.brief()]
        )
        self.bulletins.append(bulletin)
        self.save(bulletin)
        return bulletin

    def save(self, bulletin: Bulletin) -> None:
        self.project.write(bulletin.path, bulletin.text)

    def any(self) -> Bulletin:
        return self.chance.choice(self.bulletins)

    def files(self, *folders: str) -> list[Path]:
        """All files of some folders of the project, in a fixed order."""
        return sorted(p for name in folders for p in (self.project.root / name).rglob("*") if p.is_file())

    def draw(self, *folders: str) -> Path | None:
        files = self.files(*folders)
        return self.chance.choice(files) if files else None

    def append(self, name: str, text: str) -> None:
        file = self.project.root / name
        file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")

    def swap(self, name: str, old: str, new: str) -> None:
        """Puts `new` for the last `old` in a file that has one."""
        file = self.project.root / name
        before, found, after = file.read_text(encoding="utf-8").rpartition(old)
        assert found, (name, old)
        file.write_text(before + new + after, encoding="utf-8")

    def mend(self) -> None:
        """After a fault: templates, styles, settings and words as they are delivered, issues without what may be wrong."""
        for name in ("templates", "static", "editorial"):
            shutil.rmtree(self.project.root / name)
            shutil.copytree(ROOT / name, self.project.root / name)
        shutil.copy(ROOT / "site.yaml", self.project.root)
        shutil.rmtree(self.project.root / "issues")
        for bulletin in self.bulletins:
            bulletin.after = {}
            for story in (*bulletin.news, *bulletin.local):
                story.paragraphs = [text for text in story.paragraphs if "](" not in text] or [self.sentence()]
            self.save(bulletin)


EDITS: dict[str, Callable[[Desk], object]] = {}
"""Everything that happens to a project, by name."""


def edit(function: Callable[[Desk], object]) -> Callable[[Desk], object]:
    EDITS[function.__name__.replace("_", " ")] = function
    return function


# Issues.


@edit
def newest_issue(desk: Desk) -> None:
    desk.publish((max(one.date for one in desk.bulletins)[0], 12, 1))


@edit
def issue_in_the_middle(desk: Desk) -> None:
    desk.publish((desk.any().date[0], 2, 1))


@edit
def issue_in_a_new_year(desk: Desk) -> None:
    desk.publish((max(one.date for one in desk.bulletins)[0] + 1, 1, 5))


@edit
def issue_in_a_year_before_all(desk: Desk) -> None:
    desk.publish((min(one.date for one in desk.bulletins)[0] - 1, 6, 5))


@edit
def issue_deleted(desk: Desk) -> None:
    if len(desk.bulletins) > 2:
        gone = desk.any()
        desk.bulletins.remove(gone)
        (desk.project.root / gone.path).unlink()
        shutil.rmtree((desk.project.root / gone.path).with_suffix(""), ignore_errors=True)


def _moved(desk: Desk, bulletin: Bulletin, name: str, folder: str) -> None:
    old = desk.project.root / bulletin.path
    bulletin.name, bulletin.folder = name, folder
    new = desk.project.root / bulletin.path
    new.parent.mkdir(parents=True, exist_ok=True)
    old.rename(new)
    if old.with_suffix("").is_dir():
        old.with_suffix("").rename(new.with_suffix(""))


@edit
def file_renamed(desk: Desk) -> None:
    bulletin = desk.any()
    _moved(desk, bulletin, f"{bulletin.date[0]}-x{desk.next()}", bulletin.folder)


@edit
def file_moved_to_another_folder(desk: Desk) -> None:
    bulletin = desk.any()
    _moved(desk, bulletin, bulletin.name, "" if bulletin.folder else f"{bulletin.date[0]}/")


@edit
def draft_on_or_off(desk: Desk) -> None:
    bulletin = desk.any()
    bulletin.draft = not bulletin.draft and sum(not one.draft for one in desk.bulletins) > 1
    desk.save(bulletin)


@edit
def another_date(desk: Desk) -> None:
    bulletin = desk.any()
    day = 1 + desk.next() % 28
    bulletin.date = (bulletin.date[0], desk.chance.randint(1, 12), day)
    desk.save(bulletin)


@edit
def another_year(desk: Desk) -> None:
    bulletin = desk.any()
    bulletin.date = (desk.any().date[0], *bulletin.date[1:])
    desk.save(bulletin)


@edit
def another_number(desk: Desk) -> None:
    bulletin = desk.any()
    bulletin.number = 50 + desk.next()
    desk.save(bulletin)


@edit
def two_issues_change_places(desk: Desk) -> None:
    """Each file has what the other had; its name, and so its address, stays."""
    one, other = desk.chance.sample(desk.bulletins, 2)
    paths = [desk.project.root / bulletin.path for bulletin in (one, other)]
    aside = paths[0].with_name("aside")
    for source, target in ((paths[0], aside), (paths[1], paths[0]), (aside, paths[1])):
        source.rename(target)
    one.name, other.name, one.folder, other.folder = other.name, one.name, other.folder, one.folder


# Articles.


@edit
def text_changed(desk: Desk) -> None:
    bulletin = desk.any()
    story = desk.chance.choice(bulletin.news)
    story.paragraphs[desk.chance.randrange(len(story.paragraphs))] = desk.sentence()
    desk.save(bulletin)


@edit
def brief_changed(desk: Desk) -> None:
    bulletin = desk.any()
    bulletin.briefs = [desk.brief() for _ in range(desk.chance.randint(0, 2))]
    desk.save(bulletin)


@edit
def title_changed(desk: Desk) -> None:
    bulletin = desk.any()
    desk.chance.choice(bulletin.news).title = f"{desk.chance.choice(_THINGS)}通知第{desk.next()}号"
    desk.save(bulletin)


@edit
def title_broken_elsewhere(desk: Desk) -> None:
    bulletin = desk.any()
    desk.chance.choice(bulletin.news).title = f"{desk.chance.choice(_THINGS)}<br>通知第{desk.next()}号"
    desk.save(bulletin)


@edit
def heading_id_changed(desk: Desk) -> None:
    bulletin = desk.any()
    desk.chance.choice(bulletin.news).mark = f"#a{desk.next()}"
    desk.save(bulletin)


@edit
def source_changed(desk: Desk) -> None:
    bulletin = desk.any()
    desk.chance.choice(bulletin.news).mark = f'source="第{desk.next()}社" author="王{desk.chance.choice("一二三")}"'
    desk.save(bulletin)


@edit
def district_paragraph_changed(desk: Desk) -> None:
    bulletin = desk.any()
    bulletin.local = [desk.local() for _ in range(desk.chance.randint(0, 2))]
    desk.save(bulletin)


@edit
def article_added(desk: Desk) -> None:
    bulletin = desk.any()
    bulletin.news.insert(desk.chance.randint(0, len(bulletin.news)), desk.story())
    desk.save(bulletin)


@edit
def article_removed(desk: Desk) -> None:
    bulletin = desk.any()
    if len(bulletin.news) > 1:
        bulletin.news.pop(desk.chance.randrange(len(bulletin.news)))
        desk.save(bulletin)


@edit
def articles_in_another_order(desk: Desk) -> None:
    bulletin = desk.any()
    bulletin.news.reverse()
    desk.save(bulletin)


@edit
def link_to_an_issue(desk: Desk) -> None:
    """The other may be a draft, or vanish later: then it is a dead link, in both builds alike."""
    bulletin, other = desk.chance.sample(desk.bulletins, 2)
    way = "../" * bulletin.folder.count("/") + other.folder + other.name
    bulletin.news[0].paragraphs.append(f"见[那一期]({way}.md)。")
    desk.save(bulletin)


@edit
def link_to_an_article(desk: Desk) -> None:
    bulletin, other = desk.chance.sample(desk.bulletins, 2)
    bulletin.news[-1].paragraphs.append(f"见[那一篇](/issues/{other.name}/{len(other.news)}/)。")
    desk.save(bulletin)


@edit
def picture_added(desk: Desk) -> None:
    bulletin = desk.any()
    name = f"p{desk.next()}.jpg"
    desk.project.write(f"issues/{bulletin.folder}{bulletin.name}/{name}", jpeg(desk.serial))
    bulletin.news[0].paragraphs.append(f"![照片]({bulletin.name}/{name})")
    desk.save(bulletin)


@edit
def picture_offered(desk: Desk) -> None:
    """As a link; it may be one that is shown too."""
    bulletin = desk.any()
    name = f"p{max(1, desk.serial - desk.chance.randint(0, 3))}.jpg"
    place = desk.project.root / f"issues/{bulletin.folder}{bulletin.name}/{name}"
    if not place.exists():
        desk.project.write(place.relative_to(desk.project.root).as_posix(), jpeg(desk.next(), (1700, 4)))
    bulletin.news[-1].paragraphs.append(f"[原图]({bulletin.name}/{name})")
    desk.save(bulletin)


@edit
def picture_broken(desk: Desk) -> None:
    """A fault where it is shown, which the next edit finds mended."""
    pictures = [file for file in desk.files("issues") if file.suffix == ".jpg"]
    if pictures:
        place = desk.chance.choice(pictures)
        place.write_bytes(place.read_bytes()[: desk.chance.randint(0, 200)])


@edit
def picture_nobody_shows(desk: Desk) -> None:
    bulletin = desk.any()
    desk.project.write(f"issues/{bulletin.folder}{bulletin.name}/original{desk.next()}.jpg", jpeg(1))


@edit
def picture_changed_under_its_name(desk: Desk) -> None:
    pictures = [file for file in desk.files("issues") if file.suffix == ".jpg"]
    if pictures:
        desk.chance.choice(pictures).write_bytes(jpeg(desk.next()))


@edit
def picture_removed(desk: Desk) -> None:
    """With what shows it, or alone: then it is missed, in both builds alike."""
    pictures = [file for file in desk.files("issues") if file.suffix == ".jpg"]
    if pictures:
        gone = desk.chance.choice(pictures)
        gone.unlink()
        for bulletin in desk.bulletins:
            shows = [story for story in bulletin.news if any(gone.name in text for text in story.paragraphs)]
            for story in shows if desk.chance.random() < 0.8 else []:
                story.paragraphs = [text for text in story.paragraphs if gone.name not in text]
                desk.save(bulletin)


@edit
def issue_without_a_date(desk: Desk) -> None:
    """A fault, which the next edit finds mended."""
    bulletin = desk.any()
    desk.project.write(bulletin.path, bulletin.text.replace("date:", "daet:"))


# After publication.  Which item a number means may have changed meanwhile, or there is none: a fault in both builds alike.


def _after(desk: Desk, name: str, value: str, *items: str) -> None:
    """Says something of an item, or takes it back."""
    bulletin = desk.any()
    if bulletin.draft and name == "draft":
        return
    said = bulletin.after.setdefault(name, {})
    item = desk.chance.choice(items)
    if item in said and desk.chance.random() < 0.6:
        del said[item]
    else:
        said[item] = value
    desk.save(bulletin)


@edit
def correction(desk: Desk) -> None:
    _after(desk, "changes", f"{{date: 2030-01-{1 + desk.next() % 28:02}, note: 第{desk.serial}处改正。}}", "1", "3", "全期")


@edit
def article_withdrawn_or_back(desk: Desk) -> None:
    _after(desk, "withdrawn", f"{{date: 2030-02-01, reason: 第{desk.next()}种原因。}}", "1", "2", "3", "4")


@edit
def issue_withdrawn_or_back(desk: Desk) -> None:
    _after(desk, "withdrawn", "{date: 2030-03-01, reason: 全期有误。}", "全期")


@edit
def former_address(desk: Desk) -> None:
    _after(desk, "aliases", f"[/old/{desk.next() % 5}.html, issues/old-{desk.serial}/]", "1", "2", "全期")


@edit
def former_address_of_a_page(desk: Desk) -> None:
    _after(desk, "aliases", f"/issues/{desk.any().name}/", "1")


@edit
def article_held_back_or_out(desk: Desk) -> None:
    _after(desk, "draft", "true", "1", "2", "3", "4")


# Templates, looks, settings, words.


@edit
def page_template(desk: Desk) -> None:
    page = desk.chance.choice(
        [
            "article",
            "issue",
            "home",
            "year",
            "section",
            "district",
            "topics",
            "letter",
            "about",
            "search",
            "withdrawn",
            "redirect",
        ]
    )
    desk.swap(f"templates/pages/{page}.html", "{% endblock %}", f"<p>第{desk.next()}版</p>\n{{% endblock %}}")


@edit
def macro(desk: Desk) -> None:
    name = desk.chance.choice(["lists", "prose", "titles", "search_box", "notices"])
    desk.swap(f"templates/macros/{name}.html", "{%- endmacro %}", f"<!-- {desk.next()} -->{{%- endmacro %}}")


@edit
def base_template(desk: Desk) -> None:
    desk.swap("templates/base.html", "</footer>", f"<p>第{desk.next()}版</p></footer>")


@edit
def feed_template(desk: Desk) -> None:
    desk.append(f"templates/feeds/{desk.chance.choice(['rss.xml', 'sitemap.xml'])}", f"<!-- {desk.next()} -->\n")


@edit
def broken_template(desk: Desk) -> None:
    desk.append("templates/pages/issue.html", "{% if %}")


@edit
def dead_link_in_a_template(desk: Desk) -> None:
    desk.swap("templates/pages/about.html", "{% endblock %}", '<a href="/nowhere/">x</a>{% endblock %}')


@edit
def style_sheet(desk: Desk) -> None:
    desk.append(f"static/css/{desk.chance.choice(['tokens', 'base', 'print'])}.css", f"/* {desk.next()} */\n")


@edit
def script(desk: Desk) -> None:
    desk.append(f"static/js/{desk.chance.choice(['search', 'page', 'fold'])}.js", f"\nconst unused{desk.next()} = 1;\n")


@edit
def further_static_file(desk: Desk) -> None:
    desk.project.write(f"static/images/s{desk.next()}.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")


@edit
def contact(desk: Desk) -> None:
    desk.swap("site.yaml", "disclosure:", f"contact: 0532-{80000000 + desk.next()}\ndisclosure:")
    lines = (desk.project.root / "site.yaml").read_text(encoding="utf-8").split("\n")
    last = max(at for at, line in enumerate(lines) if line.startswith("contact:"))
    kept = [line for at, line in enumerate(lines) if not line.startswith("contact:") or at == last]
    desk.project.write("site.yaml", "\n".join(kept))


def _set(desk: Desk, key: str, value: str) -> None:
    text = (desk.project.root / "site.yaml").read_text(encoding="utf-8")
    lines = [f"{key}: {value}" if line.startswith(f"{key}:") else line for line in text.split("\n")]
    desk.project.write("site.yaml", "\n".join(lines))


@edit
def description(desk: Desk) -> None:
    _set(desk, "description", f"第{desk.next()}种说明。")


@edit
def base_url(desk: Desk) -> None:
    _set(desk, "base_url", f"https://www.example.org/{desk.chance.choice(['', 'b/', 'c/d/'])}")


@edit
def own_word(desk: Desk) -> None:
    desk.append("editorial/words.txt", f"{desk.chance.choice(['海防云哨', '通信系统', '防空警', '开展第', '同时部署'])}\n")


@edit
def stop_word(desk: Desk) -> None:
    desk.append("editorial/stopwords.txt", f"{desk.chance.choice(_THINGS)}\n")


@edit
def synonym(desk: Desk) -> None:
    desk.append("editorial/synonyms.yaml", f"  - same: [第{desk.next()}说, 警报]\n    source: 测试\n")


@edit
def district(desk: Desk) -> None:
    if desk.chance.random() < 0.5:
        desk.append("editorial/districts.yaml", f"  - slug: d{desk.next()}\n    name: 第{desk.serial}区\n")
    else:
        desk.swap("editorial/districts.yaml", "name: 莱西市", "name: 莱西市\n    note: 又一说明。")
        text = (desk.project.root / "editorial/districts.yaml").read_text(encoding="utf-8")
        desk.project.write(
            "editorial/districts.yaml", text.replace("    note: 又一说明。\n    note: 又一说明。\n", "    note: 又一说明。\n")
        )


# What was kept.


@edit
def kept_file_deleted(desk: Desk) -> None:
    file = desk.draw(".cache")
    if file:
        file.unlink()


@edit
def kept_files_deleted(desk: Desk) -> None:
    for file in desk.files(".cache"):
        if desk.chance.random() < 0.5:
            file.unlink()


@edit
def kept_file_truncated(desk: Desk) -> None:
    file = desk.draw(".cache")
    if file:
        os.truncate(file, desk.chance.randint(0, max(file.stat().st_size - 1, 0)))


def flip(file: Path, at: int) -> None:
    """One bit of a file turned over."""
    data = bytearray(file.read_bytes())
    if data:
        data[at % len(data)] ^= 1 << (at % 8)
        file.write_bytes(bytes(data))


@edit
def bit_flipped_in_a_kept_file(desk: Desk) -> None:
    file = desk.draw(".cache")
    if file:
        flip(file, desk.chance.randrange(1 << 30))


@edit
def bits_flipped_in_every_kept_file(desk: Desk) -> None:
    for file in desk.files(".cache"):
        flip(file, desk.chance.randrange(1 << 30))


def exchange(one: Path, other: Path) -> None:
    """Each file gets what is in the other."""
    held = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(held)


@edit
def kept_files_exchanged(desk: Desk) -> None:
    files = desk.files(".cache")
    for _ in range(min(len(files) // 2, 4)):
        exchange(*desk.chance.sample(files, 2))


@edit
def kept_files_of_one_name_exchanged(desk: Desk) -> None:
    """Two of a folder, or of one name in two folders: those that are most alike."""
    files = desk.files(".cache")
    pairs = [(a, b) for a in files for b in files if a < b and (a.parent == b.parent or a.name == b.name)]
    for one, other in desk.chance.sample(pairs, min(len(pairs), 3)):
        exchange(one, other)


@edit
def cache_deleted(desk: Desk) -> None:
    shutil.rmtree(desk.project.root / ".cache", ignore_errors=True)


@edit
def cache_of_another_day(desk: Desk) -> None:
    """Put back as it was some edits ago, as a CI runner does; then kept for the next time."""
    kept, cache = desk.project.root / ".cache-kept", desk.project.root / ".cache"
    if kept.exists():
        shutil.rmtree(cache, ignore_errors=True)
        kept.rename(cache)
    elif cache.exists():
        shutil.copytree(cache, kept)


# What was published.


@edit
def published_file_edited(desk: Desk) -> None:
    file = desk.draw("public")
    if file and ".guodong" not in file.parts:
        file.write_bytes(file.read_bytes() + b"x")


@edit
def published_file_edited_in_its_size_and_time(desk: Desk) -> None:
    file = desk.draw("public")
    if file and ".guodong" not in file.parts:
        same_size_and_time(file)


@edit
def published_file_deleted(desk: Desk) -> None:
    file = desk.draw("public")
    if file and ".guodong" not in file.parts:
        file.unlink()


@edit
def published_folder_deleted(desk: Desk) -> None:
    folders = sorted(p for p in desk.project.out.rglob("*") if p.is_dir() and ".guodong" not in p.parts)
    if folders:
        shutil.rmtree(desk.chance.choice(folders))


@edit
def file_added_to_the_site(desk: Desk) -> None:
    folders = sorted(p for p in desk.project.out.rglob("*") if p.is_dir() and ".guodong" not in p.parts)
    if folders:
        (desk.chance.choice(folders) / f"stray{desk.next()}.html").write_bytes(b"x")


@edit
def folder_where_a_file_was_published(desk: Desk) -> None:
    file = desk.draw("public")
    if file and ".guodong" not in file.parts:
        file.unlink()
        file.mkdir()
        (file / "inside.html").write_bytes(b"x")


@edit
def two_published_files_exchanged(desk: Desk) -> None:
    files = [file for file in desk.files("public") if ".guodong" not in file.parts]
    if len(files) > 1:
        exchange(*desk.chance.sample(files, 2))


@edit
def site_deleted(desk: Desk) -> None:
    shutil.rmtree(desk.project.out, ignore_errors=True)


# Times.


def same_size_and_time(file: Path) -> None:
    """Another content under the size and mtime of before; only ctime, which nobody sets, tells."""
    seen, data = file.stat(), bytearray(file.read_bytes())
    if data:
        at = len(data) // 2
        data[at : at + 1] = b"y" if data[at : at + 1] == b"x" else b"x"
        file.write_bytes(bytes(data))
    os.utime(file, ns=(seen.st_atime_ns, seen.st_mtime_ns))


@edit
def touched(desk: Desk) -> None:
    """Another time, the same content: now, in the future, long ago."""
    for file in desk.files("issues", "templates", "static", "editorial", "public"):
        if desk.chance.random() < 0.3:
            os.utime(file, desk.chance.choice([None, (4e9, 4e9), (1e9, 1e9)]))


@edit
def text_changed_in_its_size_and_time(desk: Desk) -> None:
    bulletin = desk.any()
    file = desk.project.root / bulletin.path
    seen = file.stat()
    turned = {"今日": "昨日", "昨日": "今日", "开始": "起动", "起动": "开始"}
    for story in bulletin.news:
        for old, new in turned.items():
            if old in story.paragraphs[0]:
                story.paragraphs[0] = story.paragraphs[0].replace(old, new)
                break
    desk.save(bulletin)
    if file.stat().st_size == seen.st_size:
        os.utime(file, ns=(seen.st_atime_ns, seen.st_mtime_ns))


@edit
def text_changed_at_another_time(desk: Desk) -> None:
    """The clock was set back, or is wrong by decades."""
    text_changed(desk)
    for bulletin in desk.bulletins:
        os.utime(desk.project.root / bulletin.path, desk.chance.choice([(4e9, 4e9), (1e9, 1e9)]))
