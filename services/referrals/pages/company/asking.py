"""On a client's way: asking for somebody to go with to one planned meeting, and that they would rather go alone."""

from functools import partial
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referrals.domain.company import ask_for_company, withdraw_company
from services.referrals.handlers.pathway import command, visible
from services.referrals.http.bodies import AtIn, CommitmentIdInPath
from services.referrals.pages import forms, frame
from services.referrals.pages.client import InPath
from services.referrals.pages.forms import Form
from services.referrals.pages.viewing import seen
from services.referrals.peers import wording
from services.referrals.peers.handlers.about_client import birth_date_of
from services.referrals.peers.http.bodies import CompanyIdInPath, CompanyIn, ending
from services.referrals.peers.request import OFFERED
from shared.storage.database import Database, UnitOfWork
from shared.web.access import Keyworker
from shared.web.identity import Person
from shared.web.pages import Link
from shared.web.problems import not_found

router = APIRouter(prefix="/clients/{referralId}", include_in_schema=False)


@router.get("/commitments/{commitmentId}/company")
async def ask(request: Request, referral_id: InPath, commitment_id: CommitmentIdInPath, worker: Keyworker) -> Response:
    return await _page(request, worker, referral_id, commitment_id, form=Form())


@router.post("/commitments/{commitmentId}/company")
async def asked(
    request: Request, referral_id: InPath, commitment_id: CommitmentIdInPath, worker: Keyworker
) -> Response:
    form = await forms.read(request)

    async def asks(uow: UnitOfWork) -> Any:  # noqa: ANN401  # the case, or whatever the frame makes of a refusal
        case = await visible(uow, referral_id, worker)
        birth_date = await birth_date_of(uow, case.pathway.client_id)
        single = ("preference", "asker", "area", "firstName", "contact")
        said = {name: form.value(name) for name in single} | {"offers": form.values("offers")}
        wanted = forms.parsed(CompanyIn, said).command(commitment_id, birth_date, uow.now)
        rule = partial(ask_for_company, command=wanted)
        return await command(uow, request.app.state.saving, referral_id, worker, rule)

    done = await frame.attempt(request, form, asks)
    if isinstance(done, Form):
        return await _page(request, worker, referral_id, commitment_id, form=done)
    return frame.on_to(f"/clients/{referral_id}", "company")


@router.post("/company/{companyId}/withdrawal")
async def rather_alone(
    request: Request, referral_id: InPath, company_id: CompanyIdInPath, worker: Keyworker
) -> Response:
    async def withdraws(uow: UnitOfWork) -> Any:  # noqa: ANN401
        rule = partial(withdraw_company, command=ending(company_id, AtIn(), uow.now))
        return await command(uow, request.app.state.saving, referral_id, worker, rule)

    await frame.attempt(request, Form(), withdraws)
    return frame.on_to(f"/clients/{referral_id}", "company")


async def _page(request: Request, worker: Person, referral_id: UUID, commitment_id: UUID, *, form: Form) -> Response:
    database: Database = request.app.state.database
    async with database.work() as uow:
        case, identity, _ = await seen(request, uow, worker, referral_id)
    made = next((made for made in case.pathway.commitments if made.commitment_id == commitment_id), None)
    if made is None:
        raise not_found("There is no such commitment on this pathway.")
    return frame.show(
        request,
        "company_asking.html",
        "Someone to go with",
        form=form,
        back=Link(identity.name, f"/clients/{referral_id}"),
        day=wording.day(made.start, case.pathway.time_zone),
        begins=wording.hour(made.start, case.pathway.time_zone),
        offers=[(code, text.capitalize()) for code, text in OFFERED.items()],
        at=f"/clients/{referral_id}/commitments/{commitment_id}/company",
    )
