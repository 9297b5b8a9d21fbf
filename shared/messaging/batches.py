"""A partition's batch in one transaction; what fails for its own reason is found by halving and parked with its key."""

from collections.abc import Sequence
from dataclasses import replace
from time import perf_counter

from shared.events.walls import ForeignProvider
from shared.messaging import setbacks
from shared.messaging.claimed import claimed
from shared.messaging.received import Received, Setback, Topic
from shared.problems import Problem
from shared.storage import parked
from shared.storage.database import Database, UnitOfWork, is_away
from shared.telemetry import metrics
from shared.telemetry.logs import logger

log = logger()
_BEHIND = Problem("key", "behind-parked", "An earlier event of the same client is parked; this one waits for it.")


async def apply(database: Database, topic: Topic, batch: Sequence[Received]) -> None:
    """Every record is applied, parked or a dead letter when this returns. Raises `Away` when nothing could be done."""
    try:
        started = perf_counter()
        await _in_one_transaction(database, topic, batch)
        metrics.handler_seconds.labels(topic.name).observe(perf_counter() - started)
    except Exception as error:
        if is_away(error):
            raise
        if len(batch) == 1:
            await _park(database, topic, batch[0], error)
            return
        log.warning("batch.halved", topic=topic.name, size=len(batch), error=type(error).__name__)
        middle = len(batch) // 2
        await apply(database, topic, batch[:middle])
        await apply(database, topic, batch[middle:])


async def _in_one_transaction(database: Database, topic: Topic, batch: Sequence[Received]) -> None:
    async with database.work() as uow:
        held = await _held_up(uow, topic, batch)
        free = [received for received in batch if received.key not in held] if held else batch
        back = await topic.desk(uow, free) if free else []
        waiting = [_setback(received, _BEHIND) for received in batch if received.key in held] if held else []
        await setbacks.write(uow, [*back, *waiting])
    dead = sum(1 for setback in back if setback.park_under is None)
    _count(topic, applied=len(free) - len(back), parked=len(waiting) + len(back) - dead, dead_lettered=dead)


async def _held_up(uow: UnitOfWork, topic: Topic, batch: Sequence[Received]) -> set[str]:
    if not topic.ordered:
        return set()
    keys = {received.key for received in batch if received.key is not None}
    return await parked.keys_of(uow.connection, topic.name, keys)


async def _park(database: Database, topic: Topic, received: Received, error: Exception) -> None:
    log.error("event.failed", topic=topic.name, event_id=claimed(received).event_id, exc_info=error)
    setback = _setback(received, setbacks.why(error))
    if isinstance(error, ForeignProvider):
        setback = replace(setback, provider=error.owner)
    async with database.work() as uow:
        await setbacks.write(uow, [setback])
    _count(topic, parked=1)


def _setback(received: Received, problem: Problem) -> Setback:
    """Parked under its key; a record that has none, and so no order, under its place."""
    said = claimed(received)
    return Setback(
        received=received,
        problem=problem,
        event_id=said.event_id,
        type=said.type,
        client=said.client,
        provider=said.provider,
        park_under=(received.key or f"{received.partition}:{received.offset}").replace("\0", ""),
    )


def _count(topic: Topic, **outcomes: int) -> None:
    for outcome, number in outcomes.items():
        if number:
            metrics.events_handled.labels(topic.name, outcome.replace("_", "-")).inc(number)
            if outcome == "dead_lettered":
                metrics.dead_letters_made.labels(topic.name).inc(number)
