"""A part of the local run: a child, how to see that it is ready, and what happens when it ends by itself."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from deploy.local.child import Child
from deploy.local.problems import CannotStart, space_hint
from deploy.local.said import say

LOOK_EVERY = 0.15
FIRST_DELAY, LONGEST_DELAY = 1.0, 30.0
QUIET_AFTER = 60.0
"""Seconds that a part has to live for its next ending to count as its first."""
PATIENCE = 120.0
"""Seconds that a part has for its first readiness."""


@dataclass
class Part:
    name: str
    child: Child
    ready: Callable[[], Awaitable[bool]]
    lacks: Callable[[], Awaitable[str]] | None = None

    async def bring_up(self) -> None:
        """Starts it and waits until it is ready. Raises CannotStart with the end of its log."""
        self.child.start()
        try:
            async with asyncio.timeout(PATIENCE):
                while not await self.ready():
                    self._still_runs()
                    await asyncio.sleep(LOOK_EVERY)
        except TimeoutError:
            lacks = f" It waits for: {await self.lacks()}." if self.lacks else ""
            raise CannotStart(
                f"{self.name} was not ready within {PATIENCE:.0f} s.{lacks} "
                f"{self.child.log} ends with:\n{self.child.last_lines()}"
            ) from None

    async def keep_up(self) -> None:
        """Starts it again whenever it ends by itself, each time a little later. Ends only by being cancelled."""
        delay, clock = FIRST_DELAY, asyncio.get_running_loop().time
        while True:
            began = clock()
            code = await self._ended()
            delay = FIRST_DELAY if clock() - began > QUIET_AFTER else delay
            say(
                f"{self.name} ended by itself ({_in_words(code)}). {space_hint(self.child.log)}"
                f"Starting it again in {delay:.0f} s; its log is {self.child.log}"
            )
            await asyncio.sleep(delay)
            delay = min(delay * 2, LONGEST_DELAY)
            self.child.start()
            say(f"{self.name} was started again.")

    async def finish(self) -> None:
        """For a part that does its work and ends."""
        self.child.start()
        if (code := await self._ended()) != 0:
            raise self._cannot_start(code)

    async def stop(self, seconds: float = 15) -> None:
        await asyncio.to_thread(self.child.stop, seconds)

    async def _ended(self) -> int:
        while (code := self.child.exit_code()) is None:  # noqa: ASYNC110  # a process sets no asyncio.Event
            await asyncio.sleep(LOOK_EVERY)
        return code

    def _still_runs(self) -> None:
        if (code := self.child.exit_code()) is not None:
            raise self._cannot_start(code)

    def _cannot_start(self, code: int) -> CannotStart:
        return CannotStart(
            f"{self.name} ended by itself ({_in_words(code)}). {space_hint(self.child.log)}"
            f"{self.child.log} ends with:\n{self.child.last_lines(30)}"
        )


def _in_words(code: int) -> str:
    return f"exit code {code}" if code >= 0 else signal.Signals(-code).name
