"""What a delta over SFTP costs: `python benchmarks/publishing/sftp.py [ISSUES]`, with a server of its own on the loopback address.

A made-up site of 18 pages an issue; of the next release a new issue is new and the home page changed.  An account with a shell,
and one that is held to sftp.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

import shipping

from guodong_site.publishing.targets.sftp import TARGET


def measured(folder: Path, kind: str, issues: int) -> None:
    """One server: the first release, the next."""
    chance = random.Random(1)
    first = {f"issues/{issue}/{page}/index.html": chance.randbytes(8000) for issue in range(issues) for page in range(18)}
    first["index.html"] = b"home"
    following = {**first, "index.html": b"home again"}
    following |= {f"issues/{issues}/{page}/index.html": chance.randbytes(8000) for page in range(18)}
    with shipping.sshd(folder / "ssh", kind) as server:
        place = server.place(TARGET, folder / "www")
        for name, site in (("first", first), ("next", following)):
            laid = shipping.laid(folder / name, site)
            with place.open() as target:
                shipment = shipping.shipped(laid, site, target.standing())
            wall, cpu = time.perf_counter(), time.process_time()
            with place.open() as target:
                sent = target.send(shipment, lambda _done, _total: None)
            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
            new = shipment.delta.bytes + sum(map(len, shipment.own.values()))
            print(
                f"{name}: {len(site):,} files, {sent.bytes:,} bytes sent, {new:,} new; {wall:.2f} s ({cpu:.2f} s of this side's CPU)"
            )


if __name__ == "__main__":
    for kind in (shipping.SHELL, shipping.SFTP_ONLY):
        print(kind.replace("\n", "; "), f"(load {os.getloadavg()[0]:.1f})")
        with tempfile.TemporaryDirectory() as made:
            measured(Path(made), kind, int(sys.argv[1]) if len(sys.argv) > 1 else 240)
