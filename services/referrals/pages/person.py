"""Who a client is, corrected; and a new attendance card, whose code is shown once."""

from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referrals.domain.case import Case
from services.referrals.handlers import clients
from services.referrals.handlers.pathway import command, visible
from services.referrals.http.bodies import IdentityIn, NhsNumberTyped
from services.referrals.http.values import Date, Name
from services.referrals.pages import forms, frame
from services.referrals.pages.client import InPath
from services.referrals.pages.forms import Form
from services.referrals.pages.meanwhile import at_its_place, changed_since, is_stale, version
from services.referrals.pages.viewing import seen
from shared.storage.database import Database, UnitOfWork
from shared.web.access import Keyworker
from shared.web.identity import Person
from shared.web.pages import Link

router = APIRouter(prefix="/clients/{referralId}", include_in_schema=False)
_TITLES = {"identity.html": "Name, date of birth, NHS number", "card.html": "A new attendance card"}


class _WholeIdentityIn(IdentityIn):
    """The page shows all of it, so nothing is left out of it: a number that is gone is known no more."""

    name: Name
    birth_date: Date
    nhs_number: NhsNumberTyped = ""


@router.get("/identity")
async def identity(request: Request, referral_id: InPath, worker: Keyworker) -> Response:
    return await _page(request, worker, referral_id, Form(), "identity.html")


@router.post("/identity")
async def correct(request: Request, referral_id: InPath, worker: Keyworker) -> Response:
    """All of it, as it is from now on: without a number, none is known."""
    form = await forms.read(request)
    done = await frame.attempt(request, form, lambda uow: _corrected(uow, request, worker, referral_id, form))
    if isinstance(done, Form):
        return await _page(request, worker, referral_id, done, "identity.html")
    return frame.on_to(f"/clients/{referral_id}", "identity")


@router.get("/card")
async def card(request: Request, referral_id: InPath, worker: Keyworker) -> Response:
    return await _page(request, worker, referral_id, Form(), "card.html")


@router.post("/card")
async def renew(request: Request, referral_id: InPath, worker: Keyworker) -> Response:
    """The page with the code is the only one that ever shows it."""
    form = await forms.read(request)
    code = await frame.attempt(request, form, lambda uow: _renewed(uow, request, worker, referral_id, form))
    if isinstance(code, Form):
        return await _page(request, worker, referral_id, code, "card.html")
    to = f"/clients/{referral_id}"
    return frame.show(request, "opened.html", "A new attendance card", code=code, to=to, again=True)


async def _corrected(uow: UnitOfWork, request: Request, worker: Person, referral_id: UUID, form: Form) -> Case:
    case = await visible(uow, referral_id, worker)
    said = {"name": form.value("name"), "birthDate": form.date("birthDate"), "nhsNumber": form.value("nhsNumber")}
    saving = request.app.state.saving
    await clients.identify(uow, saving, case.pathway.client_id, forms.parsed(_WholeIdentityIn, said).corrected())
    changed = clients.changed_rule(uow, "identity")
    return await command(uow, saving, referral_id, worker, changed, others=changed, if_match=form.if_match)


async def _renewed(uow: UnitOfWork, request: Request, worker: Person, referral_id: UUID, form: Form) -> str:
    case = await visible(uow, referral_id, worker)
    code = await clients.renew_card(uow, case.pathway.client_id)
    changed = clients.changed_rule(uow, "card")
    saving = request.app.state.saving
    await command(uow, saving, referral_id, worker, changed, others=changed, if_match=form.if_match)
    return code


async def _page(request: Request, worker: Person, referral_id: UUID, form: Form, template: str) -> Response:
    database: Database = request.app.state.database
    async with database.work() as uow:
        case, identity, _ = await seen(request, uow, worker, referral_id)
        since = await changed_since(uow, case.pathway, version(form, 0)) if is_stale(form) else []
    return frame.show(
        request,
        template,
        _TITLES[template],
        status=412 if is_stale(form) else 200,
        form=at_its_place(form),
        meanwhile=since,
        back=Link(identity.name, f"/clients/{referral_id}"),
        identity=identity,
        pathway=case.pathway,
    )
