"""Who is known, with what they agreed to: what planning needs of a person, and nothing that identifies them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from services.reminders.domain.people import Client
from shared.storage.database import Connection

FIELDS = """client.client, client.provider, client.team, client.state, client.known_zone, contact.time_zone,
    coalesce(contact.purposes, '{}'), coalesce(contact.channels, '{}'), client.reads_text"""
_EXPECT = """
INSERT INTO client (client, provider, team) SELECT * FROM unnest(%s::uuid[], %s::text[], %s::text[])
ON CONFLICT DO NOTHING
"""
# In one order, so that two transactions about the same people wait for each other instead of locking up.
_LOCK = "SELECT client FROM client WHERE client = ANY(%s) ORDER BY client FOR NO KEY UPDATE"
_SELECT = f"SELECT {FIELDS} FROM client LEFT JOIN contact USING (client) WHERE client.client = ANY(%s)"  # noqa: S608
_KNOW = """
UPDATE client SET state = 'active', team = %(team)s, sequence = %(sequence)s, known_zone = %(zone)s,
    reads_text = %(reads_text)s, opened_to = %(opened_to)s, closed_to = %(closed_to)s
WHERE client = %(client)s AND state <> 'erased' AND (sequence IS NULL OR sequence <= %(sequence)s)
"""
_MOVE = "UPDATE {} SET team = client.team FROM client WHERE {}.client = client.client AND client.client = ANY(%s)"
_TABLES = ("contact", "referral", "commitment", "message")
_TOMBSTONE = """
UPDATE client SET state = 'erased', team = NULL, sequence = %s, known_zone = NULL, reads_text = true, opened_to = '[]',
    closed_to = '{}'
WHERE client = %s
"""
_IS_OPEN = """
SELECT 1 FROM client, jsonb_to_recordset(opened_to) AS opened (sub text, until timestamptz)
WHERE client = %s AND opened.sub = %s AND opened.until > %s
"""


@dataclass(frozen=True, slots=True)
class Mentioned:
    """Somebody an event is about."""

    client: UUID
    provider: str
    team: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """`client.known` as it is kept. `opened_to`: who has broken the glass, and until when.

    `closed_to`: colleagues who are kept apart from them.
    """

    client: UUID
    team: str | None
    sequence: str
    zone: str
    reads_text: bool
    opened_to: Sequence[tuple[str, datetime]] = ()
    closed_to: Sequence[str] = ()


async def locked(connection: Connection, mentioned: Iterable[Mentioned]) -> dict[UUID, Client]:
    """Until the transaction ends nobody else plans for them. Who was not heard of before is expected from now on."""
    people = sorted({each.client: each for each in mentioned}.values(), key=lambda each: each.client)
    columns = ([each.client for each in people], [each.provider for each in people], [each.team for each in people])
    await connection.execute(_EXPECT, columns)
    return await locked_if_known(connection, columns[0])


async def locked_if_known(connection: Connection, clients: Collection[UUID]) -> dict[UUID, Client]:
    """Two statements: the second sees what the one that held the lock has committed."""
    await connection.execute(_LOCK, (list(clients),))
    return await of(connection, clients)


async def of(connection: Connection, clients: Collection[UUID]) -> dict[UUID, Client]:
    rows = await (await connection.execute(_SELECT.encode(), (list(clients),))).fetchall()
    return {row[0]: read(row) for row in rows}


async def know(connection: Connection, people: Sequence[Known]) -> None:
    async with connection.cursor() as cursor:
        await cursor.executemany(
            _KNOW,
            [asdict(known) | {"opened_to": _opened(known), "closed_to": list(known.closed_to)} for known in people],
        )


async def is_open_to(connection: Connection, client: UUID, sub: str, now: datetime) -> bool:
    """Somebody of another team of the client's provider has broken the glass at referrals, and it still lasts."""
    return await (await connection.execute(_IS_OPEN.encode(), (client, sub, now))).fetchone() is not None


async def is_closed_to(connection: Connection, client: UUID, sub: str) -> bool:
    """A colleague who is kept apart from them."""
    query = "SELECT 1 FROM client WHERE client = %s AND %s = ANY(closed_to)"
    return await (await connection.execute(query, (client, sub))).fetchone() is not None


async def move_with_team(connection: Connection, clients: Collection[UUID]) -> None:
    """Everything about these people belongs to the team that they belong to now."""
    for table in _TABLES:
        await connection.execute(_MOVE.format(table, table).encode(), (list(clients),))


async def entomb(connection: Connection, client: UUID, sequence: str) -> None:
    """What stays of somebody erased: that they were."""
    for table in ("message", "commitment", "referral", "contact"):
        await connection.execute(f"DELETE FROM {table} WHERE client = %s".encode(), (client,))  # noqa: S608
    await connection.execute(_TOMBSTONE, (sequence, client))


def _opened(known: Known) -> Jsonb:
    return Jsonb([{"sub": sub, "until": until.isoformat()} for sub, until in known.opened_to])


def read(row: tuple[Any, ...]) -> Client:
    """A row of FIELDS."""
    client, provider, team, state, known_zone, chosen_zone, purposes, channels, reads_text = row
    return Client(
        client=client,
        provider=provider,
        team=team,
        state=state,
        known_zone=known_zone,
        chosen_zone=chosen_zone,
        purposes=tuple(purposes),
        channels=tuple(channels),
        reads_text=reads_text,
    )
