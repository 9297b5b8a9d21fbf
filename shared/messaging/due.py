"""Trying again, when its time has come, what is parked by itself: it waits for something that may still be heard of."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from shared.messaging import setbacks
from shared.messaging.received import Setback, Topic
from shared.messaging.sealing import unseal
from shared.storage import parked
from shared.storage.database import Database, UnitOfWork, is_away
from shared.storage.parked import Parked
from shared.telemetry.logs import logger

log = logger()
AT_ONCE = 500
_SHORTEST, _LONGEST = timedelta(seconds=1), timedelta(minutes=10)


async def retry_due(database: Database, topics: Mapping[str, Topic], now: datetime) -> bool:
    """Whether there may be more. `topics` by their name without the deployment's prefix."""
    async with database.reading() as connection:
        due = await parked.due(connection, topics, now, AT_ONCE)
    for name in {topic for topic, _ in due}:
        await _apart(database, topics[name], [seq for topic, seq in due if topic == name], now)
    return len(due) == AT_ONCE


async def _apart(database: Database, topic: Topic, seqs: Sequence[int], now: datetime) -> None:
    """One that fails for its own reason is found by halving, and holds up no other."""
    try:
        async with database.work() as uow:
            if rows := await parked.still_due(uow.connection, seqs, now):
                await _together(uow, topic, rows)
    except Exception as error:
        if is_away(error):
            raise
        if len(seqs) == 1:
            await _failed(database, seqs, now, error)
            return
        middle = len(seqs) // 2
        await _apart(database, topic, seqs[:middle], now)
        await _apart(database, topic, seqs[middle:], now)


async def _together(uow: UnitOfWork, topic: Topic, rows: Sequence[Parked]) -> None:
    """Applied, parked for longer, or given up as dead letters."""
    by_place = {(row.partition, row.offset): row for row in rows}
    received = [unseal(uow.keys.service, row.topic, row.partition, row.offset, row.record) for row in rows]
    kept: set[int] = set()
    dead: list[Setback] = []
    for setback in await topic.desk(uow, received):
        row = by_place[setback.received.partition, setback.received.offset]
        if setback.park_under is None or _is_over(row, uow.now):
            dead.append(setback)
        else:
            kept.add(row.seq)
            problem = setback.problem
            await parked.tried(uow.connection, row.seq, _later(row, uow.now), problem.code, problem.reason)
    await setbacks.bury(uow, dead)
    await parked.discard(uow.connection, [row.seq for row in rows if row.seq not in kept])


async def _failed(database: Database, seqs: Sequence[int], now: datetime, error: Exception) -> None:
    """Its handler's fault, so no dead letter: once its time is over it waits for a person."""
    async with database.work() as uow:
        for row in await parked.still_due(uow.connection, seqs, now):
            log.error("event.failed-again", topic=row.topic, event_id=row.event_id, exc_info=error)
            problem = setbacks.why(error)
            next_try = None if _is_over(row, uow.now) else _later(row, uow.now)
            await parked.tried(uow.connection, row.seq, next_try, problem.code, problem.reason)


def _later(row: Parked, now: datetime) -> datetime:
    """Each wait is about as long as all before it."""
    return now + min(max(_SHORTEST, now - row.parked_at), _LONGEST)


def _is_over(row: Parked, now: datetime) -> bool:
    return row.give_up_at is not None and row.give_up_at <= now
