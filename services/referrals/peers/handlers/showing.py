"""Who goes along, told to the client's keyworker: nothing of a peer supporter before both have agreed."""

from dataclasses import dataclass
from uuid import UUID

from services.referrals.domain.accompanying import Company
from services.referrals.domain.pathway import Pathway
from services.referrals.peers.peer import Details
from services.referrals.peers.request import OFFERED, agreed_to, not_covered
from services.referrals.peers.store import peers
from shared.storage.database import UnitOfWork
from shared.web.identity import Person


@dataclass(frozen=True, slots=True)
class Companion:
    """`contact`: what they chose to have passed on, if anything. In words what they agreed to, and what they do not
    offer of what was asked for."""

    first_name: str
    contact: str | None
    agreed_to: str = ""
    not_covered: str = ""


async def who_goes_along(uow: UnitOfWork, pathway: Pathway) -> dict[UUID, Companion]:
    """By company; only of what is agreed, or was gone to together."""
    agreed = {
        company.company_id: company
        for company in pathway.company
        if company.peer_id and company.state in ("agreed", "went")
    }
    known = await peers.by_ids(uow, {company.peer_id for company in agreed.values() if company.peer_id})
    return {
        company_id: _companion(peer.details, company)
        for company_id, company in agreed.items()
        if company.peer_id and (peer := known.get(company.peer_id)) and peer.details
    }


async def peers_to_choose(uow: UnitOfWork, worker: Person) -> list[tuple[UUID, str]]:
    """By first name, and where they go along: as a keyworker who looks for somebody to go with hears of them."""
    found = await peers.of_provider(uow, worker.provider)
    named = [(p.peer_id, ", ".join((p.details.known_as, *p.details.areas))) for p in found if p.details]
    return sorted(named, key=lambda one: one[1].casefold())


def _companion(details: Details, company: Company) -> Companion:
    yes, no = (", ".join(OFFERED[offer] for offer in said(company, details)) for said in (agreed_to, not_covered))
    return Companion(details.known_as, details.passed_on, yes, no)
