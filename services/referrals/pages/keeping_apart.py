"""Whom a client is kept apart from: another client, a colleague or a peer supporter. It never says why."""

from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referrals.domain.keeping_apart import Other
from services.referrals.handlers import keeping_apart, searching
from services.referrals.handlers.staff import colleagues
from services.referrals.http.answers import audited
from services.referrals.http.keeping_apart import Kind
from services.referrals.pages import forms, frame
from services.referrals.pages.finding import ClientInPath
from services.referrals.pages.forms import Form
from services.referrals.peers.handlers.showing import peers_to_choose
from shared.problems import Problem
from shared.storage.database import Database, UnitOfWork
from shared.web.access import Keyworker
from shared.web.identity import Person
from shared.web.pages import Link
from shared.web.problems import malformed, unprocessable

router = APIRouter(prefix="/people/{clientId}/kept-apart", include_in_schema=False)


@router.get("")
async def shown(request: Request, client_id: ClientInPath, worker: Keyworker) -> Response:
    return await _page(request, worker, client_id, Form())


@router.post("")
async def mark(request: Request, client_id: ClientInPath, worker: Keyworker) -> Response:
    form = await forms.read(request)

    async def marked(uow: UnitOfWork) -> Other:
        other = await _other(uow, worker, client_id, form)
        await keeping_apart.mark(uow, request.app.state.saving, client_id, other, worker)
        return other

    done = await frame.attempt(request, form, marked)
    if isinstance(done, Form):
        return await _page(request, worker, client_id, done)
    there = await _noted(request, worker, client_id, done, "keep-apart")
    return frame.on_to("/", "kept-from-you") if done == Other("staff", worker.sub) else there


@router.post("/{kind}/{other}/removal")
async def unmark(request: Request, client_id: ClientInPath, kind: Kind, other: str, worker: Keyworker) -> Response:
    whom = Other(kind, other)
    if kind != "staff":
        _require_id(other)
    done = await frame.attempt(request, Form(), lambda uow: keeping_apart.unmark(uow, client_id, whom, worker))
    if isinstance(done, Form):
        return await _page(request, worker, client_id, done)
    return await _noted(request, worker, client_id, whom, "no-longer-keep-apart")


async def _other(uow: UnitOfWork, worker: Person, client_id: UUID, form: Form) -> Other:
    if sub := form.value("colleague"):
        return Other("staff", sub)
    if peer := form.value("peer"):
        _require_id(peer)
        return Other("peer", peer)
    if name := form.value("name"):
        return Other("client", str(await _by_name(uow, worker, client_id, name)))
    if not form.value("nhsNumber"):
        raise unprocessable(Problem("nhsNumber", "missing", "Say from whom: by number, by name, or from a list."))
    found = (await searching.by_number(uow, worker, form.value("nhsNumber"))).hits
    if not found:
        raise unprocessable(Problem("nhsNumber", "unknown-person", "Nobody with this NHS number is known here."))
    return Other("client", str(found[0].client_id))


async def _by_name(uow: UnitOfWork, worker: Person, client_id: UUID, name: str) -> UUID:
    """The one other client of the worker's team whom it fits."""
    hits = (await searching.by_name(uow, worker, name, None)).hits
    found = [hit.client_id for hit in hits if hit.client_id != client_id]
    if not found:
        raise unprocessable(Problem("name", "unknown-person", "Nobody else in your team is called so."))
    if len(found) > 1:
        reason = "This fits more than one client: give the whole name, or the NHS number."
        raise unprocessable(Problem("name", "more-than-one", reason))
    return found[0]


async def _noted(request: Request, worker: Person, client_id: UUID, other: Other, action: str) -> Response:
    """With both, where both are clients."""
    for one in (client_id, *([UUID(other.id)] if other.kind == "client" else [])):
        await audited(request, worker, f"kept-apart/{one}", one, action=action)
    return frame.on_to(f"/people/{client_id}/kept-apart")


def _require_id(text: str) -> None:
    try:
        UUID(text)
    except ValueError:
        raise malformed("other", "not-an-id", "This is not the id of a client or a peer supporter.") from None


async def _page(request: Request, worker: Person, client_id: UUID, form: Form) -> Response:
    database: Database = request.app.state.database
    async with database.work() as uow:
        marks = await keeping_apart.marks(uow, client_id, worker)
        others = await colleagues(uow, worker)
        peers = await peers_to_choose(uow, worker)
    await audited(request, worker, f"kept-apart/{client_id}", client_id)
    back = Link("The client", f"/people/{client_id}")
    return frame.show(
        request,
        "kept_apart.html",
        "Kept apart",
        form=form,
        back=back,
        client_id=client_id,
        marks=marks,
        others=others,
        peers=peers,
    )
