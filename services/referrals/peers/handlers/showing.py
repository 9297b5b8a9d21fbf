"""Who goes along, told to the client's keyworker: nothing of a peer supporter before both have agreed."""

from dataclasses import dataclass
from uuid import UUID

from services.referrals.domain.pathway import Pathway
from services.referrals.peers.store import peers
from shared.storage.database import UnitOfWork


@dataclass(frozen=True, slots=True)
class Companion:
    """`contact`: what they chose to have passed on, if anything."""

    first_name: str
    contact: str | None


async def who_goes_along(uow: UnitOfWork, pathway: Pathway) -> dict[UUID, Companion]:
    """By company; only of what is agreed, or was gone to together."""
    agreed = {
        company.company_id: company.peer_id
        for company in pathway.company
        if company.peer_id and company.state in ("agreed", "went")
    }
    known = await peers.by_ids(uow, set(agreed.values()))
    return {
        company_id: Companion(peer.details.known_as, peer.details.passed_on)
        for company_id, peer_id in agreed.items()
        if (peer := known.get(peer_id)) and peer.details
    }
