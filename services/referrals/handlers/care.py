"""In whose care a client is: who may see what is theirs, and what moves when another team takes them on."""

from uuid import UUID

from services.referrals.domain.clients import Client
from services.referrals.domain.keeping_apart import Other, who_may_see
from services.referrals.handlers.knowing import tell
from services.referrals.store import accesses, clients, drafts, kept_apart
from shared.storage.database import UnitOfWork
from shared.web.identity import TEAM_LEAD, Person
from shared.web.problems import Forbidden, not_found, not_open_to_you


async def cared_for(uow: UnitOfWork, client_id: UUID, worker: Person, *, lock: bool = False) -> Client:
    """The client if this worker may see them. 404 for another provider's or an erased one, 403 for another team's."""
    client = await of_provider(uow, client_id, worker, lock=lock)
    if not await may_see(uow, client.client_id, client.team, worker):
        raise closed_to(worker, client.team, "clientId")
    return client


async def of_provider(uow: UnitOfWork, client_id: UUID, worker: Person, *, lock: bool = False) -> Client:
    """Whatever the team: for what does not show them. 404 for another provider's or an erased one."""
    client = await clients.by_id(uow.connection, client_id, lock=lock)
    if client is None or client.state == "erased" or client.provider != worker.provider:
        raise not_found("No such client is known here.", "clientId")
    return client


async def may_see(uow: UnitOfWork, client_id: UUID, team: str, worker: Person) -> bool:
    """A client of the worker's provider: keyworkers of the team, team leads, and who has broken the glass.

    Never who is kept apart from them.
    """
    apart = await is_kept_apart(uow, client_id, worker)
    if is_in_care_of(worker, team):
        return who_may_see(in_care=True, kept_apart=apart)
    until = await accesses.lasts_until(uow.connection, client_id, worker.sub, uow.now)
    return who_may_see(in_care=until is not None, kept_apart=apart)


async def is_kept_apart(uow: UnitOfWork, client_id: UUID, worker: Person) -> bool:
    return Other("staff", worker.sub) in {mark.other for mark in await kept_apart.of_client(uow.connection, client_id)}


async def kept_apart_from(uow: UnitOfWork, worker: Person) -> frozenset[UUID]:
    """Clients who are on no list that this worker is shown."""
    return await kept_apart.from_staff(uow.connection, worker.provider, worker.sub)


def closed_to(worker: Person, team: str, field: str) -> Forbidden:
    """In words that give no mark away to somebody of another team, nor to somebody of their own."""
    if is_in_care_of(worker, team):
        return not_open_to_you(field)
    return Forbidden("other-team", "This client is in the care of another team.", field)


def is_in_care_of(worker: Person, team: str) -> bool:
    """Without any glass broken."""
    return team == worker.team or worker.has_any(TEAM_LEAD)


async def move(uow: UnitOfWork, client: Client, team: str) -> None:
    """All that is the client's follows them to the team that takes them on; the other services are told."""
    if client.team == team:
        return
    client.team = team
    await kept_apart.move(uow.connection, client.client_id, team)
    await drafts.move(uow, client.client_id, team)
    await accesses.move(uow.connection, client.client_id, team)
    await tell(uow, client)
