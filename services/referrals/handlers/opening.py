"""Opening a referral: who is it, do we know them, have they one open already."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from services.referrals.domain import opening
from services.referrals.domain.answers import Refusal
from services.referrals.domain.case import Case
from services.referrals.domain.clients import Client
from services.referrals.domain.commands_opening import OpenReferral
from services.referrals.domain.identity import ClientIdentity
from services.referrals.domain.ids import ClientId
from services.referrals.domain.pathway import Pathway
from services.referrals.domain.replay import replay
from services.referrals.handlers.care import move
from services.referrals.handlers.clients import Corrected, identify
from services.referrals.handlers.knowing import new_card, say_known
from services.referrals.handlers.recognising import (
    Newcomer,
    caring_team,
    links,
    recognised,
    require_alive,
    require_care,
)
from services.referrals.handlers.refusals import refused
from services.referrals.handlers.saving import Saving
from services.referrals.handlers.staff import meet
from services.referrals.store import clients, pathways
from shared.storage.database import UnitOfWork
from shared.web.identity import Person
from shared.web.problems import ApiProblem, conflict


@dataclass(frozen=True, slots=True)
class Opened:
    """`card_code` is shown this once; none for a client who is known already: their card stays valid."""

    pathway: Pathway
    card_code: str | None


async def open_referral(
    uow: UnitOfWork, saving: Saving, newcomer: Newcomer, command: OpenReferral, worker: Person
) -> Opened:
    """`command.client_id` is used if the person is new at this provider."""
    await meet(uow, worker)
    known = await recognised(uow, worker, newcomer)
    if known and newcomer.client_id and newcomer.identity.nhs_number:
        await identify(uow, saving, known.client_id, Corrected(nhs_number=newcomer.identity.nhs_number))
    client, card_code = (known, None) if known else await _made(uow, newcomer.identity, command)
    earlier = [case.pathway for case in await pathways.of_clients(uow, [client.client_id], lock=True)]
    team = caring_team(earlier) or command.team
    command = replace(command, client_id=ClientId(client.client_id), team=team)
    events = opening.open_referral(command, earlier)
    if isinstance(events, Refusal):
        raise _conflict(events, command, earlier)
    await require_care(uow, worker, client.client_id, team)
    require_alive(earlier, newcomer)
    case = Case(replay(events), list(events))
    if not await pathways.add(uow, case):
        raise _conflict(Refusal("already-open", _OPEN), command, [])
    await saving.save(uow, [case], worker.actor)
    await move(uow, client, team)
    return Opened(case.pathway, card_code)


_OPEN = "This client has an open referral of the same kind here."


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
    return conflict("for", refusal.code, refusal.reason, links(standing))
