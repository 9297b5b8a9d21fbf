"""Opening a referral: who it is, for whom and for what. A possible duplicate is asked about, never merged."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referrals.domain.answers import Refusal
from services.referrals.domain.identity import identity
from services.referrals.handlers import opening
from services.referrals.handlers.opening import Opened
from services.referrals.handlers.recognising import Newcomer
from services.referrals.handlers.refusals import refused
from services.referrals.http.bodies import ReferralIn
from services.referrals.pages import forms, frame
from services.referrals.pages.forms import Form
from shared.storage.database import UnitOfWork
from shared.web.access import Keyworker
from shared.web.identity import Person

router = APIRouter(include_in_schema=False)
_HERE = "Europe/London"
"""Where clients live unless a door is told otherwise."""


@router.get("/clients/new")
async def new(request: Request, _: Keyworker) -> Response:
    return _shown(request, Form())


@router.post("/clients/new")
async def open_(request: Request, worker: Keyworker) -> Response:
    form = await forms.read(request)
    opened = await frame.attempt(request, form, lambda uow: _opened(uow, request, worker, form))
    if isinstance(opened, Form):
        return _shown(request, opened)
    to = f"/clients/{opened.pathway.referral_id}"
    if opened.card_code is None:
        return frame.on_to(to, "opened")
    return frame.show(request, "opened.html", "Attendance card", code=opened.card_code, to=to)


def _shown(request: Request, form: Form) -> Response:
    doubtful = any(problem.code == "possible-duplicate" for problem in form.problems)
    return frame.show(request, "opening.html", "New referral", form=form, doubtful=doubtful)


async def _opened(uow: UnitOfWork, request: Request, worker: Person, form: Form) -> Opened:
    body = forms.parsed(
        ReferralIn,
        {
            "name": form.value("name"),
            "birthDate": form.date("birthDate"),
            "nhsNumber": form.value("nhsNumber"),
            "for": form.value("for"),
            "forWhat": form.values("forWhat") or None,
            "timeZone": _HERE,
            "confirmNew": form.value("confirmNew") == "yes",
        },
    )
    who = identity(body.name, body.birth_date, body.nhs_number, uow.now.date())
    if isinstance(who, Refusal):
        raise refused(who)
    saving = request.app.state.saving
    return await opening.open_referral(
        uow, saving, Newcomer(who, body.confirm_new), body.command(worker, uow.now), worker
    )
