"""`/company`: requests by day, area and preference, and whom to ask. Who asks stands nowhere on it."""

from collections.abc import Awaitable, Callable
from typing import Any, cast, get_args
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referrals.domain.commands_company import PeersAnswer
from services.referrals.http.answers import audited_each
from services.referrals.pages import forms, frame
from services.referrals.pages.forms import Form
from services.referrals.peers import wording
from services.referrals.peers.handlers import arranging, reaching
from services.referrals.peers.handlers.arranging import Offered
from services.referrals.peers.handlers.telling import peers_to_tell
from services.referrals.peers.http.bodies import CompanyIdInPath, PeerIdInPath, SoughtIn
from services.referrals.peers.http.noting import noted
from services.referrals.peers.request import OFFERED
from shared.problems import Refused
from shared.storage.database import Database, UnitOfWork
from shared.web.access import Arranger
from shared.web.identity import RECOVERY_CHAMPION, TEAM_LEAD, Person
from shared.web.pages import Link

router = APIRouter(prefix="/company", include_in_schema=False)
_BACK = Link("Someone to go with", "/company")


@router.get("")
async def requests(request: Request, who: Arranger) -> Response:
    form = Form({name: [value] for name, value in request.query_params.items()})
    database: Database = request.app.state.database
    async with database.work() as uow:
        try:
            asked = {"day": form.date("day"), "area": form.value("area"), "preference": form.value("preference")}
            found = await reaching.requests(uow, who, forms.parsed(SoughtIn, asked).sought())
        except Refused as refused:
            found, form = [], form.refused(refused.problems)
        keeps_list = who.has_any(RECOVERY_CHAMPION, TEAM_LEAD)
        to_tell = await peers_to_tell(uow, who) if keeps_list else []
    await audited_each(request, who, "company/requests", {one.at.client_id for one in found})
    return frame.show(
        request,
        "company_requests.html",
        "Someone to go with",
        form=form,
        requests=[one.request for one in found],
        offered=OFFERED,
        day=wording.day,
        hour=wording.hour,
        keeps_list=keeps_list,
        to_tell=to_tell,
    )


@router.get("/{companyId}")
async def one(request: Request, company_id: CompanyIdInPath, who: Arranger) -> Response:
    return await _page(request, who, company_id, Form())


@router.post("/{companyId}/offer/{peerId}")
async def offer(request: Request, company_id: CompanyIdInPath, peer_id: PeerIdInPath, who: Arranger) -> Response:
    """The link is shown this once, with words to send it by; asked again, it comes again."""
    state = request.app.state

    async def ask(uow: UnitOfWork) -> Offered:
        return await arranging.offer(uow, state.saving, who, company_id, peer_id=peer_id, links=state.links)

    done = await frame.attempt(request, Form(), ask)
    if isinstance(done, Form):
        return await _page(request, who, company_id, done)
    await noted(request, who, f"company/{company_id}", done.case.pathway.client_id, action="offer")
    back = Link("Back to the request", f"/company/{company_id}")
    return frame.show(request, "company_offered.html", f"Ask {done.known_as}", back=back, offered=done)


@router.post("/{companyId}/answer")
async def answer(request: Request, company_id: CompanyIdInPath, who: Arranger) -> Response:
    """What the peer supporter said by telephone, or that the offer is taken back."""
    form = await forms.read(request)
    done = await frame.attempt(request, form, _said(request, who, company_id, form.value("answer")))
    if isinstance(done, Form):
        return await _page(request, who, company_id, done)
    await noted(request, who, f"company/{company_id}", done.pathway.client_id, action="change")
    return frame.on_to(f"/company/{company_id}", "company")


def _said(request: Request, who: Person, company_id: UUID, word: str) -> Callable[[UnitOfWork], Awaitable[Any]]:
    saving = request.app.state.saving
    if word not in get_args(PeersAnswer):
        return lambda uow: arranging.take_back(uow, saving, who, company_id)
    return lambda uow: arranging.said(uow, saving, who, company_id, cast("PeersAnswer", word))


async def _page(request: Request, who: Person, company_id: UUID, form: Form) -> Response:
    database: Database = request.app.state.database
    async with database.work() as uow:
        pairing = await arranging.pairing(uow, who, company_id)
        now = uow.now
    await noted(request, who, f"company/{company_id}", pairing.found.at.client_id)
    wanted = pairing.found.request
    return frame.show(
        request,
        "company_pairing.html",
        "Someone to go with",
        form=form,
        back=_BACK,
        request_=wanted,
        pairing=pairing,
        offered=OFFERED,
        day=wording.day(wanted.made.start, wanted.time_zone),
        begins=wording.hour(wanted.made.start, wanted.time_zone),
        begun=wanted.made.start <= now,
    )
