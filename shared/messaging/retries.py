"""Trying again what was parked or dead: by time, or because somebody says so. The same desk as the first time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog

from shared.messaging import setbacks
from shared.messaging.received import Received, Setback, Topic
from shared.messaging.sealing import unseal
from shared.problems import Problem
from shared.storage import deadletters, parked
from shared.storage.database import Away, Database, UnitOfWork
from shared.storage.parked import Parked

log = structlog.get_logger()
_SLOWEST = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Retried:
    """How many were applied; `problem` is why it stopped, if it did."""

    applied: int
    problem: Problem | None = None


class Retries:
    """`topics` by their name without the deployment's prefix."""

    def __init__(self, database: Database, topics: Mapping[str, Topic]) -> None:
        self._database = database
        self._topics = topics

    async def retry(self, seq: int) -> Retried:
        """That event, what is in front of it and behind, in order, a transaction each; stops at the first failure."""
        async with self._database.work() as uow:
            row = await parked.row(uow.connection, seq)
        applied, problem = 0, None
        while row is not None and problem is None:
            problem = await self._next(row.topic, row.key)
            applied += problem is None
            async with self._database.work() as uow:
                row = next(iter(await parked.of_key(uow.connection, row.topic, row.key)), None)
        return Retried(applied, problem)

    async def discard(self, seq: int) -> bool:
        """Takes one event out of the order for good; what waits behind it is tried at once."""
        async with self._database.work() as uow:
            row = await parked.row(uow.connection, seq)
            if row is None:
                return False
            await parked.discard(uow.connection, [seq])
            behind = await parked.of_key(uow.connection, row.topic, row.key)
        log.info("event.discarded", topic=row.topic, event_id=row.event_id)
        if behind:
            await self.retry(behind[0].seq)
        return True

    async def replay(self, letter: UUID) -> Problem | None:
        """A dead letter once more. None when it was taken; otherwise why not, and it stays."""
        async with self._database.work() as uow:
            row = await deadletters.row(uow.connection, letter)
            if row is None:
                return Problem("id", "not-found", "There is no such dead letter; it may have been replayed already.")
            again = unseal(uow.keys.service, row.topic, row.partition, row.offset, row.record)
            back = await self._topics[row.topic].desk(uow, [again])
            if back and back[0].park_under is None:
                return back[0].problem
            await setbacks.write(uow, back)
            await deadletters.remove(uow.connection, letter)
        return None

    async def due(self, now: datetime, limit: int = 500) -> int:
        """What was parked with a time of its own. Answers how many were looked at."""
        async with self._database.work() as uow:
            rows = await parked.due(uow.connection, now, limit)
            for topic in {row.topic for row in rows}:
                await self._again(uow, self._topics[topic], [row for row in rows if row.topic == topic])
        return len(rows)

    async def _next(self, topic: str, key: str) -> Problem | None:
        try:
            async with self._database.work() as uow:
                rows = await parked.of_key(uow.connection, topic, key)
                if not rows:
                    return None
                back = await self._topics[topic].desk(uow, [_received(uow, rows[0])])
                if not back or back[0].park_under is None:
                    await setbacks.write(uow, back)
                    await parked.discard(uow.connection, [rows[0].seq])
                    return None
                problem = back[0].problem
        except Away:
            raise
        except Exception as error:
            log.error("event.failed-again", topic=topic, exc_info=error)
            problem = setbacks.why(error)
        async with self._database.work() as uow:
            await parked.tried(uow.connection, rows[0].seq, rows[0].next_try_at, problem.code, problem.reason)
        return problem

    async def _again(self, uow: UnitOfWork, topic: Topic, rows: list[Parked]) -> None:
        """One batch of unordered ones: applied, parked for longer, or given up as dead letters."""
        by_place = {(row.partition, row.offset): row for row in rows}
        back = await topic.desk(uow, [_received(uow, row) for row in rows])
        kept: set[int] = set()
        dead: list[Setback] = []
        for setback in back:
            row = by_place[setback.received.partition, setback.received.offset]
            if setback.park_under is None or (row.give_up_at is not None and row.give_up_at <= uow.now):
                dead.append(setback)
            else:
                kept.add(row.seq)
                wait = min(max(timedelta(seconds=1), uow.now - row.parked_at), _SLOWEST)
                await parked.tried(
                    uow.connection, row.seq, uow.now + wait, setback.problem.code, setback.problem.reason
                )
        await setbacks.bury(uow, dead)
        await parked.discard(uow.connection, [row.seq for row in rows if row.seq not in kept])


def _received(uow: UnitOfWork, row: Parked) -> Received:
    return unseal(uow.keys.service, row.topic, row.partition, row.offset, row.record)
