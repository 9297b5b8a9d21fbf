"""Pathways: the snapshot that rules work on, and the decisions that add up to it; sealed under the person's key."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import orjson
from pydantic import TypeAdapter

from services.referrals.domain.case import Case, Decided
from services.referrals.domain.events import Event
from services.referrals.domain.pathway import Pathway
from services.referrals.domain.upcasting import EVENTS, NAMES, upcast, version_of
from services.referrals.peers.store import wanted
from services.referrals.store import ahead
from shared.privacy.ciphers import Cipher
from shared.storage.copying import Into
from shared.storage.database import UnitOfWork

_SNAPSHOT = "referral.snapshot"
_EVENTS = "decision.events"
_PATHWAY = TypeAdapter(Pathway)
_REPLACE = """
UPDATE referral r SET state = k.state, team = k.team, keyworker = k.keyworker, version = k.version,
    snapshot = k.snapshot
FROM unnest(%b::uuid[], %b::text[], %b::text[], %b::text[], %b::int4[], %b::bytea[])
    AS k(referral_id, state, team, keyworker, version, snapshot)
WHERE r.referral_id = k.referral_id
"""
_DECISIONS = Into(
    "decision",
    {
        "referral_id": "uuid",
        "version": "int4",
        "client_id": "uuid",
        "provider": "text",
        "team": "text",
        "actor": "text",
        "recorded_at": "timestamptz",
        "events": "bytea",
    },
)


async def of_referral(uow: UnitOfWork, referral_id: UUID, *, lock: bool) -> Case | None:
    found = await _load(uow, "referral_id = %b", referral_id, lock)
    return found[0] if found else None


async def of_clients(uow: UnitOfWork, clients: Collection[UUID], *, lock: bool) -> list[Case]:
    """Every pathway of theirs, open or ended. Locked in one order, so that two batches never wait for each other."""
    return await _load(uow, "client_id = ANY(%b)", list(clients), lock)


async def of_referrals(uow: UnitOfWork, referrals: Collection[UUID], *, lock: bool) -> list[Case]:
    """Locked in the same order."""
    return await _load(uow, "referral_id = ANY(%b)", list(referrals), lock)


async def add(uow: UnitOfWork, case: Case) -> bool:
    """False when an open pathway of the same kind has come in between."""
    cipher = await uow.keys.of(case.pathway.client_id)
    pathway = case.pathway
    ids = (pathway.referral_id, pathway.client_id, pathway.provider, pathway.team)
    cursor = await uow.connection.execute(
        "INSERT INTO referral (referral_id, client_id, provider, team, keyworker, for_whom, state, version, snapshot, "
        "ahead_kept) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, true) ON CONFLICT DO NOTHING",
        (
            *ids,
            pathway.keyworker,
            pathway.for_,
            pathway.state,
            pathway.version,
            _sealed_snapshot(cipher, pathway),
        ),
    )
    return bool(cursor.rowcount)


async def save(uow: UnitOfWork, cases: Sequence[Case], actor: str) -> None:
    """Snapshots replaced, decisions added, set-wise."""
    ciphers = await uow.keys.ensure({case.pathway.client_id for case in cases})
    pathways = [case.pathway for case in cases]
    snapshots = [_sealed_snapshot(ciphers[pathway.client_id], pathway) for pathway in pathways]
    ids, states = [p.referral_id for p in pathways], [p.state for p in pathways]
    whose = [p.team for p in pathways], [p.keyworker for p in pathways]
    await uow.connection.execute(_REPLACE, (ids, states, *whose, [p.version for p in pathways], snapshots))
    rows = [_decision(case, ciphers[case.pathway.client_id], actor, uow.now) for case in cases]
    await _DECISIONS.write(uow.connection, rows)
    await ahead.keep(uow.connection, cases, uow.now)
    await wanted.keep(uow.connection, cases)


async def decisions(uow: UnitOfWork, pathway: Pathway) -> list[Decided]:
    """Everything that was decided on a pathway, oldest first."""
    cursor = await uow.connection.execute(
        "SELECT actor, recorded_at, events FROM decision WHERE referral_id = %s ORDER BY version",
        (pathway.referral_id,),
    )
    cipher = await uow.keys.of(pathway.client_id)
    rows = await cursor.fetchall()
    return [Decided(actor, at, _read(cipher.decrypt(_EVENTS, events))) for actor, at, events in rows]


async def forget_client(uow: UnitOfWork, client_id: UUID) -> None:
    for table in (b"decision", b"referral"):
        await uow.connection.execute(b"DELETE FROM " + table + b" WHERE client_id = %s", (client_id,))


async def _load(uow: UnitOfWork, where: str, value: object, lock: bool) -> list[Case]:
    query = f"SELECT client_id, snapshot FROM referral WHERE {where} ORDER BY referral_id"  # noqa: S608
    cursor = await uow.connection.execute((query + " FOR UPDATE" * lock).encode(), (value,))
    rows = await cursor.fetchall()
    ciphers = await uow.keys.existing({client for client, _ in rows})
    return [Case(_PATHWAY.validate_json(ciphers[client].decrypt(_SNAPSHOT, sealed))) for client, sealed in rows]


def _decision(case: Case, cipher: Cipher, actor: str, now: datetime) -> tuple[object, ...]:
    pathway, events = case.pathway, cipher.encrypt(_EVENTS, _written(case.happened))
    whose = (pathway.client_id, pathway.provider, pathway.team)
    return (pathway.referral_id, pathway.version, *whose, actor, now, events)


def _sealed_snapshot(cipher: Cipher, pathway: Pathway) -> bytes:
    return cipher.encrypt(_SNAPSHOT, orjson.dumps(pathway))


def _written(events: Iterable[Event]) -> bytes:
    names = [(NAMES[type(event)], event) for event in events]
    return orjson.dumps([(name, version_of(name), event) for name, event in names])


def _read(document: bytes) -> list[Event]:
    return [_event(name, version, data) for name, version, data in orjson.loads(document)]


def _event(name: str, version: int, data: dict[str, Any]) -> Event:
    event: Event = _reader(name).validate_python(upcast(name, version, data))
    return event


@lru_cache
def _reader(name: str) -> TypeAdapter[Any]:
    return TypeAdapter(EVENTS[name])
