"""JSON routes of reminders. Who read or wrote what of whom is noted before the answer goes out."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Path, Request, Response

from services.reminders.bodies import ContactBody, Reminder, Reminders
from services.reminders.handlers import contact, reminders
from shared.storage.audit import AuditLog
from shared.web.access import Keyworker
from shared.web.conditional import etag
from shared.web.identity import Person
from shared.web.work import Work

router = APIRouter(prefix="/api/clients/{clientId}", tags=["reminders"])
ClientId = Annotated[UUID, Path(alias="clientId")]
IfMatch = Annotated[str | None, Header()]


@router.put("/contact")
async def put_contact(
    client: ClientId,
    body: ContactBody,
    worker: Keyworker,
    uow: Work,
    *,
    request: Request,
    response: Response,
    if_match: IfMatch = None,
) -> ContactBody:
    """Replaces what was agreed before; what is planned already follows. 404 also for a client of another provider."""
    kept = await contact.put_contact(uow, worker, client, body.contact(), if_match)
    await _note(request, worker, client, "write", "contact")
    response.headers["ETag"] = etag(kept.version)
    return ContactBody.of(kept.contact)


@router.get("/contact")
async def get_contact(
    client: ClientId, worker: Keyworker, uow: Work, request: Request, response: Response
) -> ContactBody:
    kept = await contact.read_contact(uow, worker, client)
    await _note(request, worker, client, "read", "contact")
    response.headers["ETag"] = etag(kept.version)
    return ContactBody.of(kept.contact)


@router.get("/reminders")
async def get_reminders(client: ClientId, worker: Keyworker, uow: Work, request: Request) -> Reminders:
    """In the order in which they are due, whatever became of them."""
    messages = await reminders.list_reminders(uow, worker, client)
    await _note(request, worker, client, "read", "reminders")
    return Reminders(reminders=[Reminder.of(message) for message in messages])


async def _note(request: Request, worker: Person, client: UUID, action: str, what: str) -> None:
    audit: AuditLog = request.app.state.audit
    whose = {"client": client, "request_id": request.state.request_id}
    await audit.note(worker.actor, worker.provider, action, f"{what}/{client}", **whose)
