"""Runs a command and writes what it used: `python -IS stopwatch.py REPORT command …`; REPORT gets JSON.

Stands between the benchmark and what it measures because the kernel counts the memory of whoever starts a process as that
process's own peak: this one holds next to nothing.  CPU and peak are the kernel's, children included.
"""

import os
import sys
import time


def main() -> None:
    """One command, its exit code handed on."""
    report, command = sys.argv[1], sys.argv[2:]
    start = time.perf_counter()
    process = os.posix_spawnp(command[0], command, os.environ)
    _, status, used = os.wait4(process, 0)
    wall = time.perf_counter() - start
    with open(report, "w", encoding="ascii") as stream:  # noqa: PTH123  # pathlib would be memory
        stream.write(f'{{"wall": {wall}, "cpu": {used.ru_utime + used.ru_stime}, "peak": {used.ru_maxrss / 1024}}}')
    sys.exit(os.waitstatus_to_exitcode(status))


main()
