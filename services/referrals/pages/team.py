"""The team lead's view: who has how many clients, what waits with them, and who looked at them from outside."""

from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referrals.domain.caseload import Sought
from services.referrals.domain.evidence import not_heard_from
from services.referrals.domain.flags import flags_shown
from services.referrals.handlers import auditing, glass
from services.referrals.handlers.caseload import OfCaseload, caseload, team_of, teams_to_choose
from services.referrals.handlers.keeping_apart import without_keyworker
from services.referrals.http.answers import audited_each
from services.referrals.pages import frame
from services.referrals.pages.caseload import TeamInQuery
from services.referrals.pages.finding import ClientInPath
from services.referrals.pages.viewing import seen_list
from shared.web.access import TeamLead
from shared.web.pages import Link
from shared.web.work import Work

router = APIRouter(include_in_schema=False)


@dataclass(slots=True)
class Load:
    """A keyworker's: open pathways, those not heard from, those with something to look at."""

    name: str
    sub: str | None
    open: int = 0
    silent: int = 0
    flagged: int = 0


@router.get("/team")
async def team_page(request: Request, worker: TeamLead, uow: Work, team: TeamInQuery = "") -> Response:
    listed = await caseload(uow, worker, Sought(team=team or None))
    loads: defaultdict[str | None, list[OfCaseload]] = defaultdict(list)
    for one in listed.cases:
        loads[one.pathway.keyworker].append(one)
    accesses = await glass.accesses_of_team(uow, worker, team or None)
    nobodys = await without_keyworker(uow, listed.cases)
    await seen_list(request, worker, "team", nobodys)
    await audited_each(request, worker, "access", {one.access.client_id for one in accesses})
    return frame.show(
        request,
        "team.html",
        "Team",
        loads=sorted((_load(sub, cases, uow) for sub, cases in loads.items()), key=lambda load: load.name),
        nobodys=nobodys,
        accesses=accesses,
        teams=await teams_to_choose(uow, worker),
        team=team_of(worker, team or None),
    )


@router.get("/team/audit")
async def team_audit(request: Request, worker: TeamLead, uow: Work, team: TeamInQuery = "") -> Response:
    """Who looked at any of a team's clients, and who changed something. Looking at it is noted, too."""
    lines = await auditing.audit_of_team(uow, worker, team or None, uow.now)
    await audited_each(request, worker, "audit", {line.client_id for line in lines})
    back = Link("Team", f"/team?team={quote(team)}" if team else "/team")
    return frame.show(
        request,
        "audit.html",
        "Who looked, who changed",
        back=back,
        lines=lines,
        most=auditing.MOST,
        teams=await teams_to_choose(uow, worker),
        team=team_of(worker, team or None),
    )


def _load(sub: str | None, cases: list[OfCaseload], uow: Work) -> Load:
    known = next((one.keyworker for one in cases if one.keyworker), None)
    load = Load(known.shown if known else sub or "Nobody yet", sub)
    for one in cases:
        load.open += 1
        load.silent += bool(not_heard_from(one.pathway, uow.now))
        load.flagged += bool(flags_shown(one.pathway, uow.now))
    return load


@router.get("/people/{clientId}/audit")
async def audit(request: Request, client_id: ClientInPath, worker: TeamLead, uow: Work) -> Response:
    """Who looked at a client, and who changed what. Looking at it is noted, too."""
    lines = await auditing.audit_of_client(uow, client_id, worker, uow.now)
    await audited_each(request, worker, "audit", {client_id})
    back = Link("The client", f"/people/{client_id}")
    return frame.show(request, "audit.html", "Who looked, who changed", back=back, lines=lines, most=auditing.MOST)
