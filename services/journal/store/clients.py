"""What is known of clients."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.types.json import Jsonb

from services.journal.domain.clients import Client
from shared.storage.arrays import Uuids
from shared.storage.database import Connection

ERASING = 0x65726173  # "eras": whoever records facts shares it, who erases has it alone
_FIELDS = "client, provider, team, erased, card_sha256, peers, emitters"
_BY_ID = f"SELECT {_FIELDS} FROM client WHERE client = ANY(%b)"  # noqa: S608
_BY_CARD = f"SELECT {_FIELDS} FROM client WHERE card_sha256 = ANY(%b)"  # noqa: S608
_KNOW = """
INSERT INTO client (client, provider, team, sequence, time_zone, card_sha256, peers, emitters, opened_to,
    closed_to)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (client) DO UPDATE SET
    provider = excluded.provider, team = excluded.team, sequence = excluded.sequence, time_zone = excluded.time_zone,
    card_sha256 = excluded.card_sha256, peers = excluded.peers, emitters = excluded.emitters,
    opened_to = excluded.opened_to, closed_to = excluded.closed_to
WHERE NOT client.erased AND client.sequence <= excluded.sequence
"""
_TOMBSTONE = """
INSERT INTO client (client, provider, erased, sequence) VALUES (%s, %s, true, %s)
ON CONFLICT (client) DO UPDATE SET erased = true, team = NULL, time_zone = NULL, card_sha256 = NULL, peers = false,
    emitters = '{}', opened_to = '[]', closed_to = '{}', sequence = excluded.sequence
"""
_IS_OPEN = """
SELECT 1 FROM client, jsonb_to_recordset(opened_to) AS opened (sub text, until timestamptz)
WHERE client = %s AND opened.sub = %s AND opened.until > now()
"""


@dataclass(frozen=True, slots=True)
class Heard:
    """`client.known` as it is kept: the client, how far their story has come, and to whom they are open until when.

    `closed_to`: colleagues who are kept apart from them.
    """

    client: Client
    sequence: str
    time_zone: str
    opened_to: Sequence[tuple[str, datetime]] = ()
    closed_to: Sequence[str] = ()


async def by_id(connection: Connection, clients: Collection[UUID]) -> list[Client]:
    async with connection.cursor(binary=True) as cursor:
        await cursor.execute(_BY_ID, (Uuids(clients),))
        return [Client(*row) for row in await cursor.fetchall()]


async def by_card(connection: Connection, cards: Collection[bytes]) -> list[Client]:
    async with connection.cursor(binary=True) as cursor:
        await cursor.execute(_BY_CARD, (list(cards),))
        return [Client(*row) for row in await cursor.fetchall()]


async def of(connection: Connection, client: UUID) -> Client | None:
    cursor = await connection.execute(f"SELECT {_FIELDS} FROM client WHERE client = %s".encode(), (client,))  # noqa: S608
    row = await cursor.fetchone()
    return Client(*row) if row else None


async def is_open_to(connection: Connection, client: UUID, sub: str) -> bool:
    """Somebody of another team of the client's provider has broken the glass, and it still lasts."""
    return await (await connection.execute(_IS_OPEN.encode(), (client, sub))).fetchone() is not None


async def is_closed_to(connection: Connection, client: UUID, sub: str) -> bool:
    """A colleague who is kept apart from them."""
    query = "SELECT 1 FROM client WHERE client = %s AND %s = ANY(closed_to)"
    return await (await connection.execute(query, (client, sub))).fetchone() is not None


async def know(connection: Connection, heard: Sequence[Heard]) -> None:
    async with connection.cursor() as cursor:
        await cursor.executemany(_KNOW, [_row(it) for it in heard])


async def card_of(connection: Connection, client: UUID) -> bytes | None:
    cursor = await connection.execute("SELECT card_sha256 FROM client WHERE client = %s", (client,))
    row = await cursor.fetchone()
    return row[0] if row else None


async def wait_for_writers(connection: Connection) -> None:
    """Until nobody is in the middle of recording facts; who comes after finds the client erased."""
    await connection.execute(f"SELECT pg_advisory_xact_lock({ERASING})".encode())


async def entomb(connection: Connection, heard: Heard) -> None:
    """What stays of an erased client: that they were."""
    await connection.execute(_TOMBSTONE, (heard.client.client, heard.client.provider, heard.sequence))


def _row(heard: Heard) -> tuple[object, ...]:
    it = heard.client
    known = (it.client, it.provider, it.team, heard.sequence, heard.time_zone)
    opened = [{"sub": sub, "until": until.isoformat()} for sub, until in heard.opened_to]
    return (*known, it.card, it.peers, sorted(it.emitters), Jsonb(opened), list(heard.closed_to))
