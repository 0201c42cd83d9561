"""load → check → plan → render → index → write.  The file to read first.

Every comment says why its line stands where it stands.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from guodong_site import darkroom, faults, shelves, urls
from guodong_site.archive import Archive, bound
from guodong_site.artifact import Former, Nothing, Printed
from guodong_site.assets import read_assets
from guodong_site.catalogue import Catalogue, ChangedWhileReadingError, Copy, inferred, summing
from guodong_site.claims import claimed
from guodong_site.config import TEMPLATES
from guodong_site.diagnostics import Diagnostic, Span, ordered
from guodong_site.doctor import examine_pagefind
from guodong_site.editions import Editions, unprintable_in
from guodong_site.gallery import Gallery
from guodong_site.judging import judged, judged_together, weighed
from guodong_site.links import check_links
from guodong_site.load import ISSUES, list_issues
from guodong_site.memory import Memory
from guodong_site.model import Inference
from guodong_site.office import read_office
from guodong_site.pinyin import spelling
from guodong_site.press import FRAME, planned, printed
from guodong_site.render import Renderer
from guodong_site.search.index import index
from guodong_site.stamp import Inputs, look
from guodong_site.steps import Nobody, Watch
from guodong_site.words import Cutter
from guodong_site.workers import beside
from guodong_site.write import Written, recover, write

Memories = Callable[[Path | None], Memory]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a command may choose.  A public archive's printed editions are set where `pdf` is wanted.  `jobs` may work at the same time; `step` watches.  `check` alone knows the `day`."""

    root: Path
    base_url: str | None = None
    pages: bool = True
    search: bool = True
    pdf: bool = False
    cache: bool = True
    drafts: bool = False
    jobs: int = 1
    day: datetime.date | None = None
    step: Watch = field(default_factory=Nobody)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The whole site, None where a fault stops it: what was made now, in memory, and what still stands from before."""

    archive: Archive | None
    printed: tuple[Printed, ...] | None
    found: tuple[Diagnostic, ...]
    copies: tuple[Copy, ...] = field(default=(), repr=False)
    inputs: Inputs = field(default_factory=Inputs, repr=False)
    """What it was made from."""

    @property
    def files(self) -> dict[str, bytes] | None:
        """The bytes of what was made now, by path."""
        if self.printed is None:
            return None
        return {path: data for one in self.printed for path, data in one.files.items()}

    @property
    def kept(self) -> set[str]:
        """The paths of what still stands."""
        return {path for one in self.printed or () for path in one.paths if path not in one.files}

    @property
    def inferred(self) -> tuple[Inference, ...]:
        """All that was concluded rather than read; opens every issue."""
        return inferred(self.copies)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a build came to; `written` is None where nothing was written, `recovered` says that an interrupted write was ended."""

    made: Made
    written: Written | None = None
    recovered: bool = False

    @property
    def found(self) -> tuple[Diagnostic, ...]:
        """Everything that is wrong."""
        return self.made.found


def build(options: Options, out: Path, inputs: Inputs | None = None, former: Former | None = None) -> Result:
    """Makes the site and writes it to `out`; a fault leaves `out` as it was.  `former` knows what of `out` still stands."""
    recovered = recover(out)  # before anything else: an interrupted write must not be mistaken for the old site
    if isinstance(recovered, Diagnostic):
        return Result(made=Made(archive=None, printed=None, found=(recovered,)))
    made = make(options, inputs, former)
    files = made.files
    if files is None:
        return Result(made=made, recovered=recovered)
    options.step("写入文件")
    present = former.present() if former else None
    written = write(files, out, kept=made.kept, present=present, drafts=options.drafts)  # last: all is made and verified by now
    if isinstance(written, Written):
        options.step.note(f"写出 {len(written.created) + len(written.changed)} 个文件，删除 {len(written.removed)} 个")
    if isinstance(written, Diagnostic):
        return Result(made=replace(made, found=ordered((*made.found, written))), recovered=recovered)
    gone = any(path.startswith("issues/") for path in written.removed)
    if gone and made.archive and not (made.archive.volumes or made.archive.withdrawn):
        hint = "不是有意的，就把期刊文件放回 issues/，再生成一次"
        emptied = faults.EMPTIED_ARCHIVE.at(Span(path=ISSUES), "没有任何一期，网站上原有的各期都删去了", hint)
        made = replace(made, found=ordered((*made.found, emptied)))
    return Result(made=made, written=written)


def check(options: Options) -> Made:
    """All that `build` would complain about, drafts included, without an index and without writing anything, the cache neither."""
    made = make(replace(options, search=False, drafts=True), memory=partial(Memory, writes=False))
    engine = examine_pagefind()
    if not engine.good:
        lacking = faults.NO_SEARCH_ENGINE.at(Span(path=urls.INDEX_FOLDER), f"搜索索引做不成：{engine.seen}", engine.cure)
        made = replace(made, found=ordered((*made.found, lacking)))
    if made.archive is not None:
        unprintable = weighed(list(unprintable_in(options.root, made.archive.entries)), made.archive.settings)
        made = replace(made, found=ordered((*made.found, *unprintable)))
    return made


def make(options: Options, inputs: Inputs | None = None, former: Former | None = None, memory: Memories = Memory) -> Made:
    """The site as bytes, with everything that is wrong with it; touches no output.

    `inputs` is what there was to read when the build began, `former` what still stands of an earlier one; `memory` gives what
    was remembered in a folder.
    """
    if not options.cache:
        former = None
    seen = inputs or _looked(options)
    while True:
        try:
            read = _read(options, seen, memory)
            made = _made(options, read, former or Nothing()) if isinstance(read, _Read) else read
            return replace(made, inputs=seen)
        except ChangedWhileReadingError:  # somebody saved in this very moment
            seen = _looked(options)


def index_alone(options: Options, memory: Memories = Memory) -> dict[str, bytes] | Diagnostic | None:
    """The files of the full-text index, without the pages; None where the archive is faulty."""
    read = _read(options, _looked(options), memory)
    if not isinstance(read, _Read):
        return None
    printed = index(read.archive, read.cutter, read.indexes, Nothing())
    return printed if isinstance(printed, Diagnostic) else {path: data for one in printed for path, data in one.files.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """The archive without a fault that stops it, and what its pages and its index are made with.

    `frame` names all that any page shows: program, settings, assets.
    """

    archive: Archive
    copies: tuple[Copy, ...]
    found: tuple[Diagnostic, ...]
    frame: bytes
    cutter: Cutter
    shelf: Memory
    memory: Memory
    indexes: Memory


def _looked(options: Options) -> Inputs:
    """What there is to read; nothing is known of it where nothing may be remembered."""
    if options.cache:
        with suppress(OSError):
            return look(options.root)
    return Inputs()


def _read(options: Options, inputs: Inputs, remembered: Memories) -> _Read | Made:
    """Load → check"""
    step = options.step
    step("读取设置和稿件")
    settings, wrong = read_office(options.root, options.base_url)
    if settings is None:  # without sections no issue can be read at all
        return Made(archive=None, printed=None, found=ordered(wrong))

    program = inputs.program if options.cache and inputs.looks else b""  # unknown, it might be another program's memory

    def shelf(kind: str, made_with: bytes) -> Memory:
        return remembered(shelves.shelf(options.root, kind, made_with) if program else None)

    libraries = shelf("libraries", program)  # what depends on no project
    cutter = Cutter(settings.words, libraries)
    base = hashlib.sha256(repr((program, settings, cutter.identity)).encode()).digest()
    memory = shelf("archive", base)
    catalogue = Catalogue(settings, cutter, memory, lambda issue: judged(issue, settings), options.jobs, step)
    listed, found = list_issues(options.root, inputs.digests)
    copies = catalogue.read(listed, inputs.digests)
    found += [*wrong, *(one for copy in copies for one in copy.listing.found)]
    assets = read_assets(options.root / "static", found)
    gallery = Gallery(shelf("pictures", darkroom.identity()))
    found += gallery.hang(copies)
    shown = copies if options.drafts else [copy.public for copy in copies]
    heads = [(copy, copy.listing.head) for copy in shown if copy.listing.head]
    published = [copy for copy, head in heads if not head.withdrawn and (options.drafts or not head.draft)]
    withdrawn = [copy for copy, head in heads if head.withdrawn and (options.drafts or not head.draft)]
    entries, gone = catalogue.listed(published), tuple(catalogue.listed(withdrawn))
    archive = Archive(
        settings=settings,
        assets=assets,
        volumes=bound(entries),
        withdrawn=gone,
        prints=gallery.prints,
        complete=len(published) + len(withdrawn) == len(copies),
    )
    step("检查稿件")
    waivers = [waiver for copy in copies for waiver in copy.listing.waivers]
    found = judged_together(found, archive, waivers, options.day)  # all is read before it is judged
    if stopped(found):  # pages of a faulty archive would add nothing but complaints about the same faults
        memory.save()  # of thousands of issues one is broken: the others are not read again
        return Made(archive=archive, printed=None, found=ordered(found), copies=tuple(copies))

    step("选取主题词")
    volumes = bound(catalogue.entries(published))
    archive = replace(archive, volumes=volumes, summing=summing(memory, archive), reading=spelling(libraries))
    if options.pdf and options.pages and not options.drafts:  # what is held back is not printed either
        step("排印刷版")
        editions = Editions(options.root, settings, gallery.prints, shelf, base)
        found += weighed(editions.set(archive.entries, options.jobs, step), settings)
        archive = replace(archive, editions=editions.made, printings=editions.printing)  # pages say how many pages it has
    return _Read(
        archive=archive,
        copies=tuple(copies),
        found=tuple(found),
        frame=hashlib.sha256(base + repr([asset.address for asset in assets]).encode()).digest(),
        cutter=cutter,
        shelf=libraries,
        memory=memory,
        indexes=shelf("index", program),
    )


def _made(options: Options, read: _Read, former: Former) -> Made:
    """Plan → render → index, and every link once all is there"""
    step, archive = options.step, read.archive
    if not options.pages:  # somebody only counts
        return Made(archive=archive, printed=None, found=ordered(read.found), copies=read.copies)
    indexing: Callable[[], list[Printed] | Diagnostic] = partial(index, archive, read.cutter, read.indexes, former)
    if options.search and options.jobs > 1:
        indexing = beside(indexing)  # Pagefind works while pages are rendered
    step("安排页面")
    renderer = Renderer((options.root / TEMPLATES).resolve(), read.shelf)
    formes = planned(archive, renderer, read.frame)  # every sheet is known now, nothing is made
    step("套用模板")
    jobs = 1 if options.search else options.jobs  # what goes on beside must not be forked with
    sheets, wrong = printed(formes, archive, renderer, former, jobs, step.tick)
    step.note(f"{len(formes)} 组，重做 {sum(1 for one in sheets if one.files)} 组、{sum(len(one.files) for one in sheets)} 页")
    wrong += claimed(archive, sheets)  # only now is it known which addresses the site's own pages have
    sheets.append(Printed(name=FRAME, identity=hashlib.sha256(read.frame + renderer.all).digest(), paths=()))
    if options.search and not stopped(wrong):
        step("全文索引")
        indexed = indexing()
        if isinstance(indexed, Diagnostic):
            wrong.append(indexed)
        else:
            sheets += indexed
            step.note(f"{len(indexed) - 1} 个分库，重做 {sum(1 for one in indexed[:-1] if one.files)} 个")
    read.memory.save()
    found = [*read.found, *wrong]
    if not stopped(found):
        step("检查链接")
        found += weighed(list(check_links(sheets, archive, former)), archive.settings)  # on finished bytes, before the disk
    good = None if stopped(found) else tuple(sheets)
    return Made(archive=archive, printed=good, found=ordered(found), copies=read.copies)


def stopped(found: list[Diagnostic]) -> bool:
    """Whether these faults stop a build."""
    return any(diagnostic.stops_build for diagnostic in found)
