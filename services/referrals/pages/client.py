"""One client: where they are on their way, what is suggested next and why, and everything that can be done here."""

from collections.abc import Sequence
from itertools import groupby
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from services.referrals.domain.answers import Caution
from services.referrals.domain.events import Event
from services.referrals.domain.events_goals import GoalProposed
from services.referrals.domain.events_sessions import SessionCorrected, SessionHeld
from services.referrals.domain.evidence import evidence
from services.referrals.domain.flags import flags_shown
from services.referrals.domain.goal_kinds import goals_to_choose
from services.referrals.domain.history import HistoryLine, history
from services.referrals.domain.pathway import Pathway
from services.referrals.domain.stages import suggest_next
from services.referrals.domain.suggestions import suggestions
from services.referrals.domain.when import local_day
from services.referrals.handlers import reading
from services.referrals.handlers.sessions import begun
from services.referrals.pages import frame, hearing_words, words
from services.referrals.pages.client_meetings import meetings_shown
from services.referrals.pages.forms import Form
from services.referrals.pages.known import held, known
from services.referrals.pages.meanwhile import at_its_place, changed_since, is_stale, version
from services.referrals.pages.meeting_words import along, to_do, which
from services.referrals.pages.viewing import seen
from services.referrals.peers.handlers.showing import who_goes_along
from shared.storage.database import UnitOfWork
from shared.web.access import Keyworker
from shared.web.identity import Person
from shared.web.pages import Link
from shared.web.work import Work

router = APIRouter(include_in_schema=False)
InPath = Annotated[UUID, Path(alias="referralId")]


@router.get("/clients/{referralId}")
async def client(request: Request, referral_id: InPath, worker: Keyworker, uow: Work) -> Response:
    return await page(request, uow, worker, referral_id, Form())


async def page(request: Request, uow: UnitOfWork, worker: Person, referral_id: UUID, form: Form) -> Response:
    """`form`: one of the page's own that was refused."""
    case, identity, now = await seen(request, uow, worker, referral_id)
    pathway = case.pathway
    read = await reading.referral(uow, pathway)
    events = [event for decision in read.decided for event in decision.events]
    return frame.show(
        request,
        "client.html",
        identity.name,
        status=412 if is_stale(form) else 200,
        form=at_its_place(form),
        meanwhile=await changed_since(uow, pathway, version(form, 0)) if is_stale(form) else [],
        back=Link("Caseload", "/clients"),
        identity=identity,
        pathway=pathway,
        client=read.client,
        others=read.others,
        unfinished=(await begun(uow, pathway, worker)).mine,
        suggestion=suggest_next(pathway),
        evidence=evidence(pathway, local_day(now, pathway.time_zone)),
        flags=[(flag, which(flag, pathway), to_do(flag, pathway)) for flag in flags_shown(pathway, now)],
        suggestions=suggestions(pathway, now),
        noticed=_noticed(pathway, events),
        known=known(pathway),
        sessions=[(session, held(session, pathway)) for session in pathway.sessions_by_date],
        goal_kinds=goals_to_choose(pathway),
        meetings=meetings_shown(pathway, events, read.meetings, local_day(now, pathway.time_zone), now),
        of_meetings=hearing_words,
        not_suggested=read.paused,
        along={made.commitment_id: along(made, pathway, now) for made in pathway.commitments},
        goal_cautions={event.goal_id: event.cautions for event in events if isinstance(event, GoalProposed)},
        companions=await who_goes_along(uow, pathway),
        history=_by_day(history(events), pathway.time_zone),
        today=local_day(now, pathway.time_zone),
    )


def _by_day(lines: Sequence[HistoryLine], time_zone: str) -> list[tuple[str, list[HistoryLine]]]:
    """The latest day first, and of each day the latest first."""
    days = groupby(reversed(lines), lambda line: words.day_of(line.at, time_zone))
    return [(day, list(told)) for day, told in days]


def _noticed(pathway: Pathway, events: Sequence[Event]) -> Sequence[Caution]:
    """What the latest session gave to think of: until the next one it stands where the keyworker looks."""
    latest = pathway.latest_session
    for event in reversed(events):
        if isinstance(event, SessionHeld | SessionCorrected) and latest and event.session == latest:
            return event.cautions
    return ()
