"""What of each issue counts when it is published: its articles as a release names them, what its reviews lack, its moment."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from guodong_site import urls
from guodong_site.catalogue import Copy
from guodong_site.config import Settings
from guodong_site.history import Withdrawal
from guodong_site.listing import public
from guodong_site.memory import Memory
from guodong_site.model import Issue
from guodong_site.pipeline import Made
from guodong_site.release import Item, Release, facts
from guodong_site.shelves import shelf
from guodong_site.signing import hashes_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An issue: `items` have no op yet; `hashes` are what there is to review, `told` the items with a record of `changes`."""

    file: str
    issue: str
    legacy: bool
    published: datetime.datetime | None
    order: tuple[datetime.date, int, str]
    items: tuple[Item, ...]
    hashes: dict[str, str]
    told: frozenset[str]


def accounts(root: Path, made: Made) -> tuple[Account, ...]:
    """Every issue that is published, newest first.  What is known of a file with the same content is not made again."""
    if made.archive is None:
        return ()
    settings = made.archive.settings
    made_with = hashlib.sha256(repr((made.inputs.program, settings)).encode()).digest()
    memory = Memory(shelf(root, "accounts", made_with) if made.inputs.looks else None)
    held = []
    for copy in made.copies:
        head = copy.listing.head
        if head is None or head.draft:
            continue
        digests = [picture.digest for picture in copy.file.pictures]
        make = partial(_account, copy, settings)
        if copy.identity and all(digests):
            identity = hashlib.sha256(repr((copy.identity, digests)).encode()).digest()
            held.append(memory.small("accounts", copy.file.name, identity, make))
        else:
            held.append(make())
    memory.save()
    return tuple(sorted(held, key=lambda account: account.order, reverse=True))


def _account(copy: Copy, settings: Settings) -> Account:
    issue = copy.issue
    hashes = hashes_of(copy.file, issue, settings)
    return Account(
        file=copy.file.name,
        issue=issue.id,
        legacy=issue.legacy,
        published=issue.published,
        order=issue.head.order,
        items=tuple(_items(public(issue), hashes, settings.base_path)),
        hashes=hashes,
        told=frozenset(article.id for article in issue.articles if article.history.changes or issue.history.changes),
    )


def _items(issue: Issue, hashes: dict[str, str], base: str) -> Iterator[Item]:
    """The articles in printed order, those that were withdrawn at their places."""
    published = issue.published.strftime("%Y-%m-%dT%H:%M:%S+08:00") if issue.published else None
    gaps = list(issue.gaps)
    for at, article in enumerate((*issue.articles, None)):
        while gaps and (article is None or gaps[0].before <= at):
            gap = gaps.pop(0)
            yield Item(
                id=f"{issue.id}/{gap.id}",
                url=base + urls.article(issue.id, gap.id),
                title="本文已撤回",
                sha256=_told(gap.withdrawal),
                date=issue.date.iso,
                published=published,
                op="",
                withdrawn=gap.withdrawal.date.isoformat(),
            )
        if article is not None:
            yield Item(
                id=article.key,
                url=base + urls.article(issue.id, article.id),
                title=article.title.text,
                sha256=hashes[article.id],
                date=issue.date.iso,
                published=published,
                op="",
            )


def _told(withdrawal: Withdrawal) -> str:
    return hashlib.sha256(repr((withdrawal.date.isoformat(), withdrawal.reason)).encode()).hexdigest()


def operated(items: Iterable[Item], before: Release | None) -> tuple[Item, ...]:
    """The items with what becomes of each against the release before; those that are gone come last, as withdrawn.

    Where an item is sent again with the same op nothing else comes of it, so that a portal may take a release twice.
    """
    old = {item.id: item for item in before.items} if before else {}
    now = [replace(item, op=_op(item, old.get(item.id))) for item in items]
    ids = {item.id for item in now}
    return (*now, *(replace(item, op="withdraw") for item in old.values() if item.id not in ids and item.op != "withdraw"))


def _op(item: Item, old: Item | None) -> str:
    if old is not None and facts(item) == facts(old):
        return "unchanged"
    if item.withdrawn:
        return "withdraw"
    return "create" if old is None or old.withdrawn or old.op == "withdraw" else "update"
