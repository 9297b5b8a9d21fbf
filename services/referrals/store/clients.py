"""Who a client is: rows of `client`, whose identity is sealed under the person's key."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

import orjson
from psycopg.rows import class_row
from pydantic import TypeAdapter

from services.referrals.domain.clients import Client, Erasure
from services.referrals.domain.identity import ClientIdentity
from shared.privacy.ciphers import Cipher
from shared.privacy.master import BlindIndex
from shared.storage.database import Connection, UnitOfWork

MOST = 2_000
"""Several teams' worth of people to look through by name."""
_PLACE = "client.identity"
_IDENTITY = TypeAdapter(ClientIdentity)
_FIELDS = (
    "client_id, provider, team, state, version, time_zone, peers, emitters, card_sha256, identity, reads_text, "
    "treatment_return"
)


def revealed(cipher: Cipher, sealed: bytes) -> ClientIdentity:
    return _IDENTITY.validate_json(cipher.decrypt(_PLACE, sealed))


def sealed(cipher: Cipher, identity: ClientIdentity) -> bytes:
    return cipher.encrypt(_PLACE, orjson.dumps(identity))


def nhs_index(index: BlindIndex, number: str) -> bytes:
    return index.of("nhs-number", number)


def who_index(index: BlindIndex, identity: ClientIdentity) -> bytes:
    """The same name, however it is capitalised or spaced, and birth date."""
    return index.of("who", f"{' '.join(identity.name.casefold().split())}|{identity.birth_date}")


async def by_id(connection: Connection, client_id: UUID, *, lock: bool = False) -> Client | None:
    found = await _select(connection, "client_id = %s", (client_id,), lock=lock)
    return found[0] if found else None


async def by_ids(connection: Connection, client_ids: Collection[UUID]) -> dict[UUID, Client]:
    found = await _select(connection, "client_id = ANY(%s)", (list(client_ids),))
    return {client.client_id: client for client in found}


async def by_nhs_number(connection: Connection, provider: str, index: bytes, *, lock: bool = True) -> Client | None:
    found = await _select(connection, "provider = %s AND nhs_index = %s", (provider, index), lock=lock)
    return found[0] if found else None


async def of_team(connection: Connection, provider: str, team: str) -> list[Client]:
    """Up to one more than `MOST`."""
    where = "provider = %s AND team = %s AND state = 'active'"
    return await _select(connection, where, (provider, team), suffix=f" LIMIT {MOST + 1}")


async def alike(connection: Connection, provider: str, index: bytes) -> list[Client]:
    """Those of the same name and birth date at this provider. Until the end of the transaction others wait to ask:

    a button pressed twice must not make two people of one.
    """
    turn = int.from_bytes(index[:8], signed=True)
    await connection.execute("SELECT pg_advisory_xact_lock(%s)", (turn,))
    return await alike_now(connection, provider, index)


async def alike_now(connection: Connection, provider: str, index: bytes) -> list[Client]:
    """The same, for who only looks."""
    return await _select(connection, "provider = %s AND who_index = %s", (provider, index))


async def add(uow: UnitOfWork, client: Client, identity: ClientIdentity) -> bool:
    """False when somebody else has just added a client of this NHS number here."""
    insert = (
        "INSERT INTO client (client_id, provider, team, state, version, time_zone, card_sha256, identity, nhs_index, "
        "who_index, known_at) VALUES (%s, %s, %s, 'active', %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING"
    )
    values = (client.client_id, client.provider, client.team, client.version, client.time_zone, client.card_sha256)
    found = _indexes(uow, identity)
    cursor = await uow.connection.execute(insert, (*values, client.identity, *found, uow.now))
    return bool(cursor.rowcount)


async def change_identity(uow: UnitOfWork, client: Client, identity: ClientIdentity) -> None:
    """Raises UniqueViolation's refusal at the caller's door if another client has the number: see `by_nhs_number`."""
    await uow.connection.execute(
        "UPDATE client SET identity = %s, nhs_index = %s, who_index = %s WHERE client_id = %s",
        (client.identity, *_indexes(uow, identity), client.client_id),
    )


async def change(connection: Connection, client: Client) -> None:
    """What is told to the others: team, consents, card, version."""
    await connection.execute(
        "UPDATE client SET team = %s, version = %s, peers = %s, emitters = %s, card_sha256 = %s, reads_text = %s "
        "WHERE client_id = %s",
        (
            client.team,
            client.version,
            client.peers,
            client.emitters,
            client.card_sha256,
            client.reads_text,
            client.client_id,
        ),
    )


async def agree_to_return(connection: Connection, client: Client) -> None:
    """What only this service knows of consents."""
    await connection.execute(
        "UPDATE client SET treatment_return = %s WHERE client_id = %s", (client.treatment_return, client.client_id)
    )


async def agreed_to_return(connection: Connection, provider: str) -> list[UUID]:
    """Clients of a provider who agreed to be in the treatment return."""
    query = (
        "SELECT client_id FROM client WHERE provider = %s AND treatment_return AND state = 'active' ORDER BY client_id"
    )
    cursor = await connection.execute(query, (provider,))
    return [client_id for (client_id,) in await cursor.fetchall()]


async def entomb(connection: Connection, client: Client) -> None:
    """Only the pseudonym stays, so that what comes late is refused."""
    await connection.execute(
        "UPDATE client SET state = 'erased', version = %s, peers = false, emitters = '{}', card_sha256 = NULL, "
        "reads_text = true, treatment_return = false, identity = NULL, nhs_index = NULL, who_index = NULL "
        "WHERE client_id = %s",
        (client.version, client.client_id),
    )


def _indexes(uow: UnitOfWork, identity: ClientIdentity) -> tuple[bytes | None, bytes]:
    index = uow.keys.index
    number = nhs_index(index, identity.nhs_number) if identity.nhs_number else None
    return number, who_index(index, identity)


async def _select(
    connection: Connection, where: str, values: Sequence[object], *, lock: bool = False, suffix: str = ""
) -> list[Client]:
    async with connection.cursor(row_factory=class_row(Client)) as cursor:
        query = f"SELECT {_FIELDS} FROM client WHERE {where} ORDER BY client_id{suffix}{' FOR UPDATE' if lock else ''}"  # noqa: S608
        await cursor.execute(query.encode(), values)
        return await cursor.fetchall()


async def ask_for_erasure(uow: UnitOfWork, client: Client, by: str) -> None:
    await uow.connection.execute(
        "INSERT INTO erasure (client_id, provider, asked_at, asked_by) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
        (client.client_id, client.provider, uow.now, by),
    )


async def erasures_under_way(connection: Connection, tombstones_before: datetime) -> list[Erasure]:
    """Those whose key stands, and those old enough for their tombstone."""
    query = (
        "SELECT client_id, provider, asked_at, key_gone_at, tombstoned_at FROM erasure WHERE key_gone_at IS NULL "
        "OR (tombstoned_at IS NULL AND asked_at < %s) LIMIT 100 FOR UPDATE SKIP LOCKED"
    )
    async with connection.cursor(row_factory=class_row(Erasure)) as cursor:
        await cursor.execute(query, (tombstones_before,))
        return await cursor.fetchall()


async def note_erasure(connection: Connection, erasure: Erasure) -> None:
    await connection.execute(
        "UPDATE erasure SET key_gone_at = %s, tombstoned_at = %s WHERE client_id = %s",
        (erasure.key_gone_at, erasure.tombstoned_at, erasure.client_id),
    )
