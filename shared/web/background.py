"""What a service does besides answering. A task that dies is started again, and meanwhile the service is not ready."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

from shared.telemetry.logs import logger
from shared.web.health import Probe

Background = Callable[[], Awaitable[None]]
"""Runs until it is cancelled."""

_PAUSE = 1.0
_LONGEST_PAUSE = 30.0

_log = logger()


class Supervised:
    def __init__(self, tasks: Mapping[str, Background]) -> None:
        self._tasks = tasks
        self._down = set(tasks)

    @property
    def probes(self) -> Mapping[str, Probe]:
        return {name: self._probe(name) for name in self._tasks}

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        started = [asyncio.create_task(self._keep_up(name, task), name=name) for name, task in self._tasks.items()]
        try:
            yield
        finally:
            for task in started:
                task.cancel()
            await asyncio.gather(*started, return_exceptions=True)

    async def _keep_up(self, name: str, run: Background) -> None:
        pause = _PAUSE
        while True:
            self._down.discard(name)
            try:
                await run()
                _log.error("background.ended", part=name)
            except Exception as error:
                _log.error("background.failed", part=name, exc_info=error)
            self._down.add(name)
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)

    def _probe(self, name: str) -> Probe:
        async def is_up() -> bool:
            return name not in self._down

        return is_up
