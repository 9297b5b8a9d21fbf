"""Rows of `kept_apart`: between two clients there are two, each the other's mirror."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.referrals.domain.clients import Client
from services.referrals.domain.keeping_apart import Other
from shared.storage.database import Connection, UnitOfWork


@dataclass(frozen=True, slots=True)
class Mark:
    """`since`: when the two were first marked."""

    other: Other
    since: datetime


async def put(uow: UnitOfWork, client: Client, other: Other) -> None:
    """One side. Twice is once."""
    await uow.connection.execute(
        "INSERT INTO kept_apart (client_id, kind, other, provider, team, marked_at) VALUES (%s, %s, %s, %s, %s, %s) "
        "ON CONFLICT DO NOTHING",
        (client.client_id, other.kind, other.id, client.provider, client.team, uow.now),
    )


async def remove(connection: Connection, client_id: UUID, other: Other) -> None:
    """Both sides."""
    await connection.execute(
        "DELETE FROM kept_apart WHERE (client_id = %s AND kind = %s AND other = %s) "
        "OR (client_id::text = %s AND kind = 'client' AND other = %s)",
        (client_id, other.kind, other.id, other.id, str(client_id)),
    )


async def of_client(connection: Connection, client_id: UUID) -> Sequence[Mark]:
    """Oldest first."""
    query = "SELECT kind, other, marked_at FROM kept_apart WHERE client_id = %s ORDER BY marked_at, other"
    rows = await (await connection.execute(query, (client_id,))).fetchall()
    return [Mark(Other(kind, other), at) for kind, other, at in rows]


async def from_staff(connection: Connection, provider: str, sub: str) -> frozenset[UUID]:
    """Clients who are kept apart from a member of staff."""
    query = "SELECT client_id FROM kept_apart WHERE kind = 'staff' AND other = %s AND provider = %s"
    rows = await (await connection.execute(query, (sub, provider))).fetchall()
    return frozenset(client_id for (client_id,) in rows)


async def with_staff(connection: Connection, client_ids: Collection[UUID]) -> frozenset[tuple[UUID, str]]:
    """Of these clients, who of the staff each is kept apart from, by `sub`."""
    query = "SELECT client_id, other FROM kept_apart WHERE kind = 'staff' AND client_id = ANY(%s)"
    rows = await (await connection.execute(query, (list(client_ids),))).fetchall()
    return frozenset((client_id, other) for client_id, other in rows)


async def move(connection: Connection, client_id: UUID, team: str) -> None:
    """The client is in the care of another team."""
    await connection.execute("UPDATE kept_apart SET team = %s WHERE client_id = %s", (team, client_id))


async def forget_peer(connection: Connection, peer_id: UUID) -> None:
    await connection.execute("DELETE FROM kept_apart WHERE kind = 'peer' AND other = %s", (str(peer_id),))


async def forget_client(connection: Connection, client_id: UUID) -> None:
    """On either side."""
    await connection.execute(
        "DELETE FROM kept_apart WHERE client_id = %s OR (kind = 'client' AND other = %s)", (client_id, str(client_id))
    )
