"""Opening a referral: who it is, for whom and for what. A possible duplicate is asked about, never merged."""

from collections.abc import Mapping
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referrals.domain.answers import Refusal
from services.referrals.domain.identity import ClientIdentity, identity
from services.referrals.handlers import opening
from services.referrals.handlers.opening import Opened
from services.referrals.handlers.recognising import Newcomer, maybe
from services.referrals.handlers.refusals import refused
from services.referrals.http.answers import audited_each
from services.referrals.http.bodies import ReferralIn
from services.referrals.pages import forms, frame
from services.referrals.pages.forms import Form
from shared.storage.database import UnitOfWork
from shared.web.access import Keyworker
from shared.web.identity import Person

router = APIRouter(include_in_schema=False)
_HERE = "Europe/London"
"""Where clients live unless a door is told otherwise."""
_NEW = "new"
"""Chosen instead of somebody who is known."""
_ASKS = frozenset({"possible-duplicate", "another-birth-date", "another-person"})


@router.get("/clients/new")
async def new(request: Request, _: Keyworker) -> Response:
    return _shown(request, Form())


@router.post("/clients/new")
async def open_(request: Request, worker: Keyworker) -> Response:
    form = await forms.read(request)
    opened = await frame.attempt(request, form, lambda uow: _opened(uow, request, worker, form))
    if isinstance(opened, Form):
        return await _asked_again(request, worker, opened)
    to = f"/clients/{opened.pathway.referral_id}"
    if opened.card_code is None:
        return frame.on_to(to, "opened")
    return frame.show(request, "opened.html", "Attendance card", code=opened.card_code, to=to)


def _shown(request: Request, form: Form, alike: Mapping[UUID, ClientIdentity] | None = None) -> Response:
    codes = {problem.code for problem in form.problems}
    return frame.show(request, "opening.html", "New referral", form=form, alike=alike, codes=codes)


async def _asked_again(request: Request, worker: Person, form: Form) -> Response:
    """With those who it could be, by name, as far as the worker may see them: each of them is noted as looked at."""
    alike: Mapping[UUID, ClientIdentity] = {}

    async def looked(uow: UnitOfWork) -> Mapping[UUID, ClientIdentity]:
        return await maybe(uow, worker, _who(_body(form), uow))

    if form.value("clientId") or _ASKS & {problem.code for problem in form.problems}:
        found = await frame.attempt(request, form, looked)
        alike = {} if isinstance(found, Form) else found
    await audited_each(request, worker, "clients", set(alike))
    return _shown(request, form, alike)


def _body(form: Form) -> ReferralIn:
    chosen = form.value("clientId")
    return forms.parsed(
        ReferralIn,
        {
            "name": form.value("name"),
            "birthDate": form.date("birthDate"),
            "nhsNumber": form.value("nhsNumber"),
            "for": form.value("for"),
            "forWhat": form.values("forWhat") or None,
            "timeZone": _HERE,
            "clientId": "" if chosen == _NEW else chosen,
            "confirmNew": chosen == _NEW or form.value("confirmNew") == "yes",
        },
    )


def _who(body: ReferralIn, uow: UnitOfWork) -> ClientIdentity:
    who = identity(body.name, body.birth_date, body.nhs_number, uow.now.date())
    if isinstance(who, Refusal):
        raise refused(who)
    return who


async def _opened(uow: UnitOfWork, request: Request, worker: Person, form: Form) -> Opened:
    body = _body(form)
    newcomer = Newcomer(_who(body, uow), body.confirm_new, body.client_id)
    saving = request.app.state.saving
    return await opening.open_referral(uow, saving, newcomer, body.command(worker, uow.now), worker)
