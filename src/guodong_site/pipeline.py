"""load → check → plan → render → index → write.  The file to read first.

Every comment says why its line stands where it stands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from guodong_site import checks, faults, formats, pages, urls
from guodong_site.artifact import Check, Format, Page, PageKind
from guodong_site.assets import read_assets
from guodong_site.cache import Cache
from guodong_site.diagnostics import Diagnostic, Rule, Span, ordered
from guodong_site.doctor import examine_pagefind
from guodong_site.fields import near
from guodong_site.links import check_links
from guodong_site.load import ISSUES, load_issues
from guodong_site.machine import unreadable
from guodong_site.model import Inference, Site
from guodong_site.office import read_office
from guodong_site.registry import discover
from guodong_site.remembering import remembering
from guodong_site.render import TEMPLATES, Renderer
from guodong_site.search.index import index
from guodong_site.subjects import index_subjects
from guodong_site.words import Cutter
from guodong_site.write import Written, recover, write

_BUNDLES = 64  # kept of the index: a few for every way of building and every branch


def _unwatched(_: str) -> None:
    """Nobody waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a command may choose; the defaults need no flags.  `step` is told the name of each step as it begins."""

    root: Path
    base_url: str | None = None
    search: bool = True
    cache: bool = True
    drafts: bool = False
    step: Callable[[str], None] = _unwatched


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The whole site in memory: `files` by path, None where a fault stops it."""

    site: Site | None
    files: dict[str, bytes] | None
    found: tuple[Diagnostic, ...]
    inferred: tuple[Inference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a build came to; `written` is None where nothing was written, `recovered` says that an interrupted write was ended."""

    site: Site | None
    found: tuple[Diagnostic, ...]
    inferred: tuple[Inference, ...] = ()
    written: Written | None = None
    recovered: bool = False


def build(options: Options, out: Path) -> Result:
    """Makes the site and writes it to `out`; a fault leaves `out` as it was."""
    recovered = recover(out)  # before anything else: an interrupted write must not be mistaken for the old site
    if isinstance(recovered, Diagnostic):
        return Result(site=None, found=(recovered,))
    made = make(options)
    if made.files is None:
        return Result(site=made.site, found=made.found, inferred=made.inferred, recovered=recovered)
    options.step("写入文件")
    written = write(made.files, out, drafts=options.drafts)  # last: all is made and verified by now
    if isinstance(written, Diagnostic):
        return Result(site=made.site, found=ordered((*made.found, written)), inferred=made.inferred, recovered=recovered)
    found = made.found
    if made.site and not made.site.issues and any(path.startswith("issues/") for path in written.removed):
        hint = "不是有意的，就把期刊文件放回 issues/，再生成一次"
        emptied = faults.EMPTIED_ARCHIVE.at(Span(path=ISSUES), "没有任何一期，网站上原有的各期都删去了", hint)
        found = ordered((*found, emptied))
    return Result(site=made.site, found=found, inferred=made.inferred, written=written)


def check(options: Options) -> Made:
    """All that `build` would complain about, drafts included, without writing anything: no index, no cache."""
    made = make(replace(options, search=False, cache=False, drafts=True))
    engine = examine_pagefind()
    if not engine.good:
        lacking = faults.NO_SEARCH_ENGINE.at(Span(path=urls.INDEX_FOLDER), f"搜索索引做不成：{engine.seen}", engine.cure)
        made = replace(made, found=ordered((*made.found, lacking)))
    return made


def make(options: Options) -> Made:
    """The site as bytes, with everything that is wrong with it; touches no output."""
    step = options.step
    step("读取设置和稿件")
    settings, wrong = read_office(options.root, options.base_url)
    if settings is None:  # without sections no issue can be read at all
        return Made(site=None, files=None, found=ordered(wrong))

    cutter = Cutter(settings.words, options.root / ".cache" / "jieba" if options.cache else None)
    read = remembering(Cache(options.root / ".cache" / "issues" if options.cache else None))
    loaded = load_issues(options.root, settings, cutter, drafts=options.drafts, read=read)
    found = [*wrong, *loaded.found]
    site = Site(settings=settings, issues=loaded.issues, assets=read_assets(options.root / "static", found))
    step("检查稿件")
    found += [d for check in discover(checks, "CHECK", Check) for d in check.run(site)]  # all is read before it is judged
    found = _weighed(found, site)

    if stopped(found):  # pages of a faulty archive would add nothing but complaints about the same faults
        return Made(site=site, files=None, found=ordered(found), inferred=loaded.inferred)

    step("选取主题词")
    subjects = index_subjects(site.issues, cutter, settings.stop_words)  # pages and data both show them
    site = replace(site, issues=subjects)
    step("安排页面")
    planned = plan(site)  # every address is known now, nothing is rendered
    step("套用模板")
    files, wrong = _rendered(planned, site, options.root)
    if options.search and not stopped(wrong):
        step("全文索引")
        kept = Cache(options.root / ".cache" / "search" if options.cache else None, most=_BUNDLES)
        indexed = index(site, cutter, kept)  # the index is more files, so that one writer suffices
        if isinstance(indexed, Diagnostic):
            wrong.append(indexed)
        else:
            files |= indexed
    found += wrong
    if not stopped(found):
        step("检查链接")
        found += _weighed(list(check_links(files, site)), site)  # on finished bytes, before the disk
    good = None if stopped(found) else files
    return Made(site=site, files=good, found=ordered(found), inferred=loaded.inferred)


def plan(site: Site) -> tuple[Page, ...]:
    """Every page of the site as data."""
    kinds = discover(pages, "PAGE", PageKind)
    return tuple(page for kind in kinds for page in kind.plan(site))


def stopped(found: list[Diagnostic]) -> bool:
    """Whether these faults stop a build."""
    return any(diagnostic.stops_build for diagnostic in found)


def rules() -> dict[str, Rule]:
    """Every rule by code: the readers' own and the checks'."""
    own = (check.rule for check in discover(checks, "CHECK", Check))
    return {rule.code: rule for rule in (*faults.ALL, *own)}


def _weighed(found: list[Diagnostic], site: Site) -> list[Diagnostic]:
    """The findings with the weight the office gave their rules; what cannot be read (F) or run (E) cannot be waved through."""
    weights = site.settings.weights
    names = {rule.name for rule in rules().values() if rule.code[0] not in "FE"}
    chosen = {name: weight.severity for name, weight in weights.items() if name in names and weight.severity}
    weighed = [replace(d, severity=chosen.get(d.rule.name, d.severity)) for d in found]
    for name in weights.keys() - names:
        guess = near(name, names)
        hint = f"您是不是想写“{guess}”？" if guess else "可以写：" + "、".join(sorted(names))
        weighed.append(faults.UNKNOWN_KEY.at(weights[name].where, f"checks 里不认识的检查“{name}”", hint))
    return weighed


def _rendered(planned: tuple[Page, ...], site: Site, root: Path) -> tuple[dict[str, bytes], list[Diagnostic]]:
    """The pages' bytes and the other formats' by path, and what is wrong with the templates."""
    renderer = Renderer((root / TEMPLATES).resolve())
    files: dict[str, bytes] = {}
    found: list[Diagnostic] = []
    for page in planned:
        made = renderer.render(page)
        if isinstance(made, Diagnostic):
            found.append(made)
        else:
            files[page.path] = made
    for kind in discover(formats, "FORMAT", Format):
        for artifact in kind.plan(site):
            if artifact.path in files:
                raise ValueError(artifact.path)  # two outputs claim one address: our bug, and never one over the other
            try:
                files[artifact.path] = artifact.make()
            except OSError as fault:
                found.append(unreadable(artifact.path, fault, "检查文件权限，或重新存一份"))
    return files, found
