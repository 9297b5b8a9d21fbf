"""`/api/company`: requests for somebody to go with, without who asks; suggestions, offers, answers."""

from typing import Annotated

import orjson
from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from services.referrals.http.answers import audited_each
from services.referrals.http.bodies import AtIn
from services.referrals.peers.handlers import arranging, reaching
from services.referrals.peers.http.bodies import (
    AnswerIn,
    CompanyIdInPath,
    PeerIdInPath,
    SoughtIn,
    offered_json,
    request_json,
    suggestion_json,
)
from services.referrals.peers.http.noting import Here, noted
from shared.web.access import Arranger
from shared.web.work import Work

router = APIRouter(prefix="/api/company", tags=["company"])


@router.get("/requests")
async def get_requests(who: Arranger, uow: Work, asked: Annotated[SoughtIn, Query()], request: Request) -> Response:
    """By day, area and preference; soonest first."""
    found = await reaching.requests(uow, who, asked.sought())
    await audited_each(request, who, "company/requests", {one.at.client_id for one in found})
    return _answer({"requests": [request_json(one.request) for one in found]})


@router.get("/{companyId}/suggestions")
async def get_suggestions(company_id: CompanyIdInPath, who: Arranger, uow: Work, request: Request) -> Response:
    """Whom to ask, with the reasons in words; nobody's contact details."""
    pairing = await arranging.pairing(uow, who, company_id)
    await noted(request, who, f"company/{company_id}", pairing.found.at.client_id)
    shown = [suggestion_json(one) for one in pairing.suggestions]
    return _answer({**request_json(pairing.found.request), "asked": pairing.asked, "suggestions": shown})


@router.post("/{companyId}/offer/{peerId}", status_code=201)
async def post_offer(
    company_id: CompanyIdInPath, peer_id: PeerIdInPath, at: Here, body: AtIn | None = None
) -> Response:
    """Answers the peer supporter's link, and words that go with it, to be passed on. `at`: when they were asked."""
    asked_at = body.at if body else None
    offered = await arranging.offer(at.uow, at.saving, at.who, company_id, peer_id=peer_id, links=at.links, at=asked_at)
    await at.noted(f"company/{company_id}", offered.case.pathway.client_id, "offer")
    return _answer(offered_json(offered), 201)


@router.post("/{companyId}/answer")
async def post_answer(company_id: CompanyIdInPath, body: AnswerIn, at: Here) -> Response:
    """What the peer supporter told somebody who writes it down."""
    if body.answer == "taken-back":
        case = await arranging.take_back(at.uow, at.saving, at.who, company_id)
    else:
        case = await arranging.said(at.uow, at.saving, at.who, company_id, body.answer, at=body.at)
    await at.noted(f"company/{company_id}", case.pathway.client_id, "change")
    return _answer(request_json(await reaching.request_of(at.uow, case.pathway, company_id)))


def _answer(content: object, status: int = 200) -> Response:
    return Response(orjson.dumps(content), status, media_type="application/json")
