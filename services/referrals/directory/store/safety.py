"""SQL of concerns about meetings, and of those that a provider does not suggest."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row

from services.referrals.directory.safety import Concern, Pause
from shared.storage.database import Connection


async def paused(connection: Connection, provider: str) -> Sequence[Pause]:
    """The latest first."""
    query = "SELECT meeting_id, paused_by, paused_at FROM meeting_pause WHERE provider = %s ORDER BY paused_at DESC"
    async with connection.cursor(row_factory=class_row(Pause)) as cursor:
        await cursor.execute(query, (provider,))
        return await cursor.fetchall()


async def is_paused_for(connection: Connection, meeting_id: UUID, client_id: UUID) -> bool:
    """By the client's provider."""
    query = "SELECT FROM meeting_pause JOIN client USING (provider) WHERE meeting_id = %s AND client_id = %s"
    return await (await connection.execute(query, (meeting_id, client_id))).fetchone() is not None


async def pause(connection: Connection, provider: str, meeting_id: UUID, by: str, at: datetime) -> bool:
    """False when it is paused already."""
    insert = (
        "INSERT INTO meeting_pause (provider, meeting_id, paused_by, paused_at) VALUES (%s, %s, %s, %s) "
        "ON CONFLICT DO NOTHING"
    )
    return bool((await connection.execute(insert, (provider, meeting_id, by, at))).rowcount)


async def resume(connection: Connection, provider: str, meeting_id: UUID) -> bool:
    """False when it is not paused."""
    delete = "DELETE FROM meeting_pause WHERE provider = %s AND meeting_id = %s"
    return bool((await connection.execute(delete, (provider, meeting_id))).rowcount)


async def note(connection: Connection, provider: str, meeting_id: UUID, concern: Concern) -> None:
    await connection.execute(
        "INSERT INTO meeting_concern (concern_id, provider, meeting_id, passed_to, passed_on, noted_by, noted_at) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s)",
        (
            concern.concern_id,
            provider,
            meeting_id,
            concern.passed_to,
            concern.passed_on,
            concern.noted_by,
            concern.noted_at,
        ),
    )


async def concerns(connection: Connection, provider: str, meeting_id: UUID) -> Sequence[Concern]:
    """The latest first."""
    query = (
        "SELECT concern_id, passed_to, passed_on, noted_by, noted_at FROM meeting_concern "
        "WHERE provider = %s AND meeting_id = %s ORDER BY noted_at DESC"
    )
    async with connection.cursor(row_factory=class_row(Concern)) as cursor:
        await cursor.execute(query, (provider, meeting_id))
        return await cursor.fetchall()
