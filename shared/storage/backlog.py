"""What waits in a service's database: to be published, to be retried, to be looked at by a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from psycopg import AsyncConnection
from psycopg.rows import TupleRow, class_row

Connection = AsyncConnection[TupleRow]


@dataclass(frozen=True, slots=True)
class Backlog:
    """Counts are by topic. Times are when the one that has waited longest began to wait; none if nothing waits."""

    unpublished: int
    oldest_unpublished: datetime | None
    oldest_parked: datetime | None
    parked: Mapping[str, int]
    dead_letters: Mapping[str, int]


_QUERY = """
SELECT (SELECT count(*) FROM outbox WHERE published_at IS NULL) AS unpublished,
       (SELECT recorded_at FROM outbox WHERE published_at IS NULL ORDER BY seq LIMIT 1) AS oldest_unpublished,
       (SELECT min(parked_at) FROM parked) AS oldest_parked,
       (SELECT coalesce(json_object_agg(topic, n), '{}') FROM (SELECT topic, count(*) n FROM parked GROUP BY 1) p)
           AS parked,
       (SELECT coalesce(json_object_agg(topic, n), '{}') FROM (SELECT topic, count(*) n FROM dead_letter GROUP BY 1) d)
           AS dead_letters
"""


async def backlog(connection: Connection) -> Backlog:
    async with connection.cursor(row_factory=class_row(Backlog)) as cursor:
        await cursor.execute(_QUERY)
        return (await cursor.fetchall())[0]


async def log_is_terse(connection: Connection) -> bool:
    """Whether the server's log leaves out the rows that cause errors (decision 17). It is not ours to set."""
    row = await (await connection.execute("SHOW log_error_verbosity")).fetchone()
    return row is not None and row[0] == "terse"
