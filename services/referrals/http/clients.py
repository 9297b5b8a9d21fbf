"""What belongs to the person: identity, consents, attendance card, erasure."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from services.referrals.handlers import clients
from services.referrals.handlers.pathway import visible
from services.referrals.http import bodies
from services.referrals.http.answers import Pathway, ReferralId, SavingHere, answer, audited
from services.referrals.http.shown_caseload import identity_json
from shared.web.access import Keyworker, TeamLead
from shared.web.work import Work

router = APIRouter(prefix="/api", tags=["clients"])


@router.get("/referrals/{referralId}/identity")
async def get_identity(referral_id: ReferralId, worker: Keyworker, uow: Work, request: Request) -> Response:
    """Who it is. Everything else that is shown of a referral goes without."""
    pathway = (await visible(uow, referral_id, worker)).pathway
    who = await clients.identity_of(uow, pathway.client_id)
    await audited(request, worker, f"identity/{referral_id}", pathway.client_id)
    return answer(identity_json(who), pathway)


@router.put("/referrals/{referralId}/identity")
async def put_identity(at: Pathway, body: bodies.IdentityIn) -> Response:
    """What is left out stays as it is. An empty NHS number: none is known after all."""
    client_id = (await visible(at.uow, at.referral_id, at.worker)).pathway.client_id
    await clients.identify(at.uow, at.saving, client_id, body.corrected())
    changed = clients.changed_rule(at.uow, "identity")
    case = await at.do(changed, changed)
    return answer({"referralId": at.referral_id, "clientId": client_id}, case.pathway)


@router.put("/referrals/{referralId}/consents")
async def put_consents(at: Pathway, body: bodies.ConsentsIn) -> Response:
    """A withdrawal hides at once: records from FHIR, an emitter's new facts from the journal."""
    case = await visible(at.uow, at.referral_id, at.worker)
    case = await at.do(*await clients.consent(at.uow, case.pathway, at.worker, body.given()))
    return answer(body.model_dump(by_alias=True, exclude_none=True), case.pathway)


@router.post("/referrals/{referralId}/card")
async def post_card(at: Pathway) -> Response:
    """A new code, shown this once; the old one is void."""
    case = await visible(at.uow, at.referral_id, at.worker)
    code = await clients.renew_card(at.uow, case.pathway.client_id)
    changed = clients.changed_rule(at.uow, "card")
    case = await at.do(changed, changed)
    return answer({"cardCode": code}, case.pathway)


@router.delete("/clients/{clientId}", status_code=202)
async def delete_client(
    client_id: Annotated[UUID, Path(alias="clientId")],
    worker: TeamLead,
    uow: Work,
    saving: SavingHere,
    request: Request,
) -> dict[str, str]:
    """Erased everywhere: here now, in the other services as soon as they hear of it. Cannot be undone."""
    await clients.erase(uow, saving, client_id, worker)
    await audited(request, worker, f"client/{client_id}", client_id, action="erase")
    return {"clientId": str(client_id), "state": "erased"}
