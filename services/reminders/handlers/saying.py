"""What is said of a message: one event per state that others may see, in the transaction that brings it about."""

from datetime import datetime
from typing import Any

from services.reminders.domain.messages import Message, State
from services.reminders.domain.people import Client
from shared.events.envelope import Event
from shared.events.reminders import (
    MessageCancelled,
    MessageExpired,
    MessagePlanned,
    MessageSent,
    MessageUnconfirmed,
    MessageUndeliverable,
    OfMessage,
)
from shared.events.saying import about_client
from shared.storage.database import UnitOfWork
from shared.telemetry import metrics
from shared.telemetry.logs import logger

log = logger()
_SAID: dict[State, type[OfMessage]] = {
    State.PLANNED: MessagePlanned,
    State.SENT: MessageSent,
    State.CANCELLED: MessageCancelled,
    State.EXPIRED: MessageExpired,
    State.UNDELIVERABLE: MessageUndeliverable,
    State.UNKNOWN: MessageUnconfirmed,
}
_POSTED = frozenset({State.SENT, State.UNDELIVERABLE, State.UNKNOWN})


def say(
    uow: UnitOfWork, message: Message, client: Client, *, at: datetime | None = None, cause: Event[Any] | None = None
) -> None:
    """`at`: when it happened, if not now. `cause`: the event that brought it about."""
    kind = _SAID[message.state]
    data = kind(
        message_id=message.message_id,
        rule=message.rule.value,
        commitment_id=message.commitment_id,
        channel="email" if message.state in _POSTED else None,
        due_at=message.due,
        reason=message.reason,
    )
    uow.say(
        about_client(
            "reminders",
            data,
            client=client.client,
            provider=client.provider,
            team=client.team,
            time=at or uow.now,
            recorded=uow.now,
            cause=cause,
        )
    )
    name = kind.__name__.removeprefix("Message").lower()
    metrics.messages.labels(message.rule.value, name).inc()
    ids = {"message": message.message_id, "client": client.client, "commitment": message.commitment_id}
    log.info(f"message.{name}", **ids, rule=message.rule.value, code=message.reason)
