"""The pathway with who goes along."""

from collections.abc import Callable
from dataclasses import replace

from services.referrals.domain.accompanying import Company
from services.referrals.domain.events_company import (
    CompanyAgreed,
    CompanyAsked,
    CompanyDeclined,
    CompanyFellThrough,
    CompanyOffered,
    CompanyWent,
    CompanyWithdrawn,
    OfCompany,
)
from services.referrals.domain.ids import CommitmentId
from services.referrals.domain.pathway import Pathway
from services.referrals.domain.replay_changes import Changes, Steps
from services.referrals.domain.replay_commitments import with_commitment


def _company_asked(pathway: Pathway, event: CompanyAsked) -> Changes:
    asked = Company(
        company_id=event.company_id,
        commitment_id=event.commitment_id,
        state="asked",
        since=event.at,
        wish=event.wish,
    )
    return {"company": (*pathway.company, asked)}


def _company_offered(pathway: Pathway, event: CompanyOffered) -> Changes:
    return _with_company(pathway, event, lambda it: replace(it, state="offered", peer_id=event.peer_id))


def _company_declined(pathway: Pathway, event: CompanyDeclined) -> Changes:
    def declined(it: Company) -> Company:
        return replace(it, state="asked", peer_id=None, declined=(*it.declined, event.peer_id))

    return _with_company(pathway, event, declined)


def _company_agreed(pathway: Pathway, event: CompanyAgreed) -> Changes:
    def agreed(it: Company) -> Company:
        return replace(it, state="agreed", peer_id=event.peer_id, agreed_to=event.offers)

    return _with_company(pathway, event, agreed) | _accompanied(pathway, event.commitment_id, True)


def _company_went(pathway: Pathway, event: CompanyWent) -> Changes:
    changes = _with_company(pathway, event, lambda it: replace(it, state="went"))
    return changes | _accompanied(pathway, event.commitment_id, True)


def _company_fell_through(pathway: Pathway, event: CompanyFellThrough) -> Changes:
    changes = _with_company(pathway, event, lambda it: replace(it, state="fell-through"))
    return changes | _accompanied(pathway, event.commitment_id, False)


def _company_withdrawn(pathway: Pathway, event: CompanyWithdrawn) -> Changes:
    changes = _with_company(pathway, event, lambda it: replace(it, state="withdrawn"))
    return changes | _accompanied(pathway, event.commitment_id, False)


def _with_company(pathway: Pathway, event: OfCompany, change: Callable[[Company], Company]) -> Changes:
    def changed(it: Company) -> Company:
        return replace(change(it), since=event.at) if it.company_id == event.company_id else it

    return {"company": tuple(map(changed, pathway.company))}


def _accompanied(pathway: Pathway, commitment_id: CommitmentId, accompanied: bool) -> Changes:
    return with_commitment(pathway, commitment_id, lambda made: replace(made, accompanied=accompanied))


STEPS: Steps = {
    CompanyAsked: _company_asked,
    CompanyOffered: _company_offered,
    CompanyDeclined: _company_declined,
    CompanyAgreed: _company_agreed,
    CompanyWent: _company_went,
    CompanyFellThrough: _company_fell_through,
    CompanyWithdrawn: _company_withdrawn,
}
