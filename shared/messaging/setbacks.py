"""What becomes of a record that was not applied: parked or a dead letter, written in the transaction of its batch."""

from collections.abc import Sequence
from uuid import uuid4

from shared.events.deadletters import EventDeadLettered
from shared.events.saying import impersonal
from shared.messaging.received import Setback
from shared.messaging.sealing import seal
from shared.problems import Problem, Refused
from shared.storage import deadletters, parked
from shared.storage.database import UnitOfWork
from shared.storage.deadletters import DeadLetter
from shared.storage.parked import Parked
from shared.telemetry.logs import logger

log = logger()


def why(error: Exception) -> Problem:
    """What a handler refuses it says itself; of anything else only the kind, as its words could be somebody's."""
    if isinstance(error, Refused):
        return error.problems[0]
    return Problem("event", "handler-failed", f"{type(error).__name__}: its handler failed; the log has the place.")


async def write(uow: UnitOfWork, setbacks: Sequence[Setback]) -> None:
    if waiting := [setback for setback in setbacks if setback.park_under is not None]:
        await parked.park(uow.connection, [_parked(uow, setback) for setback in waiting])
    if dead := [setback for setback in setbacks if setback.park_under is None]:
        await bury(uow, dead)


async def bury(uow: UnitOfWork, setbacks: Sequence[Setback]) -> None:
    """Keeps the bytes, and says where and why, once."""
    letters = [(setback, _dead_letter(uow, setback)) for setback in setbacks]
    new = await deadletters.keep(uow.connection, [letter for _, letter in letters])
    for setback, letter in letters:
        if letter.id in new:
            _say(uow, setback, letter)


def _say(uow: UnitOfWork, setback: Setback, letter: DeadLetter) -> None:
    problem = setback.problem
    data = EventDeadLettered(
        topic=letter.topic,
        partition=letter.partition,
        offset=letter.offset,
        event_id=letter.event_id,
        field=problem.field,
        code=problem.code,
        reason=problem.reason,
    )
    uow.say(impersonal(uow.service, data, key=letter.event_id or str(letter.id), time=uow.now, recorded=uow.now))
    where = {"topic": letter.topic, "partition": letter.partition, "offset": letter.offset}
    log.warning("event.dead-lettered", code=problem.code, field=problem.field, **where)


def _dead_letter(uow: UnitOfWork, setback: Setback) -> DeadLetter:
    received, problem = setback.received, setback.problem
    return DeadLetter(
        id=uuid4(),
        topic=received.topic,
        partition=received.partition,
        offset=received.offset,
        event_id=setback.event_id,
        client=setback.client,
        provider=setback.provider,
        record=seal(uow.keys.service, received),
        field=problem.field,
        code=problem.code,
        reason=problem.reason,
        at=uow.now,
    )


def _parked(uow: UnitOfWork, setback: Setback) -> Parked:
    received, problem = setback.received, setback.problem
    log.warning("event.parked", topic=received.topic, event_id=setback.event_id, code=problem.code)
    return Parked(
        seq=0,
        topic=received.topic,
        partition=received.partition,
        offset=received.offset,
        key=setback.park_under or "",
        event_id=setback.event_id or "",
        type=setback.type or "",
        client=setback.client,
        provider=setback.provider,
        record=seal(uow.keys.service, received),
        code=problem.code,
        reason=problem.reason,
        parked_at=uow.now,
        tries=0,
        next_try_at=setback.next_try,
        give_up_at=setback.give_up,
    )
