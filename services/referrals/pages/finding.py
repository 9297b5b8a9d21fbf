"""Finding a client by NHS number or name; a client of another team only with a reason, in view of that team.

Both are forms: nobody's name or number stands in an address.
"""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from services.referrals.handlers import glass, searching
from services.referrals.handlers.care import is_in_care_of, of_provider
from services.referrals.handlers.glass import Opened
from services.referrals.handlers.searching import Hits
from services.referrals.http.answers import audited, audited_each
from services.referrals.http.care_bodies import AccessIn, SearchIn
from services.referrals.pages import forms, frame
from services.referrals.pages.forms import Form
from shared.storage.database import UnitOfWork
from shared.web.access import Keyworker
from shared.web.pages import Link
from shared.web.work import Work

router = APIRouter(include_in_schema=False)
ClientInPath = Annotated[UUID, Path(alias="clientId")]
_BACK = Link("Find a client", "/clients/find")


@router.get("/clients/find")
async def ask(request: Request, _: Keyworker) -> Response:
    return frame.show(request, "find.html", "Find a client")


@router.post("/clients/find")
async def find(request: Request, worker: Keyworker) -> Response:
    form = await forms.read(request)

    async def found(uow: UnitOfWork) -> Hits:
        asked = {"nhsNumber": form.value("nhsNumber"), "name": form.value("name"), "birthDate": form.date("birthDate")}
        return await forms.parsed(SearchIn, asked).search(uow, worker)

    hits = await frame.attempt(request, form, found)
    if isinstance(hits, Form):
        return frame.show(request, "find.html", "Find a client", form=hits)
    await audited_each(request, worker, "clients", {hit.client_id for hit in hits.hits})
    return frame.show(request, "find.html", "Find a client", form=form, hits=hits)


@router.get("/people/{clientId}/access")
async def ask_access(request: Request, client_id: ClientInPath, worker: Keyworker, uow: Work) -> Response:
    client = await of_provider(uow, client_id, worker)
    await audited(request, worker, f"glass/{client_id}", client_id)
    shown = {"back": _BACK, "client_id": client_id, "own": is_in_care_of(worker, client.team)}
    return frame.show(request, "glass.html", "Another team's client", **shown)  # type: ignore[arg-type]


@router.post("/people/{clientId}/access")
async def access(request: Request, client_id: ClientInPath, worker: Keyworker) -> Response:
    form = await forms.read(request)

    async def opened(uow: UnitOfWork) -> Opened:
        body = forms.parsed(AccessIn, {"reason": form.value("reason")})
        return await glass.open_access(uow, request.app.state.saving, client_id, worker, body.reason)

    done = await frame.attempt(request, form, opened)
    if isinstance(done, Form):
        shown = {"back": _BACK, "client_id": client_id, "form": done}
        return frame.show(request, "glass.html", "Another team's client", **shown)  # type: ignore[arg-type]
    if done.anew:
        await audited(request, worker, f"client/{client_id}", client_id, action="break-glass")
    return frame.on_to(f"/people/{client_id}")


@router.get("/people/{clientId}/accesses")
async def accesses(request: Request, client_id: ClientInPath, worker: Keyworker, uow: Work) -> Response:
    """Who of another team has looked at a client, and why: for those who have them in care."""
    found = await glass.accesses_to(uow, client_id, worker)
    await audited(request, worker, f"access/{client_id}", client_id)
    back = Link("The client", f"/people/{client_id}")
    return frame.show(request, "accesses.html", "Looked at from another team", back=back, accesses=found)


@router.get("/people/{clientId}")
async def person(request: Request, client_id: ClientInPath, worker: Keyworker, uow: Work) -> Response:
    """All pathways of one client here."""
    hit = await searching.of_client(uow, client_id, worker)
    await audited_each(request, worker, "clients", {client_id})
    return frame.show(request, "find.html", "Find a client", back=_BACK, hits=Hits([hit]))
