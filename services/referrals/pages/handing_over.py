"""Handover in one step: to whom, and what goes along."""

from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referrals.domain.handover import goes_along
from services.referrals.handlers.handing_over import HandedOn, hand_client_over
from services.referrals.handlers.keeping_apart import staff_apart
from services.referrals.handlers.staff import colleagues
from services.referrals.http.care_bodies import HandoverIn
from services.referrals.pages import forms, frame
from services.referrals.pages.client import InPath
from services.referrals.pages.forms import Form
from services.referrals.pages.viewing import seen
from shared.storage.database import Database, UnitOfWork
from shared.web.access import Keyworker
from shared.web.identity import Person
from shared.web.pages import Link

router = APIRouter(prefix="/clients/{referralId}/handover", include_in_schema=False)


@router.get("")
async def ask(request: Request, referral_id: InPath, worker: Keyworker) -> Response:
    return await _page(request, worker, referral_id, Form())


@router.post("")
async def hand_over(request: Request, referral_id: InPath, worker: Keyworker) -> Response:
    form = await forms.read(request)

    async def handed(uow: UnitOfWork) -> HandedOn:
        wanted = forms.parsed(HandoverIn, {"to": form.value("to")}).wanted()
        return await hand_client_over(uow, request.app.state.saving, referral_id, worker, wanted, form.if_match)

    done = await frame.attempt(request, form, handed)
    if isinstance(done, Form):
        return await _page(request, worker, referral_id, done)
    # Whoever handed over to another team no longer sees the client.
    stays = done.pathway.team == worker.team
    return frame.on_to(f"/clients/{referral_id}" if stays else "/", "handed-over")


async def _page(request: Request, worker: Person, referral_id: UUID, form: Form) -> Response:
    database: Database = request.app.state.database
    async with database.work() as uow:
        case, identity, now = await seen(request, uow, worker, referral_id)
        others = [one for one in await colleagues(uow, worker) if one.sub != case.pathway.keyworker]
        subs = await staff_apart(uow, case.pathway.client_id)
    return frame.show(
        request,
        "handover.html",
        "Hand over",
        form=form,
        back=Link(identity.name, f"/clients/{referral_id}"),
        identity=identity,
        pathway=case.pathway,
        along=goes_along(case.pathway, now),
        others=[one for one in others if one.sub not in subs],
        apart=[one for one in others if one.sub in subs],
    )
