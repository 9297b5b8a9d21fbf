"""A keyworker's clients and their team's: the cases that are asked for, with the names of those."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from services.referrals.domain.case import Case
from services.referrals.domain.caseload import Sought, is_sought
from services.referrals.domain.flags import flags_waiting
from services.referrals.domain.identity import ClientIdentity
from services.referrals.domain.pathway import Pathway
from services.referrals.domain.staff import Colleague
from services.referrals.handlers.care import kept_apart_from
from services.referrals.handlers.staff import meet
from services.referrals.store import caseloads, clients, pathways, staff
from shared.storage.database import UnitOfWork
from shared.web.identity import TEAM_LEAD, Person
from shared.web.problems import Forbidden

_LATELY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class OfCaseload:
    """One pathway. `keyworker`: none for one that is nobody's yet, or whose keyworker has not been here since."""

    pathway: Pathway
    identity: ClientIdentity
    keyworker: Colleague | None


@dataclass(frozen=True, slots=True)
class Caseload:
    """By name. `complete`: false when the team has more than a list can hold (`store.caseloads.MOST`)."""

    cases: Sequence[OfCaseload]
    complete: bool


async def caseload(uow: UnitOfWork, worker: Person, sought: Sought) -> Caseload:
    """Of the worker's own team; a team lead may ask for another of their provider (403 for anybody else).

    Names are opened only of those who are sought. Whoever shows the list notes each of them in the audit.
    """
    await meet(uow, worker)
    found = await caseloads.referrals_of_team(uow.connection, worker.provider, team_of(worker, sought.team), sought)
    cases = await pathways.of_referrals(uow, found[: caseloads.MOST], lock=False)
    apart = await kept_apart_from(uow, worker)
    wanted = [
        case for case in cases if case.pathway.client_id not in apart and is_sought(case.pathway, sought, uow.now)
    ]
    return Caseload(await with_names(uow, worker.provider, wanted), len(found) <= caseloads.MOST)


async def teams_to_choose(uow: UnitOfWork, worker: Person) -> Sequence[str]:
    """Whose lists a team lead may look at; for anybody else none but their own."""
    if not worker.has_any(TEAM_LEAD):
        return []
    known = await caseloads.teams_of(uow.connection, worker.provider)
    return sorted({*known, *([worker.team] if worker.team else [])})


async def waiting_after_ending(uow: UnitOfWork, worker: Person, sought: Sought) -> Sequence[OfCaseload]:
    """Pathways that ended lately, or changed since, and that somebody still waits for. Whose and which team: `sought`.

    Lately, so that the list does not grow with the years.
    """
    team, since = team_of(worker, sought.team), uow.now - _LATELY
    found = await caseloads.ended_lately(uow.connection, worker.provider, team, sought.keyworker, since)
    cases = await pathways.of_referrals(uow, found, lock=False)
    return await with_names(uow, worker.provider, [case for case in cases if flags_waiting(case.pathway, uow.now)])


def team_of(worker: Person, asked: str | None) -> str:
    """Whose list it is."""
    if asked not in (None, worker.team) and not worker.has_any(TEAM_LEAD):
        raise Forbidden("other-team", "You see the clients of your own team.", "team")
    if (team := asked or worker.team) is None:
        raise Forbidden("no-team", "Your sign-in names no team, so there is no list to show.")
    return team


async def with_names(uow: UnitOfWork, provider: str, cases: Sequence[Case]) -> list[OfCaseload]:
    """By name; without those who were erased."""
    whose = await identities(uow, {case.pathway.client_id for case in cases})
    known = await staff.named(uow.connection, provider, {case.pathway.keyworker or "" for case in cases})
    listed = [
        OfCaseload(case.pathway, identity, known.get(case.pathway.keyworker or ""))
        for case in cases
        if (identity := whose.get(case.pathway.client_id))
    ]
    return sorted(listed, key=lambda one: (one.identity.name.casefold(), one.pathway.opened_at))


async def identities(uow: UnitOfWork, client_ids: set[UUID]) -> Mapping[UUID, ClientIdentity]:
    """Of those who were not erased."""
    known = await clients.by_ids(uow.connection, client_ids)
    ciphers = await uow.keys.existing(client_ids)
    return {
        client_id: clients.revealed(ciphers[client_id], client.identity)
        for client_id, client in known.items()
        if client.identity and client_id in ciphers
    }
