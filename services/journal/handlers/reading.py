"""What a keyworker may read of a client's attendance."""

from uuid import UUID

from services.journal.domain.clients import Client
from services.journal.domain.story import Occasion, Recorded, story
from services.journal.store import clients, facts
from shared.storage.database import Connection


async def client_known(connection: Connection, client: UUID) -> Client | None:
    """None also for somebody who was erased."""
    found = await clients.of(connection, client)
    return None if found is None or found.erased else found


async def is_open_to(connection: Connection, client: UUID, sub: str) -> bool:
    """They have broken the glass at referrals, and it still lasts."""
    return await clients.is_open_to(connection, client, sub)


async def is_closed_to(connection: Connection, client: UUID, sub: str) -> bool:
    """They are kept apart from the client."""
    return await clients.is_closed_to(connection, client, sub)


async def attendance_of(connection: Connection, client: UUID) -> list[Occasion]:
    return story(Recorded(fact, at) for fact, at in await facts.of_client(connection, client))
