"""SQL of the imports that were tried."""

from collections.abc import Sequence
from typing import Any

from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from services.referrals.directory.outcome import Import
from shared.problems import Problem
from shared.storage.database import Connection

_COLUMNS = "feed, format, at, by, outcome, report, problem, digest"
_LAST = f"SELECT {_COLUMNS} FROM directory_import WHERE feed = %s ORDER BY import_id DESC LIMIT 1"  # noqa: S608
# What a feed that lists nothing does wrong concerns only whoever tried it; of one that is fetched nobody else sees it.
_WAITING = f"""
SELECT {_COLUMNS} FROM (
    SELECT DISTINCT ON (feed) * FROM directory_import ORDER BY feed, import_id DESC
) AS last
WHERE outcome NOT IN ('applied', 'left') AND (
    EXISTS (SELECT FROM meeting WHERE meeting.feed = last.feed)
    OR EXISTS (SELECT FROM directory_source WHERE directory_source.feed = last.feed)
)
ORDER BY at
"""  # noqa: S608


async def note(connection: Connection, tried: Import) -> int:
    """Its number."""
    insert = f"INSERT INTO directory_import ({_COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s) RETURNING import_id"  # noqa: S608
    report, problem = tried.report, tried.problem
    values = (tried.feed, tried.format, tried.at, tried.by, tried.outcome)
    details = (report and Jsonb(report), problem and Jsonb(problem.as_dict()), tried.digest)
    [(number,)] = await (await connection.execute(insert.encode(), (*values, *details))).fetchall()
    return int(number)


async def waiting(connection: Connection) -> Sequence[Import]:
    """The last import of every feed that has meetings here, where it was not applied; the oldest first."""
    async with connection.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(_WAITING.encode())
        return [_import(row) for row in await cursor.fetchall()]


async def last_of(connection: Connection, feed: str) -> Import | None:
    async with connection.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(_LAST.encode(), (feed,))
        row = await cursor.fetchone()
    return _import(row) if row else None


async def left_as_it_is(connection: Connection, feed: str, digest: bytes) -> bool:
    """Whether a person left the very same when it was read last."""
    last = await last_of(connection, feed)
    return last is not None and last.outcome == "left" and last.digest == digest


def _import(row: dict[str, Any]) -> Import:
    return Import(**row | {"problem": row["problem"] and Problem(**row["problem"])})
