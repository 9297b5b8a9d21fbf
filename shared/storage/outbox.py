"""Events on their way out: written with the change, published by the relay, kept a week so that their way is seen."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import orjson
from psycopg import AsyncConnection
from psycopg.rows import TupleRow

from shared.events.contract import Contract
from shared.events.envelope import Event, Written, data_of
from shared.events.kafka import own_headers, whole_headers
from shared.storage.copying import Into

Connection = AsyncConnection[TupleRow]
KEPT = timedelta(days=7)
_NEW = Into(
    "outbox",
    {
        "event_id": "uuid",
        "topic": "text",
        "key": "text",
        "headers": "bytea",
        "value": "bytea",
        "client": "uuid",
        "recorded_at": "timestamptz",
    },
)


@dataclass(slots=True)  # not frozen: they come by thousands
class Waiting:
    """A row of the outbox that has not been published."""

    seq: int
    topic: str
    key: str
    headers: bytes
    value: bytes | None

    def header_pairs(self) -> list[tuple[str, bytes]]:
        return whole_headers(orjson.loads(self.headers))


@dataclass(frozen=True, slots=True)
class Tombstone:
    """On a compacted topic: the key's last record says that there is nothing any more."""

    topic: str
    key: str


async def write(connection: Connection, said: Sequence[Event[Contract | Written] | Tombstone], now: datetime) -> None:
    await _NEW.write(connection, [_row(event, now) for event in said])


def _row(said: Event[Contract | Written] | Tombstone, now: datetime) -> tuple[object, ...]:
    if isinstance(said, Tombstone):
        return uuid4(), said.topic, said.key, b"{}", None, None, now
    headers = orjson.dumps(own_headers(said))
    return said.id, said.type.topic, said.key, headers, data_of(said), said.subject, now


async def unpublished(connection: Connection, limit: int, but: Collection[str] = ()) -> list[Waiting]:
    """In order of `seq`, from the start each time: a high-water mark would skip a transaction that commits late.

    `but`: keys that have to wait.
    """
    query = (
        "SELECT seq, topic, key, headers, value FROM outbox WHERE published_at IS NULL AND key <> ALL(%s) "
        "ORDER BY seq LIMIT %s"
    )
    async with connection.cursor(binary=True) as cursor:
        await cursor.execute(query, (list(but), limit))
        return [Waiting(*row) for row in await cursor.fetchall()]


async def mark_published(connection: Connection, seqs: Sequence[int]) -> None:
    await connection.execute("UPDATE outbox SET published_at = now() WHERE seq = ANY(%s)", (list(seqs),))


async def forget_published(connection: Connection, now: datetime) -> None:
    await connection.execute("DELETE FROM outbox WHERE published_at < %s", (now - KEPT,))


async def oldest_unpublished(connection: Connection) -> datetime | None:
    """When the event was recorded that has waited longest."""
    cursor = await connection.execute("SELECT recorded_at FROM outbox WHERE published_at IS NULL ORDER BY seq LIMIT 1")
    row = await cursor.fetchone()
    return row[0] if row else None


async def forget_client(connection: Connection, client: UUID) -> None:
    """Erasure: events about this person, published or not, leave the database."""
    await connection.execute("DELETE FROM outbox WHERE client = %s", (client,))
