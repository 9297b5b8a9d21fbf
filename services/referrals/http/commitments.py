"""`/api/referrals/{id}/commitments`: one dated occurrence of a meeting in the directory."""

from functools import partial

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referrals.domain.commitments import commit_to_meeting, withdraw_commitment
from services.referrals.handlers import committing
from services.referrals.handlers.pathway import visible
from services.referrals.handlers.word import Words
from services.referrals.http import bodies, shown
from services.referrals.http.answers import Pathway, answer, audited

router = APIRouter(prefix="/api/referrals/{referralId}/commitments", tags=["commitments"])


@router.post("", status_code=201)
async def post_commitment(at: Pathway, body: bodies.CommitmentIn) -> Response:
    """422 says what is wrong in words for a keyworker; warnings come with the 201."""
    client_id = (await visible(at.uow, at.referral_id, at.worker)).pathway.client_id
    wanted = await committing.of_occurrence(at.uow, client_id, body.planned(at.now))
    case = await at.do(partial(commit_to_meeting, command=wanted))
    return answer(shown.commitment_made(case), case.pathway, 201)


@router.post("/{commitmentId}/outcome", status_code=202)
async def post_outcome(
    at: Pathway, commitment_id: bodies.CommitmentIdInPath, body: bodies.WordIn, request: Request
) -> Response:
    """How it was, as the client says, or the keyworker. Journal decides what stands; the referral shows it soon."""
    words = Words(at.uow, at.saving, at.worker)
    case = await words.of_commitment(at.referral_id, commitment_id, body.said(at.now))
    await audited(request, at.worker, f"commitment/{commitment_id}", case.pathway.client_id, action="report")
    return answer({"commitmentId": commitment_id, "outcome": body.outcome}, case.pathway, 202)


@router.post("/{commitmentId}/withdrawal")
async def post_withdrawal(at: Pathway, commitment_id: bodies.CommitmentIdInPath, body: bodies.AtIn) -> Response:
    rule = partial(withdraw_commitment, command=bodies.withdrawal(commitment_id, body, at.now))
    case = await at.do(rule)
    return answer(shown.commitment(case.pathway, commitment_id, at.now), case.pathway)
