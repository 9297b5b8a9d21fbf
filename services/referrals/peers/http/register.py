"""`/api/peers`: the recovery champion's list, and which models the service runs."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

import orjson
from fastapi import APIRouter, Depends, Header
from starlette.requests import Request
from starlette.responses import Response

from services.referrals.domain.accompanying import Model
from services.referrals.http.answers import SavingHere
from services.referrals.peers.handlers import register
from services.referrals.peers.handlers.register import Changed
from services.referrals.peers.http.bodies import ConcernIn, ModelsIn, PauseIn, PeerIdInPath, PeerIn, peer_json
from services.referrals.peers.http.noting import noted
from services.referrals.peers.peer import Peer
from shared.web.access import Arranger, Champion, TeamLead
from shared.web.conditional import etag
from shared.web.work import Work

router = APIRouter(prefix="/api", tags=["company"])


def _named(peer_id: PeerIdInPath, if_match: Annotated[str | None, Header(alias="If-Match")] = None) -> Changed:
    return Changed(peer_id, if_match)


Named = Annotated[Changed, Depends(_named)]


@router.get("/peers")
async def get_peers(who: Champion, uow: Work, request: Request) -> Response:
    """Who was asked longest ago, or never, first."""
    found = await register.listed(uow, who)
    await noted(request, who, "peers")
    return _answer({"peers": [peer_json(peer) for peer in found]})


@router.post("/peers", status_code=201)
async def post_peer(body: PeerIn, who: Champion, uow: Work, request: Request) -> Response:
    """Put on the list with their own agreement: its date is required."""
    peer = await register.register(uow, who, body.details())
    await _changed(request, who, peer.peer_id)
    return _one(peer, 201)


@router.get("/peers/{peerId}")
async def get_peer(peer_id: PeerIdInPath, who: Champion, uow: Work, request: Request) -> Response:
    peer = await register.one(uow, who, peer_id)
    await noted(request, who, f"peer/{peer_id}")
    return _one(peer)


@router.put("/peers/{peerId}")
async def put_peer(named: Named, body: PeerIn, who: Champion, uow: Work, request: Request) -> Response:
    """The whole of it: what is left out is no longer so."""
    peer = await register.describe(uow, who, named, body.details())
    await _changed(request, who, named.peer_id)
    return _one(peer)


@router.post("/peers/{peerId}/concerns", status_code=204)
async def post_concern(peer_id: PeerIdInPath, body: ConcernIn, who: Arranger, uow: Work, request: Request) -> Response:
    """To whom it was passed and when; no story. A team lead may pause them."""
    await register.note_concern(uow, who, peer_id, body.concern())
    await _changed(request, who, peer_id)
    return Response(status_code=204)


@router.put("/peers/{peerId}/pause")
async def put_pause(  # noqa: PLR0917 - FastAPI's
    peer_id: PeerIdInPath, body: PauseIn, who: TeamLead, uow: Work, saving: SavingHere, request: Request
) -> Response:
    """Paused: suggested to nobody, and not asked. What was agreed stands."""
    peer = await register.pause(uow, saving, who, peer_id, body.paused)
    await _changed(request, who, peer_id)
    return _one(peer)


@router.delete("/peers/{peerId}", status_code=202)
async def delete_peer(
    peer_id: PeerIdInPath, who: TeamLead, uow: Work, saving: SavingHere, request: Request
) -> dict[str, str]:
    """Erased, with their key. Who counted on them is told as when somebody cannot come. Cannot be undone."""
    await register.erase(uow, saving, who, peer_id)
    await noted(request, who, f"peer/{peer_id}", action="erase")
    return {"peerId": str(peer_id), "state": "erased"}


@router.get("/company/models")
async def get_models(who: Arranger, uow: Work) -> dict[str, Sequence[Model]]:
    return {"models": await register.models(uow, who)}


@router.put("/company/models")
async def put_models(body: ModelsIn, who: TeamLead, uow: Work, request: Request) -> dict[str, Sequence[Model]]:
    """Which of the guide's three models the service runs."""
    models = await register.run_models(uow, who, body.models)
    await noted(request, who, "company/models", action="change")
    return {"models": models}


async def _changed(request: Request, who: Champion, peer_id: UUID) -> None:
    await noted(request, who, f"peer/{peer_id}", action="change")


def _one(peer: Peer, status: int = 200) -> Response:
    return _answer(peer_json(peer), status, {"ETag": etag(peer.version)})


def _answer(content: object, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return Response(orjson.dumps(content), status, headers, "application/json")
