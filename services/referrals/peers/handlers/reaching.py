"""Getting to somebody's request for company, behind the walls, without learning whose it is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date as Day
from uuid import UUID

from services.referrals.directory.store import listed
from services.referrals.domain.accompanying import Company, Gender
from services.referrals.domain.case import Case
from services.referrals.domain.company import company_of
from services.referrals.domain.ids import CommitmentId, CompanyId
from services.referrals.domain.pathway import Commitment, Pathway
from services.referrals.handlers.care import kept_apart_from
from services.referrals.peers.request import Request
from services.referrals.peers.store import wanted
from services.referrals.peers.store.wanted import Whereabouts
from services.referrals.store import pathways
from shared.meetings import Meeting
from shared.storage.database import UnitOfWork
from shared.web.identity import RECOVERY_CHAMPION, TEAM_LEAD, Person
from shared.web.problems import ApiProblem, Forbidden, not_found


@dataclass(frozen=True, slots=True)
class Sought:
    """By day, area and preference (3-fama). None: any."""

    day: Day | None = None
    area: str | None = None
    preference: Gender | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A request, and whose it is for the audit alone."""

    at: Whereabouts
    request: Request


async def requests(uow: UnitOfWork, who: Person, sought: Sought) -> list[Found]:
    """For meetings to come, soonest first; also what fell through and needs replacing.

    A keyworker sees those of their own team.
    """
    team = None if who.has_any(RECOVERY_CHAMPION, TEAM_LEAD) else who.team or ""
    apart = await kept_apart_from(uow, who)
    ahead = await wanted.ahead(uow.connection, who.provider, team, uow.now)
    places = [at for at in ahead if at.client_id not in apart]
    cases = await pathways.of_referrals(uow, {at.referral_id for at in places}, lock=False)
    found = await _found(uow, places, {case.pathway.referral_id: case.pathway for case in cases})
    return [one for one in found if _is_sought(one.request, sought)]


async def reach(uow: UnitOfWork, who: Person, company_id: UUID, *, lock: bool = False) -> tuple[Case, Whereabouts]:
    """404 for another provider's and for who is kept apart from the client, 403 for a keyworker of another team."""
    at = await wanted.find(uow.connection, company_id)
    if at is None or at.provider != who.provider or at.client_id in await kept_apart_from(uow, who):
        raise unknown()
    if at.team != who.team and not who.has_any(RECOVERY_CHAMPION, TEAM_LEAD):
        raise Forbidden("other-team", "This is asked for by another team.", "companyId")
    case = await pathways.of_referral(uow, at.referral_id, lock=lock)
    if case is None:
        raise unknown()
    return case, at


async def request_of(uow: UnitOfWork, pathway: Pathway, company_id: UUID) -> Request:
    company = company_of(pathway, CompanyId(company_id))
    made = pathway.commitment(company.commitment_id) if company else None
    if company is None or made is None:
        raise unknown()
    meetings = await listed.meetings(uow.connection, [made.meeting_id])
    return Request(
        company=company,
        made=made,
        time_zone=pathway.time_zone,
        meeting=meetings.get(made.meeting_id),
        cannot=_fell_through(pathway, made.commitment_id),
    )


def _fell_through(pathway: Pathway, commitment_id: CommitmentId) -> set[UUID]:
    before = [each for each in pathway.company if each.commitment_id == commitment_id and each.state == "fell-through"]
    return {each.peer_id for each in before if each.peer_id}


def unknown() -> ApiProblem:
    return not_found("Nobody to go with is asked for here.", "companyId")


async def _found(uow: UnitOfWork, places: Sequence[Whereabouts], theirs: dict[UUID, Pathway]) -> list[Found]:
    pairs = [
        (at, Request(company=company, made=made, time_zone=pathway.time_zone, meeting=None))
        for at in places
        if (pathway := theirs.get(at.referral_id))
        and (company := company_of(pathway, CompanyId(at.company_id)))
        and (made := pathway.commitment(company.commitment_id))
        and (company.open or _needs_replacing(pathway, company, made))
    ]
    meetings: dict[UUID, Meeting] = await listed.meetings(
        uow.connection, {request.made.meeting_id for _, request in pairs}
    )
    return [Found(at, replace(request, meeting=meetings.get(request.made.meeting_id))) for at, request in pairs]


def _needs_replacing(pathway: Pathway, company: Company, made: Commitment) -> bool:
    """It fell through, nobody was asked for since, and the client still plans to go."""
    latest = [each for each in pathway.company if each.commitment_id == made.commitment_id][-1]
    return company == latest and made.state in ("planned", "went-to-another") and pathway.state == "open"


def _is_sought(request: Request, sought: Sought) -> bool:
    wish = request.company.wish
    place = f"{wish.area or ''} {request.where}".casefold()
    return (
        sought.day in (None, request.day)
        and (sought.area is None or sought.area.casefold() in place)
        and (sought.preference is None or wish.preference == sought.preference)
    )
