"""The gates before a release: what stops it, each with the name by which some of them may be opened.

A veto of the checks, a draft, a half-written folder or a moment that has not come open for nobody.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from guodong_site import refusals
from guodong_site.config import CHINA, Settings
from guodong_site.diagnostics import Diagnostic, Severity, Span
from guodong_site.publishing.accounts import Account
from guodong_site.publishing.caching import FOREVER, cache_control
from guodong_site.publishing.worktree import Worktree
from guodong_site.release import CHECKS, COMMIT, GATES, REMOVALS, REVIEWS, Delta, Release, fit
from guodong_site.reviews import file_of, read_reviews, unreviewed
from guodong_site.write import WORKSHOP, unfinished

LEAST, SHARE = 20, 0.05
"""How many files may go without a word: so many, or this share of those that stand."""

_NAMED = 10  # files a message lists


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """Something that stops a release; `gate` is None where nobody may open it."""

    gate: str | None
    found: Diagnostic


def checks(found: Iterable[Diagnostic]) -> Iterator[Stop]:
    """What the checks hold to be an error; their vetoes, and what stops a build, stop for good."""
    for one in found:
        if one.severity is Severity.VETO or one.stops_build:
            yield Stop(gate=None, found=one)
        elif one.severity is Severity.ERROR:
            yield Stop(gate=CHECKS, found=one)


def reviews(root: Path, settings: Settings, accounts: Iterable[Account]) -> Iterator[Stop]:
    """Issues that are not reviewed to the end; old ones were reviewed on paper, one whose review has begun is held to it."""
    for account in accounts:
        name = file_of(account.file)
        if not ((settings.demanded and not account.legacy) or (root / name).exists()):
            continue
        found: list[Diagnostic] = []
        lacking = unreviewed(account.issue, account.file, read_reviews(root, name, found), account.hashes)
        for one in found or ([lacking] if lacking else []):
            yield Stop(gate=REVIEWS, found=replace(one, severity=Severity.VETO))


def commit(tree: Worktree) -> Iterator[Stop]:
    """A release is what a commit says, nothing else."""
    if tree.why:
        hint = "在项目文件夹里运行 git init，提交以后再发布；在 CI 里，取代码的一步要保留 .git"
        yield Stop(gate=COMMIT, found=refusals.NO_COMMIT.at(Span(path="."), tree.why, hint))
    for path in tree.dirty[:_NAMED]:
        hint = f"审核过的，git add {path} 后提交；不要的，恢复原样或移走"
        yield Stop(gate=COMMIT, found=refusals.DIRTY_TREE.at(Span(path=path), "有改动没有提交", hint))
    if len(tree.dirty) > _NAMED:
        message = f"还有 {len(tree.dirty) - _NAMED} 个文件的改动没有提交"
        yield Stop(gate=COMMIT, found=refusals.DIRTY_TREE.at(Span(path="."), message, "运行 git status 看全部"))


def moments(accounts: Iterable[Account], now: datetime.datetime) -> Iterator[Stop]:
    """Issues whose minute has not come, by the office's time."""
    for account in accounts:
        if account.published and account.published.replace(tzinfo=CHINA) > now:
            clock = f"{now.astimezone(CHINA):%Y-%m-%d %H:%M}"
            message = f"发布时间是 {account.published:%Y-%m-%d %H:%M}，现在是 {clock}（北京时间）"
            hint = "到时候再发布；这台电脑的时钟不对的，先校准"
            yield Stop(gate=None, found=refusals.NOT_YET.at(Span(path=account.file), message, hint, item=account.issue))


def folder(place: Path) -> Iterator[Stop]:
    """The folder a release is made from: written to the end, without drafts."""
    why = unfinished(place)
    if why:
        yield Stop(gate=None, found=refusals.UNFINISHED_FOLDER.at(Span(path=str(place / WORKSHOP)), why, "再运行一次"))


def names(release: Release) -> Iterator[Stop]:
    """Files whose names not every program reads alike."""
    for file in release.files:
        if not fit(file.path):
            message = f"文件名 {file.path!r} 里有反斜线或控制字符"
            found = refusals.UNFIT_NAME.at(
                Span(path=file.path.rpartition("/")[0] or "."), message, "给原文件改名，正文里跟着改"
            )
            yield Stop(gate=None, found=found)


def removals(delta: Delta, standing: int, limit: int | None) -> Iterator[Stop]:
    """More files go than may go without a word; `limit` is what somebody allowed.

    What is named by its content (the index, the looks) goes with every release, and is not counted.
    """
    most = max(LEAST, int(standing * SHARE)) if limit is None else limit
    gone = [file for file in delta.removed if cache_control(file.path) != FOREVER]
    if len(gone) > most:
        named = "、".join(file.path for file in gone[:3])
        message = f"要删去 {len(gone)} 个文件（{named} 等），不加说明最多删 {most} 个"
        hint = f"先用 --dry-run 看清；确实要删，加 --limit {len(gone)}"
        yield Stop(gate=REMOVALS, found=refusals.MASS_REMOVAL.at(Span(path="."), message, hint))


def opened(stops: Sequence[Stop], force: Mapping[str, str]) -> tuple[tuple[Stop, ...], tuple[tuple[str, str], ...]]:
    """What still stops, and the gates that were opened with their reasons: only those that something stood before."""
    left = tuple(stop for stop in stops if stop.gate is None or stop.gate not in force)
    met = {stop.gate for stop in stops}
    return left, tuple((gate, force[gate]) for gate in GATES if gate in met and gate in force)
