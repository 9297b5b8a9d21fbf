"""Events that failed for their own reason, and what waits behind them: kept whole and in order until they can go on."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import TupleRow, class_row

Connection = AsyncConnection[TupleRow]
_FIELDS = (
    'seq, topic, partition, "offset", key, event_id, type, client, provider, record, code, reason, '
    "parked_at, tries, next_try_at, give_up_at"
)


@dataclass(frozen=True, slots=True)
class Parked:
    """`record` is sealed under the service's key; `key` is the order that it holds up (an intake fact's own id)."""

    seq: int
    topic: str
    partition: int
    offset: int
    key: str
    event_id: str
    type: str
    client: UUID | None
    provider: str | None
    record: bytes
    code: str
    reason: str
    parked_at: datetime
    tries: int
    next_try_at: datetime | None
    give_up_at: datetime | None


async def park(connection: Connection, rows: Sequence[Parked]) -> None:
    """`seq` is given by the database. The same record parked again (its offset was not committed) stays one."""
    insert = (
        'INSERT INTO parked (topic, partition, "offset", key, event_id, type, client, provider, record, code, reason, '
        "parked_at, next_try_at, give_up_at) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) "
        'ON CONFLICT (topic, partition, "offset") DO NOTHING'
    )
    values = [
        (
            r.topic,
            r.partition,
            r.offset,
            r.key,
            r.event_id,
            r.type,
            r.client,
            r.provider,
            r.record,
            r.code,
            r.reason,
            r.parked_at,
            r.next_try_at,
            r.give_up_at,
        )
        for r in rows
    ]
    async with connection.cursor() as cursor:
        await cursor.executemany(insert, values)


async def keys_of(connection: Connection, topic: str, keys: Collection[str]) -> set[str]:
    """Which of these keys have something parked: what comes later for them waits too.

    Locked, so that a retry that empties a key and a batch that would queue behind it take turns.
    """
    cursor = await connection.execute(
        "SELECT key FROM parked WHERE topic = %s AND key = ANY(%s) FOR SHARE", (topic, list(keys))
    )
    return {row[0] for row in await cursor.fetchall()}


async def row(connection: Connection, seq: int) -> Parked | None:
    found = await _select(connection, "seq = %s", (seq,))
    return found[0] if found else None


async def of_key(connection: Connection, topic: str, key: str) -> list[Parked]:
    """In their order, locked against a second person or worker who retries the same."""
    return await _select(connection, "topic = %s AND key = %s", (topic, key), " FOR UPDATE")


async def due(connection: Connection, topics: Collection[str], now: datetime, limit: int) -> list[tuple[str, int]]:
    """What time tries again by itself: topic and `seq`, oldest first."""
    query = "SELECT topic, seq FROM parked WHERE next_try_at <= %s AND topic = ANY(%s) ORDER BY seq LIMIT %s"
    return await (await connection.execute(query, (now, list(topics), limit))).fetchall()


async def still_due(connection: Connection, seqs: Sequence[int], now: datetime) -> list[Parked]:
    """Those of them that nobody else has in hand or has had since; locked."""
    return await _select(
        connection, "seq = ANY(%s) AND next_try_at <= %s", (list(seqs), now), " FOR UPDATE SKIP LOCKED"
    )


async def listed(connection: Connection, provider: str | None, limit: int = 200) -> list[Parked]:
    """For the operations page: a provider's own, and those of none. `provider` none: all."""
    return await _select(
        connection, "%s::text IS NULL OR provider IS NULL OR provider = %s", (provider, provider), f" LIMIT {limit:d}"
    )


async def discard(connection: Connection, seqs: Sequence[int]) -> int:
    return (await connection.execute("DELETE FROM parked WHERE seq = ANY(%s)", (list(seqs),))).rowcount


async def tried(connection: Connection, seq: int, next_try: datetime | None, code: str, reason: str) -> None:
    await connection.execute(
        "UPDATE parked SET tries = tries + 1, next_try_at = %s, code = %s, reason = %s WHERE seq = %s",
        (next_try, code, reason, seq),
    )


async def hurry(connection: Connection, clients: Sequence[UUID], now: datetime) -> None:
    """Somebody became known: what waited for them is due now."""
    await connection.execute(
        "UPDATE parked SET next_try_at = %s WHERE next_try_at IS NOT NULL AND client = ANY(%s)", (now, list(clients))
    )


async def forget_client(connection: Connection, client: UUID) -> None:
    await connection.execute("DELETE FROM parked WHERE client = %s", (client,))


async def count(connection: Connection) -> int:
    found = await (await connection.execute("SELECT count(*) FROM parked")).fetchone()
    return int(found[0]) if found else 0


async def _select(connection: Connection, where: str, values: tuple[object, ...], rest: str = "") -> list[Parked]:
    async with connection.cursor(row_factory=class_row(Parked)) as cursor:
        await cursor.execute(f"SELECT {_FIELDS} FROM parked WHERE {where} ORDER BY seq{rest}".encode(), values)  # noqa: S608
        return await cursor.fetchall()
