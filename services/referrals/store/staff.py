"""Keyworkers and team leads who have been here, as their sign-in names them."""

from collections.abc import Collection

from psycopg.rows import class_row

from services.referrals.domain.staff import Colleague
from shared.storage.database import Connection

_FIELDS = "sub, team, name, roles"


async def put(connection: Connection, provider: str, one: Colleague) -> None:
    await connection.execute(
        "INSERT INTO staff (provider, sub, team, name, roles) VALUES (%s, %s, %s, %s, %s) "
        "ON CONFLICT (provider, sub) DO UPDATE SET team = excluded.team, name = excluded.name, roles = excluded.roles",
        (provider, one.sub, one.team, one.name, one.roles),
    )


async def named(connection: Connection, provider: str, subs: Collection[str]) -> dict[str, Colleague]:
    """By `sub`."""
    found = await _select(connection, "provider = %s AND sub = ANY(%s)", provider, list(subs))
    return {one.sub: one for one in found}


async def of_provider(connection: Connection, provider: str) -> list[Colleague]:
    return await _select(connection, "provider = %s", provider)


async def _select(connection: Connection, where: str, *values: object) -> list[Colleague]:
    async with connection.cursor(row_factory=class_row(Colleague)) as cursor:
        await cursor.execute(f"SELECT {_FIELDS} FROM staff WHERE {where} ORDER BY name, sub".encode(), values)  # noqa: S608
        return await cursor.fetchall()
