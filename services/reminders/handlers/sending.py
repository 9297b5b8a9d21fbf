"""The two ends of sending a message: the intent is committed before anything leaves the house, the outcome after."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from services.reminders.domain.contact import Contact
from services.reminders.domain.handover import Handover
from services.reminders.domain.messages import Message, State
from services.reminders.domain.planning import Case
from services.reminders.domain.sending import Postpone, Send, Settle, after_setback, verdict
from services.reminders.handlers.saying import say
from services.reminders.letters import Letter
from services.reminders.store import clients, commitments, contacts, outgoing
from services.reminders.store.outgoing import Settled
from shared.storage.database import Away, UnitOfWork
from shared.telemetry import metrics
from shared.telemetry.logs import logger

log = logger()
_ASIDE = timedelta(minutes=10)
"""One that cannot even be composed must not keep the others waiting."""

Compose = Callable[[Message, Contact], Letter]


@dataclass(frozen=True, slots=True)
class Taken:
    """A message in a worker's hand, ready to go. It is sent at most once from here."""

    message: Message
    letter: Letter
    worker: int
    attempts: int


async def take(uow: UnitOfWork, worker: int, compose: Compose) -> Taken | None:
    """The next one to send. Those that turn out to be pointless are settled on the way; none: nothing is due."""
    while message := await outgoing.next_due(uow.connection, uow.now):
        try:
            async with uow.connection.transaction():
                taken = await _consider(uow, message, worker, compose)
        except Away:
            raise
        except Exception:
            log.exception("message.not-understood", message=message.message_id)
            await outgoing.set_aside(uow.connection, message.message_id, uow.now + _ASIDE)
            continue
        if taken:
            return taken
    return None


async def _consider(uow: UnitOfWork, message: Message, worker: int, compose: Compose) -> Taken | None:
    decision = verdict(message, await _case(uow, message), uow.now)
    match decision:
        case Send():
            letter = compose(message, await _contact(uow, message.client))
            attempts = await outgoing.take(uow.connection, message.message_id, worker, uow.now)
            return Taken(message, letter, worker, attempts)
        case Postpone(until):
            await _say_all(uow, [await outgoing.postpone(uow.connection, message.message_id, until)])
        case Settle():
            await _settle(uow, Settled(message.message_id, worker, decision))
    return None


async def settle(uow: UnitOfWork, taken: Taken, end: Settle, at: datetime) -> None:
    """`at`: when it came to that end."""
    await _settle(uow, Settled(taken.message.message_id, taken.worker, end), at)
    if end.state is State.SENT:
        late = (at - taken.message.due).total_seconds()
        metrics.messages_late_seconds.labels(taken.message.rule.value).observe(max(late, 0))


async def put_back(uow: UnitOfWork, taken: Taken) -> None:
    """The post never had it: another try, as long as it is of use."""
    match after_setback(taken.message, taken.attempts, uow.now):
        case Postpone(until):
            await outgoing.put_back(uow.connection, taken.message.message_id, taken.worker, until)
        case Settle() as end:
            await settle(uow, taken, end, uow.now)


async def tidy(uow: UnitOfWork, worker: int) -> int:
    """Lets go of what is too late, and of what a worker had in hand that is gone: that is not sent again by itself.

    Answers how many are due.
    """
    await _say_all(uow, await outgoing.expire_overdue(uow.connection, uow.now))
    await _say_all(uow, await outgoing.lose(uow.connection, worker, uow.now))
    due = await outgoing.count_due(uow.connection, uow.now)
    metrics.messages_due.set(due)
    return due


async def _case(uow: UnitOfWork, message: Message) -> Case | Handover:
    people = await clients.of(uow.connection, [message.client])
    if message.commitment_id is None:
        assert message.referral_id is not None  # noqa: S101 - the table says so
        ended = await commitments.ended(uow.connection, [message.referral_id])
        return Handover(
            client=people[message.client],
            referral_id=message.referral_id,
            at=message.start,
            referral_ended=bool(ended),
        )
    there = await commitments.of_referrals(uow.connection, [message.commitment_id], [])
    commitment = there[message.commitment_id]
    ended = await commitments.ended(uow.connection, [commitment.referral_id])
    return Case(commitment, people[message.client], bool(ended))


async def _contact(uow: UnitOfWork, client: UUID) -> Contact:
    kept = await contacts.of(uow.connection, client, await uow.keys.of(client))
    if kept is None:
        raise LookupError("a client with a channel has contact preferences")
    return kept.contact


async def _settle(uow: UnitOfWork, settled: Settled, at: datetime | None = None) -> None:
    message = await outgoing.settle(uow.connection, settled, uow.now)
    if message is not None:
        await _say_all(uow, [message], at)


async def _say_all(uow: UnitOfWork, messages: Iterable[Message], at: datetime | None = None) -> None:
    messages = list(messages)
    people = await clients.of(uow.connection, {message.client for message in messages})
    for message in messages:
        say(uow, message, people[message.client], at=at)
