"""What was planned and sent for a client, as their keyworker sees it."""

from collections.abc import Sequence
from uuid import UUID

from services.reminders.domain.messages import Message
from services.reminders.handlers.walls import visible_to
from services.reminders.store import clients, messages
from shared.storage.database import UnitOfWork
from shared.web.identity import Person


async def list_reminders(uow: UnitOfWork, worker: Person, client: UUID) -> Sequence[Message]:
    """In the order in which they are due."""
    await visible_to(uow, worker, (await clients.of(uow.connection, [client])).get(client))
    return await messages.of_client(uow.connection, client)
