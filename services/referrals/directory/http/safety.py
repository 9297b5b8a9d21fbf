"""Concerns about a meeting, and pausing it from being suggested: each provider's own."""

from datetime import date, datetime
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request

from services.referrals.directory.handlers import pausing
from services.referrals.directory.http.local import MeetingId, Model
from services.referrals.directory.safety import PassedTo
from services.referrals.http.values import Date
from shared.web.access import Keyworker, TeamLead
from shared.web.work import Work

of_meeting = APIRouter(prefix="/api/meetings/{meetingId}", tags=["directory"])
router = APIRouter(prefix="/api/directory", tags=["directory"])


class ConcernIn(Model):
    """To whom it was passed, and on which day; today if none is said. What it is about is told to them, not here."""

    passed_to: PassedTo
    passed_on: Date | None = None


class ConcernOut(Model):
    concern_id: UUID
    passed_to: str
    passed_on: date
    noted_by: str
    noted_at: datetime


class ConcernsOut(Model):
    concerns: list[ConcernOut]


class PausedOut(Model):
    meeting_id: UUID
    name: str | None
    paused_by: str
    paused_at: datetime


class PausedMeetingsOut(Model):
    paused: list[PausedOut]


class SuggestedOut(Model):
    meeting_id: UUID
    paused: bool


@of_meeting.post("/concerns", status_code=201)
async def post_concern(meeting_id: MeetingId, worker: Keyworker, uow: Work, body: ConcernIn) -> ConcernOut:
    concern = await pausing.note_concern(uow, meeting_id, body.passed_to, body.passed_on, worker)
    return ConcernOut.model_validate(concern)


@of_meeting.get("/concerns")
async def get_concerns(meeting_id: MeetingId, worker: Keyworker, uow: Work) -> ConcernsOut:
    """Of your provider, the latest first."""
    noted = await pausing.concerns(uow, meeting_id, worker.provider)
    return ConcernsOut(concerns=[ConcernOut.model_validate(each) for each in noted])


@of_meeting.post("/pause")
async def post_pause(meeting_id: MeetingId, lead: TeamLead, uow: Work, request: Request) -> SuggestedOut:
    """Your provider does not suggest it from now on. What clients plan already stands: their keyworkers are told."""
    await pausing.pause(uow, meeting_id, lead, request.app.state.meeting_pauses)
    return SuggestedOut(meeting_id=meeting_id, paused=True)


@of_meeting.post("/resumption")
async def post_resumption(meeting_id: MeetingId, lead: TeamLead, uow: Work, request: Request) -> SuggestedOut:
    await pausing.resume(uow, meeting_id, lead, request.app.state.meeting_pauses)
    return SuggestedOut(meeting_id=meeting_id, paused=False)


@router.get("/paused")
async def get_paused(worker: Keyworker, uow: Work) -> PausedMeetingsOut:
    """What your provider does not suggest, the latest first."""
    paused, meetings = await pausing.paused(uow, worker.provider)
    return PausedMeetingsOut(
        paused=[
            PausedOut(
                meeting_id=each.meeting_id,
                name=meetings[each.meeting_id].name if each.meeting_id in meetings else None,
                paused_by=each.paused_by,
                paused_at=each.paused_at,
            )
            for each in paused
        ]
    )
