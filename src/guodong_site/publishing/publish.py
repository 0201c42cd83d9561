"""build → account → weigh → gates → ask the target → gates → send → receipt.  The file to read first about publishing.

Every comment says why its line stands where it stands.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from guodong_site import __version__
from guodong_site.config import CHINA, Destination
from guodong_site.diagnostics import Diagnostic, ordered
from guodong_site.pipeline import Made, Options, build
from guodong_site.publishing import gates, manifest, receipts
from guodong_site.publishing.accounts import Account, accounts, operated
from guodong_site.publishing.gates import Stop
from guodong_site.publishing.lock import locked
from guodong_site.publishing.receipts import Receipt
from guodong_site.publishing.sealing import Seal, examined, sealed
from guodong_site.publishing.target import Sent, Shipment, Target, TargetError, TargetKind
from guodong_site.publishing.verifying import verify_site
from guodong_site.publishing.weighing import Weight, good, weighed
from guodong_site.publishing.worktree import Worktree, worktree
from guodong_site.release import ADDRESSES, MANIFEST, Delta, Release, between, facts
from guodong_site.stamp import Stamp
from guodong_site.steps import Nobody, Watch

FOLDER = ".cache/publish"
"""Where the site is built that goes out: never the editor's own public/, which may hold drafts or be looked at."""

WAITS = (1, 2, 4, 8)
"""Seconds before a target whose fault may be passing is tried again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is asked: `force` are gates by name with the reason; `limit` is how many files may go; `moment` is the time it is.

    `wait` waits so many seconds before the next try; without `pdf` no printed edition is set.
    """

    root: Path
    destination: Destination
    kind: TargetKind
    moment: datetime.datetime
    wait: Callable[[float], None]
    force: Mapping[str, str] = field(default_factory=dict)
    limit: int | None = None
    seal: Seal = field(default_factory=Seal)
    rehearsal: bool = False
    pdf: bool = True
    jobs: int = 1
    step: Watch = field(default_factory=Nobody)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What it came to: `sent` is None where nothing was sent, because of `stops`, or because the release `stands` already.

    `found` is everything the checks say, what stops nothing too.
    """

    found: tuple[Diagnostic, ...] = ()
    stops: tuple[Stop, ...] = ()
    release: Release | None = None
    delta: Delta | None = None
    sent: Sent | None = None
    stands: bool = False
    tries: int = 1
    kept: str = ""
    """Why the receipt could not be written, where it could not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Built:
    """The site that is to go out, in its folder; `stops` are those that no target need be asked about."""

    found: tuple[Diagnostic, ...]
    stops: tuple[Stop, ...]
    told: tuple[Account, ...]
    weights: tuple[Weight, ...]
    release: Release


def publish(order: Order) -> Outcome:
    """Brings the site of this commit to its target, or says all that stops it.  Raises TargetError where the target fails."""
    examined(order.seal)  # before anything long is begun
    made = _made(order)
    told, tree, stops = _asked(order, made)  # after the build: what was changed meanwhile is seen
    if made.printed is None:  # there is no site, but all that is wrong is said in one run
        return Outcome(found=made.found, stops=gates.opened(stops, order.force)[0])
    built = _built(order, made, told, tree, stops)
    receipt = _receipt(order)
    lock = receipt.release if receipt else None
    left, _ = gates.opened((*built.stops, *_addresses(built, lock)), order.force)
    if left and not order.rehearsal:  # nobody is troubled with what must not go out
        return Outcome(found=built.found, stops=left, release=built.release)
    outcome = _tried(order, built, lock)
    stands = outcome.release if outcome.sent or (outcome.stands and not outcome.stops and not order.rehearsal) else None
    if stands and (outcome.sent or receipt is None or receipt.id != stands.id):  # the last run may have been cut before this
        try:
            receipts.keep(order.root, order.destination.name, stands, outcome.sent or Sent(), order.moment)
        except OSError as fault:  # the release stands all the same
            outcome = replace(outcome, kept=str(fault.strerror))
    url = order.destination.options.get("url")
    if url and outcome.sent and outcome.release:  # last: it stands, but is it what readers are served?
        _seen(url, outcome.release, order)
    return outcome


def _tried(order: Order, built: _Built, lock: Release | None) -> Outcome:
    """Carried, at the first try or a later one.  Raises the TargetError that does not pass."""
    for tries, wait in enumerate(WAITS, 1):
        try:
            return replace(_carried(order, built, lock), tries=tries)
        except TargetError as fault:
            if not fault.passing:
                raise
            order.step(f"{fault}，{wait} 秒后再试")
            order.wait(wait)
    return replace(_carried(order, built, lock), tries=len(WAITS) + 1)


def _made(order: Order) -> Made:
    """The site in a folder of its own; what stands there from the last time is not made again."""
    folder = order.root / FOLDER
    stamp = Stamp(order.root, folder, "publish" if order.pdf else "publish --no-pdf")
    stamp.begin()
    day = order.moment.astimezone(CHINA).date()
    chosen = Options(root=order.root, pdf=order.pdf, jobs=order.jobs, day=day, step=order.step)
    result = build(chosen, folder, stamp.inputs, stamp)
    made = result.made
    if result.written is None:
        return replace(made, printed=None)
    if made.printed:
        sheets = {one.name: (one.identity, one.paths) for one in made.printed}
        stamp.keep(made.inputs, ("", "", ""), sheets, result.written.touched)
    return made


def _asked(order: Order, made: Made) -> tuple[tuple[Account, ...], Worktree, list[Stop]]:
    """What every gate says that needs neither the site nor the target."""
    order.step("核对提交和审核")
    tree = worktree(order.root)
    told: tuple[Account, ...] = ()
    with suppress(OSError):  # a picture that cannot be read: the checks have said so
        told = accounts(order.root, made)
    stops = [*gates.checks(made.found), *gates.commit(tree), *gates.moments(told, order.moment)]
    if made.archive:
        stops += gates.reviews(order.root, made.archive.settings, told)
    return told, tree, stops


def _built(order: Order, made: Made, told: tuple[Account, ...], tree: Worktree, stops: list[Stop]) -> _Built:
    order.step("计算校验和")
    paths = sorted(path for one in made.printed or () for path in one.paths)
    try:
        weights = good(weighed(order.root / FOLDER, paths, sm3=order.seal.sm3))
    except OSError as fault:
        raise TargetError(f"{FOLDER} 里的文件读不出来", "删去 .cache/，再运行一次") from fault
    release = Release(
        commit=tree.commit,
        base_url=made.archive.settings.base_url if made.archive else "",
        generator=f"guodong-site {__version__}",
        files=tuple(weight.file for weight in weights),
        items=tuple(chain.from_iterable(account.items for account in told)),
    )
    stops = [*stops, *gates.folder(order.root / FOLDER), *gates.names(release)]
    return _Built(found=made.found, stops=tuple(stops), told=told, weights=weights, release=release)


def _carried(order: Order, built: _Built, lock: Release | None) -> Outcome:
    """One try: what stands, what is to be done, the gates that only now can be asked, the sending."""
    order.step(f"连接 {order.destination.name}")
    with order.kind.open(order.destination, order.root) as target:
        standing = stood(target)
        release = replace(
            built.release,
            items=operated(built.release.items, standing),
            previous=standing.id if standing else None,
        )
        delta = between(standing, release)
        stops = [*built.stops, *_addresses(built, lock, standing)]
        stops += gates.removals(delta, len(standing.files) if standing else 0, order.limit)
        left, forced = gates.opened(stops, order.force)
        release = replace(release, forced=forced)
        outcome = Outcome(found=built.found, stops=left, release=release, delta=delta)
        if standing and same(standing, release):
            sent = Sent() if left or order.rehearsal or order.kind.switches else _mended(order, built, standing, target)
            mended = bool(sent.files or sent.removed)
            return replace(outcome, release=standing, stands=not mended, sent=sent if mended else None)
        if left or order.rehearsal:
            return outcome
        own = sealed(release, built.weights, order.seal)
        order.step("发送")
        shipment = Shipment(folder=order.root / FOLDER, release=release, own=own, before=standing, delta=delta)
        sent = target.send(shipment, order.step.tick)
        order.step("核对目标")
        if target.standing() != own[MANIFEST]:  # last: whatever it said, this is what readers get
            raise TargetError("发送以后，目标上的不是这一版", "再运行一次 guodong publish", passing=True)
        return replace(outcome, sent=sent)


def _mended(order: Order, built: _Built, standing: Release, target: Target) -> Sent:
    """The release that stands, brought once more where nothing can be switched: a cut run may have left another's files there."""
    own = sealed(standing, built.weights, order.seal)
    folder, delta = order.root / FOLDER, between(standing, standing)
    return target.send(Shipment(folder=folder, release=standing, own=own, before=standing, delta=delta), order.step.tick)


def _seen(url: str, release: Release, order: Order) -> None:
    """The site as it is served is the release.  Raises TargetError where it is not."""
    order.step("核对网站")
    verdict = verify_site(url, progress=order.step.tick)
    hint = f"文件已经送到；查网站服务器和缓存，再运行 guodong verify {url}"
    if verdict.release.id != release.id:
        raise TargetError(f"{url} 给读者的不是这一版：这一版是 {release.id}，那里是 {verdict.release.id}", hint)
    if verdict.differences:
        first = verdict.differences[0]
        message = f"{url} 给读者的不是这一版：{first.path} {first.what}，共 {len(verdict.differences)} 处"
        raise TargetError(message, hint)


def stood(target: Target) -> Release | None:
    """The release that stands at a target.  Raises TargetError where nobody can tell."""
    data = target.standing()
    try:
        return manifest.parse(data) if data is not None else None
    except ValueError as fault:
        hint = "从备份里取回目标上的 release.json；取不回的，删去它，再完整发布一次"
        raise TargetError("目标上的 release.json 看不懂，不知道现在是哪一版", hint) from fault


def same(standing: Release, now: Release) -> bool:
    """Whether a release stands already: the same files with the same items, whatever it did to the one before it.

    A later commit that makes the same site is no other release: else the commit of a receipt would be one, and so on for ever.
    """
    return (standing.files, standing.base_url, _plain(standing)) == (now.files, now.base_url, _plain(now))


def _plain(release: Release) -> list[tuple[str | None, ...]]:
    return [facts(item) for item in release.items if item.op != "withdraw" or item.withdrawn]


def _addresses(built: _Built, *before: Release | None) -> Iterable[Stop]:
    known = (release for release in before if release is not None)
    return [Stop(gate=ADDRESSES, found=one) for one in locked(known, built.release, built.told)]


def _receipt(order: Order) -> Receipt | None:
    """What the repository knows of the last release.  Raises TargetError where somebody changed it by hand."""
    try:
        return receipts.read(order.root, order.destination.name)
    except (OSError, ValueError) as fault:
        name = receipts.receipt_of(order.destination.name)
        raise TargetError(f"{name} 看不懂", f"从仓库里取回它：git checkout -- {name}") from fault


def told(stops: Iterable[Stop]) -> tuple[Diagnostic, ...]:
    """What stops, in the order of the files."""
    return ordered(stop.found for stop in stops)
