"""The end of a pathway, and its reopening. That a client has died is asked once more: it cannot be undone."""

from functools import partial
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referrals.domain.ending import end_pathway, end_with_another, reopen_pathway
from services.referrals.handlers.pathway import visible
from services.referrals.handlers.reopening import reopening_of
from services.referrals.http import bodies
from services.referrals.pages import forms, frame
from services.referrals.pages.client import InPath
from services.referrals.pages.doing import Rules, act, done_with
from services.referrals.pages.forms import Form
from services.referrals.pages.viewing import seen
from shared.storage.database import Database, UnitOfWork
from shared.web.access import Keyworker
from shared.web.identity import Person
from shared.web.pages import Link

router = APIRouter(prefix="/clients/{referralId}", include_in_schema=False)
_DIED = "died"


@router.post("/ending")
async def ending(request: Request, referral_id: InPath, worker: Keyworker) -> Response:
    """*Died* ends all of the client's pathways, as at the JSON door; asked once more before."""
    form = await forms.read(request)
    if form.value("ending") == _DIED and form.value("certain") != "yes":
        return await _ask(request, worker, referral_id, form)

    async def decide(uow: UnitOfWork, form: Form) -> Rules:
        wanted = forms.parsed(bodies.EndingIn, {"kind": form.value("ending")}, {"kind": "ending"}).command(uow.now)
        others = partial(end_with_another, command=wanted) if wanted.kind == _DIED else None
        return partial(end_pathway, command=wanted), others

    said = _DIED if form.value("ending") == _DIED else "ended"
    return await done_with(request, worker, referral_id, decide, form, said=said)


@router.post("/reopening")
async def reopening(request: Request, referral_id: InPath, worker: Keyworker) -> Response:
    async def decide(uow: UnitOfWork, _: Form) -> Rules:
        pathway = (await visible(uow, referral_id, worker)).pathway
        return partial(reopen_pathway, command=await reopening_of(uow, pathway, uow.now)), None

    return await act(request, worker, referral_id, decide, "reopened")


async def _ask(request: Request, worker: Person, referral_id: UUID, form: Form) -> Response:
    database: Database = request.app.state.database
    async with database.work() as uow:
        case, identity, _ = await seen(request, uow, worker, referral_id)
    return frame.show(
        request,
        "died.html",
        "Has the client died?",
        form=form,
        back=Link(identity.name, f"/clients/{referral_id}"),
        identity=identity,
        pathway=case.pathway,
    )
