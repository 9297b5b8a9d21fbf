"""Rows of `access_opened`: whose glass was broken, by whom, until when, and why (sealed)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from services.referrals.domain.clients import Client
from services.referrals.domain.glass import Access
from shared.storage.database import Connection, UnitOfWork

_REASON = "access_opened.reason"
_FIELDS = "access_id, client_id, sub, reason, since, until"


async def add(uow: UnitOfWork, client: Client, access: Access) -> None:
    sealed = (await uow.keys.of(client.client_id)).encrypt(_REASON, access.reason.encode())
    whose = (access.access_id, client.client_id, client.provider, client.team, access.sub)
    await uow.connection.execute(
        "INSERT INTO access_opened (access_id, client_id, provider, team, sub, reason, since, until) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
        (*whose, sealed, access.since, access.until),
    )


async def lasts_until(connection: Connection, client_id: UUID, sub: str, now: datetime) -> datetime | None:
    """None: this person has no access of this kind at present. `client_id` is of their provider."""
    query = "SELECT max(until) FROM access_opened WHERE client_id = %s AND sub = %s AND until > %s"
    row = await (await connection.execute(query, (client_id, sub, now))).fetchone()
    return row[0] if row else None


async def standing(connection: Connection, client_id: UUID, now: datetime) -> Sequence[tuple[str, datetime]]:
    """Who has access of this kind at present, and until when."""
    query = (
        "SELECT sub, max(until) FROM access_opened WHERE client_id = %s AND until > %s GROUP BY sub ORDER BY max(until)"
    )
    rows = await (await connection.execute(query, (client_id, now))).fetchall()
    return [(sub, until) for sub, until in rows]


async def of_client(uow: UnitOfWork, client_id: UUID) -> Sequence[Access]:
    """Latest first."""
    return await _select(uow, "client_id = %s", client_id)


async def of_team(uow: UnitOfWork, provider: str, team: str, since: datetime) -> Sequence[Access]:
    """To the clients of a team; latest first."""
    return await _select(uow, "provider = %s AND team = %s AND since >= %s", provider, team, since)


async def move(connection: Connection, client_id: UUID, team: str) -> None:
    """The client is in the care of another team."""
    await connection.execute("UPDATE access_opened SET team = %s WHERE client_id = %s", (team, client_id))


async def forget_client(connection: Connection, client_id: UUID) -> None:
    await connection.execute("DELETE FROM access_opened WHERE client_id = %s", (client_id,))


async def _select(uow: UnitOfWork, where: str, *values: object) -> list[Access]:
    query = f"SELECT {_FIELDS} FROM access_opened WHERE {where} ORDER BY since DESC LIMIT 500"  # noqa: S608
    rows = await (await uow.connection.execute(query.encode(), values)).fetchall()
    ciphers = await uow.keys.existing({client_id for _, client_id, *_ in rows})
    return [
        Access(access_id, client_id, sub, ciphers[client_id].decrypt(_REASON, reason).decode(), since, until)
        for access_id, client_id, sub, reason, since, until in rows
        if client_id in ciphers
    ]
