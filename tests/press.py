"""The program, loaded once, and a process forked off it for each command: it ends as it would for a clerk, half a second sooner.

Loading Python and our modules was half of what the suite cost.  That a command starts from nothing is tested where it is the
matter: test_door.py, test_unchanged.py, and wherever a test starts the program itself.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Press:
    """Commands of one program; several may run at the same time.  What one has in memory is there for no other."""

    def __init__(self, address: str) -> None:
        """`address` is a socket's, where the program listens."""
        self._address = address

    def run(self, folder: Path, arguments: tuple[str, ...], timeout: float) -> tuple[int, str, str]:
        """Exit code (negative: the signal) and what was printed to either stream.  Raises subprocess.TimeoutExpired."""
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, socket.socket(socket.AF_UNIX) as line:
            line.connect(self._address)
            line.settimeout(timeout)
            order = {"folder": str(folder), "arguments": arguments, "environment": dict(os.environ)}
            socket.send_fds(line, [b"\n"], [out.fileno(), err.fileno()])
            line.sendall(json.dumps(order).encode() + b"\n")
            with line.makefile("r") as told:
                pid = int(told.readline())
                try:
                    code = int(told.readline())
                except TimeoutError:
                    os.kill(pid, signal.SIGKILL)
                    raise subprocess.TimeoutExpired(["guodong", *arguments], timeout) from None
            out.seek(0)
            err.seek(0)
            return code, out.read().decode("utf-8", "replace"), err.read().decode("utf-8", "replace")


@contextmanager
def loaded(also: str = "") -> Iterator[Press]:
    """A program, loaded; `also` is Python to run in it before the first command."""
    with tempfile.TemporaryDirectory(prefix="press-") as folder:
        address = f"{folder}/line"
        with subprocess.Popen(
            [sys.executable, __file__, address, also], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            assert process.stdout.readline() == "loaded\n"
            yield Press(address)
            process.stdin.close()


def _serve(address: str, also: str) -> None:
    """Until nobody holds our input any more."""
    import functools
    import gc
    import importlib
    import pkgutil
    import select
    from importlib.util import find_spec

    import guodong_site
    from guodong_site import lexicon, pinyin, words

    for module in pkgutil.walk_packages(guodong_site.__path__, "guodong_site."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    words._jieba_itself()
    for home, name, file in ((lexicon, "jieba", "dict.txt"), (pinyin, "pypinyin", "")):  # read once, not in every child
        cut = home._cut = functools.cache(home._cut)  # type: ignore[attr-defined]
        spec = find_spec(name)
        assert spec is not None
        assert spec.origin is not None
        cut(Path(spec.origin).parent / file)
    os.sync = os.fsync = lambda *_: None  # type: ignore[assignment]  # no power cut is tested here
    exec(also, globals())  # noqa: S102  # a test's own
    gc.collect()
    gc.freeze()  # children share these pages as long as nobody counts them
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen(16)
        print("loaded", flush=True)
        while sys.stdin not in select.select([listener, sys.stdin], [], [])[0]:
            line, _ = listener.accept()
            if os.fork() == 0:
                listener.close()
                _attend(line)
                os._exit(0)
            line.close()


def _attend(line: socket.socket) -> None:
    """One command: started, waited for, told."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _, papers, _, _ = socket.recv_fds(line, 1, 2)
    with line.makefile("r", encoding="utf-8") as asked:
        order = json.loads(asked.readline())
    child = os.fork()
    if not child:
        line.close()
        _work(order["folder"], order["arguments"], order["environment"], papers)
    line.sendall(f"{child}\n".encode())
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    line.sendall(f"{code}\n".encode())


def _work(folder: str, arguments: list[str], environment: dict[str, str], papers: list[int]) -> None:
    """The command, in a process that looks like one that was started for it."""
    import atexit
    import time
    import traceback

    from guodong_site.door import main

    code = 1
    try:
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        time.tzset()
        tempfile.tempdir = None
        sys.argv = ["guodong", *arguments]
        nothing = os.open(os.devnull, os.O_RDONLY)
        for at, paper in enumerate((nothing, *papers)):
            os.dup2(paper, at)
        code = main(arguments)
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else 1
    except BaseException:  # noqa: BLE001  # as Python itself ends
        traceback.print_exc()
    finally:
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    _serve(sys.argv[1], sys.argv[2])
