"""Today: whom to think of now, and why. For who has no clients, where else to go."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referrals.domain.caseload import Sought
from services.referrals.domain.flags import flags_waiting
from services.referrals.domain.pathway import Commitment, Flag
from services.referrals.handlers.caseload import OfCaseload, caseload, team_of, teams_to_choose, waiting_after_ending
from services.referrals.handlers.sessions import unfinished_of
from services.referrals.pages import frame
from services.referrals.pages.caseload import TeamInQuery
from services.referrals.pages.meeting_words import along, to_do, which
from services.referrals.pages.viewing import seen_list
from shared.web.access import Staff
from shared.web.identity import KEYWORKER, TEAM_LEAD
from shared.web.pages import render
from shared.web.work import Work

router = APIRouter(include_in_schema=False)
_AHEAD = timedelta(days=3)
_OWN_LISTS = {"not-heard-from", "wants-to-talk", "company-to-arrange"}


@dataclass(frozen=True, slots=True)
class Raised:
    """`which`: the meeting that it is about; `to_do`: what it asks for. In words."""

    one: OfCaseload
    flag: Flag
    which: str
    to_do: str


@dataclass(frozen=True, slots=True)
class Planned:
    """`along`: whether somebody goes along, in words."""

    one: OfCaseload
    made: Commitment
    along: str


@router.get("/")
async def today(request: Request, worker: Staff, uow: Work, whose: str = "mine", team: TeamInQuery = "") -> Response:
    if not worker.has_any(KEYWORKER, TEAM_LEAD) or worker.team is None:
        return render(request, "start.html", title="Start")
    sought = Sought(keyworker=None if whose == "team" or team else worker.sub, team=team or None)
    listed = await caseload(uow, worker, sought)
    ended = await waiting_after_ending(uow, worker, sought)
    raised = list(_raised([*listed.cases, *ended], uow.now))
    unfinished = await unfinished_of(uow, worker)
    await seen_list(request, worker, "today", [*listed.cases, *ended, *(each.one for each in unfinished)])
    return frame.show(
        request,
        "today.html",
        "Today",
        whose="team" if team else whose,
        teams=await teams_to_choose(uow, worker),
        team=team_of(worker, team or None),
        any_clients=bool(listed.cases or ended),
        unfinished=unfinished,
        planned=_planned(listed.cases, uow.now),
        talk=[each for each in raised if each.flag.code == "wants-to-talk"],
        silent=[each for each in raised if each.flag.code == "not-heard-from"],
        company=[each for each in raised if each.flag.code == "company-to-arrange"],
        others=[each for each in raised if each.flag.code not in _OWN_LISTS],
    )


def _raised(cases: Sequence[OfCaseload], now: datetime) -> Iterator[Raised]:
    for one in cases:
        for flag in flags_waiting(one.pathway, now):
            yield Raised(one, flag, which(flag, one.pathway), to_do(flag, one.pathway))


def _planned(cases: Sequence[OfCaseload], now: datetime) -> list[Planned]:
    """Meetings in the coming days, the soonest first."""
    coming = [
        Planned(one, made, along(made, one.pathway, now))
        for one in cases
        for made in one.pathway.commitments
        if made.state == "planned" and now <= made.end and made.start < now + _AHEAD
    ]
    return sorted(coming, key=lambda each: each.made.start)
