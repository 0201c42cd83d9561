"""The one door: `guodong`, `python -m guodong_site` and build.py.  Opens without any library, to say which one is missing."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NoReturn

from guodong_site.unchanged import said_again

LACKING = 4


def main(arguments: Sequence[str]) -> int:
    """Runs one command and gives its exit code; where a library is missing, one sentence and 4."""
    _speak_utf8()
    said = said_again(arguments)
    if said is not None:
        print(said, end="")
        return 0
    from guodong_site.machine import absent  # noqa: PLC0415  # who has nothing to do needs to know no library

    missing = absent()  # before anything is begun: a build must not end half-way for want of one
    if not missing:
        try:
            from guodong_site import cli  # noqa: PLC0415  # it stands on the libraries

            known = cli.commands_of(arguments)
        except ModuleNotFoundError as fault:  # what one of them stands on
            if fault.name is None or fault.name.startswith(__package__ or ""):
                raise
            missing = (fault.name,)
        else:
            return cli.main(arguments, known)
    inside = sys.prefix != sys.base_prefix
    command = f"{sys.executable} -m pip install" if inside else "python3 -m venv .venv && .venv/bin/pip install"
    print(f"缺少程序库 {'、'.join(missing)}。请在项目文件夹运行：{command} --editable .", file=sys.stderr)
    return LACKING


def _speak_utf8() -> None:
    """An old Windows console or a C locale would turn Chinese into a crash."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def entry() -> NoReturn:
    """The console script."""
    sys.exit(main(sys.argv[1:]))
