"""Bytes → disk: changed files swapped in whole from a journal, stale ones removed, unchanged ones not touched.

Interrupted at any instant, the folder is finished or undone by the next `recover` (DESIGN.md §7).  The protocol:
1. every changed file is written to `.guodong/new/` and flushed;
2. `.guodong/journal.json` is put in place by rename: from here on the new site is certain;
3. files are renamed to their places, stale ones removed, the journal is deleted.
A crash before 2 leaves the old site and some rubbish; after 2, a site that `recover` completes.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from guodong_site import faults
from guodong_site.diagnostics import Diagnostic, Span
from guodong_site.machine import reason

WORKSHOP = ".guodong"
"""Our folder inside the output: it marks the output as ours, and is on the same disk, so that rename is atomic."""

_MARK, _JOURNAL, _NEW = "built.json", "journal.json", "new"
_OURS = ("issues", "templates", "static", "editorial", "src", "tests", "docs", "benchmarks", ".ci", ".git")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a write did, in paths relative to the output folder."""

    created: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def touched(self) -> tuple[str, ...]:
        """The paths of all that is different now."""
        return (*self.created, *self.changed, *self.removed)

    @property
    def anything(self) -> bool:
        """Whether the folder is different now."""
        return bool(self.created or self.changed or self.removed)


def refusal(out: Path, root: Path, *, foreign: bool = True) -> str | None:
    """Why `out` may not be an output folder, in one sentence; None where it may, or where `write` will say what is wrong.

    With `foreign` one that holds files is a site's, or may not be written to.
    """
    try:
        out, root = out.resolve(), root.resolve()
        strange = next(out.iterdir(), None) if foreign and out.is_dir() and not (out / WORKSHOP).is_dir() else None
        file = out.exists() and not out.is_dir()
    except (OSError, RuntimeError):  # no right to look, a link to itself
        return None
    for name in _OURS:
        if out == root / name or root / name in out.parents:
            return f"输出文件夹不能放在 {name}/ 里面，那里是原稿和程序"
    if out == root or out in root.parents:
        return "输出文件夹不能是项目文件夹本身或它的上级，否则会覆盖原稿"
    if file:
        return f"“{out.name}”是一个文件，不是文件夹"
    if strange is not None:
        return f"文件夹“{out.name}”里已有别的文件（如“{strange.name}”），不是本程序生成的；请换一个空文件夹"
    return None


def recover(out: Path) -> bool | Diagnostic:
    """Finishes or undoes an interrupted write: True where there was one, a Diagnostic where it cannot be done."""
    try:
        return _recover(out)
    except (OSError, RuntimeError) as fault:
        return _unwritable(out, fault, "上次中断的写入还没有完成")
    except (ValueError, KeyError, TypeError):  # somebody else's hand, or another version's
        message = f"“{out}”里的写入记录看不懂"
        return faults.UNWRITABLE_OUTPUT.at(Span(path=str(out)), message, "删去这个文件夹后重新生成，或换一个文件夹（--out）")


def write(
    made: Mapping[str, bytes], out: Path, *, kept: Collection[str] = (), present: set[str] | None = None, drafts: bool = False
) -> Written | Diagnostic:
    """Makes `out` hold exactly `made` (path → bytes) and what it holds at `kept`, besides our own folder.

    `present` are all files it holds now, if that is known; `drafts` marks it as not for publishing.

    Returns a Diagnostic where the folder cannot be written: the site is as it was, or the next `recover` completes it.
    """
    every = {*made, *kept}
    clash = next((path for path in made if any(parent in every for parent in _parents(path))), None)
    if clash is not None:
        raise ValueError(clash)  # a file and a folder of one name: the plan is wrong, which is our bug
    try:
        return _write(made, every, _present(out) if present is None else present, out, drafts=drafts)
    except (OSError, RuntimeError) as fault:
        if (out / WORKSHOP / _JOURNAL).is_file():
            return _unwritable(out, fault, "写到一半停下了，再运行一次就会接着写完")
        shutil.rmtree(out / WORKSHOP / _NEW, ignore_errors=True)
        return _unwritable(out, fault, "网站保持原样")


def _unwritable(out: Path, fault: Exception, state: str) -> Diagnostic:
    why = "它是指向自己的链接"  # which Python 3.11 and 3.12 say with a RuntimeError
    if isinstance(fault, OSError):
        why = "这里建不了文件夹" if fault.errno == errno.ENOENT else reason(fault, "写入")
    message = f"写不进“{out}”：{why}；{state}"
    return faults.UNWRITABLE_OUTPUT.at(Span(path=str(out)), message, "换一个文件夹（--out），或清理磁盘、请管理员开通权限")


def _parents(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:n]) for n in range(1, len(parts))]


def _recover(out: Path) -> bool:
    workshop = out / WORKSHOP
    journal = workshop / _JOURNAL
    if journal.is_file():
        plan = json.loads(journal.read_text(encoding="utf-8"))  # put in place by rename, so whole or not there
        _apply(out, plan["files"], plan["removed"], drafts=plan["drafts"])
        return True
    if (workshop / _NEW).is_dir():
        shutil.rmtree(workshop / _NEW)
        return True
    return False


def _write(made: Mapping[str, bytes], every: set[str], present: set[str], out: Path, *, drafts: bool) -> Written:
    workshop = out / WORKSHOP
    workshop.mkdir(parents=True, exist_ok=True)
    present = {path for path in present if not path.startswith(WORKSHOP + "/")}
    created = sorted(path for path in made if path not in present)
    changed = sorted(path for path in made if path in present and _content(out / path) != made[path])
    removed = sorted(present - every)
    if created or changed or removed:
        _stage(workshop, {path: made[path] for path in (*created, *changed)}, removed, drafts=drafts)
        _apply(out, [*created, *changed], removed, drafts=drafts)
    elif _content(workshop / _MARK) != _marked(drafts=drafts):
        _put(workshop / _MARK, _marked(drafts=drafts))
    return Written(created=tuple(created), changed=tuple(changed), removed=tuple(removed))


def _present(out: Path) -> set[str]:
    """Every file of the output but our own, relative; links count as files."""
    found = set()
    for base, folders, names in os.walk(out):
        links = [name for name in folders if Path(base, name).is_symlink()]
        if Path(base) == out:
            folders[:] = [name for name in folders if name != WORKSHOP]
        found |= {Path(base, name).relative_to(out).as_posix() for name in (*names, *links)}
    return found


def _content(path: Path) -> bytes | None:
    """The bytes of a file of ours; None for a link or what cannot be read, which is then replaced."""
    try:
        return None if path.is_symlink() else path.read_bytes()
    except OSError:
        return None


def _marked(*, drafts: bool) -> bytes:
    return (json.dumps({"drafts": drafts}) + "\n").encode()


def _stage(workshop: Path, files: Mapping[str, bytes], removed: list[str], *, drafts: bool) -> None:
    """Steps 1 and 2: everything new on the disk under its number, then the journal."""
    new = workshop / _NEW
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir()
    for number, data in enumerate(files.values()):
        with (new / str(number)).open("wb") as file:
            file.write(data)
            if not hasattr(os, "sync"):  # Windows
                file.flush()
                os.fsync(file.fileno())
    if hasattr(os, "sync"):
        os.sync()  # one call for all files: thousands of fsyncs would cost minutes on an old disk
    _put(workshop / _JOURNAL, json.dumps({"files": list(files), "removed": removed, "drafts": drafts}).encode())


def _put(path: Path, data: bytes) -> None:
    """One small file, whole or not at all, also after a power cut."""
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _apply(out: Path, files: list[str], removed: list[str], *, drafts: bool) -> None:
    """Step 3, which may be repeated.  Assets first and pages last, so that no page asks for what is not there yet.

    A folder that receives drafts is marked before the first of them; the mark goes only after the last is gone.
    """
    workshop = out / WORKSHOP
    new = workshop / _NEW
    if drafts:
        _put(workshop / _MARK, _marked(drafts=True))
    for path in removed:  # what stands where a folder must be, or the other way round
        if any(other.startswith(path + "/") or path.startswith(other + "/") for other in files):
            _remove(out, path)
    order = sorted(range(len(files)), key=lambda n: (files[n].endswith(".html"), files[n] == "index.html", n))
    for number in order:
        staged = new / str(number)
        if staged.exists():
            target = out / files[number]
            target.parent.mkdir(parents=True, exist_ok=True)
            if target.is_dir() and not target.is_symlink():
                shutil.rmtree(target)  # its files are gone already: only empty folders are left
            staged.replace(target)
    for path in removed:
        _remove(out, path)
    _put(workshop / _MARK, _marked(drafts=drafts))
    (workshop / _JOURNAL).unlink(missing_ok=True)
    shutil.rmtree(new, ignore_errors=True)


def _remove(out: Path, path: str) -> None:
    """Removes a file and the folders it leaves empty."""
    target = out / path
    if target.is_symlink() or target.is_file():  # repeated after a crash, a folder or nothing may stand there
        target.unlink()
    for folder in target.parents:
        if folder == out or not folder.is_dir() or any(folder.iterdir()):
            break
        folder.rmdir()


def unfinished(out: Path) -> str:
    """Why the output folder is not to be published: empty where it was written to the end, and holds no drafts."""
    workshop = out / WORKSHOP
    if (workshop / _JOURNAL).exists() or (workshop / _NEW).exists():
        return "上一次写入没有完成"
    marked = _content(workshop / _MARK)
    if marked is None:
        return "不是生成的网站"
    return "" if marked == _marked(drafts=False) else "里面有草稿"
