"""Opening a referral: who is it, do we know them, have they one open already."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from services.referrals.domain import opening
from services.referrals.domain.answers import Refusal
from services.referrals.domain.case import Case
from services.referrals.domain.clients import Client
from services.referrals.domain.commands import OpenReferral
from services.referrals.domain.identity import ClientIdentity
from services.referrals.domain.ids import ClientId
from services.referrals.domain.pathway import Pathway
from services.referrals.domain.replay import replay
from services.referrals.handlers.knowing import new_card, say_known
from services.referrals.handlers.refusals import refused
from services.referrals.handlers.saving import Saving
from services.referrals.store import clients, pathways
from shared.storage.database import UnitOfWork
from shared.web.problems import ApiProblem, conflict


@dataclass(frozen=True, slots=True)
class Opened:
    """`card_code` is shown this once; none for a client who is known already: their card stays valid."""

    pathway: Pathway
    card_code: str | None


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who is referred, and whether a person has looked at those of the same name and birth date."""

    identity: ClientIdentity
    confirmed_new: bool


async def open_referral(
    uow: UnitOfWork, saving: Saving, newcomer: Newcomer, command: OpenReferral, actor: str
) -> Opened:
    """`command.client_id` is used if the person is new at this provider."""
    known = await _known(uow, command.provider, newcomer)
    client, card_code = (known, None) if known else await _made(uow, newcomer.identity, command)
    command = replace(command, client_id=ClientId(client.client_id))
    earlier = await pathways.of_clients(uow, [client.client_id], lock=True)
    events = opening.open_referral(command, [case.pathway for case in earlier])
    if isinstance(events, Refusal):
        raise _conflict(events, command, [case.pathway for case in earlier])
    case = Case(replay(events), list(events))
    if not await pathways.add(uow, case):
        raise _conflict(Refusal("already-open", _OPEN), command, [])
    await saving.save(uow, [case], actor)
    return Opened(case.pathway, card_code)


_OPEN = "This client has an open referral of the same kind here."


async def _known(uow: UnitOfWork, provider: str, newcomer: Newcomer) -> Client | None:
    index, identity = uow.keys.index, newcomer.identity
    if identity.nhs_number:
        number = clients.nhs_index(index, identity.nhs_number)
        if found := await clients.by_nhs_number(uow.connection, provider, number):
            return found
    if not newcomer.confirmed_new:
        await _refuse_possible_duplicate(uow, provider, identity)
    return None


async def _refuse_possible_duplicate(uow: UnitOfWork, provider: str, identity: ClientIdentity) -> None:
    """The same name and birth date, where no two NHS numbers tell them apart."""
    alike = await clients.alike(uow.connection, provider, clients.who_index(uow.keys.index, identity))
    ciphers = await uow.keys.existing({client.client_id for client in alike})
    numbers = {c.client_id: clients.revealed(ciphers[c.client_id], c.identity).nhs_number for c in alike if c.identity}
    maybe = [client for client, number in numbers.items() if not (number and identity.nhs_number)]
    if maybe:
        cases = await pathways.of_clients(uow, maybe, lock=False)
        reason = "Somebody of this name and birth date is known here. If it is another person, send confirmNew: true."
        raise conflict("name", "possible-duplicate", reason, _links([case.pathway for case in cases]))


async def _made(uow: UnitOfWork, identity: ClientIdentity, command: OpenReferral) -> tuple[Client, str]:
    code, digest = new_card()
    cipher = await uow.keys.of(command.client_id)
    client = Client(
        client_id=command.client_id,
        provider=command.provider,
        team=command.team,
        state="active",
        version=1,
        time_zone=command.time_zone,
        peers=False,
        emitters=[],
        card_sha256=digest,
        identity=clients.sealed(cipher, identity),
    )
    if not await clients.add(uow, client, identity):
        raise conflict("nhsNumber", "already-known", "Somebody has just added this person. Send it again.")
    say_known(uow, client)
    return client, code


def _conflict(refusal: Refusal, command: OpenReferral, earlier: Sequence[Pathway]) -> ApiProblem:
    if refusal.code != "already-open":
        return refused(refusal)
    standing = [p for p in earlier if p.state == "open" and p.for_ == command.for_]
    return conflict("for", refusal.code, refusal.reason, _links(standing))


def _links(known: Sequence[Pathway]) -> dict[str, object]:
    return {"referrals": [{"referralId": str(p.referral_id), "href": f"/api/referrals/{p.referral_id}"} for p in known]}
