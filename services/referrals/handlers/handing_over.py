"""Handover: the client gets another keyworker, and with them another team if that is where they work."""

from dataclasses import dataclass, replace
from functools import partial
from uuid import UUID

from services.referrals.domain.commands_opening import HandOver
from services.referrals.domain.handover import GoesAlong, goes_along, hand_over
from services.referrals.domain.pathway import Pathway
from services.referrals.handlers.care import is_in_care_of, move
from services.referrals.handlers.clients import client_of
from services.referrals.handlers.keeping_apart import staff_apart
from services.referrals.handlers.pathway import command, visible
from services.referrals.handlers.saving import Saving
from services.referrals.store import staff
from shared.problems import Problem
from shared.storage.database import UnitOfWork
from shared.web.identity import TEAM_LEAD, Person
from shared.web.problems import Forbidden, unprocessable


@dataclass(frozen=True, slots=True)
class Handover:
    """To a colleague (`to` is their `sub`) or to a `team` that will find somebody: one of the two."""

    to: str | None
    team: str | None


@dataclass(frozen=True, slots=True)
class HandedOn:
    """The pathway as it stands, and what went along on it."""

    pathway: Pathway
    along: GoesAlong


async def hand_client_over(  # noqa: PLR0917 - as in `command`
    uow: UnitOfWork, saving: Saving, referral_id: UUID, worker: Person, wanted: Handover, if_match: str | None = None
) -> HandedOn:
    """This pathway and the client's other open ones. By the present keyworker, or a team lead (403 for others)."""
    pathway = (await visible(uow, referral_id, worker)).pathway
    _require_own(pathway, worker)
    asked = await _asked(uow, pathway, worker, wanted)
    client = await client_of(uow, pathway.client_id)
    along = goes_along(pathway, uow.now)
    rule = partial(hand_over, command=asked)
    case = await command(uow, saving, referral_id, worker, rule, others=rule, if_match=if_match)
    await move(uow, client, asked.team)
    return HandedOn(case.pathway, along)


def _require_own(pathway: Pathway, worker: Person) -> None:
    """A pathway that is nobody's yet is any keyworker's of its team to hand over, or to take on."""
    own = pathway.keyworker == worker.sub or (pathway.keyworker is None and is_in_care_of(worker, pathway.team))
    if not own and not worker.has_any(TEAM_LEAD):
        raise Forbidden("not-your-client", "The client's keyworker or a team lead hands them over.", "referralId")


async def _asked(uow: UnitOfWork, pathway: Pathway, worker: Person, wanted: Handover) -> HandOver:
    plain = HandOver(to=None, team=pathway.team, at=uow.now, recorded_at=uow.now)
    here = await staff.of_provider(uow.connection, worker.provider)
    if wanted.to is None:
        if wanted.team not in {one.team for one in here}:
            raise _unknown("team", "unknown-team", "Nobody of this team has been here yet.")
        return replace(plain, team=wanted.team or pathway.team)
    colleague = next((one for one in here if one.sub == wanted.to), None)
    if colleague is None:
        raise _unknown("to", "unknown-colleague", "Nobody here is known by this: they sign in once, then it works.")
    apart = colleague.sub in await staff_apart(uow, pathway.client_id)
    return replace(plain, to=colleague.sub, team=colleague.team or pathway.team, kept_apart=apart)


def _unknown(field: str, code: str, reason: str) -> Exception:
    return unprocessable(Problem(field, code, reason))
