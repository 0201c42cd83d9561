"""A child that sends a site, or takes it back, and is killed (SIGKILL) at its n-th step on the disk, or after so many seconds.

Read from standard input, a JSON line each: [place, site, step or null, seconds or null, rollback]; answered by how the child
ended and how many steps it took.  Loaded once: every child is a fork of it.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from shipments import opened, sent

STEPS = frozenset(
    "open os.rename os.link os.symlink os.mkdir os.remove os.rmdir os.scandir os.listdir shutil.copyfile shutil.rmtree".split()
)
os.sync = lambda: None  # no power cut is tested here


def child(place: Path, site: Path, step: int | None, seconds: float | None, *, back: bool, told: int) -> None:
    """Does it, and dies on the way."""
    taken = 0

    def hook(event: str, _: tuple[Any, ...]) -> None:
        nonlocal taken
        if event in STEPS:
            taken += 1
            if taken == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    if seconds is not None:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)
    if back:
        with opened(place) as target:
            target.rollback(lambda *_: None)
    else:
        sent(place, site)
    os.write(told, str(taken).encode())


def main() -> None:
    """Answers line by line."""
    for line in sys.stdin:
        place, site, step, seconds, back = json.loads(line)
        ear, told = os.pipe()
        pid = os.fork()
        if not pid:
            code = 70
            try:
                child(Path(place), Path(site), step, seconds, back=back, told=told)
                code = 0
            finally:
                os._exit(code)
        os.close(told)
        with os.fdopen(ear) as heard:
            taken = heard.read()
        print(json.dumps([os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), int(taken or 0)]), flush=True)


if __name__ == "__main__":
    main()
