"""SQL of what nobody found: counted, and nothing else about it."""

from collections.abc import Collection, Sequence
from datetime import date

from psycopg.rows import class_row

from services.referrals.directory.outcome import UnmetNeed
from shared.storage.database import Connection

_COUNT = """
INSERT INTO unmet_need (month, filter, times) SELECT %s, filter, 1 FROM unnest(%s::text[]) AS filter
ON CONFLICT (month, filter) DO UPDATE SET times = unmet_need.times + 1
"""


async def count(connection: Connection, filters: Collection[str], today: date) -> None:
    # In one order, so that two who count at once do not wait for each other.
    await connection.execute(_COUNT, (today.replace(day=1), sorted(filters)))


async def since(connection: Connection, month: date) -> Sequence[UnmetNeed]:
    """By month, the latest first, the most frequent first."""
    query = "SELECT month, filter, times FROM unmet_need WHERE month >= %s ORDER BY month DESC, times DESC, filter"
    async with connection.cursor(row_factory=class_row(UnmetNeed)) as cursor:
        await cursor.execute(query, (month,))
        return await cursor.fetchall()
