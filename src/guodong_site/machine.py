"""What this computer lacks or refuses, said in Chinese: libraries that are not installed, files that cannot be opened."""

from __future__ import annotations

import errno
import os
from importlib.util import find_spec

from guodong_site import faults
from guodong_site.diagnostics import Diagnostic, Span

LIBRARIES = {
    "jinja2": "jinja2",
    "markdown": "markdown",
    "yaml": "pyyaml",
    "jieba": "jieba==0.42.1",
    "nh3": "nh3",
    "rich": "rich",
    "pypinyin": "pypinyin==0.55.0",
    "segno": "segno==1.6.6",
}
"""What no command can do without: modules by their names in Python, packages as pip is asked for them."""

SEARCH_ENGINE = "pagefind-bin==1.5.2"
"""What only the index needs: `--no-search` does without it."""

PICTURE_LIBRARY = "pillow==13.0.0"
"""What makes pictures small; without it they go out as they are, cleaned."""

_REASONS = {
    errno.EISDIR: "它是文件夹，不是文件",
    errno.ENOENT: "文件不在",
    errno.ENOTDIR: "上级不是文件夹",
    errno.ELOOP: "它是指向自己的链接",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EIO: "磁盘读写出错",
    errno.EMFILE: "打开的文件太多",
    errno.ENOMEM: "内存不够",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EROFS: "磁盘是只读的",
    errno.EFBIG: "文件超出大小限制",
    errno.ENOEXEC: "不能在这台电脑上运行",
}


def reason(fault: OSError, doing: str = "读取") -> str:
    """Why the system refused a file, in a few Chinese words; `doing` is what there is no right to."""
    if fault.errno in (errno.EACCES, errno.EPERM):
        return f"没有{doing}权限"
    return _REASONS.get(fault.errno or 0, f"系统出错（{fault.errno}）" if fault.errno else "系统出错")


def unreadable(path: str, fault: OSError, hint: str) -> Diagnostic:
    """A file of the project that cannot be opened."""
    return faults.UNREADABLE_FILE.at(Span(path=path), f"打不开：{reason(fault)}", hint)


def absent() -> tuple[str, ...]:
    """The packages of LIBRARIES that are not installed."""
    return tuple(package for module, package in LIBRARIES.items() if find_spec(module) is None)


def cores() -> int:
    """How many processes may work at the same time, where nobody chose."""
    return min(4, os.cpu_count() or 1)
