"""What a plan has to mind: a court's condition, a day of release, no phone, the safeguarding lead's agreement."""

from functools import partial
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referrals.domain.case import Case
from services.referrals.domain.circumstances import set_circumstances
from services.referrals.handlers.pathway import command
from services.referrals.http.bodies import CircumstancesIn
from services.referrals.pages import forms, frame
from services.referrals.pages.client import InPath
from services.referrals.pages.forms import Form
from services.referrals.pages.viewing import seen
from shared.storage.database import Database, UnitOfWork
from shared.web.access import Keyworker
from shared.web.identity import Person
from shared.web.pages import Link

router = APIRouter(prefix="/clients/{referralId}/circumstances", include_in_schema=False)
_LINES = ("courtSetBy", "releaseFrom", "releaseArea", "safeguardingAgreedBy")
_DATES = ("releaseOn", "safeguardingAgreedOn")


@router.get("")
async def circumstances(request: Request, referral_id: InPath, worker: Keyworker) -> Response:
    return await _page(request, worker, referral_id, Form())


@router.post("")
async def save(request: Request, referral_id: InPath, worker: Keyworker) -> Response:
    """All of them, as they are from now on."""
    form = await forms.read(request)
    done = await frame.attempt(request, form, lambda uow: _set(uow, request, worker, referral_id, form))
    if isinstance(done, Form):
        return await _page(request, worker, referral_id, done)
    return frame.on_to(f"/clients/{referral_id}", "circumstances")


async def _set(uow: UnitOfWork, request: Request, worker: Person, referral_id: UUID, form: Form) -> Case:
    rule = partial(set_circumstances, command=forms.parsed(CircumstancesIn, _said(form)).command(uow.now))
    return await command(uow, request.app.state.saving, referral_id, worker, rule, if_match=form.if_match)


def _said(form: Form) -> dict[str, Any]:
    so = form.values("so")
    return {
        "courtOrdered": "courtOrdered" in so,
        "noPhone": "noPhone" in so,
        **{name: form.value(name) for name in _LINES},
        **{name: form.date(name) for name in _DATES},
    }


async def _page(request: Request, worker: Person, referral_id: UUID, form: Form) -> Response:
    database: Database = request.app.state.database
    async with database.work() as uow:
        case, identity, _ = await seen(request, uow, worker, referral_id)
    return frame.show(
        request,
        "circumstances.html",
        "Circumstances",
        form=form,
        back=Link(identity.name, f"/clients/{referral_id}"),
        pathway=case.pathway,
        known=case.pathway.circumstances,
    )
