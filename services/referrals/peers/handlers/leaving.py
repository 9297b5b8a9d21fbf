"""A peer supporter leaves, is paused, or is kept apart from a client.

What they were offered is looked for anew, what they had agreed to falls through.
"""

from collections.abc import Iterator
from uuid import UUID

from services.referrals.domain.accompanying import Company
from services.referrals.domain.answers import Refusal
from services.referrals.domain.case import Case
from services.referrals.domain.commands_company import AnswerOffer, PeersAnswer
from services.referrals.domain.company import answer_offer
from services.referrals.domain.ids import PeerId
from services.referrals.domain.pathway import Pathway
from services.referrals.handlers.saving import Saving
from services.referrals.peers.store import wanted
from services.referrals.store import pathways
from shared.storage.database import UnitOfWork


async def release(uow: UnitOfWork, saving: Saving, peer_id: PeerId, actor: str, client_id: UUID | None = None) -> None:
    """From what is still to come (with one client, if that is named); their link then shows nothing more.

    Of a meeting that has begun nobody says now that they did not come to it.
    """
    theirs = await _counting_on(uow, peer_id, lock=True)
    cases = [case for case in theirs if client_id in {None, case.pathway.client_id}]
    for case in cases:
        for company in _ahead(case.pathway, peer_id, uow):
            word: PeersAnswer = "no" if company.state == "offered" else "cannot-come"
            answer = AnswerOffer(
                company_id=company.company_id,
                peer_id=peer_id,
                answer=word,
                said_by="recovery-champion",
                at=uow.now,
                recorded_at=uow.now,
            )
            events = answer_offer(case.pathway, answer)
            if not isinstance(events, Refusal):
                case.take(events)
    await saving.save(uow, cases, actor)


async def company_ahead(uow: UnitOfWork, peer_id: PeerId) -> list[Company]:
    """What `release` would release them from."""
    cases = await _counting_on(uow, peer_id, lock=False)
    return [company for case in cases for company in _ahead(case.pathway, peer_id, uow)]


async def _counting_on(uow: UnitOfWork, peer_id: PeerId, *, lock: bool) -> list[Case]:
    found = {at.referral_id for at in await wanted.of_peer(uow.connection, peer_id)}
    return await pathways.of_referrals(uow, found, lock=lock)


def _ahead(pathway: Pathway, peer_id: PeerId, uow: UnitOfWork) -> Iterator[Company]:
    for company in pathway.company:
        made = pathway.commitment(company.commitment_id)
        if company.peer_id == peer_id and company.open and made and made.start > uow.now:
            yield company
