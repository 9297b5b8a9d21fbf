"""The way of events through a service: what it said and when Kafka had it, what it heard and when it was applied."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import LiteralString
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import TupleRow, class_row

Connection = AsyncConnection[TupleRow]
_NEWEST = 2_000
_SEARCHED = 100_000
"""Rows of the outbox that a search looks at: about two days of the busiest service, some tenths of a second."""
_LATELY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class SaidEvent:
    """`attributes` are the record's headers: ids, type and times, never what it says. `published_at`: Kafka has it."""

    event_id: UUID
    topic: str
    client: UUID | None
    attributes: Mapping[str, str]
    recorded_at: datetime
    published_at: datetime | None

    @property
    def type(self) -> str:
        return self.attributes.get("ce_type", "tombstone")

    @property
    def cause(self) -> str | None:
        """The event that this one answers."""
        return self.attributes.get("ce_causationid")


@dataclass(frozen=True, slots=True)
class HeardEvent:
    event_id: UUID
    received_at: datetime


_SAID: LiteralString = """
SELECT event_id, topic, client, attributes, recorded_at, published_at
FROM (SELECT event_id, topic, client, convert_from(headers, 'UTF8')::json AS attributes, recorded_at, published_at, seq
      FROM outbox WHERE {which} ORDER BY seq DESC LIMIT %(newest)s) AS newest
WHERE coalesce(attributes ->> 'ce_provider', %(provider)s) = %(provider)s ORDER BY seq DESC LIMIT %(limit)s
"""
_ABOUT: LiteralString = """
seq > (SELECT coalesce(max(seq), 0) - %(searched)s FROM outbox)
AND (client = %(id)s OR event_id = %(id)s OR position(convert_to(%(id)s::text, 'UTF8') IN headers) > 0)
"""
_LATEST_SAID = _SAID.replace("{which}", "true")
_SAID_ABOUT = _SAID.replace("{which}", _ABOUT)


async def latest_said(connection: Connection, provider: str, limit: int) -> list[SaidEvent]:
    """Newest first: the provider's own, and those about nobody."""
    return await _said(connection, _LATEST_SAID, {"provider": provider, "limit": limit, "newest": _NEWEST})


async def said_about(connection: Connection, provider: str, one: UUID, limit: int) -> list[SaidEvent]:
    """About a client, or an event with all that followed from it."""
    values = {"provider": provider, "limit": limit, "newest": _NEWEST, "searched": _SEARCHED, "id": one}
    return await _said(connection, _SAID_ABOUT, values)


async def latest_heard(connection: Connection, now: datetime, limit: int) -> list[HeardEvent]:
    """Of the last hour: an index over 35 days would cost every event."""
    query = "SELECT event_id, received_at FROM inbox WHERE received_at > %s ORDER BY received_at DESC LIMIT %s"
    return await _heard(connection, query, (now - _LATELY, limit))


async def heard(connection: Connection, ids: Sequence[UUID]) -> list[HeardEvent]:
    query = "SELECT event_id, received_at FROM inbox WHERE event_id = ANY(%s) ORDER BY received_at DESC"
    return await _heard(connection, query, (list(ids),))


async def _said(connection: Connection, query: LiteralString, values: Mapping[str, object]) -> list[SaidEvent]:
    async with connection.cursor(row_factory=class_row(SaidEvent)) as cursor:
        await cursor.execute(query, values)
        return await cursor.fetchall()


async def _heard(connection: Connection, query: LiteralString, values: Sequence[object]) -> list[HeardEvent]:
    async with connection.cursor(row_factory=class_row(HeardEvent)) as cursor:
        await cursor.execute(query, values)
        return await cursor.fetchall()
