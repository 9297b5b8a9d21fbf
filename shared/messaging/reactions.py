"""From a service's table of reactions to the desk that applies a batch: read, leave out what was applied, hand on."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from shared.events.contract import Contract
from shared.events.envelope import Event, from_cloudevent
from shared.events.kafka import from_record
from shared.messaging.claimed import claimed
from shared.messaging.received import Desk, Received, Setback
from shared.problems import Refused, refused
from shared.storage import inbox
from shared.storage.database import UnitOfWork

Reaction = Callable[[UnitOfWork, Sequence[Event[Any]]], Awaitable[None]]
Reactions = Mapping[type[Contract], Reaction]


def reactions_desk(reactions: Reactions) -> Desk:
    """Types without a reaction are passed over: what others have no use for is no error."""

    async def apply(uow: UnitOfWork, batch: Sequence[Received]) -> list[Setback]:
        events, setbacks = _read(batch)
        wanted = [event for event in events if type(event.data) in reactions]
        if wanted:
            new = await inbox.receive(uow.connection, [event.id for event in wanted])
            for reaction, run in groupby(_once(wanted, new), key=lambda event: reactions[type(event.data)]):
                await reaction(uow, list(run))
        return setbacks

    return apply


def _once(events: Iterable[Event[Any]], new: set[Any]) -> Iterable[Event[Any]]:
    """An event that stands twice in one batch is applied at its first place."""
    left = set(new)
    for event in events:
        if event.id in left:
            left.discard(event.id)
            yield event


def _read(batch: Sequence[Received]) -> tuple[list[Event[Any]], list[Setback]]:
    events: list[Event[Any]] = []
    setbacks: list[Setback] = []
    for received in batch:
        try:
            if event := read(received):
                events.append(event)
        except Refused as refusal:
            setbacks.append(_unreadable(received, refusal))
    return events, setbacks


def _unreadable(received: Received, refusal: Refused) -> Setback:
    said = claimed(received)
    return Setback(
        received=received,
        problem=refusal.problems[0],
        event_id=said.event_id,
        type=said.type,
        client=said.client,
        provider=said.provider,
    )


def read(received: Received) -> Event[Any] | None:
    """None for a tombstone. `Refused` for what is not an event of this topic, said by whom the catalogue names."""
    cloud = from_record(received.topic, received.headers, received.value)
    if cloud is None:
        return None
    event = from_cloudevent(cloud)
    if event.type.topic != received.topic:
        raise refused("type", "wrong-topic", f"This type belongs on {event.type.topic}.")
    if event.source != f"/famalink/{event.type.said_by}":
        raise refused("source", "foreign-source", f"Only {event.type.said_by} says this.")
    if received.key is None or received.key != event.key:
        raise refused("key", "wrong-key", "The record's key is the event's partitionkey.")
    return event
