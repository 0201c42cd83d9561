"""A file to download that is larger than a reader on the road waits for."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

from guodong_site.archive import Archive
from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule, Severity
from guodong_site.plates import SUFFIXES

RULE = Rule(
    code="K013",
    name="heavy-attachment",
    title="附件太大",
    why="附件原样发布。超过10 MB的，用手机流量的读者要等十几秒，邮箱也多半转发不了。图片不用管，网页上另有缩小了的。",
    wrong="[人防工程图册](2024-03/图册.pdf)（35 MB）",
    right="[人防工程图册](2024-03/图册.pdf)（压缩到 6 MB，或分成几个文件）",
    severity=Severity.WARNING,
)
MOST = 10 * 1024 * 1024


def on(archive: Archive, today: datetime.date) -> Iterator[Diagnostic]:  # noqa: ARG001  # thousands of files are looked at; the day is all one
    """At the first link to it."""
    for entry in archive.entries:
        for file in entry.pictures:
            size = 0 if Path(file.name).suffix.lower() in SUFFIXES else _size(Path(file.path))
            if size > MOST:
                for article in entry.open().articles:
                    link = next((one for one in article.prose.links if one.target.rpartition("/")[2] == file.name), None)
                    if link is not None:
                        message = f"附件“{file.name}”有 {size / 1024 / 1024:.0f} MB，读者要下载很久"
                        yield RULE.at(link.where, message, "压缩它，或分成几个文件", item=article.key)
                        break


def _size(file: Path) -> int:
    """In bytes; what cannot be read is another fault."""
    try:
        return file.stat().st_size
    except OSError:
        return 0


CHECK = Check(rule=RULE, on=on)
