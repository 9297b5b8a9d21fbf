"""Rows of `peer_to_tell`: who is to be told that they are no longer needed, and nothing of who they were to go with."""

from datetime import datetime
from uuid import UUID

from shared.storage.database import Connection


async def put(connection: Connection, client_id: UUID, now: datetime) -> None:
    """Of everybody who has agreed to go along with this client to what is still to come; before that is erased."""
    insert = (
        "INSERT INTO peer_to_tell (peer_id, start) "
        "SELECT peer_id, start FROM company JOIN referral USING (referral_id) JOIN peer USING (peer_id) "
        "WHERE client_id = %s AND company.state = 'agreed' AND start > %s "
        "ON CONFLICT DO NOTHING"
    )
    await connection.execute(insert, (client_id, now))


async def of_provider(connection: Connection, provider: str, now: datetime) -> list[tuple[UUID, datetime]]:
    """Peer supporter and when they would come; soonest first."""
    query = (
        "SELECT peer_id, start FROM peer_to_tell JOIN peer USING (peer_id) WHERE provider = %s AND start > %s "
        "ORDER BY start, peer_id"
    )
    return await (await connection.execute(query, (provider, now))).fetchall()


async def told(connection: Connection, peer_id: UUID) -> None:
    await connection.execute("DELETE FROM peer_to_tell WHERE peer_id = %s", (peer_id,))


async def forget_past(connection: Connection, now: datetime) -> None:
    await connection.execute("DELETE FROM peer_to_tell WHERE start <= %s", (now,))
