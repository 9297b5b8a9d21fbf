"""The peer supporter's own answer, by their link: what they see, and what they say."""

from dataclasses import dataclass
from typing import Literal

from services.referrals.domain.accompanying import Company, Offer
from services.referrals.domain.answers import Refusal
from services.referrals.domain.case import Case
from services.referrals.domain.commands_company import AnswerOffer, PeersAnswer
from services.referrals.domain.company import answer_offer, company_of
from services.referrals.handlers.saving import Saving
from services.referrals.peers.handlers.busy import busy
from services.referrals.peers.handlers.going import tell_peers_word
from services.referrals.peers.handlers.reaching import request_of
from services.referrals.peers.links import Invitation
from services.referrals.peers.request import Request, agreed_to, put_to
from services.referrals.peers.store import peers, wanted
from services.referrals.peers.store.wanted import Whereabouts
from services.referrals.store import pathways
from shared.storage.database import UnitOfWork

Standing = Literal["asked", "busy", "agreed", "afterwards", "declined", "fell-through", "went", "not-needed"]


@dataclass(frozen=True, slots=True)
class Seen:
    """What one link shows. `request`, `known_as`: none once there is nothing to go to any more.

    `offers`: what they would do. `agreed` alone shows what the client chose to have passed on. `at`: whose it is, for
    the audit alone.
    """

    standing: Standing
    at: Whereabouts | None = None
    request: Request | None = None
    known_as: str | None = None
    offers: tuple[Offer, ...] = ()


async def see(uow: UnitOfWork, invitation: Invitation) -> Seen:
    """Changes nothing: programs that look at links before people do must not answer for them."""
    found = await _invited(uow, invitation, lock=False)
    return Seen("not-needed") if found is None else await _seen(uow, invitation, *found)


async def answer(uow: UnitOfWork, saving: Saving, invitation: Invitation, word: PeersAnswer) -> Seen:
    """What no longer fits changes nothing: the page says how it stands. A second press is the first one's."""
    peer = await peers.by_id(uow, invitation.peer_id, lock=True)  # two yeses at once wait for each other
    found = await _invited(uow, invitation, lock=True)
    if found is None:
        return Seen("not-needed")
    case, at = found
    command = AnswerOffer(
        company_id=invitation.company_id,
        peer_id=invitation.peer_id,
        answer=word,
        said_by="peer",
        at=uow.now,
        recorded_at=uow.now,
        busy=await _busy(uow, invitation, case, at),
        offers=put_to(peer, company_of(case.pathway, invitation.company_id)),
    )
    events = answer_offer(case.pathway, command)
    if events and not isinstance(events, Refusal):
        case.take(events)
        await saving.save(uow, [case], actor(invitation))
        await tell_peers_word(uow, case.pathway, events)
    return await _seen(uow, invitation, case, at)


def actor(invitation: Invitation) -> str:
    """As it stands in decisions and in the audit."""
    return f"peer:{invitation.peer_id}"


async def _invited(uow: UnitOfWork, invitation: Invitation, *, lock: bool) -> tuple[Case, Whereabouts] | None:
    at = await wanted.find(uow.connection, invitation.company_id)
    case = await pathways.of_referral(uow, at.referral_id, lock=lock) if at and invitation.until > uow.now else None
    return (case, at) if case and at else None


async def _seen(uow: UnitOfWork, invitation: Invitation, case: Case, at: Whereabouts) -> Seen:
    company = company_of(case.pathway, invitation.company_id)
    peer = await peers.by_id(uow, invitation.peer_id)
    if company is None or peer is None or peer.details is None:
        return Seen("not-needed", at)
    request = await request_of(uow, case.pathway, invitation.company_id)
    standing = _standing(company, invitation, begun=request.made.start <= uow.now)
    if standing == "asked" and await _busy(uow, invitation, case, at):
        standing = "busy"
    return Seen(standing, at, request, peer.details.known_as, agreed_to(company, peer.details))


async def _busy(uow: UnitOfWork, invitation: Invitation, case: Case, at: Whereabouts) -> bool:
    if company_of(case.pathway, invitation.company_id) is None:
        return False
    request = await request_of(uow, case.pathway, invitation.company_id)
    return invitation.peer_id in await busy(uow, at.provider, request)


def _standing(company: Company, invitation: Invitation, *, begun: bool) -> Standing:
    if company.peer_id != invitation.peer_id:
        return "declined" if invitation.peer_id in company.declined else "not-needed"
    match company.state:
        case "offered":
            return "not-needed" if begun else "asked"
        case "agreed":
            return "afterwards" if begun else "agreed"
        case "fell-through" | "went":
            return company.state
        case _:
            return "not-needed"
