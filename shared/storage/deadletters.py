"""Records that could not be read or will never apply: the bytes, sealed under the service's key, for 14 days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import TupleRow, class_row

Connection = AsyncConnection[TupleRow]
KEPT = timedelta(days=14)
_FIELDS = 'id, topic, partition, "offset", event_id, client, provider, record, field, code, reason, at'


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """Where it lay, whose it is if that can be told, why it was not taken, and the sealed record."""

    id: UUID
    topic: str
    partition: int
    offset: int
    event_id: str | None
    client: UUID | None
    provider: str | None
    record: bytes
    field: str
    code: str
    reason: str
    at: datetime


async def keep(connection: Connection, letters: Sequence[DeadLetter]) -> set[UUID]:
    """Answers which are new: a record met again (its offset was not committed) stays one and is said once."""
    insert = (
        f"INSERT INTO dead_letter ({_FIELDS}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) "  # noqa: S608
        'ON CONFLICT (topic, partition, "offset") DO NOTHING'
    )
    new = set()
    for letter in letters:
        values = (letter.id, letter.topic, letter.partition, letter.offset, letter.event_id, letter.client)
        rest = (letter.provider, letter.record, letter.field, letter.code, letter.reason, letter.at)
        if (await connection.execute(insert.encode(), values + rest)).rowcount:
            new.add(letter.id)
    return new


async def listed(connection: Connection, provider: str | None, limit: int = 200) -> list[DeadLetter]:
    """Newest first; a provider's own, and those of none. `provider` none: all."""
    where = "%s::text IS NULL OR provider IS NULL OR provider = %s"
    return await _select(connection, where, (provider, provider), f" ORDER BY at DESC LIMIT {limit:d}")


async def row(connection: Connection, letter: UUID) -> DeadLetter | None:
    found = await _select(connection, "id = %s", (letter,), " FOR UPDATE")
    return found[0] if found else None


async def remove(connection: Connection, letter: UUID) -> None:
    await connection.execute("DELETE FROM dead_letter WHERE id = %s", (letter,))


async def forget_old(connection: Connection, now: datetime) -> None:
    await connection.execute("DELETE FROM dead_letter WHERE at < %s", (now - KEPT,))


async def forget_client(connection: Connection, client: UUID) -> None:
    await connection.execute("DELETE FROM dead_letter WHERE client = %s", (client,))


async def count(connection: Connection) -> int:
    found = await (await connection.execute("SELECT count(*) FROM dead_letter")).fetchone()
    return int(found[0]) if found else 0


async def _select(connection: Connection, where: str, values: tuple[object, ...], rest: str) -> list[DeadLetter]:
    async with connection.cursor(row_factory=class_row(DeadLetter)) as cursor:
        await cursor.execute(f"SELECT {_FIELDS} FROM dead_letter WHERE {where}{rest}".encode(), values)  # noqa: S608
        return await cursor.fetchall()
