"""SQL of the imports that were tried."""

from collections.abc import Sequence

from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from services.referrals.directory.outcome import Import
from shared.problems import Problem
from shared.storage.database import Connection

_COLUMNS = "feed, format, at, by, outcome, report, problem"
# What a feed that lists nothing does wrong concerns only whoever tried it.
_WAITING = f"""
SELECT {_COLUMNS} FROM (
    SELECT DISTINCT ON (feed) * FROM directory_import ORDER BY feed, import_id DESC
) AS last
WHERE outcome <> 'applied' AND EXISTS (SELECT FROM meeting WHERE meeting.feed = last.feed)
ORDER BY at
"""  # noqa: S608


async def note(connection: Connection, tried: Import) -> None:
    insert = f"INSERT INTO directory_import ({_COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s, %s)"  # noqa: S608
    report, problem = tried.report, tried.problem
    values = (tried.feed, tried.format, tried.at, tried.by, tried.outcome)
    details = (report and Jsonb(report), problem and Jsonb(problem.as_dict()))
    await connection.execute(insert.encode(), (*values, *details))


async def waiting(connection: Connection) -> Sequence[Import]:
    """The last import of every feed that has meetings here, where it was not applied; the oldest first."""
    async with connection.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(_WAITING.encode())
        return [Import(**row | {"problem": Problem(**row["problem"])}) for row in await cursor.fetchall()]
