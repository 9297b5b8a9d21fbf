"""In whose care a client is: who may see what belongs to the client rather than to one of their pathways."""

from uuid import UUID

from services.referrals.domain.clients import Client
from services.referrals.store import clients
from shared.storage.database import UnitOfWork
from shared.web.identity import TEAM_LEAD, Person
from shared.web.problems import Forbidden, not_found


async def cared_for(uow: UnitOfWork, client_id: UUID, worker: Person, *, lock: bool = False) -> Client:
    """The client if this worker may see them. 404 for another provider's or an erased one, 403 for another team's."""
    client = await of_provider(uow, client_id, worker, lock=lock)
    if not await may_see(uow, client, worker):
        raise Forbidden("other-team", "This client is in the care of another team.", "clientId")
    return client


async def of_provider(uow: UnitOfWork, client_id: UUID, worker: Person, *, lock: bool = False) -> Client:
    """Whatever the team: for what does not show them. 404 for another provider's or an erased one."""
    client = await clients.by_id(uow.connection, client_id, lock=lock)
    if client is None or client.state == "erased" or client.provider != worker.provider:
        raise not_found("No such client is known here.", "clientId")
    return client


async def may_see(uow: UnitOfWork, client: Client, worker: Person) -> bool:
    """Keyworkers of the client's team, and team leads of their provider."""
    return client.team == worker.team or worker.has_any(TEAM_LEAD)
