"""Break glass: time-limited access to one client of another team, with a reason, in view of who has them in care."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from services.referrals.domain.answers import Refusal
from services.referrals.domain.flags import raise_flag
from services.referrals.domain.glass import LASTS, Access, break_glass
from services.referrals.domain.staff import Colleague
from services.referrals.handlers.care import cared_for, is_in_care_of, is_kept_apart, kept_apart_from, of_provider
from services.referrals.handlers.caseload import identities, team_of
from services.referrals.handlers.knowing import tell
from services.referrals.handlers.refusals import refused
from services.referrals.handlers.saving import Saving
from services.referrals.handlers.staff import meet
from services.referrals.store import accesses, pathways, staff
from shared.storage.database import UnitOfWork
from shared.web.identity import Person
from shared.web.problems import Forbidden

_SHOWN_FOR = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Opened:
    """`until`: none for who needs no such access. `anew`: the glass was broken just now."""

    until: datetime | None
    anew: bool


async def open_access(uow: UnitOfWork, saving: Saving, client_id: UUID, worker: Person, reason: str) -> Opened:
    """A second time while it lasts is the first one. 422 without a reason, 403 for who is kept apart from them."""
    await meet(uow, worker)
    client = await of_provider(uow, client_id, worker, lock=True)
    apart = await is_kept_apart(uow, client_id, worker)
    if not apart and is_in_care_of(worker, client.team):
        return Opened(None, anew=False)
    if not apart and (until := await accesses.lasts_until(uow.connection, client_id, worker.sub, uow.now)):
        return Opened(until, anew=False)
    wanted = Access(uuid4(), client_id, worker.sub, reason, uow.now, uow.now + LASTS)
    access = break_glass(wanted, kept_apart=apart)
    if isinstance(access, Refusal):
        raise Forbidden(access.code, access.reason, "clientId") if access.code == "kept-apart" else refused(access)
    await accesses.add(uow, client, access)
    await tell(uow, client)
    await _flag(uow, saving, access, worker)
    return Opened(access.until, anew=True)


async def _flag(uow: UnitOfWork, saving: Saving, access: Access, worker: Person) -> None:
    """For the keyworker, on every pathway of the client that is open."""
    cases = await pathways.of_clients(uow, [access.client_id], lock=True)
    for case in cases:
        if case.pathway.state == "open":
            case.take(raise_flag(case.pathway, "glass-broken", str(access.access_id), uow.now))
    await saving.save(uow, cases, worker.actor)


@dataclass(frozen=True, slots=True)
class AccessShown:
    """`client`: their name, where it is not known whose list this is. `by`: none for who has left no name here."""

    access: Access
    client: str | None
    by: Colleague | None


async def accesses_to(uow: UnitOfWork, client_id: UUID, worker: Person) -> Sequence[AccessShown]:
    """For those who have the client in their care: who, why, until when."""
    await cared_for(uow, client_id, worker)
    return await _shown(uow, worker.provider, await accesses.of_client(uow, client_id))


async def accesses_of_team(uow: UnitOfWork, worker: Person, team: str | None) -> Sequence[AccessShown]:
    """To a team's clients, in the last ninety days: for its team lead."""
    found = await accesses.of_team(uow, worker.provider, team_of(worker, team), uow.now - _SHOWN_FOR)
    apart = await kept_apart_from(uow, worker)
    return await _shown(uow, worker.provider, [access for access in found if access.client_id not in apart])


async def _shown(uow: UnitOfWork, provider: str, found: Sequence[Access]) -> list[AccessShown]:
    known = await staff.named(uow.connection, provider, {access.sub for access in found})
    whose = await identities(uow, {access.client_id for access in found})
    names = {client_id: identity.name for client_id, identity in whose.items()}
    return [AccessShown(access, names.get(access.client_id), known.get(access.sub)) for access in found]
