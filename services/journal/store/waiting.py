"""What parked reports wait for, so that they are tried again as soon as it is heard of."""

from collections.abc import Collection, Sequence
from datetime import datetime

from shared.events.catalogue import INTAKE
from shared.storage.database import Connection

_AWAIT = "INSERT INTO awaited (awaits, key, until) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
_HURRY = """
WITH come AS (DELETE FROM awaited WHERE awaits = ANY(%s) OR until < %s RETURNING key)
UPDATE parked SET next_try_at = %s
WHERE topic = %s AND key IN (SELECT key FROM come) AND next_try_at IS NOT NULL
"""
_DISCARD = """
WITH gone AS (DELETE FROM awaited WHERE awaits = ANY(%s) RETURNING key)
DELETE FROM parked WHERE topic = %s AND key IN (SELECT key FROM gone)
"""


async def await_(connection: Connection, rows: Sequence[tuple[str, str]], until: datetime) -> None:
    """Each as what is awaited and the key it is parked under."""
    async with connection.cursor() as cursor:
        await cursor.executemany(_AWAIT, [(awaits, key, until) for awaits, key in rows])


async def hurry(connection: Connection, come: Collection[str], now: datetime) -> None:
    """This was heard of: what waited for it is due."""
    await connection.execute(_HURRY, (list(come), now, now, INTAKE))


async def discard(connection: Connection, awaited: Collection[str]) -> None:
    """Nobody may take up what waited for this any more."""
    await connection.execute(_DISCARD, (list(awaited), INTAKE))
