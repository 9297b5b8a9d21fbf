"""Which events this service has applied, kept longer than any topic: a replay from its start changes nothing."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import TupleRow

KEPT = timedelta(days=35)
"""Client topics keep 30 days."""


async def receive(connection: AsyncConnection[TupleRow], ids: Sequence[UUID]) -> set[UUID]:
    """Notes these events as applied by this transaction; answers those that were not before.

    Waits for another transaction that holds the same id, so two consumers never apply one event.
    """
    cursor = await connection.execute(
        "INSERT INTO inbox (event_id) SELECT DISTINCT unnest(%s::uuid[]) ON CONFLICT DO NOTHING RETURNING event_id",
        (list(ids),),
    )
    return {row[0] for row in await cursor.fetchall()}


async def forget_old(connection: AsyncConnection[TupleRow], now: datetime) -> None:
    await connection.execute("DELETE FROM inbox WHERE received_at < %s", (now - KEPT,))
