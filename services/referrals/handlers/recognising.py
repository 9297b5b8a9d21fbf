"""Who is it, and may they be referred here: known already, alike, in another team's care, noted as having died."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services.referrals.domain.clients import Client
from services.referrals.domain.identity import ClientIdentity
from services.referrals.domain.names import folded
from services.referrals.domain.pathway import Pathway
from services.referrals.handlers.care import cared_for, closed_to, is_kept_apart, may_see
from services.referrals.handlers.caseload import identities
from services.referrals.handlers.clients import identity_of
from services.referrals.store import clients, pathways
from shared.storage.database import UnitOfWork
from shared.web.identity import TEAM_LEAD, Person
from shared.web.problems import Forbidden, conflict


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who is referred, and whether a person has looked at what does not fit, or fits more than one.

    `client_id`: whom that person has recognised.
    """

    identity: ClientIdentity
    confirmed_new: bool
    client_id: UUID | None = None


async def recognised(uow: UnitOfWork, worker: Person, newcomer: Newcomer) -> Client | None:
    """The client at this provider that the newcomer is, or none. 409 where a person has to look first."""
    if newcomer.client_id:
        return await _chosen(uow, worker, newcomer.client_id, newcomer.identity)
    index, identity, provider = uow.keys.index, newcomer.identity, worker.provider
    if identity.nhs_number:
        number = clients.nhs_index(index, identity.nhs_number)
        if found := await clients.by_nhs_number(uow.connection, provider, number):
            await _refuse_another_birth_date(uow, found, newcomer)
            return found
    if not newcomer.confirmed_new:
        await _refuse_possible_duplicate(uow, provider, identity)
    return None


async def maybe(uow: UnitOfWork, worker: Person, identity: ClientIdentity) -> dict[UUID, ClientIdentity]:
    """Who of those the worker may see could be this person: by number, or by name and birth date."""
    index = uow.keys.index
    found = await clients.alike_now(uow.connection, worker.provider, clients.who_index(index, identity))
    if identity.nhs_number:
        number = clients.nhs_index(index, identity.nhs_number)
        holder = await clients.by_nhs_number(uow.connection, worker.provider, number, lock=False)
        found = [*found, *([holder] if holder else [])]
    seen = {one.client_id for one in found if await may_see(uow, one.client_id, one.team, worker)}
    known = await identities(uow, seen)
    return {client_id: who for client_id, who in known.items() if _could_be(who, identity)}


async def _chosen(uow: UnitOfWork, worker: Person, client_id: UUID, identity: ClientIdentity) -> Client:
    """Whom a person has recognised, if what they typed says so too: nothing is opened on another's record by a slip."""
    client = await cared_for(uow, client_id, worker, lock=True)
    known = await identity_of(uow, client_id)
    if not _could_be(known, identity):
        reason = "What you typed does not fit this person: look at the name, the birth date and the NHS number."
        raise conflict("clientId", "another-person", reason)
    return client


def _could_be(known: ClientIdentity, said: ClientIdentity) -> bool:
    if known.nhs_number and said.nhs_number:
        return known.nhs_number == said.nhs_number
    return (folded(known.name), known.birth_date) == (folded(said.name), said.birth_date)


async def _refuse_another_birth_date(uow: UnitOfWork, client: Client, newcomer: Newcomer) -> None:
    """A slip in a number may be another person's number, and one client's plan would stand on another's record."""
    if newcomer.confirmed_new or client.identity is None:
        return
    revealed = clients.revealed(await uow.keys.of(client.client_id), client.identity)
    if revealed.birth_date != newcomer.identity.birth_date:
        reason = (
            "Somebody with this NHS number and another birth date is known here: check both. "
            "If it is the same person, send confirmNew: true."
        )
        raise conflict("birthDate", "another-birth-date", reason)


async def _refuse_possible_duplicate(uow: UnitOfWork, provider: str, identity: ClientIdentity) -> None:
    """The same name and birth date, where no two NHS numbers tell them apart."""
    alike = await clients.alike(uow.connection, provider, clients.who_index(uow.keys.index, identity))
    ciphers = await uow.keys.existing({client.client_id for client in alike})
    numbers = {c.client_id: clients.revealed(ciphers[c.client_id], c.identity).nhs_number for c in alike if c.identity}
    perhaps = [client for client, number in numbers.items() if not (number and identity.nhs_number)]
    if perhaps:
        cases = await pathways.of_clients(uow, perhaps, lock=False)
        reason = (
            "Somebody of this name and birth date is known here: send clientId if it is them, else confirmNew: true."
        )
        raise conflict("name", "possible-duplicate", reason, links([case.pathway for case in cases]))


def caring_team(earlier: Sequence[Pathway]) -> str | None:
    """Whose the client is: the team of a pathway that is open. One client, one team, whatever they are referred for."""
    return next((pathway.team for pathway in earlier if pathway.state == "open"), None)


async def require_care(uow: UnitOfWork, worker: Person, client_id: UUID, team: str) -> None:
    """403 for another team's client: who opens a referral gets to consents and identity, which belong to the client.

    Also for who is kept apart from them.
    """
    if team != worker.team and not worker.has_any(TEAM_LEAD):
        reason = "This client is in the care of another team: ask them, or a team lead."
        raise Forbidden("other-team", reason, "nhsNumber")
    if await is_kept_apart(uow, client_id, worker):
        raise closed_to(worker, team, "nhsNumber")


def require_alive(earlier: Sequence[Pathway], newcomer: Newcomer) -> None:
    """Safety: nothing is planned for somebody who died, unless a person says that this was noted by mistake."""
    died = [pathway for pathway in earlier if pathway.ending == "died"]
    if died and not newcomer.confirmed_new:
        reason = "This client is noted as having died. If that was a mistake, send confirmNew: true."
        raise conflict("nhsNumber", "noted-as-died", reason, links(died))


def links(known: Sequence[Pathway]) -> dict[str, object]:
    """Where the caller finds them."""
    return {"referrals": [{"referralId": str(p.referral_id), "href": f"/api/referrals/{p.referral_id}"} for p in known]}
