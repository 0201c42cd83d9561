"""issues/ → Manuscripts: the only module that lists and reads the input folder."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from guodong_site import faults
from guodong_site.config import Settings
from guodong_site.diagnostics import Diagnostic, Span
from guodong_site.machine import unreadable
from guodong_site.manuscript import Manuscript, read_manuscript
from guodong_site.plates import Picture
from guodong_site.source import LIMIT, decode
from guodong_site.words import Cutter

ISSUES = "issues"
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")

_TEXTS = frozenset(("", ".txt", ".text", ".markdown", ".mdown", ".mkd"))
_WORD = frozenset((".doc", ".docx", ".wps", ".rtf", ".odt"))
_NOISE = frozenset(("thumbs.db", "desktop.ini"))
"""What Windows leaves in folders."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueFile:
    """A file that holds an issue: `name` as the project calls it, the issue's id, and the files of its folder."""

    path: Path
    name: str
    issue_id: str
    pictures: tuple[Picture, ...] = ()


def is_issue_id(stem: str) -> bool:
    """Whether a file name, without its ending, can name an issue."""
    return _ID.fullmatch(stem) is not None


def list_issues(root: Path, digests: Mapping[str, bytes]) -> tuple[list[IssueFile], list[Diagnostic]]:
    """Every issue file below `root`/issues, and what is wrong with their names.

    `digests` are those of the contents of files as far as they are known, by absolute path.
    """
    listed: list[IssueFile] = []
    found: list[Diagnostic] = []
    first: dict[str, str] = {}
    files, folders = _files(root, found)
    for path in sorted(files, key=_awkward):  # of two files with one id, the one well named is right
        name = path.relative_to(root).as_posix()
        issue_id, wrong = _issue_id(name)
        found += wrong
        if issue_id is None:
            continue
        if issue_id in first:
            message = f"与 {first[issue_id]} 是同一期（{issue_id}）"
            hint = "同一期只留一个文件；如果是另一期，文件名改成它自己的 年份-期号.md"
            found.append(faults.DUPLICATE_ISSUE_ID.at(Span(path=name), message, hint))
        first.setdefault(issue_id, name)
        if path.is_symlink() and path.exists() and not path.resolve().is_relative_to(root.resolve()):
            message = "这是链接，指向项目以外的文件"
            found.append(faults.UNREADABLE_FILE.at(Span(path=name), message, "把真正的文件放进 issues/"))
            continue
        pictures = _pictures(path.with_suffix(""), digests) if str(path)[: -len(path.suffix)] in folders else ()
        listed.append(IssueFile(path=path, name=name, issue_id=issue_id, pictures=pictures))
    return listed, found


def find_issue(root: Path, issue_id: str) -> IssueFile | None:
    """The file of one issue, by its id."""
    return next((file for file in list_issues(root, {})[0] if file.issue_id == issue_id), None)


def read_issue(file: IssueFile, data: bytes | Diagnostic, settings: Settings, cutter: Cutter) -> Manuscript:
    """What came of a file: `data` is what is in it, or why that cannot be had."""
    if isinstance(data, Diagnostic):
        return Manuscript(issue=None, found=(data,))
    text, found = decode(file.name, data)
    if text is None:
        return Manuscript(issue=None, found=tuple(found))
    made = read_manuscript(text, file.issue_id, settings, cutter, tuple(picture.name for picture in file.pictures))
    return Manuscript(issue=made.issue, found=(*found, *made.found), inferred=made.inferred)


def _files(root: Path, found: list[Diagnostic]) -> tuple[list[Path], set[str]]:
    """Every .md file in name order, and every folder.  Broken links too, so that they are complained of; hidden and `_` files
    are not ours."""
    folder = root / ISSUES
    files: list[Path] = []
    every: set[str] = set()

    def closed(fault: OSError) -> None:
        name = Path(fault.filename).relative_to(root).as_posix()
        found.append(unreadable(name, fault, "检查文件夹是否还在、有没有权限"))

    albums: set[Path] = set()  # folders of an issue's pictures, whose files are asked for by name
    for base, folders, names in os.walk(folder, onerror=closed):
        places = [Path(base, name) for name in sorted({*names, *folders}) if not name.startswith((".", "_", "~$"))]
        folders[:] = [place.name for place in places if place.name in folders and place.suffix.lower() != ".md"]
        files += [place for place in places if place.suffix.lower() == ".md"]
        every |= {os.path.join(base, name) for name in folders}  # noqa: PTH118  # a Path costs as much as all the rest
        inside = Path(base) in albums
        albums |= {Path(base, name) for name in folders if inside or f"{name}.md" in names}
        if not inside:
            found += [_stray(place, root) for place in places if place.name in names and _is_stray(place)]
        for linked in (place for place in places if place.name in folders and place.is_symlink()):
            message = "这是指向别处的文件夹链接，里面的期刊不会被读取"
            found.append(
                faults.UNREADABLE_FILE.at(Span(path=linked.relative_to(root).as_posix()), message, "把真正的文件夹放进来")
            )
    return files, every


def _is_stray(path: Path) -> bool:
    """Whether a file among the issues is none, nor anything else that may lie there."""
    return path.suffix.lower() != ".md" and not path.name.endswith(".review.yaml") and path.name.lower() not in _NOISE


def _stray(path: Path, root: Path) -> Diagnostic:
    """A file that would be passed over in silence, though somebody may have meant it as an issue."""
    name, stem = path.relative_to(root).as_posix(), path.name.split(".")[0]
    meant = f"{stem}.md" if _ID.fullmatch(stem) else "年份-期号.md"
    message, hint = "这个文件不会发布", "图片和附件放进与本期同名的文件夹；用不着的，从 issues/ 里移走"
    if path.suffix.lower() in _TEXTS:
        message, hint = "这个文件不会被读取：期刊文件的名称要以 .md 结尾", f"把文件改名为 {meant}"
    elif path.suffix.lower() in _WORD:
        message, hint = "这个文件不会被读取：它是文字处理软件的文档", f"从 issues/ 里移出来，用 guodong import 导入成 {meant}"
    if hint.endswith(meant) and path.with_name(meant).exists():
        hint = f"已经有 {meant}；这一份用不着的，从 issues/ 里移走"
    return faults.STRAY_FILE.at(Span(path=name if _is_text(name) else name.encode("utf-8", "replace").decode()), message, hint)


def _issue_id(name: str) -> tuple[str | None, list[Diagnostic]]:
    """The issue's id from its file name, and what is wrong with the name."""
    stem = Path(name).stem
    if not _is_text(name):
        shown = name.encode("utf-8", "replace").decode()
        return None, [faults.UNUSABLE_FILE_NAME.at(Span(path=shown), "文件名不是 UTF-8 编码", "把文件改名为 年份-期号.md")]
    plain = re.sub(r"[\s\u3000]+", "-", stem.strip())
    if not _ID.fullmatch(plain):
        hint = "改成 年份-期号，如 2024-03.md"
        return None, [faults.UNUSABLE_FILE_NAME.at(Span(path=name), f"文件名“{stem}”不能做网址", hint)]
    if plain == stem:
        return stem, []
    message = f"文件名里有空格，网址按“{plain}”处理"
    return plain, [faults.AWKWARD_FILE_NAME.at(Span(path=name), message, f"把文件改名为 {plain}.md")]


def _awkward(path: Path) -> bool:
    """Whether a file's name has blanks, which its id has not."""
    return re.search(r"\s", path.stem) is not None


def content(file: IssueFile) -> bytes | Diagnostic:
    """The bytes of a file; whatever stops it from being read is a fault, never an exception."""
    path, where = file.path, Span(path=file.name)
    try:
        if not path.is_file() and path.exists():  # a folder, a pipe: opening one would wait for ever
            message = "打不开：它是文件夹，不是文件" if path.is_dir() else "打不开：它不是普通文件"
            return faults.UNREADABLE_FILE.at(where, message, "检查文件权限，或从原稿重新保存")
        with path.open("rb") as opened:  # one byte over the limit tells that it is over, without reading 50 MB
            data = opened.read(LIMIT + 1)
        size = path.stat().st_size
    except OSError as fault:
        if path.is_symlink() and not path.exists():
            message, hint = "这是失效的链接，指向的文件已经不在", "删去这个链接，把真正的文件放进来"
            return faults.UNREADABLE_FILE.at(where, message, hint)
        return unreadable(file.name, fault, "检查文件权限，或从原稿重新保存")
    if len(data) > LIMIT:
        message = f"文件有 {size / 1024 / 1024:.0f} MB，太大了，没有读取"
        return faults.HUGE_FILE.at(where, message, "把图片移到与本期同名的文件夹里")
    return data


def _pictures(folder: Path, digests: Mapping[str, bytes]) -> tuple[Picture, ...]:
    """The files of an issue's folder that lie there in truth: a link could bring out any file of this computer."""
    if not folder.is_dir():
        return ()
    home = folder.resolve()
    files = sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith(".") and p.suffix != ".md")
    names = [(p.relative_to(folder).as_posix(), p) for p in files if p.resolve().is_relative_to(home)]
    return tuple(
        Picture(name=name, path=str(p), digest=digests.get(os.path.abspath(p), b"").hex())  # noqa: PTH100  # links kept
        for name, p in names
        if _is_text(name)
    )


def _is_text(name: str) -> bool:
    """Whether a file name is text: one in an old encoding reaches us as surrogates, which no address can carry."""
    return not any("\ud800" <= char <= "\udfff" for char in name)
