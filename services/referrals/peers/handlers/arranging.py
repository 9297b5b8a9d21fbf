"""Pairing: who might go along, asking one of them, and writing down what they say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.referrals.domain.accompanying import Offer, SaidBy
from services.referrals.domain.answers import Refusal
from services.referrals.domain.case import Case
from services.referrals.domain.commands_company import AnswerOffer, EndCompany, OfferCompany, PeersAnswer
from services.referrals.domain.company import answer_offer, company_of, offer_company, take_back_offer
from services.referrals.domain.events import Event
from services.referrals.domain.ids import CompanyId, PeerId
from services.referrals.handlers.refusals import refused
from services.referrals.handlers.saving import Saving
from services.referrals.peers import wording
from services.referrals.peers.handlers.about_client import birth_date_of, kept_apart_from
from services.referrals.peers.handlers.busy import busy
from services.referrals.peers.handlers.going import tell_peers_word
from services.referrals.peers.handlers.reaching import Found, reach, request_of
from services.referrals.peers.handlers.register import one
from services.referrals.peers.links import AFTERWARDS, Invitation, Links
from services.referrals.peers.peer import Peer
from services.referrals.peers.request import Request, agreed_to, not_covered, put_to
from services.referrals.peers.store import peers
from services.referrals.peers.suggesting import Suggestion, suggest
from shared.problems import Problem
from shared.storage.database import UnitOfWork
from shared.web.identity import KEYWORKER, RECOVERY_CHAMPION, TEAM_LEAD, Person
from shared.web.problems import unprocessable


@dataclass(frozen=True, slots=True)
class Pairing:
    """`asked`: the name of who was asked, or has agreed; to what, and what of the wish that leaves."""

    found: Found
    suggestions: Sequence[Suggestion]
    asked: str | None
    agreed_to: Sequence[Offer] = ()
    not_covered: Sequence[Offer] = ()


@dataclass(frozen=True, slots=True)
class Offered:
    """Shown this once, to be passed on to the peer supporter: the link, and words that go with it.

    `reached_by`: telephone and e-mail, for who keeps the list and so knows them; nothing for anybody else.
    """

    case: Case
    known_as: str
    reached_by: Sequence[str]
    link: str
    text: str
    until: datetime


async def pairing(uow: UnitOfWork, who: Person, company_id: UUID) -> Pairing:
    case, at = await reach(uow, who, company_id)
    request = await request_of(uow, case.pathway, company_id)
    theirs = await peers.of_provider(uow, who.provider)
    avoided = await kept_apart_from(uow, at.client_id)
    asked = next((peer for peer in theirs if peer.peer_id == request.company.peer_id), None)
    left_out = {*avoided, *await busy(uow, who.provider, request)}
    found, suggestions, company = Found(at, request), suggest(request, theirs, left_out), request.company
    if asked is None or asked.details is None:
        return Pairing(found, suggestions, None)
    details = asked.details
    return Pairing(found, suggestions, details.known_as, agreed_to(company, details), not_covered(company, details))


async def offer(
    uow: UnitOfWork,
    saving: Saving,
    who: Person,
    company_id: UUID,
    *,
    peer_id: UUID,
    links: Links,
    at: datetime | None = None,
) -> Offered:
    """Asks one peer supporter. Asked again, the same link comes again. `at`: when they were, if it was not now."""
    peer = await one(uow, who, peer_id, lock=True)  # before the pathway (ADR 140)
    case, whose = await reach(uow, who, company_id, lock=True)
    request = await request_of(uow, case.pathway, company_id)
    events = offer_company(
        case.pathway,
        OfferCompany(
            company_id=request.company.company_id,
            peer_id=peer.peer_id,
            birth_date=await birth_date_of(uow, whose.client_id),
            paused=peer.paused,
            kept_apart=peer.peer_id in await kept_apart_from(uow, whose.client_id),
            busy=peer.peer_id in await busy(uow, who.provider, request),
            at=at or uow.now,
            recorded_at=uow.now,
        ),
    )
    await _take(uow, saving, case, events, who)
    if events:
        await peers.note_asked(uow.connection, peer.peer_id, at or uow.now)
    return _offered(case, request, peer, who, links)


async def said(
    uow: UnitOfWork, saving: Saving, who: Person, company_id: UUID, word: PeersAnswer, *, at: datetime | None = None
) -> Case:
    """What the peer supporter told somebody, written down by them. `at`: when they did, if it was not now."""
    asked, peer = await _lock_who_is_asked(uow, who, company_id)
    case, _ = await reach(uow, who, company_id, lock=True)
    request = await request_of(uow, case.pathway, company_id)
    if asked is None or request.company.peer_id != asked:
        reason = "Nobody has been asked yet, or somebody else just now: look again."
        raise unprocessable(Problem("state", "nobody-asked", reason))
    by: SaidBy = "keyworker" if who.has_any(KEYWORKER) else "recovery-champion"
    command = AnswerOffer(
        company_id=request.company.company_id,
        peer_id=asked,
        answer=word,
        said_by=by,
        at=at or uow.now,
        recorded_at=uow.now,
        busy=asked in await busy(uow, who.provider, request),
        offers=put_to(peer, request.company),
    )
    await _take(uow, saving, case, answer_offer(case.pathway, command), who)
    return case


async def _lock_who_is_asked(uow: UnitOfWork, who: Person, company_id: UUID) -> tuple[PeerId | None, Peer | None]:
    """Two yeses of one peer supporter wait for each other. Of one who was erased there is nothing but who it was."""
    case, _ = await reach(uow, who, company_id)
    company = company_of(case.pathway, CompanyId(company_id))
    asked = company.peer_id if company else None
    return asked, await peers.by_id(uow, asked, lock=True) if asked else None


async def take_back(uow: UnitOfWork, saving: Saving, who: Person, company_id: UUID) -> Case:
    case, _ = await reach(uow, who, company_id, lock=True)
    command = EndCompany(company_id=CompanyId(company_id), at=uow.now, recorded_at=uow.now)
    await _take(uow, saving, case, take_back_offer(case.pathway, command), who)
    return case


async def _take(uow: UnitOfWork, saving: Saving, case: Case, decided: Sequence[Event] | Refusal, who: Person) -> None:
    if isinstance(decided, Refusal):
        raise refused(decided)
    if decided:
        case.take(decided)
    await saving.save(uow, [case], who.actor)
    await tell_peers_word(uow, case.pathway, decided)


def _offered(case: Case, request: Request, peer: Peer, who: Person, links: Links) -> Offered:
    until = request.made.end + AFTERWARDS
    link = links.link(Invitation(request.company.company_id, peer.peer_id, until))
    known_as = peer.details.known_as if peer.details else ""
    listed = (peer.details.phone, peer.details.email) if peer.details else ()
    reached_by = [each for each in listed if each] if who.has_any(RECOVERY_CHAMPION, TEAM_LEAD) else []
    return Offered(case, known_as, reached_by, link, wording.invitation(known_as, request, link), until)
