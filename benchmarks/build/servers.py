"""From a saved edit to the changed page served: a development server asked over and over, as a browser would be reloaded."""

from __future__ import annotations

import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import Any

from sites import Site
from tools import PROJECT

TIMES = 7
"""Edits measured."""

GIVE_UP = 25.0
"""Seconds for an edit to be seen."""

_START = 180.0  # seconds for the first page
_EVERY = 0.003  # seconds between two questions


def latency(site: Site) -> dict[str, Any]:
    """Milliseconds of every edit; `gave_up` where one was not seen in time."""
    site.prepare()
    port = _free_port()
    server = subprocess.Popen(
        _command(site, port),
        cwd=site.root,
        env={**os.environ, "PYTHONPATH": str(PROJECT / "src")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    chance, times, seen = random.Random(7), [], True
    try:
        with site.edited():
            if not _until(port, site.address(), b"<article", _START):
                return {"ms": [], "gave_up": _START}
            while seen and len(times) < TIMES:
                time.sleep(chance.uniform(1.0, 1.5))  # at no fixed place in anybody's interval
                words = f"（第{len(times) + 1}次更正）"
                files = site.saying(words)
                start = time.perf_counter()
                for path, text in files.items():
                    path.write_text(text, encoding="utf-8")
                seen = _until(port, site.address(), words.encode(), GIVE_UP)
                took = (time.perf_counter() - start) * 1000
                times += [round(took, 1)] if seen else []
                print(
                    f"{site.root.parent.name:>12} {site.tool.key:14} {'seen' if seen else 'given up':9} {took:8.1f} ms",
                    flush=True,
                )
    finally:
        _end(server)
    return {"ms": times} if seen else {"ms": times, "gave_up": GIVE_UP}


def _command(site: Site, port: int) -> Sequence[str]:
    if site.tool.ours:
        return (sys.executable, "-m", "guodong_site", "serve", "--root", ".", "--port", str(port))
    return (site.tool.command[0], "server", "--bind", "127.0.0.1", "--port", str(port))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _until(port: int, address: str, wanted: bytes, limit: float) -> bool:
    """Asks until the page holds what is wanted."""
    end = time.perf_counter() + limit
    while time.perf_counter() < end:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=limit)
        try:
            connection.request("GET", address)
            if wanted in connection.getresponse().read():
                return True
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)  # not up yet, or between two states
        finally:
            connection.close()
        time.sleep(_EVERY)
    return False


def _end(server: subprocess.Popen[bytes]) -> None:
    """The server we started, and what it started."""
    os.killpg(server.pid, signal.SIGTERM)
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
