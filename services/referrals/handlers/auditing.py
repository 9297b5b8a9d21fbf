"""Who looked at what, and who changed what: for the team lead of those whose clients they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.referrals.domain.audited import in_words
from services.referrals.domain.history import history
from services.referrals.handlers.care import closed_to, is_kept_apart, kept_apart_from
from services.referrals.handlers.caseload import identities, team_of
from services.referrals.handlers.staff import Actor, actors
from services.referrals.store import audited, clients, pathways
from services.referrals.store.audited import Noted
from shared.storage.database import UnitOfWork
from shared.web.identity import Person
from shared.web.problems import not_found

MOST = 200
"""On one page."""


@dataclass(frozen=True, slots=True)
class Audited:
    """`name`: the client's; none once they are erased. `changed`: false where somebody only looked."""

    at: datetime
    by: Actor
    words: str
    client_id: UUID
    name: str | None
    changed: bool


async def audit_of_client(uow: UnitOfWork, client_id: UUID, worker: Person, before: datetime) -> Sequence[Audited]:
    """Latest first, `before` a moment. Also of somebody erased: that they were here is all that is left."""
    client = await clients.by_id(uow.connection, client_id)
    if client is None or client.provider != worker.provider:
        raise not_found("No such client is known here.", "client")
    if await is_kept_apart(uow, client_id, worker):
        raise closed_to(worker, client.team, "client")
    noted = await audited.of_client(uow.connection, worker.provider, client_id, before, MOST)
    changed = [] if client.state == "erased" else await _changes(uow, client_id, before)
    said = [(row, in_words(row.action, row.subject)) for row in noted] + changed
    return await _named(uow, worker.provider, said)


async def audit_of_team(uow: UnitOfWork, worker: Person, team: str | None, before: datetime) -> Sequence[Audited]:
    """Of all of a team's clients. What exactly was changed is told client by client."""
    whose = (worker.provider, team_of(worker, team), before, MOST)
    noted = await audited.of_team(uow.connection, *whose)
    changes = await audited.changes_of_team(uow.connection, *whose)
    said = [(row, in_words(row.action, row.subject)) for row in noted]
    said += [(row, "Changed the pathway") for row in changes]
    apart = await kept_apart_from(uow, worker)
    return await _named(uow, worker.provider, [pair for pair in said if pair[0].client not in apart])


async def _changes(uow: UnitOfWork, client_id: UUID, before: datetime) -> list[tuple[Noted, str]]:
    cases = await pathways.of_clients(uow, [client_id], lock=False)
    return [
        (Noted(decision.recorded_at, decision.actor, "change", "referral", client_id), line.words)
        for case in cases
        for decision in await pathways.decisions(uow, case.pathway)
        if decision.recorded_at < before
        for line in history(decision.events)
    ]


async def _named(uow: UnitOfWork, provider: str, said: Sequence[tuple[Noted, str]]) -> list[Audited]:
    latest = sorted(said, key=lambda pair: pair[0].at, reverse=True)[:MOST]
    known = await actors(uow, provider, {row.actor for row, _ in latest})
    whose = await identities(uow, {row.client for row, _ in latest})
    names = {client_id: identity.name for client_id, identity in whose.items()}
    return [
        Audited(row.at, known[row.actor], words, row.client, names.get(row.client), row.action == "change")
        for row, words in latest
    ]
