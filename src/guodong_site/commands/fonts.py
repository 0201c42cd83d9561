"""`guodong fonts`: which typeface of the printed edition is filled by which font of this computer; `--fetch` gets the free ones."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from guodong_site import foundry
from guodong_site.command import USAGE, Command
from guodong_site.report import Reporter
from guodong_site.typefaces import FOLDER, FONT_LIBRARY, Filling, fillings, folders
from guodong_site.typesetter import TYPESETTING_LIBRARY, Face, equipped, faces, unheld

_LACKS = 4

_REGULAR = 400

_RARE = "昇堃犇喆玥赟淏祎䶮㎡"
"""Characters of people's names, and one unit, that fonts of only the common characters lack."""


def add(one: argparse.ArgumentParser) -> None:
    """Its options."""
    one.add_argument("--fetch", action="store_true", help=f"下载 Fandol 仿宋、楷体、黑体、宋体，放进 {foundry.PLACE}/")
    one.add_argument("--deb", type=Path, metavar="文件", help=f"从已经下载的 Debian 软件包 {foundry.PACKAGE} 里取（不上网）")
    one.add_argument(
        "--system-fonts", action="store_true", help="连这台电脑上的字体一起看，即 guodong print --system-fonts 所用"
    )


def run(options: argparse.Namespace, reporter: Reporter) -> int:
    """Fetches where that was asked for, and lists."""
    root: Path = options.root
    if options.fetch or options.deb:
        code = _fetched(root, options.deb, reporter)
        if code:
            return code
    if not equipped():
        reporter.refuse(f"这台电脑没有安装排版程序 typst。运行 pip install {TYPESETTING_LIBRARY} {FONT_LIBRARY}")
        return _LACKS
    there = faces(root, system=options.system_fonts)
    filled = fillings({face.family for face in there})
    code = 0 if all(one.families for one in filled) else _LACKS
    lacks = {one.family: unheld(root, one.family, _RARE, system=options.system_fonts) for one in filled if one.family}
    rows = [_row(root, one, there, lacks) for one in filled]
    reporter.outcome(_sentences(rows, system=options.system_fonts), {"version": 1, "exit": code, "roles": rows})
    if code:
        reporter.refuse(f"没有可以用来排版的中文字体。运行 pip install {FONT_LIBRARY}")
    return code


def _fetched(root: Path, deb: Path | None, reporter: Reporter) -> int:
    if deb is not None and not deb.is_file():
        reporter.refuse(f"没有“{deb}”这个文件。")
        return USAGE
    if foundry.standing(root):
        reporter.say(f"Fandol 字体已经在 {foundry.PLACE}/ 里，校验和都对，没有再取。")
        return 0
    refused = foundry.fetch(root, deb, reporter.say)
    if refused:
        reporter.refuse(f"{refused}。")
        return _LACKS
    reporter.say(f"{len(foundry.FANDOL)} 个字体放进了 {foundry.PLACE}/，校验和都对。")
    reporter.say("以后这台电脑用它们排印刷版，与没有它们的电脑排出的不同：由别的电脑发布的，在那里也运行一次。")
    return 0


def _row(root: Path, filling: Filling, there: tuple[Face, ...], lacks: dict[str, str]) -> dict[str, object]:
    """What is told of a role."""
    family = filling.family
    face = min((one for one in there if one.family == family), key=lambda one: abs(one.weight - _REGULAR), default=None)
    return {
        "key": filling.role.key,
        "name": filling.role.name,
        "use": filling.role.use,
        "family": family,
        "substituted": filling.substituted,
        "from": _origin(root, face) if face else None,
        "lacks": lacks.get(family, "") if family else "",
        "next": list(filling.families[1:]),
    }


def _origin(root: Path, face: Face) -> str:
    """Who brought a font."""
    if face.path is None:
        return "排版程序自带"
    path, own = Path(face.path).resolve(), (root / FOLDER).resolve()
    if path.is_relative_to(own):
        return f"{FOLDER}/{path.relative_to(own).as_posix()}"
    packaged = any(path.is_relative_to(folder.resolve()) for folder in folders(root))
    return "附加组件 pdf" if packaged else f"这台电脑的 {path.parent}"


def _sentences(rows: list[dict[str, object]], *, system: bool) -> Iterator[str]:
    for row in rows:
        head = f"{row['name']}（{row['use']}）："
        if not row["family"]:
            yield f"{head}没有"
            continue
        instead = "（代用）" if row["substituted"] else ""
        lacks = f"；缺“{row['lacks']}”等人名用字" if row["lacks"] and row["key"] != "latin" else ""
        follows = f"，由 {row['next'][0]} 补" if lacks and isinstance(row["next"], list) and row["next"] else ""
        yield f"{head}{row['family']}{instead}，来自 {row['from']}{lacks}{follows}"
    substituted = {row["key"] for row in rows if row["substituted"]}
    if substituted & {"fangsong", "kaiti"}:
        yield "代用的也能排印；要免费的仿宋、楷体，运行 guodong fonts --fetch。"
    if "xiaobiaosong" in substituted:
        yield f"本办有方正小标宋等字体的，把字体文件放进项目的 {FOLDER}/ 文件夹，就用它排。"
    if not system:
        yield "这台电脑上安装的字体不用，使每台电脑排得一样；只供打印的，可用 guodong print 期 --system-fonts。"


COMMAND = Command(name="fonts", summary="印刷版的每种字体由什么字体充任；下载自由的仿宋、楷体", add=add, run=run)
