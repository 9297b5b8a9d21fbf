"""A peer supporter leaves: what they were offered is looked for anew, what they had agreed to falls through."""

from services.referrals.domain.answers import Refusal
from services.referrals.domain.commands_company import AnswerOffer, PeersAnswer
from services.referrals.domain.company import answer_offer
from services.referrals.domain.ids import PeerId
from services.referrals.handlers.saving import Saving
from services.referrals.peers.store import wanted
from services.referrals.store import pathways
from shared.storage.database import UnitOfWork


async def release(uow: UnitOfWork, saving: Saving, peer_id: PeerId, actor: str) -> None:
    found = {at.referral_id for at in await wanted.of_peer(uow.connection, peer_id)}
    cases = await pathways.of_referrals(uow, found, lock=True)
    for case in cases:
        for company in case.pathway.company:
            if company.peer_id != peer_id or not company.open:
                continue
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
