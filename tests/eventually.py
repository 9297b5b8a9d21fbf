"""Waiting for what other processes and tasks will do, with a limit and no fixed sleeps."""

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import TypeVar

T = TypeVar("T")


async def eventually(look: Callable[[], Awaitable[T]], *, within: float = 20.0) -> T:
    """The first truthy answer; an assertion that names the last one when there was none in time (seconds)."""
    deadline = monotonic() + within
    while True:
        found = await look()
        if found:
            return found
        assert monotonic() < deadline, f"still {found!r} after {within} s"
        await asyncio.sleep(0.05)
