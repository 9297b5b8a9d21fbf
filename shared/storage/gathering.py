"""What many ask for at the same time goes to the database as one statement; nobody waits for company."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


class Overloaded(Exception):
    """More wait than the database can serve soon: better an answer now that says so than one too late."""


class Gathering(Generic[Asked, Answer]):
    """`carry_out` gets what came while the one before was under way and gives one answer each, in order.

    If it raises, everybody whose request was in it gets that exception: nothing is half done. With one of `spoiled` a
    single request may have spoilt it for the others, so each is then carried out alone.
    """

    def __init__(
        self,
        carry_out: Callable[[Sequence[Asked]], Awaitable[Sequence[Answer]]],
        *,
        largest: int = 256,
        at_once: int = 1,
        waiting: int = 10_000,
        spoiled: tuple[type[Exception], ...] = (),
    ) -> None:
        self._carry_out = carry_out
        self._largest = largest
        self._at_once = at_once
        self._waiting = waiting
        self._spoiled = spoiled
        self._queue: deque[tuple[Asked, asyncio.Future[Answer]]] = deque()
        self._workers: set[asyncio.Task[None]] = set()
        self._working = 0

    async def ask(self, asked: Asked) -> Answer:
        """Answers once the statement it went with is committed."""
        if len(self._queue) >= self._waiting:
            raise Overloaded
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._queue.append((asked, future))
        if self._working < self._at_once:
            self._working += 1
            worker = asyncio.create_task(self._work())
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)
        return await future

    async def _work(self) -> None:
        try:
            while self._queue:
                batch = [self._queue.popleft() for _ in range(min(self._largest, len(self._queue)))]
                # Who hung up while waiting is not asked for any more.
                waiting = [(asked, future) for asked, future in batch if not future.done()]
                if waiting:
                    await self._serve(waiting)
        finally:
            # In the same step as the look at the queue: whoever comes next must see that nobody works.
            self._working -= 1

    async def _serve(self, batch: Sequence[tuple[Asked, asyncio.Future[Answer]]]) -> None:
        try:
            answers = await self._carry_out([asked for asked, _ in batch])
            for (_, future), answer in zip(batch, answers, strict=True):
                if not future.done():
                    future.set_result(answer)
        except Exception as error:
            if isinstance(error, self._spoiled) and len(batch) > 1:
                for one in batch:
                    await self._serve([one])
            for _, future in batch:
                if not future.done():
                    future.set_exception(error)
        finally:
            for _, future in batch:
                future.cancel()
