"""The audit, read: rows of `audit` about the clients that referrals has in care."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row

from shared.storage.database import Connection


@dataclass(frozen=True, slots=True)
class Noted:
    """`subject` names what was looked at, never what it says."""

    at: datetime
    actor: str
    action: str
    subject: str
    client: UUID


_OF_CLIENT = """
SELECT at, actor, action, subject, client FROM audit
WHERE client = %s AND provider = %s AND at < %s ORDER BY at DESC LIMIT %s
"""
_OF_TEAM = """
SELECT audit.at, audit.actor, audit.action, audit.subject, audit.client FROM audit
JOIN client ON client.client_id = audit.client AND client.provider = audit.provider
WHERE client.provider = %s AND client.team = %s AND audit.at < %s ORDER BY audit.at DESC LIMIT %s
"""
_CHANGED = """
SELECT recorded_at AS at, actor, 'change' AS action, 'referral/' || referral_id AS subject, client_id AS client
FROM decision WHERE provider = %s AND team = %s AND recorded_at < %s ORDER BY recorded_at DESC LIMIT %s
"""


async def of_client(
    connection: Connection, provider: str, client: UUID, before: datetime, most: int
) -> Sequence[Noted]:
    """Latest first."""
    return await _select(connection, _OF_CLIENT, client, provider, before, most)


async def of_team(connection: Connection, provider: str, team: str, before: datetime, most: int) -> Sequence[Noted]:
    """Of clients now in the care of this team; latest first."""
    return await _select(connection, _OF_TEAM, provider, team, before, most)


async def changes_of_team(
    connection: Connection, provider: str, team: str, before: datetime, most: int
) -> Sequence[Noted]:
    """Decisions on pathways that were this team's then, without what was decided."""
    return await _select(connection, _CHANGED, provider, team, before, most)


async def _select(connection: Connection, query: str, *values: object) -> list[Noted]:
    async with connection.cursor(row_factory=class_row(Noted)) as cursor:
        await cursor.execute(query.encode(), values)
        return await cursor.fetchall()
