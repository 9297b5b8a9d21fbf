"""SQL of imports from sources: asked for, under way, ended."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg.rows import dict_row

from services.referrals.directory.outcome import Progress, Run
from shared.problems import Problem
from shared.storage.database import Connection

LEASE = timedelta(seconds=60)
"""Renewed while a run goes on, twice a second; an instance that is silent for longer has died, and another begins anew.

If it had only lost the database, both read: the imports of a feed wait for each other, and do the same.
"""
_ASK = """
INSERT INTO directory_run (run_id, source_id, asked_at, by, agreed, state, phase)
VALUES (%s, %s, %s, %s, %s, 'waiting', 'waiting') ON CONFLICT (source_id) WHERE state <> 'ended' DO NOTHING
"""
_TAKE = """
UPDATE directory_run SET state = 'running', lease_until = %s WHERE run_id = (
    SELECT run_id FROM directory_run WHERE state = 'waiting' OR (state = 'running' AND lease_until < %s)
    ORDER BY asked_at LIMIT 1 FOR UPDATE SKIP LOCKED
) RETURNING run_id, source_id, by, agreed
"""
_TOLD = """
UPDATE directory_run SET phase = %s, fetched = %s, fetched_of = %s, lines = %s, compared = %s, written = %s,
    lease_until = %s
WHERE run_id = %s AND state = 'running'
"""
_SHOWN = """
SELECT run_id, run.source_id, source.feed, run.asked_at, run.by, run.state, run.phase, run.fetched, run.fetched_of,
    run.lines, run.compared, run.written, run.ended_at, tried.outcome, tried.report, tried.problem
FROM directory_run AS run JOIN directory_source AS source USING (source_id)
LEFT JOIN directory_import AS tried USING (import_id)
"""


@dataclass(frozen=True, slots=True)
class Asked:
    run_id: UUID
    source_id: UUID
    by: str
    agreed: bool


async def ask(connection: Connection, asked: Asked, now: datetime) -> UUID:
    """Its own id, or that of the one which is waiting or running."""
    values = (asked.run_id, asked.source_id, now, asked.by, asked.agreed)
    if (await connection.execute(_ASK.encode(), values)).rowcount:
        return asked.run_id
    query = "SELECT run_id FROM directory_run WHERE source_id = %s AND state <> 'ended'"
    row = await (await connection.execute(query, (asked.source_id,))).fetchone()
    return row[0] if row else await ask(connection, asked, now)


async def take(connection: Connection, now: datetime) -> Asked | None:
    """The oldest that waits, or that somebody began and no longer goes on with."""
    row = await (await connection.execute(_TAKE.encode(), (now + LEASE, now))).fetchone()
    return Asked(*row) if row else None


async def tell(connection: Connection, run_id: UUID, progress: Progress, now: datetime) -> None:
    """How far it is, and that it goes on."""
    said = (progress.phase, progress.fetched, progress.fetched_of, progress.lines, progress.compared, progress.written)
    await connection.execute(_TOLD.encode(), (*said, now + LEASE, run_id))


async def end(connection: Connection, run_id: UUID, now: datetime, import_id: int) -> None:
    update = (
        "UPDATE directory_run SET state = 'ended', phase = 'ended', ended_at = %s, import_id = %s WHERE run_id = %s"
    )
    await connection.execute(update, (now, import_id, run_id))


async def one(connection: Connection, run_id: UUID) -> Run | None:
    async with connection.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(f"{_SHOWN} WHERE run_id = %s".encode(), (run_id,))
        row = await cursor.fetchone()
    return _run(row) if row else None


async def latest(connection: Connection) -> dict[UUID, Run]:
    """Of each source its last run."""
    query = f"SELECT DISTINCT ON (source_id) * FROM ({_SHOWN}) AS shown ORDER BY source_id, asked_at DESC"  # noqa: S608
    async with connection.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(query.encode())
        return {row["source_id"]: _run(row) for row in await cursor.fetchall()}


def _run(row: dict[str, Any]) -> Run:
    names = ("phase", "fetched", "fetched_of", "lines", "compared", "written")
    progress = Progress(**{name: row.pop(name) for name in names})
    return Run(**row | {"progress": progress, "problem": row["problem"] and Problem(**row["problem"])})
