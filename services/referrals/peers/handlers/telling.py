"""Peer supporters who come for nobody any more, because everything about the client was erased: a person tells them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.referrals.peers.handlers.register import one
from services.referrals.peers.store import peers, to_tell
from shared.storage.database import UnitOfWork
from shared.web.identity import Person


@dataclass(frozen=True, slots=True)
class ToTell:
    """`start`: when they would come."""

    peer_id: UUID
    known_as: str
    start: datetime


async def peers_to_tell(uow: UnitOfWork, who: Person) -> Sequence[ToTell]:
    found = await to_tell.of_provider(uow.connection, who.provider, uow.now)
    known = await peers.by_ids(uow, {peer_id for peer_id, _ in found})
    return [
        ToTell(peer_id, peer.details.known_as, start)
        for peer_id, start in found
        if (peer := known.get(peer_id)) and peer.details
    ]


async def told(uow: UnitOfWork, who: Person, peer_id: UUID) -> None:
    """Somebody has told them. Twice is once; 404 for another provider's."""
    peer = await one(uow, who, peer_id)
    await to_tell.told(uow.connection, peer.peer_id)
