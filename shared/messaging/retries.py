"""Trying again what was parked or dead because somebody says so. The same desk as the first time."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from shared.messaging import setbacks
from shared.messaging.received import Received, Topic
from shared.messaging.sealing import unseal
from shared.problems import Problem
from shared.storage import deadletters, parked
from shared.storage.database import Database, UnitOfWork, is_away
from shared.storage.parked import Parked
from shared.telemetry.logs import logger

log = logger()
_GONE = Problem("id", "not-found", "There is no such dead letter; it may have been replayed already.")


@dataclass(frozen=True, slots=True)
class Retried:
    """How many were applied; `problem` is why it stopped, if it did."""

    applied: int
    problem: Problem | None = None


_NEVER = Problem(
    "source", "source-not-consented", "The client had not agreed when it came; a later consent does not apply it."
)
"""4-events: not consented is a dead letter at once, "never applied by a later consent"."""


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
        try:
            async with self._database.work() as uow:
                row = await deadletters.row(uow.connection, letter)
                if row is None:
                    return _GONE
                if row.code == "source-not-consented":
                    return _NEVER
                again = unseal(uow.keys.service, row.topic, row.partition, row.offset, row.record)
                back = await self._topics[row.topic].desk(uow, [again])
                if back and back[0].park_under is None:
                    return back[0].problem
                await setbacks.write(uow, back)
                await deadletters.remove(uow.connection, letter)
        except Exception as error:
            if is_away(error):
                raise
            log.error("dead-letter.failed-again", exc_info=error)
            return setbacks.why(error)
        return None

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
        except Exception as error:
            if is_away(error):
                raise
            log.error("event.failed-again", topic=topic, exc_info=error)
            problem = setbacks.why(error)
        async with self._database.work() as uow:
            await parked.tried(uow.connection, rows[0].seq, rows[0].next_try_at, problem.code, problem.reason)
        return problem


def _received(uow: UnitOfWork, row: Parked) -> Received:
    return unseal(uow.keys.service, row.topic, row.partition, row.offset, row.record)
