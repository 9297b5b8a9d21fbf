"""Finding a client by NHS number or name: among those the worker may see, and never beyond their provider."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date as Day
from uuid import UUID

from services.referrals.domain.answers import Refusal
from services.referrals.domain.clients import Client
from services.referrals.domain.identity import ClientIdentity, nhs_number
from services.referrals.domain.names import fits
from services.referrals.domain.pathway import Pathway
from services.referrals.handlers.care import cared_for, kept_apart_from, may_see
from services.referrals.handlers.caseload import identities, team_of
from services.referrals.handlers.refusals import refused
from services.referrals.store import clients, pathways
from shared.storage.database import UnitOfWork
from shared.web.identity import Person


@dataclass(frozen=True, slots=True)
class Hit:
    """`identity`: none for somebody in the care of another team, who was asked for by their very number."""

    client_id: UUID
    identity: ClientIdentity | None
    pathways: Sequence[Pathway] = ()


@dataclass(frozen=True, slots=True)
class Hits:
    """`complete`: false when the team has more clients than are looked through."""

    hits: Sequence[Hit]
    complete: bool = True


async def by_number(uow: UnitOfWork, worker: Person, text: str) -> Hits:
    """422 for what is no NHS number. Whoever is in another team's care is said to be, and no more."""
    number = nhs_number(text)
    if isinstance(number, Refusal):
        raise refused(number)
    index = clients.nhs_index(uow.keys.index, number)
    client = await clients.by_nhs_number(uow.connection, worker.provider, index, lock=False)
    if client is None:
        return Hits([])
    if not await may_see(uow, client.client_id, client.team, worker):
        return Hits([Hit(client.client_id, None)])
    return Hits(await _hits(uow, {client.client_id}))


async def by_name(uow: UnitOfWork, worker: Person, name: str, born: Day | None) -> Hits:
    """Parts of names, in the worker's own team; with a birth date also whoever else they may see of just this name."""
    team = await clients.of_team(uow.connection, worker.provider, team_of(worker, None))
    known = await identities(uow, {client.client_id for client in team[: clients.MOST]})
    found = {client_id for client_id, who in known.items() if fits(who.name, name) and born in (None, who.birth_date)}
    if born is not None:
        alike = await clients.alike_now(
            uow.connection,
            worker.provider,
            clients.who_index(uow.keys.index, ClientIdentity(name=name, birth_date=born)),
        )
        found |= await _seen(uow, worker, alike)
    found -= await kept_apart_from(uow, worker)
    return Hits(await _hits(uow, found), complete=len(team) <= clients.MOST)


async def of_client(uow: UnitOfWork, client_id: UUID, worker: Person) -> Hit:
    """One whom the worker may see. 404 for another provider's, 403 for another team's."""
    client = await cared_for(uow, client_id, worker)
    [hit] = await _hits(uow, {client.client_id})
    return hit


async def _seen(uow: UnitOfWork, worker: Person, found: Collection[Client]) -> set[UUID]:
    return {one.client_id for one in found if await may_see(uow, one.client_id, one.team, worker)}


async def _hits(uow: UnitOfWork, client_ids: set[UUID]) -> list[Hit]:
    """By name, each with all of their pathways here: the latest first."""
    known = await identities(uow, client_ids)
    cases = await pathways.of_clients(uow, known.keys(), lock=False)
    hits = []
    for client_id, identity in sorted(known.items(), key=lambda pair: (pair[1].name.casefold(), pair[1].birth_date)):
        theirs = [case.pathway for case in cases if case.pathway.client_id == client_id]
        hits.append(Hit(client_id, identity, sorted(theirs, key=lambda each: each.opened_at, reverse=True)))
    return hits
