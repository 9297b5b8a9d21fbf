"""From a meeting of the directory and a day to the occurrence that a client commits to."""

from dataclasses import dataclass
from datetime import date as Day
from datetime import datetime
from uuid import UUID, uuid4

from services.referrals.directory.store import listed, safety
from services.referrals.domain.commands_commitments import CommitToMeeting
from services.referrals.domain.held import not_held_on
from services.referrals.domain.ids import CommitmentId, GoalId, MeetingId
from services.referrals.handlers.clients import birth_date_of
from shared.meetings import occurrence_on
from shared.meetings.weeks_noted import weeks_noted
from shared.problems import Problem
from shared.storage.database import UnitOfWork
from shared.web.problems import unprocessable


@dataclass(frozen=True, slots=True)
class Planned:
    """What is asked for. `override_reason`: how a standing safety notice was seen to."""

    meeting_id: UUID
    date: Day
    made_at: datetime
    override_reason: str | None = None


async def of_occurrence(uow: UnitOfWork, client_id: UUID, planned: Planned) -> CommitToMeeting:
    """422 for a meeting that is not in the directory, or is not held on that day: nobody is sent to a locked door."""
    meeting_id, date = planned.meeting_id, planned.date
    await listed.hold(uow.connection, meeting_id)
    meeting = (await listed.meetings(uow.connection, [meeting_id])).get(meeting_id)
    if meeting is None:
        raise unprocessable(Problem("meetingId", "unknown-meeting", "This meeting is not in the directory."))
    occurrence = occurrence_on(meeting, date)
    if occurrence is None:
        raise unprocessable(Problem("date", "no-such-occurrence", not_held_on(meeting, date)))
    return CommitToMeeting(
        commitment_id=CommitmentId(uuid4()),
        goal_id=GoalId(uuid4()),
        meeting_id=MeetingId(meeting_id),
        date=occurrence.date,
        start=occurrence.start,
        end=occurrence.end,
        time_zone=occurrence.time_zone,
        audience=meeting.audience,
        status=meeting.status,
        organisation=meeting.organisation,
        format=meeting.format,
        kinds=meeting.kinds,
        birth_date=await birth_date_of(uow, client_id),
        override_reason=planned.override_reason,
        paused=await safety.is_paused_for(uow.connection, meeting_id, client_id),
        weeks_noted=weeks_noted(meeting) is not None,
        made_at=planned.made_at,
        recorded_at=uow.now,
    )
