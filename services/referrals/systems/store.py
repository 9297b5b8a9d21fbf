"""SQL of registered systems, used assertions and signing keys."""

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import TupleRow, class_row
from psycopg.types.json import Jsonb

from services.referrals.systems.assertions import Proof
from services.referrals.systems.registration import RegisteredSystem
from services.referrals.systems.signing_keys import SigningKey

Connection = AsyncConnection[TupleRow]
_SYSTEM = "name, provider, source, reports_as, scopes, jwks, state"
_FIRST_KEY = 0x73696E67  # "sing"


@dataclass(frozen=True, slots=True)
class Registration:
    """Who registered it, and when."""

    by: str
    at: datetime


async def system(connection: Connection, name: str, *, lock: bool = False) -> RegisteredSystem | None:
    query = f"SELECT {_SYSTEM} FROM registered_system WHERE name = %s{' FOR UPDATE' if lock else ''}"  # noqa: S608
    async with connection.cursor(row_factory=class_row(RegisteredSystem)) as cursor:
        await cursor.execute(query.encode(), (name,))
        return await cursor.fetchone()


async def systems_of(connection: Connection, provider: str) -> list[RegisteredSystem]:
    query = f"SELECT {_SYSTEM} FROM registered_system WHERE provider = %s ORDER BY name"  # noqa: S608
    async with connection.cursor(row_factory=class_row(RegisteredSystem)) as cursor:
        await cursor.execute(query.encode(), (provider,))
        return await cursor.fetchall()


async def add(connection: Connection, new: RegisteredSystem, registration: Registration) -> bool:
    """Whether name and source were free."""
    insert = (
        f"INSERT INTO registered_system ({_SYSTEM}, registered_by, registered_at) "  # noqa: S608
        "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING"
    )
    values = (new.name, new.provider, new.source, new.reports_as, list(new.scopes), Jsonb(new.jwks), new.state)
    return bool((await connection.execute(insert.encode(), (*values, registration.by, registration.at))).rowcount)


async def change(connection: Connection, changed: RegisteredSystem) -> None:
    await connection.execute(
        "UPDATE registered_system SET reports_as = %s, scopes = %s, jwks = %s, state = %s WHERE name = %s",
        (changed.reports_as, list(changed.scopes), Jsonb(changed.jwks), changed.state, changed.name),
    )


async def note_assertion(connection: Connection, proof: Proof, now: datetime) -> bool:
    """Whether it was not used before. Those that have expired are forgotten: they would be refused anyway."""
    await connection.execute("DELETE FROM client_assertion WHERE expires_at < %s", (now,))
    insert = "INSERT INTO client_assertion (client_id, jti, expires_at) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
    return bool((await connection.execute(insert, astuple(proof))).rowcount)


async def signing_key(connection: Connection, now: datetime) -> SigningKey | None:
    """The newest that may sign."""
    query = (
        "SELECT key_id, private, public, signs_from FROM signing_key "
        "WHERE signs_from <= %s AND published_until IS NULL ORDER BY signs_from DESC LIMIT 1"
    )
    async with connection.cursor(row_factory=class_row(SigningKey)) as cursor:
        await cursor.execute(query, (now,))
        return await cursor.fetchone()


async def first_signing_key_is_mine(connection: Connection) -> None:
    """Two processes that both find no key take turns: the second then finds the first one's."""
    await connection.execute("SELECT pg_advisory_xact_lock(%s)", (_FIRST_KEY,))


async def add_signing_key(connection: Connection, key: SigningKey) -> None:
    await connection.execute(
        "INSERT INTO signing_key (key_id, private, public, signs_from) VALUES (%s, %s, %s, %s)",
        (key.key_id, key.private, Jsonb(key.public), key.signs_from),
    )


async def published_keys(connection: Connection, now: datetime) -> list[Mapping[str, Any]]:
    query = "SELECT public FROM signing_key WHERE published_until IS NULL OR published_until > %s ORDER BY signs_from"
    return [row[0] for row in await (await connection.execute(query, (now,))).fetchall()]
