"""Work done at the same time: the same work on many things by several processes, other work beside by a thread."""

from __future__ import annotations

import os
import pickle
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_MUCH = 60
"""Things that are worth another process: fewer are done before it would have begun."""


def shared(
    work: Callable[[Item], Result], items: Sequence[Item], jobs: int, tick: Callable[[int, int], None], much: int = _MUCH
) -> list[Result]:
    """What `work` gives for each item, in their order; by so many processes, this one included, where there is that `much` to do.

    The others are forked, so that they know all that this one does; what they give travels back pickled.  Raises what `work`
    raises; `tick` is told how many of how many are done.  Where a system cannot fork (Windows), this process does it all.
    """
    if jobs < 2 or len(items) < much or not hasattr(os, "fork"):
        jobs = 1

    def own() -> Iterator[Result]:
        for at in range(0, len(items), jobs):
            yield work(items[at])
            tick(min(at + jobs, len(items)), len(items))

    helpers = [_forked(work, items[number::jobs]) for number in range(1, jobs)]
    answers: list[tuple[Exception | None, list[Result]]] = []
    try:
        parts = [list(own())]
    finally:
        answers += [_answer(*helper) for helper in helpers]  # taken in any case: nobody is left behind
    for fault, given in answers:
        if fault is not None:
            raise fault
        parts.append(given)
    return [parts[at % jobs][at // jobs] for at in range(len(items))]


def _forked(work: Callable[[Item], Result], items: Sequence[Item]) -> tuple[int, int]:
    """A process that does its part of the work: its number, and where it writes what it made."""
    there, here = os.pipe()
    child = os.fork()
    if child:
        os.close(here)
        return child, there
    os.close(there)
    answer: tuple[Exception | None, list[Result]]
    try:
        try:
            answer = (None, [work(item) for item in items])
        except Exception as fault:  # noqa: BLE001  # the parent raises it
            answer = (fault, [])
        with os.fdopen(here, "wb") as pipe:
            pickle.dump(answer, pipe, protocol=5)
    finally:
        os._exit(0)  # nothing of the parent's is cleaned up twice


def _answer(child: int, there: int) -> tuple[Exception | None, list[Result]]:
    with os.fdopen(there, "rb") as pipe:
        data = pipe.read()
    os.waitpid(child, 0)
    if not data:
        return RuntimeError("a worker ended without an answer"), []
    answer: tuple[Exception | None, list[Result]] = pickle.loads(data)  # noqa: S301  # our own child's
    return answer


def beside(work: Callable[[], Result]) -> Callable[[], Result]:
    """Begins `work` in a thread; what is returned waits for its end and gives its result, or raises what it raised.

    Who does not ask does not wait: the thread ends with the program.
    """
    given: list[Result] = []
    faults: list[Exception] = []

    def run() -> None:
        try:
            given.append(work())
        except Exception as fault:  # noqa: BLE001  # raised where it is asked for
            faults.append(fault)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()

    def wait() -> Result:
        thread.join()
        for fault in faults:
            raise fault
        return given[0]

    return wait
