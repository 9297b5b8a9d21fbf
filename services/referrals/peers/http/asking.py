"""A client would rather not go alone: asked for by their keyworker, for one planned meeting."""

from functools import partial

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referrals.domain.accompanying import Company
from services.referrals.domain.company import ask_for_company, company_of, withdraw_company
from services.referrals.domain.ids import CompanyId
from services.referrals.handlers.pathway import visible
from services.referrals.http.answers import Pathway, ReferralId, answer, audited
from services.referrals.http.bodies import AtIn, CommitmentIdInPath
from services.referrals.peers.handlers.about_client import birth_date_of
from services.referrals.peers.handlers.showing import Companion, who_goes_along
from services.referrals.peers.http.bodies import CompanyIdInPath, CompanyIn, Json, ending
from shared.web.access import Keyworker
from shared.web.work import Work

router = APIRouter(prefix="/api/referrals/{referralId}", tags=["company"])


@router.post("/commitments/{commitmentId}/company", status_code=201)
async def post_company(at: Pathway, commitment_id: CommitmentIdInPath, body: CompanyIn) -> Response:
    """Asking is the client's yes to going with somebody; what of theirs is passed on, they choose."""
    case = await visible(at.uow, at.referral_id, at.worker)
    wanted = body.command(commitment_id, await birth_date_of(at.uow, case.pathway.client_id), at.now)
    case = await at.do(partial(ask_for_company, command=wanted))
    company = company_of(case.pathway, wanted.company_id)
    assert company is not None  # noqa: S101  # it was just asked for
    return answer(_json(company), case.pathway, 201)


@router.post("/company/{companyId}/withdrawal")
async def post_withdrawal(at: Pathway, company_id: CompanyIdInPath, body: AtIn) -> Response:
    """The client would rather go alone. Who had agreed to come is told by a person."""
    case = await at.do(partial(withdraw_company, command=ending(company_id, body, at.now)))
    company = company_of(case.pathway, CompanyId(company_id))
    assert company is not None  # noqa: S101  # the rule found it
    return answer(_json(company), case.pathway)


@router.get("/company")
async def get_company(referral_id: ReferralId, worker: Keyworker, uow: Work, request: Request) -> Response:
    """Who goes along, for the client: a first name and the contact they chose, once both have agreed."""
    case = await visible(uow, referral_id, worker)
    known = await who_goes_along(uow, case.pathway)
    await audited(request, worker, f"referral/{referral_id}/company", case.pathway.client_id)
    shown = [_json(company) | {"with": _with(known.get(company.company_id))} for company in case.pathway.company]
    return answer({"company": shown}, case.pathway)


def _json(company: Company) -> Json:
    return {
        "companyId": company.company_id,
        "commitmentId": company.commitment_id,
        "state": company.state,
        "since": company.since,
        "offers": company.wish.offers,
        "preference": company.wish.preference,
        "area": company.wish.area,
    }


def _with(companion: Companion | None) -> Json | None:
    return {"firstName": companion.first_name, "contact": companion.contact} if companion else None
