"""`/company/peers`: the recovery champion's list, with when each was last asked."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referrals.http.answers import SavingHere
from services.referrals.pages import forms, frame
from services.referrals.pages.forms import Form
from services.referrals.peers.handlers import register, telling
from services.referrals.peers.handlers.register import Changed
from services.referrals.peers.http.bodies import ConcernIn, PeerIdInPath, PeerIn
from services.referrals.peers.http.noting import noted
from services.referrals.peers.peer import WEEKDAYS, Details, Peer
from services.referrals.peers.request import OFFERED
from shared.meetings import ORGANISATIONS
from shared.storage.database import Database, UnitOfWork
from shared.web.access import Champion, TeamLead
from shared.web.identity import TEAM_LEAD, Person
from shared.web.pages import Link
from shared.web.work import Work

router = APIRouter(prefix="/company/peers", include_in_schema=False)
_BACK = Link("Peer supporters", "/company/peers")
MODELS = {
    "established-client": "An established client who attends and volunteers",
    "recovery-champion": "On the recovery champion's list",
    "existing-programme": "From an existing peer programme",
}


@router.get("")
async def peers(request: Request, who: Champion) -> Response:
    database: Database = request.app.state.database
    async with database.work() as uow:
        found = await register.listed(uow, who)
    await noted(request, who, "peers")
    back = Link("Someone to go with", "/company")
    return frame.show(request, "company_peers.html", "Peer supporters", back=back, peers=found)


@router.get("/new")
async def new(request: Request, who: Champion) -> Response:
    return _shown(request, who, Form(), None)


@router.post("/new")
async def add(request: Request, who: Champion) -> Response:
    form = await forms.read(request)

    async def registered(uow: UnitOfWork) -> Peer:
        return await register.register(uow, who, _details(form))

    done = await frame.attempt(request, form, registered)
    if isinstance(done, Form):
        return _shown(request, who, done, None)
    await noted(request, who, f"peer/{done.peer_id}", action="change")
    return frame.on_to("/company/peers", "peer")


@router.get("/{peerId}")
async def one(request: Request, peer_id: PeerIdInPath, who: Champion) -> Response:
    return await _page(request, who, peer_id, Form())


@router.post("/{peerId}")
async def change(request: Request, peer_id: PeerIdInPath, who: Champion) -> Response:
    form = await forms.read(request)

    async def described(uow: UnitOfWork) -> Peer:
        return await register.describe(uow, who, Changed(peer_id, form.if_match), _details(form))

    return await _changed(request, who, peer_id, await frame.attempt(request, form, described))


@router.post("/{peerId}/concern")
async def concern(request: Request, peer_id: PeerIdInPath, who: Champion) -> Response:
    """To whom it was passed, and when: there is no room for the story."""
    form = await forms.read(request)

    async def passed_on(uow: UnitOfWork) -> Peer:
        asked = {"passedTo": form.value("passedTo"), "passedOn": form.date("passedOn")}
        return await register.note_concern(uow, who, peer_id, forms.parsed(ConcernIn, asked).concern())

    return await _changed(request, who, peer_id, await frame.attempt(request, form, passed_on))


@router.post("/{peerId}/pause")
async def pause(request: Request, peer_id: PeerIdInPath, who: TeamLead) -> Response:
    form = await forms.read(request)

    async def paused(uow: UnitOfWork) -> Peer:
        return await register.pause(uow, request.app.state.saving, who, peer_id, form.value("paused") == "yes")

    return await _changed(request, who, peer_id, await frame.attempt(request, form, paused))


@router.post("/{peerId}/told")
async def told(request: Request, peer_id: PeerIdInPath, who: Champion, uow: Work) -> Response:
    """That they are no longer needed, where everything about the client was erased."""
    await telling.told(uow, who, peer_id)
    await noted(request, who, f"peer/{peer_id}", action="change")
    return frame.on_to("/company", "peer")


@router.get("/{peerId}/erasure")
async def ask_erasure(request: Request, peer_id: PeerIdInPath, who: TeamLead) -> Response:
    """What goes, what stays and who is told, before anything is done."""
    database: Database = request.app.state.database
    async with database.work() as uow:
        leaving = await register.leaving(uow, who, peer_id)
    await noted(request, who, f"peer/{peer_id}")
    back = Link(leaving.details.name, f"/company/peers/{peer_id}")
    title = f"Erase everything about {leaving.details.name}?"
    return frame.show(request, "company_peer_erasure.html", title, back=back, leaving=leaving, peer_id=peer_id)


@router.post("/{peerId}/erasure")
async def erase(request: Request, peer_id: PeerIdInPath, who: TeamLead, uow: Work, saving: SavingHere) -> Response:
    """Cannot be undone. Who counted on them is told."""
    await register.erase(uow, saving, who, peer_id)
    await noted(request, who, f"peer/{peer_id}", action="erase")
    return frame.on_to("/company/peers", "peer-erased")


async def _changed(request: Request, who: Person, peer_id: UUID, done: Peer | Form) -> Response:
    if isinstance(done, Form):
        return await _page(request, who, peer_id, done)
    await noted(request, who, f"peer/{peer_id}", action="change")
    return frame.on_to("/company/peers", "peer")


async def _page(request: Request, who: Person, peer_id: UUID, form: Form) -> Response:
    database: Database = request.app.state.database
    async with database.work() as uow:
        peer = await register.one(uow, who, peer_id)
    await noted(request, who, f"peer/{peer_id}")
    return _shown(request, who, form, peer)


def _shown(request: Request, who: Person, form: Form, peer: Peer | None) -> Response:
    known = peer.details if peer else None
    return frame.show(
        request,
        "company_peer.html",
        known.name if known else "New peer supporter",
        form=form,
        back=_BACK,
        peer=peer,
        known=known,
        models=list(MODELS.items()),
        offers=[(code, text.capitalize()) for code, text in OFFERED.items()],
        weekdays=[(day, day.capitalize()) for day in WEEKDAYS],
        organisations=[(code, one.label) for code, one in ORGANISATIONS.items()],
        is_lead=who.has_any(TEAM_LEAD),
    )


def _details(form: Form) -> Details:
    single = ("name", "knownAs", "model", "phone", "email", "contact", "gender", "goesWith", "words")
    asked: Mapping[str, Any] = {name: form.value(name) for name in single} | {
        "agreedOn": form.date("agreedOn"),
        "checkedOn": form.date("checkedOn"),
        "offers": form.values("offers"),
        "organisations": form.values("organisations"),
        "days": form.values("days"),
        "areas": [area for said in form.value("areas").split(",") if (area := said.strip())],
    }
    return forms.parsed(PeerIn, asked).details()
