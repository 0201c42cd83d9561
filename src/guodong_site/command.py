"""What a command is: its name, what it says of itself, its options, what it does.  `commands/` holds one file each."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass

from guodong_site.report import Reporter

USAGE = 2
"""Exit code of wrong usage."""


def _nothing(_: argparse.ArgumentParser) -> None:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """`add` says its options, `run` does it and gives the exit code.  Most need a project; some (`doctor`) work anywhere."""

    name: str
    summary: str
    run: Callable[[argparse.Namespace, Reporter], int]
    add: Callable[[argparse.ArgumentParser], None] = _nothing
    anywhere: bool = False
