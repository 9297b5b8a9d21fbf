"""In whose hands a client is: handover, finding them, and access to one of another team's."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from services.referrals.handlers import glass, handing_over
from services.referrals.http import shown_care
from services.referrals.http.answers import IfMatch, ReferralId, SavingHere, answer, audited, audited_each, listed
from services.referrals.http.care_bodies import AccessIn, HandoverIn, SearchIn
from services.referrals.http.values import Code
from shared.web.access import Keyworker, TeamLead
from shared.web.work import Work

router = APIRouter(prefix="/api", tags=["care"])
ClientIdInPath = Annotated[UUID, Path(alias="clientId")]


@router.post("/referrals/{referralId}/handover")
async def post_handover(  # noqa: PLR0917 - FastAPI's
    referral_id: ReferralId,
    body: HandoverIn,
    worker: Keyworker,
    uow: Work,
    saving: SavingHere,
    if_match: IfMatch = None,
) -> Response:
    """To a colleague or to another team; answers what goes along. The client's other open pathways go, too."""
    handed = await handing_over.hand_client_over(uow, saving, referral_id, worker, body.wanted(), if_match)
    return answer(shown_care.handed(handed, uow.now), handed.pathway)


@router.post("/clients/_search")
async def search_clients(body: SearchIn, worker: Keyworker, uow: Work, request: Request) -> Response:
    """By NHS number or by name, in a body: nothing on the way writes that down. It changes nothing."""
    found = await body.search(uow, worker)
    await audited_each(request, worker, "clients", {hit.client_id for hit in found.hits})
    return listed(shown_care.hits(found))


@router.post("/clients/{clientId}/access", status_code=201)
async def post_access(  # noqa: PLR0917 - FastAPI's
    client_id: ClientIdInPath, body: AccessIn, worker: Keyworker, uow: Work, saving: SavingHere, request: Request
) -> Response:
    """Break glass. 200 for who has access already, 201 for who has it from now on."""
    opened = await glass.open_access(uow, saving, client_id, worker, body.reason)
    if opened.anew:
        await audited(request, worker, f"client/{client_id}", client_id, action="break-glass")
    return listed({"clientId": client_id, "until": opened.until}, 201 if opened.anew else 200)


@router.get("/clients/{clientId}/access")
async def get_access(client_id: ClientIdInPath, worker: Keyworker, uow: Work, request: Request) -> Response:
    """Who has had access from another team, and why."""
    found = await glass.accesses_to(uow, client_id, worker)
    await audited(request, worker, f"access/{client_id}", client_id)
    return listed({"access": [shown_care.access(one, uow.now) for one in found]})


@router.get("/access")
async def get_accesses(
    worker: TeamLead, uow: Work, request: Request, team: Annotated[Code | None, Query()] = None
) -> Response:
    """Of the last ninety days, to the clients of a team: the lead's own unless another is named."""
    found = await glass.accesses_of_team(uow, worker, team)
    await audited_each(request, worker, "access", {one.access.client_id for one in found})
    return listed({"access": [shown_care.access(one, uow.now) for one in found]})
