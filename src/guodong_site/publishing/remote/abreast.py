"""Several requests on their way at the same time, which hides how far the server is."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

T = TypeVar("T")

_WIDTH = 32
"""Enough to hide the distance, few enough for any server."""


async def each(items: Iterable[T], work: Callable[[T], Awaitable[object]], width: int = _WIDTH) -> None:
    """Does the work for each, several at the same time; the first fault ends all."""
    waiting = iter(items)

    async def worker() -> None:
        for item in waiting:
            await work(item)

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(width):
                group.create_task(worker())
    except BaseExceptionGroup as many:
        raise many.exceptions[0] from None
