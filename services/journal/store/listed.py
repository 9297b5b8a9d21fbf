"""Meetings and emitters as they were last said, with a version that moves on in every transaction that changes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services.journal.domain.emitters import Emitter
from services.journal.store.clients import ERASING
from shared.events.directory import MeetingListed
from shared.storage.database import Connection

_VERSION = "SELECT version FROM listed_version"
_VERSION_SHARING = f"SELECT version, pg_advisory_xact_lock_shared({ERASING}) FROM listed_version"  # noqa: S608
# The row lock makes writers take turns until they have committed: a version never appears before a smaller one.
_NEXT = "UPDATE listed_version SET version = version + 1 RETURNING version"
_LIST = """
INSERT INTO meeting (meeting_id, version, listed) VALUES (%s, %s, %s)
ON CONFLICT (meeting_id) DO UPDATE SET version = excluded.version, listed = excluded.listed
"""
_REGISTER = """
INSERT INTO emitter (system, version, source, provider, reports_as, active) VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (system) DO UPDATE SET version = excluded.version, source = excluded.source, provider = excluded.provider,
    reports_as = excluded.reports_as, active = excluded.active
"""


@dataclass(frozen=True, slots=True)
class Registered:
    """One system as registered; `system` is its name."""

    system: str
    emitter: Emitter


async def version(connection: Connection) -> int:
    return await _number(connection, _VERSION)


async def version_while_nobody_is_erased(connection: Connection) -> int:
    """The first statement of a transaction that records facts: until it ends no client is erased (see `clients`)."""
    return await _number(connection, _VERSION_SHARING)


async def put_meetings(connection: Connection, meetings: Sequence[MeetingListed]) -> None:
    now = await _number(connection, _NEXT)
    rows = [(meeting.meeting_id, now, meeting.model_dump_json()) for meeting in meetings]
    async with connection.cursor() as cursor:
        await cursor.executemany(_LIST, rows)


async def put_emitters(connection: Connection, registered: Sequence[Registered]) -> None:
    now = await _number(connection, _NEXT)
    rows = [
        (it.system, now, it.emitter.source, it.emitter.provider, it.emitter.reports_as, it.emitter.active)
        for it in registered
    ]
    async with connection.cursor() as cursor:
        await cursor.executemany(_REGISTER, rows)


async def meetings_since(connection: Connection, known: int) -> list[MeetingListed]:
    cursor = await connection.execute("SELECT listed::text FROM meeting WHERE version > %s", (known,))
    return [MeetingListed.model_validate_json(row[0]) for row in await cursor.fetchall()]


async def meeting(connection: Connection, meeting_id: UUID) -> MeetingListed | None:
    cursor = await connection.execute("SELECT listed::text FROM meeting WHERE meeting_id = %s", (meeting_id,))
    row = await cursor.fetchone()
    return MeetingListed.model_validate_json(row[0]) if row else None


async def emitters(connection: Connection) -> list[Emitter]:
    cursor = await connection.execute("SELECT source, provider, reports_as, active FROM emitter")
    return [Emitter(*row) for row in await cursor.fetchall()]


async def _number(connection: Connection, query: str) -> int:
    row = await (await connection.execute(query.encode())).fetchone()
    assert row is not None  # noqa: S101 - the migration put it there
    return int(row[0])
