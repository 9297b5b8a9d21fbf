"""Who goes along with somebody already, at the time of another meeting: they cannot be at two doors."""

from datetime import timedelta
from uuid import UUID

from services.referrals.domain.company import company_of
from services.referrals.domain.ids import CompanyId
from services.referrals.domain.pathway import Commitment, Pathway
from services.referrals.peers.request import Request
from services.referrals.peers.store import wanted
from services.referrals.store import pathways
from shared.storage.database import UnitOfWork

_LONGEST = timedelta(days=1)
"""No meeting is longer."""


async def busy(uow: UnitOfWork, provider: str, request: Request) -> set[UUID]:
    """Peer supporters who have agreed to go along to another meeting that is on at the same time, or the same one."""
    made = request.made
    found = await wanted.agreed_between(uow.connection, provider, made.start - _LONGEST, made.end)
    cases = await pathways.of_referrals(uow, {referral for _, _, referral in found}, lock=False)
    theirs: dict[UUID, Pathway] = {case.pathway.referral_id: case.pathway for case in cases}
    taken = set()
    for peer_id, company_id, referral_id in found:
        pathway = theirs.get(referral_id)
        company = company_of(pathway, CompanyId(company_id)) if pathway else None
        other = pathway.commitment(company.commitment_id) if pathway and company else None
        if other and company_id != request.company.company_id and _together(made, other):
            taken.add(peer_id)
    return taken


def _together(one: Commitment, other: Commitment) -> bool:
    return one.start < other.end and other.start < one.end
