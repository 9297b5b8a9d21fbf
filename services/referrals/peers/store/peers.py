"""Rows of `peer`: all that says something about the person is sealed under their own key."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from pydantic import TypeAdapter

from services.referrals.domain.accompanying import Model
from services.referrals.domain.ids import PeerId
from services.referrals.peers.peer import MODELS, Concern, Details, Peer
from shared.privacy.ciphers import Cipher
from shared.storage.database import Connection, UnitOfWork

_PLACE = "peer.sealed"
_FIELDS = "peer_id, provider, team, sealed, paused, last_asked_at, version"


@dataclass(frozen=True, slots=True)
class _Sealed:
    details: Details
    concerns: tuple[Concern, ...] = field(default=())


_READ = TypeAdapter(_Sealed)


async def add(uow: UnitOfWork, peer: Peer) -> None:
    cipher = await uow.keys.of(peer.peer_id)
    values = (peer.peer_id, peer.provider, peer.team, _closed(cipher, peer), peer.version, uow.now)
    await uow.connection.execute(
        "INSERT INTO peer (peer_id, provider, team, sealed, version, registered_at) VALUES (%s, %s, %s, %s, %s, %s)",
        values,
    )


async def change(uow: UnitOfWork, peer: Peer) -> None:
    """As its next version."""
    peer.version += 1
    cipher = await uow.keys.of(peer.peer_id)
    await uow.connection.execute(
        "UPDATE peer SET sealed = %s, paused = %s, version = %s WHERE peer_id = %s",
        (_closed(cipher, peer), peer.paused, peer.version, peer.peer_id),
    )


async def note_asked(connection: Connection, peer_id: PeerId, at: datetime) -> None:
    await connection.execute("UPDATE peer SET last_asked_at = %s WHERE peer_id = %s", (at, peer_id))


async def by_id(uow: UnitOfWork, peer_id: UUID, *, lock: bool = False) -> Peer | None:
    """None for one who was erased."""
    found = await _select(uow, "peer_id = %s", peer_id, lock=lock)
    return found[0] if found else None


async def by_ids(uow: UnitOfWork, peer_ids: Collection[UUID]) -> dict[UUID, Peer]:
    return {peer.peer_id: peer for peer in await _select(uow, "peer_id = ANY(%s)", list(peer_ids))}


async def of_provider(uow: UnitOfWork, provider: str) -> list[Peer]:
    return await _select(uow, "provider = %s", provider)


async def entomb(connection: Connection, peer_id: PeerId) -> None:
    """Only the pseudonym stays until the key is gone."""
    await connection.execute(
        "UPDATE peer SET sealed = NULL, team = NULL, paused = false, last_asked_at = NULL WHERE peer_id = %s",
        (peer_id,),
    )


async def entombed(connection: Connection) -> list[PeerId]:
    """Those whose key is still to be destroyed."""
    query = "SELECT peer_id FROM peer WHERE sealed IS NULL LIMIT 100 FOR UPDATE SKIP LOCKED"
    return [PeerId(peer_id) for (peer_id,) in await (await connection.execute(query)).fetchall()]


async def forget(connection: Connection, peer_id: PeerId) -> None:
    await connection.execute("DELETE FROM peer WHERE peer_id = %s", (peer_id,))


async def models_of(connection: Connection, provider: str) -> tuple[Model, ...]:
    """Which of Appendix 1's models the service runs: all, as long as nobody has said otherwise."""
    cursor = await connection.execute("SELECT models FROM company_models WHERE provider = %s", (provider,))
    row = await cursor.fetchone()
    return tuple(row[0]) if row else MODELS


async def set_models(connection: Connection, provider: str, models: Collection[Model]) -> None:
    await connection.execute(
        "INSERT INTO company_models (provider, models) VALUES (%s, %s) "
        "ON CONFLICT (provider) DO UPDATE SET models = excluded.models",
        (provider, list(models)),
    )


async def _select(uow: UnitOfWork, where: str, value: object, *, lock: bool = False) -> list[Peer]:
    last = " FOR UPDATE" if lock else ""
    query = f"SELECT {_FIELDS} FROM peer WHERE {where} AND sealed IS NOT NULL ORDER BY peer_id{last}"  # noqa: S608
    rows = await (await uow.connection.execute(query.encode(), (value,))).fetchall()
    ciphers = await uow.keys.existing({row[0] for row in rows})
    return [_peer(row, ciphers[row[0]]) for row in rows if row[0] in ciphers]


def _peer(row: tuple[Any, ...], cipher: Cipher) -> Peer:
    peer_id, provider, team, sealed, paused, last_asked_at, version = row
    opened = _READ.validate_json(cipher.decrypt(_PLACE, sealed))
    return Peer(
        peer_id=PeerId(peer_id),
        provider=provider,
        team=team,
        details=opened.details,
        concerns=opened.concerns,
        paused=paused,
        last_asked_at=last_asked_at,
        version=version,
    )


def _closed(cipher: Cipher, peer: Peer) -> bytes:
    return cipher.encrypt(_PLACE, orjson.dumps({"details": peer.details, "concerns": peer.concerns}))
