"""The address lock: no address of an earlier release may be gone, or show another item, without a word in the source.

The earlier releases are the one that stands at the target and the one whose receipt lies in the repository: after a roll-back
both were read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher

from guodong_site import refusals, urls
from guodong_site.diagnostics import Diagnostic, Span
from guodong_site.publishing.accounts import Account
from guodong_site.release import Item, Release, addressed

_ISSUES = "issues/"
_ALIKE = 0.5
"""How alike two titles are at least where the second is the first, corrected."""


def locked(before: Iterable[Release], now: Release, accounts: Iterable[Account]) -> Iterator[Diagnostic]:
    """Every address of the releases `before` that is not what it was in the release `now`."""
    files = {account.issue: account.file for account in accounts}
    told = {f"{account.issue}/{item}" for account in accounts for item in account.told}
    said: set[str] = set()
    for release in _different(before):
        for found in _locked(release, now, files, told):
            if found.message not in said:
                said.add(found.message)
                yield found


def _different(releases: Iterable[Release]) -> list[Release]:
    """Those that can say something new: the receipt of the release that stands says all of it that counts here."""
    different: dict[tuple[object, ...], Release] = {}
    for release in releases:
        different.setdefault((release.items, tuple(file.path for file in release.files if addressed(file.path))), release)
    return list(different.values())


def _locked(before: Release, now: Release, files: Mapping[str, str], told: set[str]) -> Iterator[Diagnostic]:
    there = {file.path for file in now.files}
    items = {item.id: item for item in now.items if item.op != "withdraw" or item.withdrawn}
    old = {item.id: item for item in before.items}
    moved = _Moves(before, items)
    for item in before.items:
        path = _path(item.id)
        current = items.get(item.id)
        if path not in there:
            home = moved.to(item)
            if home is not None or item.id.partition("/")[0] in files:  # else the issue is gone, which is said once, below
                yield _lost(item, home, files)
        elif current and not (item.withdrawn or current.withdrawn) and item.id not in told:
            yield from _replaced(item, current, moved, files)
    pages = (file.path for file in before.files if file.path.startswith(_ISSUES) and file.path.endswith(".html"))
    own = {_path(key) for key in old}
    yield from (_page_lost(path, files) for path in pages if path not in there and path not in own)
    live = {item.id.partition("/")[0] for item in items.values() if not item.withdrawn}
    printed = {urls.pdf(issue): issue for issue in live}
    papers = (file.path for file in before.files if file.path in printed and file.path not in there)
    yield from (_paper_lost(path, files.get(printed[path], _ISSUES)) for path in papers)


class _Moves:
    """Where the items of a release are now: by what they say, else by their title, where only one has it."""

    def __init__(self, before: Release, now: Mapping[str, Item]) -> None:
        old = {item.id: item.sha256 for item in before.items}
        new = [
            item for item in now.values() if not item.withdrawn and old.get(item.id) != item.sha256
        ]  # the others are themselves
        self._hashes = {item.sha256: item for item in new}
        self._titles = _unique(new)
        self._old_titles = _unique(before.items)

    def to(self, item: Item) -> Item | None:
        """The item of today that is this one."""
        return self._hashes.get(item.sha256) or self._titles.get(item.title)

    def origin(self, item: Item) -> Item | None:
        """The item of then that bears this one's title."""
        return self._old_titles.get(item.title)


def _unique(items: Iterable[Item]) -> dict[str, Item]:
    titles: dict[str, Item | None] = {}
    for item in items:
        titles[item.title] = None if item.title in titles else item
    return {title: item for title, item in titles.items() if item is not None}


def _replaced(item: Item, current: Item, moved: _Moves, files: Mapping[str, str]) -> Iterator[Diagnostic]:
    if item.sha256 == current.sha256 or item.title == current.title:
        return
    issue, _, name = item.id.partition("/")
    where = Span(path=files.get(issue, _ISSUES))
    there, from_ = moved.to(item), moved.origin(current)
    if there is not None and there.id != item.id:
        message = f"网址 /{urls.article(issue, name)} 原来是“{_short(item)}”，现在是“{_short(current)}”；原来的一篇现在编号是 {there.id}"
        hint = f"在 {files.get(there.id.partition('/')[0], where.path)} 里“{_short(item)}”的标题后面（简讯写在段末）写上 {{#{name}}}"
    elif from_ is not None and from_.id != item.id:
        message = f"网址 /{urls.article(issue, name)} 原来是“{_short(item)}”，现在是原来 {from_.id} 的“{_short(current)}”"
        hint = (
            f"在“{_short(current)}”的标题后面（简讯写在段末）写上 {{#{from_.id.partition('/')[2]}}}；原来的一篇不要了，就留着它的标题，并在 {where.path} 的"
            f'刊头信息里写 withdrawn: 下面一行 "{name}": {{date: 年-月-日, reason: 撤回的原因}}'
        )
    elif SequenceMatcher(None, item.title, current.title).ratio() < _ALIKE:
        message = f"网址 /{urls.article(issue, name)} 原来是“{_short(item)}”，现在是“{_short(current)}”"
        hint = (
            f"是另一篇：在标题后面写上新的编号，如 {{#{name}-2}}，并在 {where.path} 的刊头信息里写 "
            f'withdrawn: 下面一行 "{name}": {{date: 年-月-日, reason: 撤回的原因}}；是同一篇改了标题：写 '
            f'changes: 下面一行 "{name}": [{{date: 年-月-日, note: 改了什么}}]'
        )
    else:
        return
    yield refusals.OTHER_ITEM.at(where, message, hint, item=item.id)


def _lost(item: Item, there: Item | None, files: Mapping[str, str]) -> Diagnostic:
    issue, _, name = item.id.partition("/")
    file = files.get(issue)
    address = urls.article(issue, name)
    message = f"网址 /{address}（{_short(item)}）不见了"
    if there is not None:
        new_issue, _, new = there.id.partition("/")
        home = files.get(new_issue, f"{_ISSUES}{new_issue}.md")
        hint = f'在 {home} 的刊头信息里写 aliases: 下面一行 "{new}": [/{address}]'
        if new_issue == issue:
            hint = f"在 {home} 里“{_short(there)}”的标题后面（简讯写在段末）写上 {{#{name}}}；编号是有意改的，{hint.replace('在 ' + home + ' 的', '在')}"
        else:
            hint = f"这一篇现在是 {there.id}：{hint}"
        return refusals.LOST_ADDRESS.at(Span(path=home), message, hint, item=item.id)
    hint = (
        f"不是有意的，从上一次提交里取回这一篇；有意的，留着它的标题（写 {{#{name}}}），并在 {file} 的刊头信息里写 "
        f'withdrawn: 下面一行 "{name}": {{date: 年-月-日, reason: 撤回的原因}}'
    )
    return refusals.LOST_ADDRESS.at(Span(path=file or _ISSUES), message, hint, item=item.id)


def _page_lost(path: str, files: Mapping[str, str]) -> Diagnostic:
    address = path.removesuffix("index.html")
    issue = path.split("/")[1]
    hint = _issue_gone(issue)
    if issue in files:
        hint = f"在 {files[issue]} 的刊头信息里写 aliases: [/{address}]，让旧网址转到现在的网页"
    return refusals.LOST_ADDRESS.at(Span(path=files.get(issue, _ISSUES)), f"网址 /{address} 不见了", hint)


def _paper_lost(path: str, file: str) -> Diagnostic:
    hint = "运行 guodong build 看为什么没有排成；没有装排版程序的，运行 pip install --editable '.[pdf]'；不要写 --no-pdf"
    return refusals.LOST_ADDRESS.at(Span(path=file), f"印刷版 /{path} 上一版有，这一版没有", hint)


def _issue_gone(issue: str) -> str:
    return (
        f"取回 {_ISSUES}{issue}.md；改了文件名的，在新文件的刊头信息里写 aliases: [/{urls.issue(issue)}]；"
        "要撤回全期的，留着文件，写 withdrawn: {date: 年-月-日, reason: 撤回的原因}"
    )


def _path(key: str) -> str:
    return urls.file_of(urls.article(*key.split("/", 1)))


def _short(item: Item) -> str:
    return item.title if len(item.title) <= 24 else item.title[:24] + "…"
