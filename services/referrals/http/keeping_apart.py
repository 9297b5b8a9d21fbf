"""`/api/clients/{clientId}/kept-apart`: for keyworkers alone."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from services.referrals.domain.keeping_apart import Other, OtherKind
from services.referrals.handlers import keeping_apart
from services.referrals.handlers.keeping_apart import MarkShown
from services.referrals.http.answers import SavingHere, audited, listed
from services.referrals.http.values import Code
from shared.web.access import Keyworker
from shared.web.identity import Person
from shared.web.problems import malformed
from shared.web.work import Work

router = APIRouter(prefix="/api/clients/{clientId}/kept-apart", tags=["keep apart"])
ClientIdInPath = Annotated[UUID, Path(alias="clientId")]
Kind = Annotated[OtherKind, Path()]
Id = Annotated[Code, Path()]


@router.get("")
async def get_kept_apart(client_id: ClientIdInPath, worker: Keyworker, uow: Work, request: Request) -> Response:
    """Since when, and who; never why."""
    found = await keeping_apart.marks(uow, client_id, worker)
    await audited(request, worker, f"kept-apart/{client_id}", client_id)
    return listed({"keptApart": [_mark(one) for one in found]})


@router.put("/{kind}/{other}", status_code=204)
async def put_kept_apart(  # noqa: PLR0917 - FastAPI's
    client_id: ClientIdInPath,
    kind: Kind,
    other: Id,
    worker: Keyworker,
    uow: Work,
    saving: SavingHere,
    request: Request,
) -> None:
    """`kind` is client, peer or staff; the mark stands with both of them."""
    whom = _other(kind, other)
    await keeping_apart.mark(uow, saving, client_id, whom, worker)
    await _audited(request, worker, client_id, whom, "keep-apart")


@router.delete("/{kind}/{other}", status_code=204)
async def delete_kept_apart(  # noqa: PLR0917 - FastAPI's
    client_id: ClientIdInPath, kind: Kind, other: Id, worker: Keyworker, uow: Work, request: Request
) -> None:
    """With both of them."""
    whom = _other(kind, other)
    await keeping_apart.unmark(uow, client_id, whom, worker)
    await _audited(request, worker, client_id, whom, "no-longer-keep-apart")


async def _audited(request: Request, worker: Person, client_id: UUID, other: Other, action: str) -> None:
    """With both, where both are clients."""
    for one in (client_id, *([UUID(other.id)] if other.kind == "client" else [])):
        await audited(request, worker, f"kept-apart/{one}", one, action=action)


def _other(kind: OtherKind, text: str) -> Other:
    if kind == "staff":
        return Other(kind, text)
    try:
        return Other(kind, str(UUID(text)))
    except ValueError:
        raise malformed("other", "not-an-id", "This is not the id of a client or a peer supporter.") from None


def _mark(one: MarkShown) -> dict[str, Any]:
    return {"kind": one.mark.other.kind, "id": one.mark.other.id, "name": one.name, "since": one.mark.since}
