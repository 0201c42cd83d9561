"""A folder or a served site against its own release.json: every difference is named.  Nothing is written."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from guodong_site.machine import reason
from guodong_site.publishing import manifest
from guodong_site.publishing.asking import Answer, Site
from guodong_site.publishing.sealing import lines, signed_by
from guodong_site.publishing.target import TargetError
from guodong_site.publishing.weighing import Weight, listed, weighed
from guodong_site.release import MANIFEST, OWN, SIGNATURE, SM3_SUMS, SUMS, File, Release
from guodong_site.write import WORKSHOP

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A file that is not as the release says, and what it is instead, in words."""

    path: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was looked at, and all that is different; `signer` is who signed, where that was asked."""

    release: Release
    differences: tuple[Difference, ...]
    signer: str | None = None


def verify_folder(folder: Path, signers: Path | None = None) -> Verdict:
    """Every file of a folder, and that there is none besides.  Raises TargetError where there is no release."""
    own = {name: (folder / name).read_bytes() for name in sorted(OWN) if (folder / name).is_file()}
    release = _release(own.get(MANIFEST), str(folder))
    try:
        there = listed(folder, lambda name: name == WORKSHOP)
    except OSError as fault:
        raise TargetError(f"“{fault.filename}”打不开：{reason(fault)}") from fault
    sm3 = SM3_SUMS in own and "sm3" in hashlib.algorithms_available
    found = weighed(folder, [file.path for file in release.files], sm3=sm3)
    differences = [one for file, seen in zip(release.files, found, strict=True) if (one := _compared(file, seen))]
    known = {*(file.path for file in release.files), *own}
    differences += [Difference(path=path, what="多出来的，这一版里没有") for path in there if path not in known]
    if sm3:
        weights = [one for one in found if isinstance(one, Weight)]
        differences += _sm3(own, weights)
    return _judged(release, own, differences, signers)


def verify_site(address: str, signers: Path | None = None, progress: Progress = lambda *_: None) -> Verdict:
    """Every file as a web server gives it.  Raises TargetError where the site cannot be asked, or has no release."""
    site = Site(address)
    own = {name: answer.data for name in sorted(OWN) if (answer := site.asked(name)).status == 200}
    release = _release(own.get(MANIFEST), address)
    differences = []
    for at, (file, answer) in enumerate(zip(release.files, site.all(_addresses(release.files)), strict=True), 1):
        progress(at, len(release.files))
        if one := _answered(file, answer):
            differences.append(one)
    return _judged(release, own, differences, signers)


def _addresses(files: Sequence[File]) -> list[str]:
    """As readers ask for files: a page by its folder."""
    pages = [file.path.rpartition("/") for file in files]
    return [before + slash + ("" if name == "index.html" else name) for before, slash, name in pages]


def _release(data: bytes | None, where: str) -> Release:
    if data is None:
        raise TargetError(f"“{where}”没有 {MANIFEST}，不是发布出来的网站", "核对位置：要写网站首页所在的文件夹或网址")
    try:
        return manifest.parse(data)
    except ValueError as fault:
        raise TargetError(f"“{where}”的 {MANIFEST} 看不懂，或被人改过", "重新发布一次") from fault


def _compared(file: File, seen: Weight | OSError) -> Difference | None:
    if isinstance(seen, OSError):
        return Difference(path=file.path, what="不见了" if isinstance(seen, FileNotFoundError) else f"打不开：{reason(seen)}")
    return _same(file, seen.file.size, seen.file.sha256)


def _answered(file: File, answer: Answer) -> Difference | None:
    if answer.status in (404, 410):
        return Difference(path=file.path, what=f"不见了（服务器答 {answer.status}）")
    if answer.status != 200:
        moved = f"，转到 {answer.location}" if answer.location else ""
        return Difference(path=file.path, what=f"取不到（服务器答 {answer.status}{moved}）")
    return _same(file, len(answer.data), hashlib.sha256(answer.data).hexdigest())


def _same(file: File, size: int, sha256: str) -> Difference | None:
    if size != file.size:
        return Difference(path=file.path, what=f"大小不对：应当是 {file.size} 字节，现在是 {size} 字节")
    return None if sha256 == file.sha256 else Difference(path=file.path, what="内容变了（大小没有变）")


def _judged(release: Release, own: dict[str, bytes], differences: Sequence[Difference], signers: Path | None) -> Verdict:
    """The files' differences with those of the sums and of the signature."""
    more = list(_sums(release, own))
    signer = None
    if signers is not None and SIGNATURE not in own:
        more.append(Difference(path=SIGNATURE, what="没有签名"))
    elif signers is not None:
        signer = signed_by(own.get(SUMS, b""), own[SIGNATURE], signers)
        if signer is None:
            more.append(Difference(path=SIGNATURE, what="签名不对：不是名单里的人签的，或签了以后改过"))
    return Verdict(release=release, differences=(*differences, *more), signer=signer)


def _sums(release: Release, own: dict[str, bytes]) -> Iterator[Difference]:
    if SUMS not in own:
        yield Difference(path=SUMS, what="不见了")
    elif own[SUMS] != lines(release, own[MANIFEST]):
        yield Difference(path=SUMS, what=f"与 {MANIFEST} 说的不一样")


def _sm3(own: dict[str, bytes], weights: Sequence[Weight]) -> Iterator[Difference]:
    said = {
        path: total
        for line in own[SM3_SUMS].decode("utf-8", "replace").splitlines()
        for total, _, path in [line.partition("  ")]
    }
    now = {weight.file.path: weight.sm3 for weight in weights} | {MANIFEST: hashlib.new("sm3", own[MANIFEST]).hexdigest()}
    wrong = sorted(path for path, total in now.items() if said.get(path) != total)
    if wrong:
        named = "、".join(wrong[:3])
        yield Difference(path=SM3_SUMS, what=f"{len(wrong)} 个文件的 SM3 值对不上（{named}）")


def told(verdict: Verdict) -> Iterator[str]:
    """The verdict in sentences."""
    yield from (f"{one.path}：{one.what}" for one in verdict.differences)
    release = verdict.release
    if not verdict.differences:
        size = sum(file.size for file in release.files) / (1 << 20)
        yield f"一致：{release.id} 这一版（提交 {release.commit[:12]}）的 {len(release.files)} 个文件、{size:.1f} MB，都在，都没有变。"
    if verdict.signer:
        yield f"签名的是 {verdict.signer}。"
