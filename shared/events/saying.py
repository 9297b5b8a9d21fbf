"""How a service makes the events it says: envelope filled the same way everywhere."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from shared.events.catalogue import type_of
from shared.events.contract import Contract
from shared.events.envelope import Event


def about_client(
    service: str,
    data: Contract,
    *,
    client: UUID,
    provider: str,
    team: str | None,
    time: datetime,
    recorded: datetime,
    sequence: int | None = None,
    event_id: UUID | None = None,
    cause: Event[Any] | None = None,
) -> Event[Contract]:
    """An event about a person, keyed by their pseudonym. `cause` is the event that it answers."""
    return Event(
        type=type_of(type(data), service),
        data=data,
        id=event_id or uuid4(),
        source=f"/famalink/{service}",
        time=time,
        recorded=recorded,
        key=str(client),
        subject=client,
        provider=provider,
        team=team,
        sequence=None if sequence is None else f"{sequence:010d}",
        **_following(cause),
    )


def impersonal(
    service: str, data: Contract, *, key: str, time: datetime, recorded: datetime, cause: Event[Any] | None = None
) -> Event[Contract]:
    """An event about a meeting, a system or a dead letter: no person in it."""
    return Event(
        type=type_of(type(data), service),
        data=data,
        id=uuid4(),
        source=f"/famalink/{service}",
        time=time,
        recorded=recorded,
        key=key,
        subject=None,
        **_following(cause),
    )


def _following(cause: Event[Any] | None) -> dict[str, str]:
    if cause is None:
        return {}
    carried = {"causationid": str(cause.id), "correlationid": cause.correlationid or str(cause.id)}
    return carried | ({"traceparent": cause.traceparent} if cause.traceparent else {})
